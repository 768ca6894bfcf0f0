"""A PDF for the press or an office printer to the text that nobody can read once it is printed in black."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks import pdf_sight
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_contrast import also, in_words
from hefte.checks.pdf_legibility import Colour, Legible
from hefte.checks.pdf_reading import for_press, guarded
from hefte.model import Finding, Severity


def _run(file: PdfFile) -> Iterator[Finding]:
    if not for_press(file) and file.kind != "office":
        return
    faint: dict[tuple[Colour, Colour, bool], list[tuple[int, Legible]]] = {}
    for sight in pdf_sight.seen(file).pages:
        for text in sight.texts:
            if text.grey < text.enough:
                faint.setdefault((text.ink, text.ground, text.large), []).append((sight.page, text))
    for places in faint.values():
        page, text = places[0]
        ratio = int(text.grey * 100) / 100
        yield CHECK.found(
            f"{in_words(text)} has a contrast of {ratio:.2f} : 1 in grey, less than {text.enough:g} : 1{also(places)}",
            path=file.path, page=page, box=text.box, severity=None if file.kind else Severity.WARNING,
        )


CHECK = Check(
    id="pdf-grey",
    severity=Severity.ERROR,
    title="Text can be read when the page is printed in grey",
    rationale="A clinic prints and copies on its office printer, which has black only. Red on green of the same "
    "lightness, clear in colour, is grey on grey there.",
    source="WCAG 2.1, 1.4.3, for the ratio; ISO 32000-1, 10.3.2, for the grey that a colour becomes; measured on the "
    "rendered page",
    remedy="choose two inks that differ in lightness, not in hue alone",
    run=guarded(_run),
    rendered=True,
)
