"""A laid-out body as a column of pieces that can be paginated again on paper: what stands under what, and how high
each is as a function of the sizes that copyfitting may change."""

from __future__ import annotations

from dataclasses import dataclass

Length = tuple[float, float, float, float]
"""A height: so many pt that never change, and so many times the line, the paragraph spacing and the space around what
stands apart."""
Values = tuple[float, float, float, float]
"""1, and the three sizes in pt: what a Length is multiplied with."""
Margins = tuple[Length, ...]
"""Margins that meet: the largest counts, less the largest negative one (CSS 2.1, 8.3.1)."""
NOTHING: Length = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Words:
    """What the lines of a block are broken from."""

    words: tuple[tuple[float, int], ...]
    """Of each: its width in pt at the size that it was laid out with, and how many letters it has."""
    space: float
    """Between two of them, pt."""
    room: float
    """The width of a line, pt."""
    hyphenated: bool
    """Whether long words may be broken."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block of text, or a picture."""

    lines: int
    """1 for a picture, 0 for the empty space at the end of a box."""
    line: Length
    """The height of one of them."""
    gaps: tuple[Margins, ...] = ()
    """What parts it from what stands above it. The first is dropped at a page's top, the others are within a box."""
    pad: Length = NOTHING
    """Padding and borders above it."""
    words: Words | None = None
    """None where its lines stay as they are at any size."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What pages may be broken between: one block of text, or a box that stays whole."""

    kind: str
    """`text`, `heading`, `opener`, or `whole`."""
    leaves: tuple[Leaf, ...]
    """One, but for `whole`."""
    aside: str = ""
    """Which story or call-out it belongs to."""
    level: int = 0
    """Of a heading, from 1."""
    keep: bool = False
    """Whether no page may be broken after it."""
    orphans: int = 2
    """Lines that stay together before a break, at least."""
    widows: int = 2
    """And after it."""

    @property
    def whole(self) -> bool:
        """Whether it stays on one page."""
        return self.kind in {"whole", "opener"}


Break = tuple[int, int]
"""Where a page begins: the unit's place in its chapter, and how many of its lines stand on earlier pages."""


@dataclass(frozen=True, slots=True)
class Run:
    """What begins on a page of its own: a chapter, or several where a layout lets them follow each other."""

    units: tuple[Unit, ...]
    breaks: tuple[Break, ...]
    """Where its second page begins, its third, … in the layout that it was read from."""


@dataclass(frozen=True, slots=True)
class Flow:
    """All chapters of a laid-out body."""

    runs: tuple[Run, ...]
    room: float
    """How high the room for text is on a page, pt."""


@dataclass(frozen=True, slots=True)
class SetPage:
    """One page of the body as far as its looks are judged."""

    chapter: int
    """Which run it belongs to."""
    filled: float
    """How much of its height has text, 0-1."""
    lines: int
    """Of text; a picture counts as one."""
    opens: bool = False
    """Whether its chapter begins here."""
    goes_on: bool = False
    """Whether its chapter goes on on the next page."""
    scraps: int = 0
    """Parts of broken paragraphs, and what is left above the first heading, with fewer lines than the layout wants."""
    cut: bool = False
    """Whether a story or a call-out is broken at its foot."""
    under_heading: int | None = None
    """Lines under the last heading, where they go on on the next page; None without such a heading."""
