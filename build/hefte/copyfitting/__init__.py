"""A book and a theme to its pages: the body is fitted to them within the theme's limits, as the layout's score judges.

    1. the body is laid out at the designer's sizes, and read as a Flow (renderers/flow.py)
    2. every other choice of sizes is tried on paper (paper.py), and judged (points.py)
    3. the best of them is laid out; where it is not what paper said, all are tried on paper once more, by its lines
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from hefte import house, layout
from hefte.catalogue import MAIN
from hefte.copyfitting import sizes
from hefte.layout import NOTHING
from hefte.model import Book, Given, Layout, Theme
from hefte.model.fitting import Fitted, Scored
from hefte.model.look import scaled

if TYPE_CHECKING:
    from hefte.renderers.pages import Body, Rendering

_STEMS = ("text_", "story_", "lead_")
_SHOWN = Decimal("0.01")
_GRID = frozenset({"line", "half_line", "paragraph", "apart"})


def pages_of(
    book: Book, theme: Theme, folders: tuple[Path, ...], root: Path, name: str = MAIN, given: Given = NOTHING, *,
    fit: bool = True,
) -> tuple[Layout, Rendering, Fitted | None]:
    """The pages of the layout `name`, and what was chosen for them.

    `folders` is where templates are looked up; `root` is the publication's folder; `given` is what depends on the
    edition, and on the publication as a whole. Nothing is chosen where `fit` is false, where no chapters flow, or where
    neither the layout nor the theme has a `[fitting]` for it: the theme's is for its own sizes, not for those of a
    layout that has others. At most three layouts of the body. Raises what laying out raises.
    """
    from hefte.copyfitting.search import fitted_body
    from hefte.renderers import pages

    tokens = layout.load_settings(folders, name).tokens
    own = layout.with_tokens(theme, tokens)

    def at(theme: Theme, like: Body | None = None) -> Body:
        laid = layout.lay_out(book, theme, folders, name, given)
        return pages.lay_out_body(laid, book.language.code, root, _given(), like)

    first = at(own)
    fitting = first.layout.settings.fitting or (None if tokens else theme.fitting)
    if not fit or fitting is None or not first.layout.body:
        return first.layout, pages.with_frame(first, given.name), None
    best, chosen = fitted_body(
        first, own, fitting, lambda other: at(other, first),
        lambda other: layout.style(book, other, folders, name, given),
    )
    rendering = pages.with_frame(best, given.name)
    return best.layout, rendering, replace(chosen, layout=name)


def facing_pages_of(
    target: Book, source: Book, themes: tuple[Theme, Theme], folders: tuple[Path, ...], root: Path, *, fit: bool = True
) -> tuple[Layout, Rendering, Fitted | None]:
    """The bilingual edition, and what was chosen for it, in sizes of the translation.

    Both languages are set by the same factor, the first that leaves no page with fewer lines than `least_lines`: their
    own, then each of the layout's `body_fits`, two at most; where none does, the one that leaves fewest such pages, the
    larger before the smaller. Nothing else is judged. `themes` in the order of the books; else as above.
    """
    from hefte.layout import bilingual
    from hefte.renderers import pages

    def at(by: float) -> Body:
        set_with = smaller(themes[0], by), smaller(themes[1], by)
        laid = bilingual.lay_out(target, source, set_with, folders)
        return pages.lay_out_body(laid, target.language.code, root, _given())

    tries = _until_none_is_thin(at, fit)
    chosen, best = min(tries.items(), key=lambda each: (each[1].thin, -each[0]))
    settings = best.layout.settings

    def scored(by: float) -> Scored:
        body = tries[by]
        off = round(settings.score.thin * body.thin, 2)
        around = len(settings.front) + len(settings.tail)
        set_at = {name: size.quantize(_SHOWN) for name, size in sizes.own(smaller(themes[0], by)).items()}
        return Scored(sizes.plainly(set_at), len(body.pages) + around, 0, {"thin": off} if off else {})

    said = Fitted("bilingual", scored(chosen), scored(1.0), len(tries)) if fit and settings.body_fits else None
    return best.layout, pages.with_frame(best, "bilingual"), said


def _until_none_is_thin(at: Callable[[float], Body], fit: bool) -> dict[float, Body]:
    """Factor → the body laid out by it, as far as one is needed."""
    tries = {1.0: at(1.0)}
    for factor in tries[1.0].layout.settings.body_fits if fit else ():
        if not min(body.thin for body in tries.values()):
            break
        tries[factor] = at(factor)
    return tries


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
