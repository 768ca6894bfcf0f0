"""A body laid out at the designer's sizes, to the one of at most three whose score is the best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from hefte.copyfitting import paper, points, sizes
from hefte.copyfitting.lines import bias_of, broken
from hefte.copyfitting.points import Sizes
from hefte.model import Settings, Theme
from hefte.model.fitting import Fitted, Fitting, Scored
from hefte.model.flow import Flow, Run, SetPage

if TYPE_CHECKING:
    from hefte.renderers.pages import Body

_WORTH = 0.5
"""Points by which another layout has to be better to be worth its cost."""
_PAIRS = 8
"""How many sizes of type with their leading are tried with every spacing."""
_SAME = 0.3
"""Points by which a layout may differ from what paper said."""
_ROUNDED = 0.01
"""Points that rounding may take away."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One layout of the body: what it is made of, and what it is worth."""

    body: Body
    sizes: Sizes
    flow: Flow
    scored: Scored


@dataclass(frozen=True, slots=True)
class Desk:
    """What all tries of one language share."""

    theme: Theme
    fitting: Fitting
    settings: Settings

    def scored(self, flow: Flow, chosen: Sizes) -> Scored:
        """A real layout, judged by the pages that it has."""
        ruler = self.ruler(chosen)
        columns = [paper.pieces(run, paper.own_lines(run), ruler) for run in flow.runs]
        pages = paper.set_pages(flow, columns, [run.breaks for run in flow.runs], self.settings.score.scrap_lines)
        missing = points.fillers(len(pages), self.settings)
        around = len(self.settings.front) + len(self.settings.tail)
        away = points.distance(chosen, sizes.own(self.theme), self.fitting, self.settings.score)
        parts = points.parts(pages, self.settings, away)
        return Scored(sizes.plainly(chosen), len(pages) + missing + around, missing, parts)

    def ruler(self, chosen: Sizes) -> paper.Ruler:
        """For heights at these sizes."""
        return paper.Ruler(sizes.values(sizes.with_sizes(self.theme, chosen)))

    def best(self, flow: Flow, laid: Sizes) -> tuple[float, Sizes]:
        """The best score that paper gives, and its sizes. `laid`: those of the flow; the lines of type of other sizes
        are estimated.

        Every size of type with every leading is tried with the least, the designer's and the most space; the few best
        pairs then with every other. Of equals the nearest to the designer's own sizes is taken."""
        lines, far = _Lines(flow), float("inf")
        choices = sizes.tried(self.theme, self.fitting, self.settings.score)

        def on_paper(away: float, each: Sizes, found: float) -> float:
            return self._on_paper(flow, lines, each["text_size"] / laid["text_size"], self.ruler(each), away, found)

        rough = sizes.rough([each for _, each in choices], sizes.own(self.theme))
        totals = {at: on_paper(*choices[at], far) for at in rough}
        pairs: dict[tuple[Decimal, Decimal], float] = {}
        for at, total in totals.items():
            pair = _pair(choices[at][1])
            pairs[pair] = min(total, pairs.get(pair, far))
        promising = sorted(pairs, key=lambda pair: (pairs[pair], pair))[:_PAIRS]
        found = min(totals.values(), default=far)
        for at, (away, each) in enumerate(choices):
            if at not in totals and _pair(each) in promising and away < found:
                totals[at] = on_paper(away, each, found)
                found = min(found, totals[at])
        at = min(totals, key=lambda at: (totals[at], at))
        return totals[at], choices[at][1]

    def _on_paper(
        self, flow: Flow, lines: _Lines, factor: Decimal, ruler: paper.Ruler, away: float, found: float
    ) -> float:
        """The score of one choice; infinite where a part of it is worse than the whole of another, `found`, already."""
        pages: list[SetPage] = []
        off = away
        for chapter, run in enumerate(flow.runs):
            column = paper.pieces(run, lines.of(run, factor), ruler)
            breaks = paper.paginated(column, flow.room)
            added = paper.described(chapter, column, breaks, flow.room, self.settings.score.scrap_lines)
            off += points.of_pages(added, self.settings)
            if off > found + _ROUNDED:
                return float("inf")
            pages += added
        if not self.fitting.fillers and points.fillers(len(pages), self.settings):
            return float("inf")
        return round(sum(points.parts(pages, self.settings, away).values()), 2)


def _pair(each: Sizes) -> tuple[Decimal, Decimal]:
    return each["text_size"], each["line"]


class _Lines:
    """How many lines each leaf of a flow takes with larger or smaller type; each estimated once."""

    def __init__(self, flow: Flow) -> None:
        self.known: dict[tuple[int, Decimal], list[list[int]]] = {}
        self.biases = {
            id(leaf): bias_of(leaf.words, leaf.lines)
            for run in flow.runs for unit in run.units for leaf in unit.leaves if leaf.words
        }

    def of(self, run: Run, factor: Decimal) -> list[list[int]]:
        key = id(run), factor
        if key not in self.known:
            self.known[key] = [
                [
                    broken(leaf.words, float(factor) / self.biases[id(leaf)]) if leaf.words and factor != 1
                    else leaf.lines for leaf in unit.leaves
                ]
                for unit in run.units
            ]
        return self.known[key]


def fitted_body(
    first: Body, theme: Theme, fitting: Fitting, at: Callable[[Theme], Body], style: Callable[[Theme], str]
) -> tuple[Body, Fitted]:
    """The best of at most three layouts, `first` among them. `at` lays the body out with a theme, `style` is the style
    sheet that it would be laid out with."""
    from hefte.renderers import flow

    desk, mine = Desk(theme, fitting, first.layout.settings), sizes.own(theme)
    shared = flow.shares(first.html, first.pages, style(sizes.grown(theme, flow.PROBE)))

    def judged(body: Body, chosen: Sizes) -> Tried:
        read = flow.read(body.pages, shared, sizes.values(sizes.with_sizes(theme, chosen)))
        return Tried(body, chosen, read, desk.scored(read, chosen))

    tries = [judged(first, mine)]
    expected, chosen = desk.best(tries[0].flow, mine)
    if expected <= tries[0].scored.score - _WORTH:
        tries.append(judged(at(sizes.with_sizes(theme, chosen)), chosen))
        if tries[1].scored.score > expected + _SAME:
            tries += _third(desk, tries, lambda other: judged(at(sizes.with_sizes(theme, other)), other))
    best = min(tries, key=lambda each: each.scored.score)
    return best.body, Fitted("", best.scored, tries[0].scored, len(tries))


def _third(desk: Desk, tries: Sequence[Tried], judged: Callable[[Sizes], Tried]) -> list[Tried]:
    """The second layout was worse than paper said. Its lines are known now, and those of sizes near it can be told
    better: what is the best by them is laid out, if it is better than both."""
    expected, chosen = desk.best(tries[1].flow, tries[1].sizes)
    least = min(each.scored.score for each in tries)
    return [judged(chosen)] if expected <= least - _WORTH else []
