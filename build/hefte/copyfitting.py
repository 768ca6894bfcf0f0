"""A book and a theme to its pages: set a little smaller where a chapter would else end with a line or two on a page of
its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from hefte import house, layout
from hefte.catalogue import MAIN
from hefte.layout import NOTHING
from hefte.model import Book, Given, Layout, Theme
from hefte.model.look import scaled

if TYPE_CHECKING:
    from hefte.renderers.pages import Rendering

_STEMS = ("text_", "story_", "lead_")
_GRID = frozenset({"line", "half_line", "apart"})


def pages_of(
    book: Book, theme: Theme, folders: tuple[Path, ...], root: Path, name: str = MAIN, given: Given = NOTHING
) -> tuple[Layout, Rendering]:
    """The pages of the layout `name`; `given` is what depends on the edition, and on the publication as a whole.

    `folders` is where templates are looked up; `root` is the publication's folder. Raises what laying out raises.
    """

    def at(by: float) -> Layout:
        return layout.lay_out(book, fitted(theme, by), folders, name, given)

    return _fitted(at, book.language.code, root, given.name)


def facing_pages_of(
    target: Book, source: Book, themes: tuple[Theme, Theme], folders: tuple[Path, ...], root: Path
) -> tuple[Layout, Rendering]:
    """The bilingual edition, both languages by the same factor. `themes` in the order of the books; else as above."""
    from hefte.layout import bilingual

    def at(by: float) -> Layout:
        return bilingual.lay_out(target, source, (fitted(themes[0], by), fitted(themes[1], by)), folders)

    return _fitted(at, target.language.code, root, "bilingual")


def _fitted(at: Callable[[float], Layout], language: str, root: Path, edition: str) -> tuple[Layout, Rendering]:
    """The first of the layout's sizes (its own, then each of `body_fits`) that leaves no page with fewer lines than
    `least_lines`; where none does, the one that leaves fewest such pages, the larger before the smaller."""
    from hefte.renderers import pages

    given = {"assets": house.assets(), "layouts": house.layouts()}
    best = pages.lay_out_body(at(1.0), language, root, given)
    for factor in best.layout.settings.body_fits:
        if not best.thin:
            break
        body = pages.lay_out_body(at(factor), language, root, given)
        best = body if body.thin < best.thin else best
    return best.layout, pages.with_frame(best, edition)


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
