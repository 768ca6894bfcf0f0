"""Turns one language's Book and the theme into the HTML and CSS of an edition: words in, pages to be rendered out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from hefte import files
from hefte.catalogue import MAIN, folders
from hefte.layout import picks
from hefte.layout.settings import load_settings
from hefte.layout.templates import environment
from hefte.layout.theme import for_language, trim_of, with_tokens
from hefte.layout.theme import load as load_theme
from hefte.model import BodyFacts, Book, Edition, Given, Layout, Settings, Theme

__all__ = [
    "folders", "for_language", "frame_values", "keep", "lay_out", "load_settings", "load_theme", "style", "trim_of",
    "with_tokens",
]

NOTHING = Given()

def lay_out(
    book: Book, theme: Theme, looked_up: tuple[Path, ...], name: str = MAIN, given: Given = NOTHING
) -> Layout:
    """Lay out a book (after its transforms) with the templates of the layout `name`, looked up in the folders
    `looked_up`, in order. `theme` has the layout's own tokens (`with_tokens`); `given` is what depends on the edition,
    and on the publication as a whole.

    Raises SourceError where a template is missing or asks for something that is not there.
    """
    settings = _scaled(load_settings(looked_up, name), given.edition)
    render = environment(looked_up, book, theme, settings)
    direction, trim = book.language.direction, trim_of(theme, settings, given.edition)
    values: dict[str, Any] = {
        "trim_width": trim[0], "trim_height": trim[1],
        "edition": given.name,
        "sheets": {page: settings.panels_of(page, direction) for page in settings.sheets},
    }

    def frame(facts: BodyFacts) -> str:
        return render(f"{name}/frame.html.j2", **{**values, **frame_values(facts, settings)})

    if settings.words == "chosen":
        values["chosen"] = picks.of(book, name, given.stories)
    values |= {"tongues": given.tongues, "tongue_faces": given.faces}
    flows = any((folder / name / "body.html.j2").is_file() for folder in looked_up)
    return Layout(
        css=render(f"{name}/{name}.css.j2", **values), frame=frame, settings=settings,
        body=render(f"{name}/body.html.j2", **values) if flows else "",
    )


def _scaled(settings: Settings, edition: Edition | None) -> Settings:
    """The settings for an edition of another size than the layout's: panels reach as far down as the page is
    larger."""
    if edition is None or edition.trim is None or settings.trim is None:
        return settings
    by = edition.trim[1] / settings.trim[1]
    return replace(settings, panels={name: round(down * by, 3) for name, down in settings.panels.items()})


def style(
    book: Book, theme: Theme, looked_up: tuple[Path, ...], name: str = MAIN, given: Given = NOTHING
) -> str:
    """The style sheet of a layout without its fonts. Takes and raises what `lay_out` does."""
    return lay_out(book, replace(theme, faces=()), looked_up, name, given).css


def frame_values(facts: BodyFacts, settings: Settings) -> dict[str, Any]:
    """The page numbers that the frame prints, and the fillers that bring the whole to a multiple of the signature."""
    front, tail = len(settings.front), len(settings.tail)
    missing = -(front + facts.pages + tail) % settings.signature
    fillers = settings.fillers[missing - 1] if missing else ()
    first_after = front + facts.pages + 1
    return {
        "starts": facts.starts,
        "fits": facts.fits,
        "edition": facts.edition,
        "fillers": tuple(enumerate(fillers, first_after)),
        "tail": tuple(enumerate(settings.tail, first_after + missing)),
        "pages": front + facts.pages + missing + tail,
    }


def keep(layout: Layout, facts: BodyFacts, folder: Path) -> None:
    """Leave what the page renderer was given in `folder`, for whoever wants to look: body.html, frame.html,
    style.css.

    Raises OutputError.
    """
    texts = {"body.html": layout.body, "frame.html": layout.frame(facts), "style.css": layout.css}
    files.put(folder, {name: text.encode() for name, text in texts.items()})
