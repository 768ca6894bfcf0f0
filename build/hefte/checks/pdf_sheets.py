"""Turns the sheets of a booklet into the page that each half shows, told by the number printed on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf

from hefte.checks import pdf_geometry as geometry
from hefte.checks.frame import PdfFile
from hefte.checks.pdf_geometry import Box
from hefte.checks.pdf_reading import box, each_page
from hefte.tools import pdfium

Half = tuple[int, int]
"""The side of a sheet, from 0, and 0 for its left or 1 for its right half."""
_ZONE = 0.15
"""The part of a page's height, at its head and at its foot, where its number is looked for."""
_OURS = re.compile(r"/Page(\d+)")
_LONGEST = 4
"""Digits of a page number."""


def belongs(half: Half, total: int, direction: str) -> int:
    """The page that is to stand on a half, `total` pages folded and stapled in the middle."""
    side, place = half
    near, far = side + 1, total - side
    left, right = (far, near) if side % 2 == 0 else (near, far)
    return (left, right)[place if direction == "ltr" else 1 - place]


def folios(file: PdfFile) -> Mapping[Half, int]:
    """Half → the number printed at the head or foot of the page that it shows. Only sheets that lie across."""
    sheets = {number: medium for number, page in each_page(file) if (medium := _across(page))}
    if len(sheets) < len(file.pdf.pages) or len(sheets) < 2 or not file.source:
        return {}
    from pypdfium2 import PdfiumError

    found: dict[Half, int] = {}
    try:
        with pdfium.opened(file.source) as document:
            for number, medium in sheets.items():
                for place, value in _numbers(document[number - 1], medium).items():
                    found[number - 1, place] = value
    except PdfiumError:
        return {}
    return found


def _across(page: pikepdf.Page) -> Box | None:
    """The medium of a sheet that is wider than it is high, and not turned."""
    medium = box(page, "/MediaBox")
    wide = medium is not None and medium[2] - medium[0] > medium[3] - medium[1]
    return medium if wide and int(page.obj.get("/Rotate", 0)) % 360 == 0 else None


def _numbers(page: Any, medium: Box) -> dict[int, int]:
    """0 and 1 → the number nearest to the sheet's edge on that half, at its head or foot."""
    left, bottom, right, top = medium
    zone, middle = _ZONE * (top - bottom), (left + right) / 2
    nearest: dict[int, tuple[float, int]] = {}
    reading = page.get_textpage()
    try:
        for place in [reading.get_rect(index) for index in range(reading.count_rects())]:
            distance = min(place[1] - bottom, top - place[3])
            if distance > zone:
                continue
            text = reading.get_text_bounded(*place).strip()
            half = 0 if (place[0] + place[2]) / 2 < middle else 1
            if text.isdecimal() and len(text) <= _LONGEST and distance < nearest.get(half, (zone + 1, 0))[0]:
                nearest[half] = (distance, int(text))
    finally:
        reading.close()
    return {half: value for half, (_, value) in nearest.items()}


def named(file: PdfFile) -> Mapping[Half, int]:
    """Half → the page of the print edition that our own imposition says it drew there. For pages without a number."""
    found: dict[Half, int] = {}
    for number, page in each_page(file):
        medium = box(page, "/MediaBox") or (0.0, 0.0, 0.0, 0.0)
        for value, place in _drawn(page):
            half = 0 if (place[0] + place[2]) / 2 < (medium[0] + medium[2]) / 2 else 1
            found[number - 1, half] = value
    return found


def _drawn(page: pikepdf.Page) -> Iterator[tuple[int, Box]]:
    matrix, stack = geometry.IDENTITY, []
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "q":
            stack.append(matrix)
        elif operator == "Q":
            matrix = stack.pop() if stack else matrix
        elif operator == "cm":
            matrix = geometry.product(geometry.matrix(operands), matrix)
        elif operator == "Do" and (match := _OURS.fullmatch(str(operands[0]))):
            form: Any = page.obj.Resources.XObject[str(operands[0])]
            left, bottom, right, top = (float(corner) for corner in form.BBox)
            yield int(match[1]), geometry.bounds(matrix, (left, bottom, right, top))


def folded(found: Mapping[Half, int], total: int) -> tuple[str, int] | None:
    """How sheets with these numbers are meant to be folded: the direction, and by how much the first page's number is
    less than 1. None where they are no booklet: where no such reading fits more than half of the numbers."""
    votes = Counter(
        (direction, belongs(half, total, direction) - value)
        for half, value in found.items()
        for direction in ("ltr", "rtl")
    )
    for way, count in votes.most_common(1):
        if count >= 4 and count * 2 > len(found):
            return way
    return None
