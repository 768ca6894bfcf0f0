"""What copyfitting may change, how it judges what comes of it, and what it chose. Sizes in pt, as the theme has them:
before a script's factors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

SIZES = ("text_size", "line", "paragraph", "apart")
"""The tokens that copyfitting may change: size of type, leading, space between paragraphs, around stories and
call-outs."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How far one token may be changed."""

    least: Decimal
    most: Decimal
    step: Decimal
    """From one value that is tried to the next, counted from the designer's own."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """`[fitting]` of theme.toml or layout.toml."""

    limits: Mapping[str, Limits]
    """Token → how far it may be changed; one that is not there stays."""
    leading: Decimal = Decimal(0)
    """The least leading, as a multiple of the size of type: both at their least would be too close."""
    fillers: bool = True
    """Whether filler pages may be reckoned with; where not, they are the last resort."""


@dataclass(frozen=True, slots=True)
class Score:
    """`[score]` of layout.toml: points off. The layout with the fewest is the best."""

    filler: float = 10
    """For each filler page."""
    ending: float = 8
    """For a chapter that ends on an empty page; less, the fuller that page is, down to none at `ending_from`."""
    ending_from: float = 0.5
    """How much of a chapter's last page is to be filled, 0-1."""
    thin: float = 15
    """For each page with fewer than the layout's `least_lines`, but for one that a chapter opens on."""
    scrap: float = 2
    """For each part of a broken paragraph with fewer than `scrap_lines` lines."""
    scrap_lines: int = 3
    cut: float = 30
    """For each story or call-out that is broken over pages."""
    heading: float = 4
    """For each heading with fewer than `heading_lines` lines under it at a page's foot."""
    heading_lines: int = 3
    gap: float = 40
    """For each page that ends above its foot though its chapter goes on: times the part of it that is empty."""
    gap_from: float = 0.08
    """How much of it may be empty for nothing."""
    hole: float = 10
    """For each such page of which more than `hole_from` is empty, as well; not for one that a chapter opens on."""
    hole_from: float = 0.25
    spread: float = 10
    """For facing pages of one chapter that both go on: times the part by which one is fuller."""
    distance: float = 3
    """For each size at the end of its limits; less, the nearer it is to the designer's own."""


PARTS = ("filler", "ending", "thin", "scrap", "cut", "heading", "gap", "hole", "spread", "distance")
"""What a score is made of, by the names of its keys."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One layout of the body, judged."""

    sizes: Mapping[str, str]
    """Token → its value in pt."""
    pages: int
    """Of the whole, fillers included."""
    fillers: int
    parts: Mapping[str, float] = field(default_factory=dict)
    """What there are points off for → how many."""

    @property
    def score(self) -> float:
        """The sum of its parts."""
        return round(sum(self.parts.values()), 2)


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was chosen for one layout of one language."""

    layout: str
    """The layout's folder."""
    chosen: Scored
    unfitted: Scored
    """The same at the designer's own sizes."""
    layouts: int
    """How often the body was laid out."""

    def record(self) -> dict[str, Any]:
        """As report.json has it."""
        chosen, unfitted = ({**asdict(each), "score": each.score} for each in (self.chosen, self.unfitted))
        return {"layout": self.layout, "layouts": self.layouts, "chosen": chosen, "unfitted": unfitted}
