"""A PDF for reading to the bookmarks that it lacks, or that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import READ, guarded
from hefte.checks.pdf_tagged import elements
from hefte.model import Finding, Severity

_SHEET = 2
"""Pages of one sheet, which has no parts to go to where it has no headings."""


def _run(file: PdfFile) -> Iterator[Finding]:
    with file.pdf.open_outline(strict=False) as outline:
        top = len(outline.root)
        for item in outline.root:
            if item.destination is None and item.action is None:
                yield CHECK.found(f"the bookmark {item.title} leads nowhere", path=file.path)
    chapters = sum(element.get("/S") == "/H1" for element in elements(file.pdf))
    if top < chapters:
        yield CHECK.found(f"there are {top} bookmarks for {chapters} headings of the first level", path=file.path)
    elif not top and len(file.pdf.pages) > _SHEET:
        yield CHECK.found("there are no bookmarks", path=file.path)


CHECK = Check(
    id="pdf-bookmarks",
    severity=Severity.ERROR,
    title="A bookmark for each chapter",
    rationale="Who reads with a keyboard or a screen reader goes to a chapter by its bookmark: "
    "there is no thumbing through.",
    source="WCAG 2.1, 2.4.5, technique PDF2",
    remedy="give the chapters' titles a bookmark-level in the layout",
    run=guarded(_run),
    kinds=READ,
)
