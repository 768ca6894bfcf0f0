"""Turns a page's TrimBox and its folds into crop marks and fold marks in all inks, outside the bleed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pydyf

from hefte.renderers.pdf.document import PT_PER_MM

GAP_MM, LENGTH_MM, WEIGHT_PT = 0.5, 5.0, 0.25
_DASH_PT = 2
"""A fold mark is dashed, so that nobody cuts there."""
_SPACE = "hefte-registration"


def add(pdf: Any, page: Any, stream: Any, bleed_mm: float) -> None:
    """Draw the eight marks of a page `GAP_MM` beyond the bleed, in /Separation /All: every plate carries them."""
    _declare_space(pdf, stream)
    lines = " ".join(_lines([float(corner) for corner in page["TrimBox"]], (bleed_mm + GAP_MM) * PT_PER_MM))
    stream.stream.append(f"/Artifact BMC q /{_SPACE} CS 1 SCN {WEIGHT_PT} w {lines} S Q EMC".encode())


def add_folds(pdf: Any, page: Any, stream: Any, bleed_mm: float, folds_mm: Sequence[float]) -> None:
    """Draw a mark at the head and one at the foot of each fold, as long and as far from the bleed as crop marks are.
    `folds_mm` are counted from the trim's left edge."""
    _declare_space(pdf, stream)
    left, bottom, _, top = (float(corner) for corner in page["TrimBox"])
    near, far = (bleed_mm + GAP_MM) * PT_PER_MM, (bleed_mm + GAP_MM + LENGTH_MM) * PT_PER_MM
    lines = " ".join(
        f"{x:.3f} {y + way * near:.3f} m {x:.3f} {y + way * far:.3f} l"
        for x in (left + fold * PT_PER_MM for fold in folds_mm) for y, way in ((bottom, -1), (top, 1))
    )
    pen = f"/{_SPACE} CS 1 SCN {WEIGHT_PT} w [{_DASH_PT}] 0 d"
    stream.stream.append(f"/Artifact BMC q {pen} {lines} S Q EMC".encode())


def _lines(trim: list[float], gap: float) -> Iterator[str]:
    length = LENGTH_MM * PT_PER_MM
    for x, outwards_x in ((trim[0], -1), (trim[2], 1)):
        for y, outwards_y in ((trim[1], -1), (trim[3], 1)):
            near, far = x + outwards_x * gap, x + outwards_x * (gap + length)
            yield f"{near:.3f} {y:.3f} m {far:.3f} {y:.3f} l"
            near, far = y + outwards_y * gap, y + outwards_y * (gap + length)
            yield f"{x:.3f} {near:.3f} m {x:.3f} {far:.3f} l"


def _declare_space(pdf: Any, stream: Any) -> None:
    """The registration colour (ISO 32000-1, 8.6.6.4), once in the colour spaces that all pages share."""
    number = int(stream._resources["ColorSpace"].split()[0])
    spaces = pdf.objects[number]
    if _SPACE not in spaces:
        tint = pydyf.Dictionary(
            {
                "FunctionType": 2,
                "Domain": pydyf.Array([0, 1]),
                "N": 1,
                "C0": pydyf.Array([0, 0, 0, 0]),
                "C1": pydyf.Array([1, 1, 1, 1]),
            }
        )
        spaces[_SPACE] = pydyf.Array(["/Separation", "/All", "/DeviceCMYK", tint])
