"""A Flow and the sizes to set it with, to pages: paginates on paper as the renderer does with boxes, at a thousandth of
the cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hefte.model.flow import Break, Flow, Length, Margins, Run, SetPage, Unit, Values

_ENOUGH = 0.01
"""pt by which a line may stand below the foot: what was measured is rounded."""
Lines = Sequence[Sequence[int]]
"""For each unit the lines of its leaves."""


class Piece(NamedTuple):
    """One unit at given sizes, pt."""

    unit: Unit
    gap: float
    """Above it, but not at a page's top."""
    pad: float
    """Above it, there too."""
    lines: int
    line: float
    """The height of one of its lines, or of all of it where it is whole."""
    worth: int
    """Lines in it, as pages are counted."""
    whole: bool

    @property
    def rows(self) -> int:
        """What may stand on different pages: its lines, or one where it is whole."""
        return 1 if self.whole else self.lines


class Ruler:
    """Measures heights at the sizes `at`, each once: what a flow has of equal ones is one object."""

    def __init__(self, at: Values) -> None:
        self.at = at
        self.known: dict[int, float] = {}

    def length(self, length: Length) -> float:
        """In pt."""
        found = self.known.get(id(length))
        if found is None:
            fixed, line, paragraph, apart = length
            _, lines, paragraphs, aparts = self.at
            found = self.known[id(length)] = fixed + line * lines + paragraph * paragraphs + apart * aparts
        return found

    def collapsed(self, margins: Margins) -> float:
        """What margins that meet take together (CSS 2.1, 8.3.1)."""
        found = self.known.get(id(margins))
        if found is None:
            heights = [self.length(margin) for margin in margins]
            found = self.known[id(margins)] = max([0.0, *heights]) + min([0.0, *heights])
        return found


def pieces(run: Run, lines: Lines, ruler: Ruler) -> list[Piece]:
    """A chapter's units, measured."""
    return [_piece(unit, counts, ruler) for unit, counts in zip(run.units, lines, strict=True)]


def own_lines(run: Run) -> Lines:
    """As they were laid out."""
    return [[leaf.lines for leaf in unit.leaves] for unit in run.units]


def _piece(unit: Unit, counts: Sequence[int], ruler: Ruler) -> Piece:
    first = unit.leaves[0]
    pad = ruler.length(first.pad)
    for margins in first.gaps[1:]:
        pad += ruler.collapsed(margins)
    height, worth = ruler.length(first.line), counts[0]
    if unit.whole:
        height *= counts[0]
        for leaf, count in zip(unit.leaves[1:], counts[1:], strict=True):
            height += ruler.length(leaf.pad) + count * ruler.length(leaf.line)
            for margins in leaf.gaps:
                height += ruler.collapsed(margins)
            worth += count
    return Piece(unit, ruler.collapsed(first.gaps[0]) if first.gaps else 0.0, pad, counts[0], height, worth, unit.whole)


def paginated(column: Sequence[Piece], room: float) -> tuple[Break, ...]:
    """Where pages begin: each is filled as far as the rules about what stays together let it be."""
    breaks: list[Break] = []
    at, line, start = 0, 0, (0, 0)
    y = 0.0
    while at < len(column):
        piece = column[at]
        top = 0.0 if line else piece.pad + (piece.gap if (at, line) != start or not breaks else 0.0)
        fit = _fitting(piece, line, room - y - top)
        if line + fit == piece.rows:
            y, at, line = y + top + fit * piece.line, at + 1, 0
            continue
        found = _break(column, (at, line + fit), fit, start)
        if found == start and (at, line) != start:  # what should stay together does not fit on one page
            found = at, line
        if found == start:  # higher than a page: it goes over the foot
            fit = max(fit, 1)
            done = line + fit == piece.rows
            y, at, line = y + top + fit * piece.line, at + done, 0 if done else line + fit
            continue
        breaks.append(found)
        start, (at, line), y = found, found, 0.0
    return tuple(breaks)


def _fitting(piece: Piece, line: int, room: float) -> int:
    """How many of its rows, from `line` on, stand on a page with so much room."""
    left = piece.rows - line
    fit = min(left, int((room + _ENOUGH) // piece.line) if piece.line > 0 else left)
    if fit < left:
        fit = min(fit, left - piece.unit.widows)
        return fit if fit >= piece.unit.orphans else 0
    return fit


def _break(column: Sequence[Piece], wanted: Break, fit: int, start: Break) -> Break:
    """The last place before `wanted` where a page may be broken; `start` where there is none."""
    unit, line = wanted
    if fit:
        return wanted
    if line:
        return wanted if wanted != start else start
    while unit > start[0] and column[unit - 1].unit.keep:
        unit -= 1
        inside = _inside(column[unit], start[1] if unit == start[0] else 0)
        if inside:
            return unit, inside
    return (unit, 0) if unit > start[0] else start


def _inside(piece: Piece, begun: int) -> int:
    """Where a block that must not be parted from the next one can be broken itself: before its last lines."""
    line = piece.rows - piece.unit.widows
    return line if not piece.whole and line - begun >= piece.unit.orphans else 0


def described(chapter: int, column: Sequence[Piece], breaks: Sequence[Break], room: float, few: int) -> list[SetPage]:
    """A chapter's pages, as far as they are judged. `few`: a broken paragraph's part with fewer lines is a scrap."""
    starts: list[Break] = [(0, 0), *breaks]
    ends: list[Break] = [*breaks, (len(column), 0)]
    return [
        _page(chapter, column, start, end, room, few) for start, end in zip(starts, ends, strict=True)
    ]


def _page(
    chapter: int, column: Sequence[Piece], start: Break, end: Break, room: float, few: int
) -> SetPage:
    y, lines, scraps, under = 0.0, 0, 0, None
    for at, first, last in _parts(column, start, end):
        piece = column[at]
        rows = last - first
        top = 0.0 if first else piece.pad + (piece.gap if (at, first) != start or start == (0, 0) else 0.0)
        y += top + rows * piece.line
        whole = rows == piece.rows
        lines += piece.worth if whole else rows
        if piece.unit.kind == "heading":
            scraps += under is None and not scraps and start != (0, 0) and 0 < lines - rows < few
            under = 0
        elif under is not None:
            under += piece.worth if whole else rows
        scraps += not whole and piece.rows > 1 and rows < few
    goes_on = end[0] < len(column)
    cut = goes_on and _cut(column, end)
    ends_here = goes_on and not end[1] and column[end[0]].unit.kind == "heading"
    return SetPage(
        chapter, round(y / room, 4), lines, opens=start == (0, 0), goes_on=goes_on, scraps=scraps, cut=cut,
        under_heading=under if goes_on and not ends_here else None,
    )


def _parts(column: Sequence[Piece], start: Break, end: Break) -> Iterator[tuple[int, int, int]]:
    """Each unit on a page: its place, its first row and the row after its last."""
    for at in range(start[0], min(end[0] + 1, len(column))):
        first = start[1] if at == start[0] else 0
        last = end[1] if at == end[0] else column[at].rows
        if last > first:
            yield at, first, min(last, column[at].rows)


def _cut(column: Sequence[Piece], end: Break) -> bool:
    """Whether a page ends within a story or a call-out."""
    at, line = end
    before, after = column[at - 1].unit.aside if at else "", column[at].unit.aside
    return bool(after) and (line > 0 or before == after)


def set_pages(flow: Flow, columns: Sequence[Sequence[Piece]], breaks: Sequence[Sequence[Break]], few: int) -> tuple[
    SetPage, ...
]:
    """All chapters' pages."""
    return tuple(
        page for chapter, (column, where) in enumerate(zip(columns, breaks, strict=True))
        for page in described(chapter, column, where, flow.room, few)
    )
