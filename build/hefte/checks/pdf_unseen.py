"""A PDF to the pages that no check that looks at pixels has seen, and why."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks import pdf_sight
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import guarded
from hefte.model import Finding, Severity


def _run(file: PdfFile) -> Iterator[Finding]:
    for why, pages in pdf_sight.seen(file).unseen.items():
        several = f"pages {pages[0]} to {pages[-1]} were" if len(pages) > 1 else f"page {pages[0]} was"
        yield CHECK.found(
            f"{several} not looked at: {why}", path=file.path, page=pages[0],
            severity=Severity.ERROR if file.expect is not None else None,
        )


CHECK = Check(
    id="pdf-unseen",
    severity=Severity.NOTE,
    title="Pages that could not be looked at",
    rationale="What was not looked at is not known to be right: contrast, bleed, codes and links are measured on the "
    "rendered page.",
    source="docs/commands.md, limits; ISO 32000-1: a page that one reader cannot draw, others may not draw either",
    remedy="check the pages in a file of their own, or have the file exported anew",
    run=guarded(_run),
    rendered=True,
)
