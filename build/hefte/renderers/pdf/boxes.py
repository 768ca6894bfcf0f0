"""Turns a page's trim and bleed into the four page boxes of a file for the press, its origin at the sheet's corner."""

from __future__ import annotations

from typing import Any

import pydyf

from hefte.renderers.pdf.document import PT_PER_MM, PT_PER_PX

SLUG_MM = 10.0
"""Room around the trim where crop marks or fold marks are wanted."""


def edge_mm(bleed_mm: float, *, crop_marks: bool, folds: bool = False) -> float:
    """How far the medium reaches beyond the trim on every side."""
    return max(SLUG_MM, bleed_mm) if crop_marks or folds else bleed_mm


def set_boxes(
    page: Any, laid_out: Any, bleed_mm: float, *, crop_marks: bool, folds: bool = False
) -> tuple[float, float]:
    """Set MediaBox, BleedBox and TrimBox (pt) of a page; return how far its content must move to the right and up (pt).

    WeasyPrint's own boxes have a negative origin and a BleedBox of at most 10 pt. ISO 15930-7, 6.12: trim within bleed
    within media.
    """
    width, height = laid_out.width * PT_PER_PX, laid_out.height * PT_PER_PX
    edge = edge_mm(bleed_mm, crop_marks=crop_marks, folds=folds) * PT_PER_MM
    bleed = bleed_mm * PT_PER_MM
    page["MediaBox"] = _box(0, 0, width + 2 * edge, height + 2 * edge)
    page["BleedBox"] = _box(edge - bleed, edge - bleed, width + edge + bleed, height + edge + bleed)
    page["TrimBox"] = _box(edge, edge, width + edge, height + edge)
    return round(edge, 3), round(edge, 3)


def _box(*corners: float) -> Any:
    """Rounded to a thousandth of a point: a third of a micrometre."""
    return pydyf.Array([round(corner, 3) for corner in corners])


def move(stream: Any, box: Any, right: float, up: float) -> None:
    """Move a page's content, and clip it to the bleed `box` (given where the content will have moved to)."""
    x0, y0, x1, y1 = box
    clip = f"{x0:g} {y0:g} {round(x1 - x0, 3):g} {round(y1 - y0, 3):g} re W n"
    stream.stream[:0] = [b"q", clip.encode(), f"1 0 0 1 {right:g} {up:g} cm".encode()]
    stream.stream.append(b"Q")


def move_patterns(pdf: Any, right: float, up: float) -> None:
    """Move the tilings too: their matrix starts from the page, not from the content's (ISO 32000-1, 8.7.3.1)."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("PatternType") == 1:
            matrix = item.extra["Matrix"]
            item.extra["Matrix"] = pydyf.Array([*matrix[:4], matrix[4] + right, matrix[5] + up])
