"""A finished PDF to what was measured on it: figures for the report and the job sheet, as JSON has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hefte.checks.frame import PdfFile
from hefte.checks.pdf_reading import DAMAGE


def of(file: PdfFile) -> dict[str, Any]:
    """Every figure that can be measured on the file; one that damage hides is left out."""
    found: dict[str, Any] = {}
    for name, measure in FIGURES.items():
        try:
            found[name] = measure(file)
        except DAMAGE:
            if file.expect is not None:
                raise
    return found


FIGURES: Mapping[str, Callable[[PdfFile], Any]] = {}
"""Name in the report → what measures it."""
