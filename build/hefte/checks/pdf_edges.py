"""Turns the picture of a page into where paint that touches the trim stops short of the bleed's edge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hefte.checks.pdf_geometry import Box
from hefte.checks.pdf_reading import PT_PER_MM

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

SIDES = ("left", "bottom", "right", "top")
"""In the order of a box."""

_INSIDE_MM = 0.35
"""What is painted here, within the trim, is taken to touch it."""
_SHORT_MM = 0.3
"""By which paint may stop before the bleed's edge: two pixels."""
_PAPER = 250
"""Of 255: lighter is bare paper."""
_JUMP = 24
"""Steps of 255 within two pixels: no gradient, no soft photograph, but a border."""
_LONG_MM = 10
"""A border that runs along the trim for so long, in pieces of at least _PIECE_MM, is one that somebody drew straight. A
disc with its outermost point in the bleed has less: 8 mm with a radius of 25 mm."""
_PIECE_MM = 2


@dataclass(frozen=True, slots=True)
class Edge:
    """Paint that touches the trim on one side and stops too soon."""

    side: str
    reach_mm: float
    """How far beyond the trim it reaches at the least, to a pixel (0.2 mm)."""
    box: Box
    """From within the trim to the bleed's edge, along all that stops too soon; in points."""


def short(picture: Pixels, media: Box, trim: Box, wanted: Mapping[str, float]) -> Iterator[Edge]:
    """What stops short on each side. `picture` shows the whole MediaBox; `wanted` is the bleed of each side in mm."""
    height, width = picture.shape[:2]
    across, down = width / (media[2] - media[0]), height / (media[3] - media[1])
    left, bottom, right, top = (
        (trim[0] - media[0]) * across, (trim[1] - media[1]) * down, (media[2] - trim[2]) * across,
        (media[3] - trim[3]) * down,
    )
    # Each side seen from the left: rows along the trim, columns from the outer end inwards.
    seen = {
        "left": (picture, left, across, top, bottom),
        "right": (picture[:, ::-1], right, across, top, bottom),
        "top": (picture.swapaxes(0, 1), top, down, left, right),
        "bottom": (picture[::-1].swapaxes(0, 1), bottom, down, left, right),
    }
    for side in SIDES:
        lines, at, scale, first, last = seen[side]
        begin, end = max(round(first), 0), max(lines.shape[0] - round(last), 0)
        found = _of_side(lines[begin:end], at, scale * PT_PER_MM, wanted[side])
        if found:
            reach, start, stop = found
            along = begin + start, begin + stop
            yield Edge(side, round(reach, 1), _box(side, along, (across, down), media, trim, wanted[side]))


def _of_side(lines: Pixels, trim: float, per_mm: float, wanted_mm: float) -> tuple[float, int, int] | None:
    """The least reach in mm, and the first and last line that stop short; None where none does."""
    import numpy as np

    start = int(trim + _INSIDE_MM * per_mm)
    outer = round(trim - wanted_mm * per_mm)
    if start >= lines.shape[1] or not len(lines):
        return None
    outwards = lines[:, max(outer, 0) : start + 1][:, ::-1].astype(np.int16)
    missing = max(-outer, 0)
    if missing:  # beyond the medium there is no paint
        outwards = np.pad(outwards, ((0, 0), (0, missing), (0, 0)), constant_values=255)
    painted = outwards[:, 0].min(axis=1) < _PAPER
    if not painted.any():
        return None
    steps = np.abs(outwards[:, 2:] - outwards[:, :-2])
    jumps = np.maximum(np.maximum(steps[..., 0], steps[..., 1]), steps[..., 2]) > _JUMP
    whole = outwards.shape[1]
    reaches = np.where(jumps.any(axis=1), jumps.argmax(axis=1) + 1, whole)
    reaches[~painted] = whole
    if (reaches == whole).all():
        return None
    pieces = list(_pieces(outwards, painted, reaches, per_mm))
    exact = [(_exact(outwards[a:b], int(reaches[a:b].max())) - (start + 1 - trim)) / per_mm for a, b in pieces]
    found = [(reach, a, b) for reach, (a, b) in zip(exact, pieces, strict=True) if reach < wanted_mm - _SHORT_MM]
    if not found:
        return None
    return min(reach for reach, _, _ in found), found[0][1], found[-1][2]


def _pieces(outwards: Any, painted: Any, reaches: Any, per_mm: float) -> Iterator[tuple[int, int]]:
    """Runs of lines with a straight border along the trim: long ones, and whole things that stand on bare paper."""
    whole = outwards.shape[1]
    runs = [run for run in _runs(reaches) if reaches[run[0]] < whole]
    pieces = [(a, b) for a, b in runs if b - a >= _PIECE_MM * per_mm]
    depths = sorted({int(reaches[a]) for a, _ in pieces})
    for depth in depths:
        alike = [(a, b) for a, b in pieces if abs(int(reaches[a]) - depth) <= 1]
        lines = [at for a, b in alike for at in range(a, b)]
        if len(lines) >= _LONG_MM * per_mm and _is_border(outwards[lines], depth):
            yield from (run for run in alike if reaches[run[0]] == depth)
    for a, b in _stretches(painted):
        core = [at for at in range(a, b) if outwards[at, 0].min() < _PAPER - 2 * _JUMP]
        deepest = int(reaches[core].max()) if core else whole
        straight = deepest < whole and deepest - int(reaches[core].min()) <= 1
        if straight and _is_border(outwards[core], deepest):
            yield core[0], core[-1] + 1


def _is_border(lines: Any, reach: int) -> bool:
    """Whether colours change there on the whole, too: in a photograph of leaves or cloth each line jumps somewhere."""
    import numpy as np

    means = lines.mean(axis=0)
    before, after = means[max(reach - 1, 0)], means[min(reach + 1, len(means) - 1)]
    return bool(np.abs(after - before).max() > _JUMP)


def _runs(reaches: Any) -> Iterator[tuple[int, int]]:
    """Stretches of lines that reach as far as each other, give or take the pixel that a border lies in."""
    start = 0
    for at in range(1, len(reaches) + 1):
        if at == len(reaches) or abs(int(reaches[at]) - int(reaches[start])) > 1:
            yield start, at
            start = at


def _stretches(painted: Any) -> Iterator[tuple[int, int]]:
    """Where paint touches the trim: first line, and the one after the last."""
    import numpy as np

    ends = np.flatnonzero(np.diff(np.concatenate(([False], painted, [False])).astype(np.int8)))
    yield from ((int(a), int(b)) for a, b in list(pairwise(ends))[::2])


def _exact(outwards: Any, reach: int) -> float:
    """How many pixels the paint covers on its way outwards, the one that it ends in by its share."""
    import numpy as np

    means = outwards.mean(axis=0)
    after = means[min(reach + 2, len(means) - 1)]
    way = means[0] - after
    if not way.any():
        return float(reach)
    shares = np.clip((means[: reach + 2] - after) @ way / (way @ way), 0, 1)
    return float(shares.sum())


def _box(
    side: str, along: tuple[int, int], scales: tuple[float, float], media: Box, trim: Box, wanted_mm: float,
) -> Box:
    """What stops short, in points: along the trim from line to line, across it from within to the bleed's edge."""
    inner, outer = _INSIDE_MM * PT_PER_MM, wanted_mm * PT_PER_MM
    if side in ("left", "right"):
        bottom, top = media[3] - along[1] / scales[1], media[3] - along[0] / scales[1]
        ends = (trim[0] - outer, trim[0] + inner) if side == "left" else (trim[2] - inner, trim[2] + outer)
        box = ends[0], bottom, ends[1], top
    else:
        left, right = media[0] + along[0] / scales[0], media[0] + along[1] / scales[0]
        ends = (trim[1] - outer, trim[1] + inner) if side == "bottom" else (trim[3] - inner, trim[3] + outer)
        box = left, ends[0], right, ends[1]
    return box[0], box[1], box[2], box[3]
