"""A PDF for the press to the pictures in it that are too coarse."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks import pdf_painting
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import for_press, guarded
from hefte.model import Finding, Severity

_GOOD, _LEAST = 300, 200
"""Pixels per inch as printed: below the first a warning, below the second an error."""


def _run(file: PdfFile) -> Iterator[Finding]:
    if not for_press(file):
        return
    for paint in pdf_painting.paints(file.pdf):
        # Half a pixel per inch is what rounding to CSS pixels costs.
        if paint.ppi is not None and paint.ppi < _GOOD - 0.5:
            severity = Severity.ERROR if paint.ppi < _LEAST - 0.5 else Severity.WARNING
            limit = _LEAST if severity == Severity.ERROR else _GOOD
            message = f"a picture is printed at {paint.ppi:.0f} ppi, less than {limit}"
            yield CHECK.found(message, path=file.path, page=paint.page, severity=severity)


CHECK = Check(
    id="pdf-resolution",
    severity=Severity.ERROR,
    title="Pictures fine enough to print",
    rationale="A picture that is sharp on the screen can show its pixels on paper.",
    source="design/print: 300 ppi, under 200 an error (twice the screen ruling of 150 lpi)",
    remedy="take a larger picture, or print it smaller",
    run=guarded(_run),
)
