"""Turns the parts of a proof into its PDF and its page."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Mapping
from typing import Any

from hefte import cache, dates, directions, house, layout, letters
from hefte.model import FontFace, Place, Publication, Theme, Translation
from hefte.proof.rows import Part

_LAYOUT = "proof"
_RULE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect y="7.8" width="8" height="0.2" fill="{}"/></svg>'
)
"""One line to write on, 8 mm high."""


def page(
    parts: tuple[Part, ...], translation: Translation, publication: Publication, themes: tuple[Theme, Theme]
) -> bytes:
    """One HTML file that needs no other: styles and fonts are in it, cut to the letters that it has. No script."""
    from hefte.renderers.epub import xhtml
    from hefte.renderers.epub.fonts import embed

    values = _values(parts, translation, publication, themes)
    bare = xhtml.parse(_rendered(f"{_LAYOUT}/{_LAYOUT}.html.j2", publication, {**values, "css": "", "paged": False}))
    documents = (xhtml.Document("proof.html", "proof", "", bare, Place(publication.place.path)),)
    fonts: dict[FontFace, str] = {}
    for theme in themes:
        for face, item in embed(documents, theme, cache.folder()).items():
            fonts[face] = f"data:font/woff2;base64,{base64.b64encode(item.data).decode()}"
    css = _style(publication, values, fonts, paged=False)
    return _rendered(f"{_LAYOUT}/{_LAYOUT}.html.j2", publication, {**values, "css": css, "paged": False}).encode()


def pdf(
    parts: tuple[Part, ...], translation: Translation, publication: Publication, themes: tuple[Theme, Theme]
) -> bytes:
    """The same for paper, A4 landscape, tagged."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from hefte.renderers.fetcher import SCHEME, ProjectFetcher, refusals
    from hefte.renderers.pdf import screen

    values = _values(parts, translation, publication, themes)
    fonts = {face: f"project:///assets/fonts/{face.file.name}" for theme in themes for face in theme.faces}
    text = _rendered(f"{_LAYOUT}/{_LAYOUT}.html.j2", publication, {**values, "css": "", "paged": True})
    fetcher = ProjectFetcher(publication.root, {"assets": house.assets(), "layouts": house.layouts()})
    given = {"base_url": f"{SCHEME}:///", "url_fetcher": fetcher}
    with refusals():
        config = FontConfiguration()
        css = CSS(string=_style(publication, values, fonts, paged=True), font_config=config, **given)
        document = HTML(string=text, **given).render(stylesheets=[css], font_config=config)
        name = f"hefte:{publication.id}:{translation.language}:proof:{','.join(part.id for part in parts)}"
        return screen.write(
            document, language="en", direction="ltr", when=dates.moment(publication), title=values["title"],
            identifier=str(uuid.uuid5(uuid.NAMESPACE_URL, name)),
        )


def _values(
    parts: tuple[Part, ...], translation: Translation, publication: Publication, themes: tuple[Theme, Theme]
) -> dict[str, Any]:
    source, target = publication.source_language, translation.language
    return {
        "parts": parts, "publication": publication, "today": dates.today().isoformat(),
        "title": f"Proof of {publication.id} in {_name(target)}",
        "sides": tuple(
            {"name": name, "code": code, "direction": directions.of_language(code), "tongue": _name(code),
             "theme": theme, "families": _families(theme)}
            for name, code, theme in (("source", source, themes[1]), ("target", target, themes[0]))
        ),
        "machine": translation.origin == "machine",
    }


def _name(code: str) -> str:
    """`Ukrainian`; the tag where CLDR knows no name."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code, sep="-").get_display_name("en") or code
    except (ValueError, UnknownLocaleError):
        return code


def _families(theme: Theme) -> str:
    return ", ".join(f'"{family}"' for family in theme.families("text"))


def _style(publication: Publication, values: dict[str, Any], fonts: Mapping[FontFace, str], *, paged: bool) -> str:
    faces = [(face, address, _range(values, face)) for face, address in fonts.items()]
    ruled = _RULE.format(values["sides"][0]["theme"].colours["dusk"].hex).encode()
    more = {"faces": faces, "paged": paged, "rule": base64.b64encode(ruled).decode()}
    return _rendered(f"{_LAYOUT}/{_LAYOUT}.css.j2", publication, {**values, **more})


def _range(values: dict[str, Any], face: FontFace) -> str:
    """The letters that a face sets, where that is not all that it has."""
    theme = next(side["theme"] for side in values["sides"] if face in side["theme"].faces)
    own = face.family in theme.latin.values()
    return "" if own else letters.unicode_range(letters.sets(theme, face.family))


def _rendered(name: str, publication: Publication, values: dict[str, Any]) -> str:
    import jinja2

    jinja = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in layout.folders(publication.root)]),
        undefined=jinja2.StrictUndefined, autoescape=lambda name: name is None or name.endswith(".html.j2"),
        trim_blocks=True, lstrip_blocks=True,
    )
    theme: Theme = values["sides"][0]["theme"]
    jinja.globals["colour"] = {name: colour.hex for name, colour in theme.colours.items()}
    return jinja.get_template(name).render(**values)
