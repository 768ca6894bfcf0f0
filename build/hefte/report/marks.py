"""Turns findings with a place on a page into rectangles over that page's picture, in percent of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hefte.report.pictures import Picture

_LEAST = 1.5
"""Percent: a hairline of 0.1 pt would not be seen."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle over a picture, in percent of its width and height, from its upper left corner."""

    number: str
    """The finding's, as the list beside has it."""
    kind: str
    """The finding's weight, or `figure` for what is no fault: where most ink is."""
    left: float
    top: float
    width: float
    height: float

    @property
    def style(self) -> str:
        """CSS."""
        return f"left:{self.left:.2f}%;top:{self.top:.2f}%;width:{self.width:.2f}%;height:{self.height:.2f}%"


def mark(number: str, kind: str, box: Sequence[float], picture: Picture) -> Mark:
    """Where `box` (left, bottom, right, top in pt of the page) is seen. What lies outside the picture is drawn at its
    edge."""
    one, other = _seen(box[0], box[3], picture), _seen(box[2], box[1], picture)
    left, width = _span(one[0], other[0])
    top, height = _span(one[1], other[1])
    return Mark(number, kind, left, top, width, height)


def _seen(x: float, y: float, picture: Picture) -> tuple[float, float]:
    """A point of the page as fractions of the picture, from its upper left corner, the page turned as it is shown."""
    left, bottom, right, top = picture.crop
    across, down = (x - left) / ((right - left) or 1), (top - y) / ((top - bottom) or 1)
    return {0: (across, down), 90: (1 - down, across), 180: (1 - across, 1 - down), 270: (down, 1 - across)}[
        picture.turned
    ]


def _span(one: float, other: float) -> tuple[float, float]:
    """Where a side begins and how long it is, percent: inside the picture, and long enough to be seen."""
    start, end = (min(max(side * 100, 0), 100) for side in sorted((one, other)))
    if end - start < _LEAST:
        start = min(max((start + end - _LEAST) / 2, 0), 100 - _LEAST)
        end = start + _LEAST
    return start, end - start
