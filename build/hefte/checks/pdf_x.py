"""A PDF to the conditions of the PDF/X that it claims, or that ours for the press must claim, and does not meet."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import expected, guarded, standard
from hefte.checks.pdf_x_colours import COLOUR_CONDITIONS
from hefte.checks.pdf_x_file import FILE_CONDITIONS, VERSIONS
from hefte.model import Finding, Severity


def _run(file: PdfFile) -> Iterator[Finding]:
    claim = standard(file.pdf)
    if claim is None and file.kind != "press":
        return
    wanted = expected(file, "standard")
    if claim is None:
        yield CHECK.found("the file does not claim to be PDF/X: its conditions were not proven", path=file.path)
    elif claim not in VERSIONS or (wanted and claim != wanted):
        yield CHECK.found(f"the file claims {claim.upper()}, not {(wanted or 'pdf/x-4').upper()}", path=file.path)
    for condition in FILE_CONDITIONS + COLOUR_CONDITIONS:
        for said in dict.fromkeys(condition(file.pdf, claim or wanted or "pdf/x-4")):
            yield CHECK.found(said, path=file.path)


CHECK = Check(
    id="pdf-x",
    severity=Severity.ERROR,
    title="Conditions of PDF/X",
    rationale="A label that is not true costs more than none: the press relies on it and looks no further.",
    source="ISO 15930-7:2010 (PDF/X-4), ISO 15930-4:2003 (PDF/X-1a)",
    remedy="export the file again as PDF/X; where it is ours, report a bug",
    run=guarded(_run),
    waivable=False,
)
