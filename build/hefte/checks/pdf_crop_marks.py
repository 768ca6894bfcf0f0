"""A print file to marks outside the bleed that would not stand on every plate."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks import pdf_painting
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import guarded
from hefte.model import Finding, Severity


def _run(file: PdfFile) -> Iterator[Finding]:
    strange = {
        (paint.page, paint.space.partition("/")[0])
        for paint in pdf_painting.paints(file.pdf)
        if paint.outside and paint.space != "Separation/All"
    }
    for page, space in sorted(strange):
        yield CHECK.found(
            f"something outside the bleed is in {space}, not in the registration colour", path=file.path, page=page
        )


CHECK = Check(
    id="pdf-crop-marks",
    severity=Severity.ERROR,
    title="Crop marks in the registration colour",
    rationale="Marks guide the cut and the register of the plates: they must be on each of them, "
    "and nothing else is to be there.",
    source="ISO 32000-1, 8.6.6.4: /Separation /All",
    remedy="leave crop marks to [print] crop_marks, and keep the layout within the bleed",
    run=guarded(_run),
    kinds=("press",),
)
