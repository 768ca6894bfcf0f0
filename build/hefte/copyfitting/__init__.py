"""A book and a theme to its pages: the body is fitted to them within the theme's limits, as the layout's score judges.

    1. the body is laid out at the designer's sizes, and read as a Flow (renderers/flow.py)
    2. every other choice of sizes is tried on paper (paper.py), and judged (points.py)
    3. the best of them is laid out; where it is not what paper said, its own lines are tried on paper once more
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from hefte import house, layout
from hefte.model import Book, Layout, Theme
from hefte.model.fitting import Fitted
from hefte.model.look import scaled

if TYPE_CHECKING:
    from hefte.renderers.pages import Body, Rendering

_STEMS = ("text_", "story_", "lead_")
_GRID = frozenset({"line", "half_line", "paragraph", "apart"})


def pages_of(
    book: Book, theme: Theme, folders: tuple[Path, ...], root: Path, edition: str = "brochure", *, fit: bool = True
) -> tuple[Layout, Rendering, Fitted | None]:
    """The pages of a layout whose text flows, and what was chosen for them.

    `folders` is where templates are looked up; `root` is the publication's folder; `edition` is the layout's folder.
    Nothing is chosen where `fit` is false, or where neither the theme nor the layout has `[fitting]`. At most three
    layouts of the body. Raises what laying out raises.
    """
    from hefte.copyfitting.search import fitted_body
    from hefte.renderers import pages

    def at(theme: Theme, like: Body | None = None) -> Body:
        laid = layout.lay_out(book, theme, folders, edition)
        return pages.lay_out_body(laid, book.language.code, root, _given(), like)

    first = at(theme)
    fitting = first.layout.settings.fitting or theme.fitting
    if not fit or fitting is None:
        return first.layout, pages.with_frame(first), None
    best, chosen = fitted_body(
        first, theme, fitting, lambda other: at(other, first),
        lambda other: layout.style(book, other, folders, edition),
    )
    rendering = pages.with_frame(best)
    return best.layout, rendering, replace(chosen, layout=edition)


def facing_pages_of(
    target: Book, source: Book, themes: tuple[Theme, Theme], folders: tuple[Path, ...], root: Path, *, fit: bool = True
) -> tuple[Layout, Rendering]:
    """The bilingual edition: both languages by the same factor, the first that leaves no page with fewer lines than
    `least_lines`: their own, then each of the layout's `body_fits`, two at most; where none does, the one that leaves
    fewest such pages, the larger before the smaller. `themes` in the order of the books; else as above."""
    from hefte.layout import bilingual
    from hefte.renderers import pages

    def at(by: float) -> Body:
        set_with = smaller(themes[0], by), smaller(themes[1], by)
        laid = bilingual.lay_out(target, source, set_with, folders)
        return pages.lay_out_body(laid, target.language.code, root, _given())

    best = _least_thin(at, fit)
    return best.layout, pages.with_frame(best)


def _least_thin(at: Callable[[float], Body], fit: bool) -> Body:
    best = at(1.0)
    for factor in best.layout.settings.body_fits if fit else ():
        if not best.thin:
            break
        body = at(factor)
        best = body if body.thin < best.thin else best
    return best


def smaller(theme: Theme, factor: float) -> Theme:
    """The theme with the type of its running text, leads and stories, and the grid of lines, multiplied by `factor`."""
    if factor == 1:
        return theme
    by = Decimal(str(factor))
    tokens = {
        name: scaled(value, by) if name in _GRID or name.startswith(_STEMS) else value
        for name, value in theme.tokens.items()
    }
    return replace(theme, tokens=tokens)


def _given() -> dict[str, Path]:
    """What stands in for a publication's missing folders."""
    return {"assets": house.assets(), "layouts": house.layouts()}
