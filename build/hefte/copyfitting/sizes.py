"""A theme and the limits of fitting, to the sizes that may be tried, and those to the theme that is set with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from hefte.copyfitting.points import Sizes, distance
from hefte.model import Theme
from hefte.model.fitting import SIZES, Fitting, Score
from hefte.model.flow import Values
from hefte.model.look import scaled

_WITH = {
    "text_size": ("text_size", "story_size", "lead_size"), "line": ("line", "half_line", "story_line", "lead_line"),
}
"""Token that is fitted → those that grow and shrink with it."""


def own(theme: Theme) -> dict[str, Decimal]:
    """The designer's sizes, in the theme's own points: without the factors of the language's script."""
    return {name: (_pt(theme.tokens[name]) / _factor(theme, name)).quantize(Decimal("0.0001")) for name in SIZES
            if name in theme.tokens}


def values(theme: Theme) -> Values:
    """What a Flow's lengths are multiplied with, as the language's pages are set."""
    line, paragraph, apart = (float(_pt(theme.tokens[name])) for name in SIZES[1:])
    return 1.0, line, paragraph, apart


def tried(theme: Theme, fitting: Fitting, score: Score) -> list[tuple[float, dict[str, Decimal]]]:
    """All sizes within the limits, with their distance from the designer's own in points; the nearest first.

    A script that wants its lines further apart than Latin letters do gets none that are closer for their size than the
    designer's: its letters would touch those of the next line.
    """
    mine = own(theme)
    ways = [list(_steps(mine[name], fitting, name)) for name in SIZES]
    every = (dict(zip(SIZES, each, strict=True)) for each in product(*ways))
    found = [sizes for sizes in every if _open(sizes, fitting) and (theme.factor("line") == 1 or _as_open(sizes, mine))]
    told = [(distance(sizes, mine, fitting, score), sizes) for sizes in found]
    return sorted(told, key=lambda each: (round(each[0], 6), [-each[1][name] for name in SIZES]))


def _open(sizes: Sizes, fitting: Fitting) -> bool:
    """Whether lines stand as far apart as the limits want for the size of their type."""
    return sizes["line"] >= fitting.leading * sizes["text_size"]


def _as_open(sizes: Sizes, mine: Sizes) -> bool:
    """Whether lines stand at least as far apart for the size of their type."""
    return sizes["line"] * mine["text_size"] >= mine["line"] * sizes["text_size"]


def rough(choices: Sequence[Sizes], mine: Sizes) -> list[int]:
    """The places of those that have the least, the designer's or the most space between and around paragraphs."""
    spaces = ("paragraph", "apart")
    ends = [tuple(way(each[name] for each in choices) for name in spaces) for way in (min, max)]
    wanted = {tuple(mine[name] for name in spaces), *ends}
    return [at for at, each in enumerate(choices) if tuple(each[name] for name in spaces) in wanted]


def _steps(mine: Decimal, fitting: Fitting, name: str) -> Iterator[Decimal]:
    limits = fitting.limits.get(name)
    if limits is None:
        yield mine
        return
    lowest = min(0, -int((mine - limits.least) // limits.step))
    highest = max(0, int((limits.most - mine) // limits.step))
    yield from (mine + step * limits.step for step in range(lowest, highest + 1))


def with_sizes(theme: Theme, sizes: Sizes) -> Theme:
    """The theme with these sizes, given in its own points, and with all that goes with them."""
    mine, tokens = own(theme), dict(theme.tokens)
    for name, size in sizes.items():
        if size != mine[name]:
            for token in tokens.keys() & set(_WITH.get(name, (name,))):
                tokens[token] = scaled(tokens[token], size / mine[name])
    return replace(theme, tokens=tokens)


def grown(theme: Theme, by: tuple[int, ...]) -> Theme:
    """The theme with line, paragraph spacing and space around what stands apart larger by so many pt as they are set,
    with all that goes with them."""
    tokens = dict(theme.tokens)
    for name, more in zip(SIZES[1:], by, strict=True):
        factor = 1 + more / _pt(theme.tokens[name])
        for token in tokens.keys() & set(_WITH.get(name, (name,))):
            tokens[token] = scaled(tokens[token], factor)
    return replace(theme, tokens=tokens)


def plainly(sizes: Sizes) -> dict[str, str]:
    """As people read them: `11.5`."""
    return {name: f"{size.normalize():f}" for name, size in sizes.items()}


def _factor(theme: Theme, name: str) -> Decimal:
    return theme.factor("size" if name.endswith("_size") else "line")


def _pt(length: str) -> Decimal:
    return Decimal(length.removesuffix("pt"))
