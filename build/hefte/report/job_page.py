"""Turns the rows of a job sheet into its PDF: one page of A4, tagged, in the house's fonts."""

from __future__ import annotations

import base64
import datetime as dt
import io
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hefte import house, letters
from hefte.catalogue import job_sheet
from hefte.model import Finding, FontFace, Overflow, Theme
from hefte.report.job import LAYOUT, Order, sheet

_COVER_PPI = 150
"""Of the small picture of the cover, at a fifth of its size on paper."""


@dataclass(frozen=True, slots=True)
class Written:
    """A job sheet."""

    content: bytes
    pages: int
    checks: tuple[str, ...]
    """Ids of those that ran."""
    findings: tuple[Finding, ...]
    """That it does not fit on its page."""


def write(order: Order, theme: Theme, folders: tuple[Path, ...], when: dt.datetime) -> Written:
    """The sheet of one print file. `theme` is that of the book's language, `when` dates it. Raises SourceError."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from hefte.checks import panel_overflow
    from hefte.renderers.fetcher import SCHEME, ProjectFetcher, refusals
    from hefte.renderers.pdf import screen

    made, publication = sheet(order, folders), order.book.publication
    title = f"{made.words['title']}: {order.book.language.title}"
    values: dict[str, Any] = {
        "sheet": made, "words": made.words, "book": order.book, "title": title, "picture": _cover(order),
        "bound": order.bound, "name": order.printed.path.split("/")[-1],
    }
    text, style = _rendered("html", folders, theme, values), _rendered("css", folders, theme, values)
    fetcher = ProjectFetcher(publication.root, {"assets": house.assets(), "layouts": house.layouts()})
    given = {"base_url": f"{SCHEME}:///", "url_fetcher": fetcher}
    with refusals():
        config = FontConfiguration()
        css = CSS(string=style, font_config=config, **given)
        document = HTML(string=text, **given).render(stylesheets=[css], font_config=config)
        edition = job_sheet(order.printed.edition)
        name = f"hefte:{publication.id}:{order.book.language.code}:{edition}"
        content = screen.write(
            document, language=made.language, direction="ltr", when=when, title=title,
            identifier=str(uuid.uuid5(uuid.NAMESPACE_URL, name)), edition=edition, words="chosen",
        )
    pages = len(document.pages)
    remedy = "shorten what [print] or [orders] in publication.toml says"
    too_long = Overflow("job", 1, f"goes on to page {pages}", remedy)
    found = tuple(panel_overflow.CHECK.run((too_long,) if pages > 1 else ()))
    return Written(content, pages, (panel_overflow.CHECK.id,), found)


def _cover(order: Order) -> str:
    """The first page, small, so that nobody takes one job for another."""
    from PIL.Image import Dither, Quantize

    from hefte.tools import pdfium

    with pdfium.opened(order.printed.content) as pdf:
        page = pdf[0]
        image = pdfium.picture(page, _COVER_PPI * 27 / 25.4 / (page.get_width() / 72))
        out = io.BytesIO()
        image.quantize(48, method=Quantize.FASTOCTREE, dither=Dither.NONE).save(out, "PNG")
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"


def _rendered(kind: str, folders: tuple[Path, ...], theme: Theme, values: dict[str, Any]) -> str:
    import jinja2

    jinja = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders]), undefined=jinja2.StrictUndefined,
        autoescape=kind == "html", trim_blocks=True, lstrip_blocks=True,
    )
    jinja.globals["colour"] = {name: colour.hex for name, colour in theme.colours.items()}
    return jinja.get_template(f"{LAYOUT}/{LAYOUT}.{kind}.j2").render(**values, **_type(theme))


def _type(theme: Theme) -> dict[str, Any]:
    """Faces and families: the sheet's own words are in Latin letters, the title in the book's."""
    latin = theme.latin or theme.roles

    def families(role: str, *, own: bool) -> str:
        names = (theme.roles[role], latin[role]) if own else (latin[role], theme.roles[role])
        return ", ".join(f'"{name}"' for name in dict.fromkeys(names))

    return {
        "faces": [(face, f"project:///assets/fonts/{face.file.name}", _range(theme, face)) for face in theme.faces],
        "text": families("text", own=False), "own": families("text", own=True),
        "display": families("display", own=True),
        "title_line": theme.leading("30pt", "display"), "subtitle_line": theme.leading("15pt"),
    }


def _range(theme: Theme, face: FontFace) -> str:
    """The letters that a face sets, where that is not all that it has."""
    own = face.family in (theme.latin or theme.roles).values()
    return "" if own else letters.unicode_range(letters.sets(theme, face.family))
