"""A file for an office printer, to what stands where that cannot print, and what it does not ask the printer for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from hefte.checks import pdf_painting
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import PT_PER_MM, box, each_page, guarded
from hefte.model import Finding, Severity
from hefte.tools import pdfium

_EMPTY_MM = 5.0
_ROUNDING_MM = 0.05
_PPI = 72.0
_PAPER = 250
"""Of 255: lighter is bare paper."""


def _run(file: PdfFile) -> Iterator[Finding]:
    for said in _wishes(file):
        yield CHECK.found(said, path=file.path)
    extents = pdf_painting.extents(file.pdf)
    for number, page in each_page(file):
        medium, drawn = box(page, "/MediaBox"), extents.get(number)
        if medium is None or drawn is None:
            continue
        gaps = drawn[0] - medium[0], drawn[1] - medium[1], medium[2] - drawn[2], medium[3] - drawn[3]
        near = max(min(gaps) / PT_PER_MM, 0.0)
        if near < _EMPTY_MM - _ROUNDING_MM and (seen := _seen(file, number)) < _EMPTY_MM - _ROUNDING_MM:
            what = f"something is printed {max(near, seen):.1f} mm from the sheet's edge, where {_EMPTY_MM:g} mm are to"
            yield CHECK.found(f"{what} stay empty", path=file.path, page=number)


def _seen(file: PdfFile, number: int) -> float:
    """How near to the edge something is seen on the page, mm: a box round letters, or round a picture's clip, may be
    larger than what is painted."""
    import numpy as np

    with pdfium.opened(file.source) as document:
        view = pdfium.whole(document, number - 1)
        dark = pdfium.pixels(view, _PPI)[..., :3].min(axis=2) < _PAPER
        view.close()
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not rows.size:
        return float("inf")
    height, width = dark.shape
    gap = min(rows[0], columns[0], height - 1 - rows[-1], width - 1 - columns[-1])
    return float(gap) / _PPI * 25.4


def _wishes(file: PdfFile) -> Iterator[str]:
    """What the print dialogue is filled with (ISO 32000-1, table 150)."""
    asked: Any = file.pdf.Root.get("/ViewerPreferences", {})
    if str(asked.get("/PrintScaling", "")) != "/None":
        yield "the file does not ask to be printed as large as it is (PrintScaling)"
    if len(file.pdf.pages) < 2:
        return
    wanted = "Short" if _lies(file.pdf.pages[0]) else "Long"
    if str(asked.get("/Duplex", "")) != f"/DuplexFlip{wanted}Edge":
        yield f"the file does not ask to be printed on both sides, flipped on the {wanted.lower()} edge"


def _lies(page: pikepdf.Page) -> bool:
    left, bottom, right, top = box(page, "/MediaBox") or (0.0, 0.0, 0.0, 0.0)
    return right - left > top - bottom


CHECK = Check(
    id="pdf-office-edge",
    severity=Severity.ERROR,
    title="An office printer's empty edge, and both sides",
    rationale="An office printer leaves the edge of the sheet white. It cuts letters off there, or shrinks the page "
    "until the panels no longer meet the folds.",
    source="design/print: outer 5 mm empty; ISO 32000-1, table 150 (PrintScaling, Duplex)",
    remedy="keep the outer 5 mm of the layout's page empty",
    run=guarded(_run),
    kinds=("office",),
)
