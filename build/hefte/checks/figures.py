"""A finished PDF to what was measured on it: figures for the report and the job sheet, as JSON has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hefte.checks import pdf_contrast, pdf_figures, pdf_panels, pdf_separations
from hefte.checks.frame import PdfFile
from hefte.checks.pdf_reading import DAMAGE


def of(file: PdfFile) -> dict[str, Any]:
    """Every figure that can be measured on the file; one that damage hides is left out."""
    found: dict[str, Any] = {}
    for name, measure in FIGURES.items():
        try:
            figure = measure(file)
            if figure != {}:  # there is nothing of the kind in the file
                found[name] = figure
        except DAMAGE:
            if file.expect is not None:
                raise
    return found


FIGURES: Mapping[str, Callable[[PdfFile], Any]] = {
    "boxes": pdf_figures.boxes,
    "version": pdf_figures.version,
    "standard": pdf_figures.standard,
    "fonts": pdf_figures.fonts,
    "images": pdf_figures.images,
    "colours": pdf_figures.colours,
    "profile": pdf_figures.profile,
    "ink": pdf_separations.figure,
    "contrast": pdf_contrast.figure,
    "panels": pdf_panels.figure,
}
"""Name in the report → what measures it."""
