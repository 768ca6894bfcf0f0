"""A book and a theme to its pages: set a little smaller where a chapter would else end with a line or two on a page of
its own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from hefte import house, layout
from hefte.model import Book, Layout, Theme
from hefte.model.look import scaled

if TYPE_CHECKING:
    from hefte.renderers.pages import Rendering

_STEMS = ("text_", "story_", "lead_")
_GRID = frozenset({"line", "half_line", "apart"})


def pages_of(book: Book, theme: Theme, folders: tuple[Path, ...], root: Path) -> tuple[Layout, Rendering]:
    """The first of the layout's sizes (its own, then each of `body_fits`) that leaves no page with fewer lines than
    `least_lines`; where none does, the one that leaves fewest such pages, the larger before the smaller.

    `folders` is where templates are looked up; `root` is the publication's folder. Raises what laying out raises.
    """
    from hefte.renderers import pages

    given = {"assets": house.assets(), "layouts": house.layouts()}
    best: pages.Body | None = None
    laid = layout.lay_out(book, theme, folders)
    for factor in (1.0, *laid.settings.body_fits):
        laid = layout.lay_out(book, fitted(theme, factor), folders)
        body = pages.lay_out_body(laid, book.language.code, root, given)
        if best is None or body.thin < best.thin:
            best = body
        if not body.thin:
            break
    assert best is not None  # there is always the layout's own size
    return best.layout, pages.with_frame(best)


def fitted(theme: Theme, factor: float) -> Theme:
    """The theme with the type of its running text, leads and stories, and the grid of lines, multiplied by `factor`."""
    if factor == 1:
        return theme
    by = Decimal(str(factor))
    tokens = {
        name: scaled(value, by) if name in _GRID or name.startswith(_STEMS) else value
        for name, value in theme.tokens.items()
    }
    return replace(theme, tokens=tokens)
