"""A PDF for the press to the edges where something that touches the trim is not painted out to the bleed's edge."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks import pdf_sight
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import guarded
from hefte.model import Finding, Severity


def _run(file: PdfFile) -> Iterator[Finding]:
    for sight in pdf_sight.seen(file).pages:
        for edge in sight.edges:
            reach = round(2 * edge.reach_mm) / 2
            where = f"about {reach:g} mm beyond it" if reach > 0 else "there"
            yield CHECK.found(
                f"what touches the trim on the {edge.side} ends {where}, before the edge of the bleed",
                path=file.path, page=sight.page, box=edge.box,
            )


CHECK = Check(
    id="pdf-bleed",
    severity=Severity.ERROR,
    title="Paint that touches the trim goes on to the edge of the bleed",
    rationale="A guillotine cuts up to a millimetre beside the line. Where a picture or a tint ends at the trim, a "
    "strip of white paper is left along the edge of some of the copies.",
    source="ISO 15930-7, 6.12; bleed of 3 mm: design/print; measured on the page at 144 ppi: paint must "
    "not end in a line along the trim. Slanting and round shapes that end in the bleed are none",
    remedy="draw the ground or the picture out to the edge of the bleed; in a foreign file, enlarge it and export with "
    "bleed",
    run=guarded(_run),
    rendered=True,
)
