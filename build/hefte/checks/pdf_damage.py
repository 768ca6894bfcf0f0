"""A foreign PDF to the questions that could not be answered, because it is not built as a PDF should be."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks import pdf_painting
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import guarded
from hefte.model import Finding, Severity

_MOST = 3
"""Warnings that are told: what is torn in one place gives many."""


def _run(file: PdfFile) -> Iterator[Finding]:
    if not len(file.pdf.pages):
        yield CHECK.found("the file has no pages", path=file.path)
    for page, said in pdf_painting.damage(file.pdf):
        yield CHECK.found(said, path=file.path, page=page)
    repairs = dict.fromkeys(_plain(str(said), file) for said in file.pdf.get_warnings())
    for said in list(repairs)[:_MOST]:
        yield CHECK.found(f"the file had to be repaired: {said}", path=file.path)


def _plain(said: str, file: PdfFile) -> str:
    """A warning of QPDF's without the name that it gives the file, which may be an address in memory."""
    name, _, rest = said.strip().partition(": ")
    return rest if name.startswith(("stream <", str(file.pdf.filename))) else said.strip()


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
