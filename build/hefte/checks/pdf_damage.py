"""A foreign PDF to the questions that could not be answered, because it is not built as a PDF should be."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks import pdf_painting
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import guarded
from hefte.model import Finding, Severity


def _run(file: PdfFile) -> Iterator[Finding]:
    for page, said in pdf_painting.damage(file.pdf):
        yield CHECK.found(said, path=file.path, page=page)


CHECK = Check(
    id="pdf-damage",
    severity=Severity.ERROR,
    title="Damage in the file",
    rationale="A reader that repairs a damaged file guesses, and each guesses differently: a press "
    "stops or prints gaps.",
    source="ISO 32000-1, 7: a conforming file has none",
    remedy="export the file again from its source",
    run=guarded(_run),
)
