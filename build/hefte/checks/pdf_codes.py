"""Turns the picture of a page into the QR codes on it, as a telephone would read them, and how well they are drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hefte.checks.pdf_geometry import Box, apart

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

QUIET = 4
"""Modules of empty space round a code (ISO/IEC 18004, 6.3.8)."""
_DARK_QUIET = 0.02
"""Of that space's modules may look dark: the places are known to a pixel only."""
_SURE_PX = 4
"""Pixels that a module must have for the ring next to the code to be told from the code itself."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code on a page."""

    box: Box
    """Round its modules, in points."""
    text: str
    """What it says; empty where it cannot be read."""
    module_mm: float
    """The width of a module; 0 where it cannot be told."""
    quiet: bool
    """Whether the space round it is empty."""
    inverted: bool
    """Whether it is light on dark."""


def read(picture: Pixels, media: Box) -> Iterator[Code]:
    """The codes on a page, from a picture of its whole MediaBox; spoilt ones too that have their corners."""
    import numpy as np
    import zxingcpp

    levels = np.ascontiguousarray(picture[..., 1])  # of the three colours the one that light and dark depend on most
    kinds = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])
    found = zxingcpp.read_barcodes(levels, formats=kinds, return_errors=True)
    places: list[Box] = []
    for one in sorted(found, key=lambda one: not one.valid):  # a code that is spoilt is met in several ways
        if not one.valid and not _is_square(one.position):
            continue  # three spots of a text that look like a code's corners
        code = _code(one, levels, media)
        if all(apart(code.box, place) for place in places):
            places.append(code.box)
            yield code


def _is_square(where: Any) -> bool:
    """Whether four corners are those of a square, give or take a tenth of its side."""
    ends = where.top_left, where.top_right, where.bottom_right, where.bottom_left
    sides = [complex(b.x - a.x, b.y - a.y) for a, b in zip(ends, (*ends[1:], ends[0]), strict=True)]
    slack = 0.1 * abs(sides[0])
    return all(abs(one * 1j - other) <= slack for one, other in pairwise(sides))


def _code(found: Any, levels: Any, media: Box) -> Code:
    import numpy as np

    where = found.position
    ends = where.top_left, where.top_right, where.bottom_left, where.bottom_right
    corners = np.array([[end.x, end.y] for end in ends], float)
    across, down = levels.shape[1] / (media[2] - media[0]), levels.shape[0] / (media[3] - media[1])
    low, high = corners.min(axis=0), corners.max(axis=0)
    sides = low[0] / across, -high[1] / down, high[0] / across, -low[1] / down
    origins = media[0], media[3], media[0], media[3]
    left, bottom, right, top = (round(float(a + b), 1) for a, b in zip(origins, sides, strict=True))
    box = left, bottom, right, top
    if not found.valid:
        return Code(box, "", 0, quiet=True, inverted=False)
    modules = 17 + 4 * int(found.extra["Version"])
    width = math.dist(corners[0], corners[1]) / modules
    grid = _Grid(levels, corners, modules)
    return Code(
        box, found.text, round(width / across * 25.4 / 72, 2), quiet=grid.is_quiet(1 if width >= _SURE_PX else 2),
        inverted=grid.is_inverted(),
    )


@dataclass(frozen=True, slots=True)
class _Grid:
    """A code's modules on the picture."""

    levels: Any
    corners: Any
    """Upper left, upper right, lower left, as the code counts them."""
    modules: int

    def level(self, x: float, y: float) -> int:
        """How light the place is that lies so many modules from the upper left corner; 0 beyond the picture."""
        origin, right, below = self.corners[:3]
        point = origin + (right - origin) * x / self.modules + (below - origin) * y / self.modules
        column, row = int(point[0]), int(point[1])
        inside = 0 <= row < self.levels.shape[0] and 0 <= column < self.levels.shape[1]
        return int(self.levels[row, column]) if inside else 0

    def is_inverted(self) -> bool:
        """A finder pattern has a dark heart in a light ring (ISO/IEC 18004, 6.3.3)."""
        return self.level(3.5, 3.5) > self.level(3.5, 1.5)

    def is_quiet(self, nearest: int) -> bool:
        """Whether the space round the code is as light as its light modules (as dark, where it is inverted)."""
        heart, ring = self.level(3.5, 3.5), self.level(3.5, 1.5)
        middle = (heart + ring) / 2
        near, far = range(-QUIET, self.modules + QUIET), (1 - nearest, self.modules - 1 + nearest)
        around = [(x, y) for x in near for y in near if not (far[0] <= x < far[1] + 1 and far[0] <= y < far[1] + 1)]
        wrong = sum((self.level(x + 0.5, y + 0.5) > middle) != (ring > heart) for x, y in around)
        return wrong <= _DARK_QUIET * len(around)
