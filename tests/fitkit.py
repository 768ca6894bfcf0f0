"""Columns of blocks made by hand, for tests of copyfitting: 10 pt a line, pages of 100 pt."""

from __future__ import annotations

from collections.abc import Sequence

from hefte.copyfitting import paper
from hefte.model import Settings
from hefte.model.fitting import Score
from hefte.model.flow import NOTHING, Break, Flow, Leaf, Length, Run, SetPage, Unit, Values

ROOM = 100.0
AT: Values = (1.0, 10.0, 0.0, 0.0)
LINE: Length = (0.0, 1.0, 0.0, 0.0)
SETTINGS = Settings(("a", "b", "c"), ("d", "e"), (), 4, {}, least_lines=4, score=Score())


def pt(height: float) -> Length:
    """A height that nothing changes."""
    return (height, 0.0, 0.0, 0.0)


def text(lines: int, gap: Length = NOTHING, *, kind: str = "text", keep: bool = False, aside: str = "") -> Unit:
    """A paragraph."""
    return Unit(kind, (Leaf(lines, LINE, ((gap,),)),), aside, level=2 * (kind == "heading"), keep=keep)


def box(*lines: int, gap: Length = NOTHING, pad: Length = NOTHING, aside: str = "s") -> Unit:
    """A story: paragraphs that stay together, in a box with so much padding at both ends."""
    first, *others = (Leaf(count, LINE, ((gap,), ()) if not at else ((),), NOTHING if at else pad)
                      for at, count in enumerate(lines))
    return Unit("whole", (first, *others, Leaf(0, NOTHING, ((),), pad)), aside)


def column(*units: Unit, at: Values = AT) -> list[paper.Piece]:
    """The units measured."""
    run = Run(units, ())
    return paper.pieces(run, paper.own_lines(run), paper.Ruler(at))


def breaks(*units: Unit, at: Values = AT, room: float = ROOM) -> tuple[Break, ...]:
    """Where pages begin."""
    return paper.paginated(column(*units, at=at), room)


def pages(*units: Unit, at: Values = AT, where: Sequence[Break] | None = None) -> list[SetPage]:
    """What is judged of the pages; `where` they begin, if that is not as it should be."""
    made = column(*units, at=at)
    return paper.described(0, made, paper.paginated(made, ROOM) if where is None else where, ROOM, few=3)


def flow(*chapters: Sequence[Unit]) -> Flow:
    """Chapters laid out as the estimate has them."""
    return Flow(tuple(Run(tuple(units), breaks(*units)) for units in chapters), ROOM)
