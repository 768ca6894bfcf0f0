"""A file for the press that is to be folded, to the folds without their marks, and marks where nothing is folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hefte.checks import pdf_folds, pdf_painting
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_geometry import Box
from hefte.checks.pdf_reading import box, guarded
from hefte.model import Finding, Severity

_EXACT_MM = 0.1


def _run(file: PdfFile) -> Iterator[Finding]:
    for number, trim, folds in pdf_folds.each(file):
        for said in (*_beside(file, number, trim, folds), *_inside(file, number)):
            yield CHECK.found(said, path=file.path, page=number)


def _beside(file: PdfFile, number: int, trim: Box, folds: Sequence[float]) -> Iterator[str]:
    """Head and foot, each fold and each mark."""
    for end, lines in zip(("head", "foot"), pdf_folds.ticks(file, number, trim), strict=True):
        places = [pdf_folds.at_mm(line, trim) for line in lines]
        for fold in folds:
            if not any(abs(place - fold) <= _EXACT_MM for place in places):
                yield f"there is no mark at the {end} for the fold {fold:g} mm from the left"
        for place in places:
            if not any(abs(place - fold) <= _EXACT_MM for fold in folds):
                yield f"a mark at the {end} stands {place:.1f} mm from the left, where nothing is folded"


def _inside(file: PdfFile, number: int) -> Iterator[str]:
    """Marks on what is printed. The bleed is cut off, but a guillotine may leave some of it."""
    page = file.pdf.pages[number - 1]
    bleed = box(page, "/BleedBox") or box(page, "/TrimBox")
    for line in pdf_painting.lines(file.pdf):
        if line.page == number and line.space == pdf_folds.REGISTRATION and bleed and not line.outside:
            yield "a mark in the registration colour stands within the bleed"
            return


CHECK = Check(
    id="pdf-fold-marks",
    severity=Severity.ERROR,
    title="A mark at each fold, outside the bleed",
    rationale="Whoever folds lays the sheet against these marks. A millimetre off, and the panel that is folded in "
    "does not lie flat.",
    source="issue 5: fold ticks in the slug; in the registration colour, as crop marks (ISO 32000-1, 8.6.6.4); within "
    f"{_EXACT_MM} mm",
    remedy="leave the marks to the builder: `folds` in the layout's layout.toml",
    run=guarded(_run),
    kinds=("press",),
)
