"""A PDF to what in it does something to its reader, or keeps its reader from something."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks import pdf_actions
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import guarded, standard
from hefte.model import Finding, Severity

_DANGEROUS = ("JavaScript", "Launch", "ImportData", "SubmitForm")
_ELSEWHERE = ("GoToR", "GoToE")
_PLAYING = ("Movie", "Sound", "Rendition", "GoTo3DView", "RichMediaExecute")


def _run(file: PdfFile) -> Iterator[Finding]:
    if standard(file.pdf) is not None or file.kind == "press":
        return  # pdf-x and pdf-annotation say it.
    for message, grave in _active(file):
        severity = Severity.ERROR if grave or file.kind else Severity.WARNING
        yield CHECK.found(message, path=file.path, severity=severity)


def _active(file: PdfFile) -> Iterator[tuple[str, bool]]:
    """What is there, and whether it is grave in anybody's file."""
    kinds = pdf_actions.actions(file.pdf)
    if pdf_actions.scripts(file.pdf) or "JavaScript" in kinds:
        yield "there is JavaScript in the file", True
    for kind in _DANGEROUS[1:]:
        if kind in kinds:
            yield f"there is an action that reaches out of the file ({kind})", True
    if file.pdf.is_encrypted:
        yield "the file is encrypted, if with an empty password", True
    if pdf_actions.attachments(file.pdf):
        yield "other files lie in the file", False
    for kind in _ELSEWHERE:
        if kind in kinds:
            yield f"a link leads into another file ({kind})", False
    playing = [*pdf_actions.media(file.pdf), *(f"an action ({kind})" for kind in _PLAYING if kind in kinds)]
    yield from ((f"something plays: {what}", False) for what in playing)


CHECK = Check(
    id="pdf-active",
    severity=Severity.ERROR,
    title="Nothing that runs, plays or is locked",
    rationale="A clinic's mail filter stops a file with scripts or attachments. An encrypted one can be closed to "
    "screen readers.",
    source="issue 4; ISO 32000-1, 12.6.4 (actions), 7.11.4 (embedded files), 7.6 (encryption)",
    remedy="export the file without scripts, attachments, media and passwords",
    run=guarded(_run),
)
