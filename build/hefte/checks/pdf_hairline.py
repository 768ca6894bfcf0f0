"""A PDF for the press to the lines in it that are too thin to be printed."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks import pdf_painting
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import for_press, guarded
from hefte.model import Finding, Severity

_LEAST = 0.25
"""pt."""
_ROUNDING = 0.005
"""Programs write 0.25 pt as 0.249."""


def _run(file: PdfFile) -> Iterator[Finding]:
    if not for_press(file):
        return
    said: set[tuple[int, str]] = set()
    for paint in pdf_painting.paints(file.pdf):
        if paint.width is None or paint.width >= _LEAST - _ROUNDING or paint.space == "Separation/None":
            continue
        kind = "a line" if paint.kind == "stroke" else "an area"
        message = f"{kind} is {paint.width:.2f} pt thin, less than {_LEAST} pt"
        if (paint.page, message) not in said:
            said.add((paint.page, message))
            yield CHECK.found(message, path=file.path, page=paint.page, box=paint.place)


CHECK = Check(
    id="pdf-hairline",
    severity=Severity.ERROR,
    title="Lines thick enough to print",
    rationale="A line of no width is drawn as thin as the device can: seen on the screen and on an office printer, "
    "gone on the plate.",
    source="issue 4: 0.25 pt; Ghent Workgroup, GWG2015, 4.17 (effective line width); ISO 32000-1, 8.4.3.2 (width 0)",
    remedy="make the line at least 0.25 pt thick",
    run=guarded(_run),
)
