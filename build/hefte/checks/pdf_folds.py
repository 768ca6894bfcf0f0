"""A PDF that is to be folded, to where its pages are folded, and where its marks say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hefte.checks import pdf_painting
from hefte.checks.frame import PdfFile
from hefte.checks.pdf_geometry import Box
from hefte.checks.pdf_painter import Line
from hefte.checks.pdf_reading import PT_PER_MM, box, each_page, expected

REGISTRATION = "Separation/All"
_UPRIGHT_PT = 0.5
"""A mark that is wider is no fold's."""
_AT_A_CUT_MM = 0.2
"""A mark so near to the trim's edge is a crop mark."""


def each(file: PdfFile) -> Iterator[tuple[int, Box, Sequence[float]]]:
    """Each page that is folded: its number, its trim (pt), and its folds (mm from the trim's left edge)."""
    folds: Sequence[Sequence[float]] = expected(file, "folds") or ()
    for number, page in each_page(file):
        trim = box(page, "/TrimBox") or box(page, "/CropBox") or box(page, "/MediaBox")
        if trim and folds[number - 1 : number]:
            yield number, trim, folds[number - 1]


def ticks(file: PdfFile, number: int, trim: Box) -> tuple[list[Line], list[Line]]:
    """The upright marks of a page that are not at the cut, in the registration colour: above the trim, and below."""
    upright = [
        line for line in pdf_painting.lines(file.pdf)
        if line.page == number and line.space == REGISTRATION and line.place[2] - line.place[0] < _UPRIGHT_PT
        and min(abs(line.place[0] - edge) for edge in (trim[0], trim[2])) > _AT_A_CUT_MM * PT_PER_MM
    ]
    head = [line for line in upright if line.place[1] >= trim[3]]
    return head, [line for line in upright if line.place[3] <= trim[1]]


def at_mm(line: Line, trim: Box) -> float:
    """Where a mark is, in millimetres from the trim's left edge."""
    return (line.place[0] + line.place[2]) / 2 / PT_PER_MM - trim[0] / PT_PER_MM


def marked(file: PdfFile, number: int, trim: Box) -> list[float]:
    """Where a page's marks at the head say that it is folded, mm; nothing where it has none."""
    return sorted(at_mm(line, trim) for line in ticks(file, number, trim)[0])
