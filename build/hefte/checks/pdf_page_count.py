"""A file for binding to a page count that does not fold."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import READ, expected, guarded
from hefte.model import Finding, Severity


def _run(file: PdfFile) -> Iterator[Finding]:
    count, wanted = len(file.pdf.pages), expected(file, "pages")
    # Of a file that is asked alone nobody says how it is folded: the brochure's print file is known by its name.
    unit = 2 if file.kind == "imposed" else expected(file, "signature", 4 if file.edition == "print" else 1)
    if count % unit:
        what = "sides of sheets" if file.kind == "imposed" else "pages"
        yield CHECK.found(f"there are {count} {what}, which is not a multiple of {unit}", path=file.path)
    if wanted is not None and count != wanted:
        yield CHECK.found(f"there are {count} pages, and {wanted} were laid out", path=file.path)


CHECK = Check(
    id="pdf-page-count",
    severity=Severity.ERROR,
    title="Page count that folds",
    rationale="A saddle-stitched brochure is folded from sheets of four pages: a page too many means three empty ones.",
    source="design/print: a multiple of four; of another layout, of the `signature` that it names",
    remedy="let the layout's fillers make up the number, or shorten the text by a page",
    run=guarded(_run),
    kinds=("press", "imposed", *READ),
)
