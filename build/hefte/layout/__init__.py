"""Turns one language's Book and the theme into the HTML and CSS of an edition: words in, pages to be rendered out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from hefte import files, house
from hefte.layout.settings import load_settings
from hefte.layout.templates import environment
from hefte.layout.theme import for_language
from hefte.layout.theme import load as load_theme
from hefte.model import BodyFacts, Book, Layout, Settings, Theme

__all__ = ["folders", "for_language", "frame_values", "keep", "lay_out", "load_theme", "style"]


def lay_out(book: Book, theme: Theme, looked_up: tuple[Path, ...], edition: str = "brochure") -> Layout:
    """Lay out a book (after its transforms) with the templates of `edition`, looked up in the folders `looked_up`, in
    order.

    Raises SourceError where a template is missing or asks for something that is not there.
    """
    settings = load_settings(looked_up, edition)
    render = environment(looked_up, book, theme, settings)

    def frame(facts: BodyFacts) -> str:
        return render(f"{edition}/frame.html.j2", **frame_values(facts, settings))

    return Layout(
        css=render(f"{edition}/{edition}.css.j2"), body=render(f"{edition}/body.html.j2"), frame=frame,
        settings=settings,
    )


def style(book: Book, theme: Theme, looked_up: tuple[Path, ...], edition: str = "brochure") -> str:
    """The style sheet of `edition` without its fonts. Takes and raises what `lay_out` does."""
    render = environment(looked_up, book, replace(theme, faces=()), load_settings(looked_up, edition))
    return render(f"{edition}/{edition}.css.j2")


def frame_values(facts: BodyFacts, settings: Settings) -> dict[str, Any]:
    """The page numbers that the frame prints, and the fillers that bring the whole to a multiple of the signature."""
    front, tail = len(settings.front), len(settings.tail)
    missing = -(front + facts.pages + tail) % settings.signature
    fillers = settings.fillers[missing - 1] if missing else ()
    first_after = front + facts.pages + 1
    return {
        "starts": facts.starts,
        "fits": facts.fits,
        "fillers": tuple(enumerate(fillers, first_after)),
        "tail": tuple(enumerate(settings.tail, first_after + missing)),
        "pages": front + facts.pages + missing + tail,
    }


def folders(root: Path) -> tuple[Path, ...]:
    """Where the layouts of a publication are looked up: its own first, the house's for what it has not."""
    return tuple(folder for folder in (root / "layouts", house.layouts()) if folder.is_dir())


def keep(layout: Layout, facts: BodyFacts, folder: Path) -> None:
    """Leave what the page renderer was given in `folder`, for whoever wants to look: body.html, frame.html,
    style.css.

    Raises OutputError.
    """
    texts = {"body.html": layout.body, "frame.html": layout.frame(facts), "style.css": layout.css}
    files.put(folder, {name: text.encode() for name, text in texts.items()})
