"""A PDF for the press to the inks in it beyond the four, and to Lab: each is a plate, or a guess, that must be asked
for."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks import pdf_painting
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_inks import spots
from hefte.checks.pdf_reading import PRESS, for_press, guarded, standard
from hefte.model import Finding, Severity


def _run(file: PdfFile) -> Iterator[Finding]:
    if not for_press(file):
        return
    ours = file.kind in PRESS
    told_as_light = ours or standard(file.pdf) == "pdf/x-1a"  # By pdf-rgb.
    said: set[tuple[int, str]] = set()
    for paint in pdf_painting.paints(file.pdf):
        messages = [f"the spot colour {name} is used" for name in spots(paint.space)]
        if paint.space == "Lab" and not told_as_light:
            messages.append("a colour is given as Lab")
        for message in messages:
            if (paint.page, message) not in said:
                said.add((paint.page, message))
                severity = Severity.ERROR if ours else Severity.WARNING
                yield CHECK.found(message, path=file.path, page=paint.page, box=paint.place, severity=severity)


CHECK = Check(
    id="pdf-spot",
    severity=Severity.ERROR,
    title="Spot colours and Lab that nobody asked for",
    rationale="Each spot colour is one more plate and one more ink on the invoice; a shop that prints four replaces it "
    "by what it thinks is near.",
    source="ISO 32000-1, 8.6.6.4 and 8.6.6.5; Ghent Workgroup, GWG2015, 4.18 (use of spot colours)",
    remedy="give the colour in cyan, magenta, yellow and black, or agree on the ink with the print shop",
    run=guarded(_run),
)
