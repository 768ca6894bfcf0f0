"""Turns transformations and boxes of a PDF's pages into other boxes. Lengths are in points."""

from __future__ import annotations

import math
from typing import Any

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
EVERYWHERE: Box = (-math.inf, -math.inf, math.inf, math.inf)
NOWHERE: Box = (math.inf, math.inf, -math.inf, -math.inf)
"""Nothing added yet: the union with any box is that box."""


def matrix(operands: Any) -> Matrix:
    """Six operands as numbers."""
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def product(first: Matrix, then: Matrix) -> Matrix:
    """One transformation and then another (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    A, B, C, D, E, F = then
    return a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F


def bounds(matrix: Matrix, place: Box) -> Box:
    """The upright box round a transformed box."""
    a, b, c, d, e, f = matrix
    corners = [(x * a + y * c + e, x * b + y * d + f) for x in place[::2] for y in place[1::2]]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def thinnest(matrix: Matrix, width: float) -> float:
    """How wide a line of `width` is after a transformation, in the direction in which that makes it thinnest."""
    a, b, c, d = matrix[:4]
    whole, turned = math.hypot(a + d, b - c), math.hypot(a - d, b + c)
    return round(abs(width) * abs(whole - turned) / 2, 3)


def height(matrix: Matrix) -> float:
    """How high something of height 1 is after a transformation."""
    return math.hypot(matrix[2], matrix[3])


def union(one: Box, other: Box) -> Box:
    """The box round two boxes."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def intersection(one: Box, other: Box) -> Box:
    """What two boxes share; sides change places where they share nothing."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def apart(one: Box, other: Box) -> bool:
    """Whether two boxes share nothing, not even an edge."""
    shared = intersection(one, other)
    return shared[0] > shared[2] or shared[1] > shared[3]


def within(inner: Box, outer: Box, tolerance: float = 0.01) -> bool:
    """Whether one box lies in the other, give or take `tolerance`."""
    low = all(inside >= limit - tolerance for inside, limit in zip(inner[:2], outer[:2], strict=True))
    return low and all(inside <= limit + tolerance for inside, limit in zip(inner[2:], outer[2:], strict=True))
