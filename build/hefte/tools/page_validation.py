"""PDFs into the rules of PDF/UA-1 that they break, as page-validation sees them (a library, no other program)."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from hefte.model import Finding, Severity

if TYPE_CHECKING:
    from page import ValidationFailure

NAME = "page-validation"
CHECK = "pdf-ua1"
"""The id of what it finds."""


def probe() -> str:
    """Its version. It is a dependency of ours: never missing."""
    return version("page-validation")


def check(
    files: Sequence[Path], seconds: float | None = None, beside: int | None = None,
) -> dict[Path, list[Finding]]:
    """The rules of PDF/UA-1 (ISO 14289-1) that each of `files` breaks, one finding for each place. It runs in this
    process: whoever limits `seconds` and memory limits the process."""
    return {file: _check(file) for file in files}


def _check(file: Path) -> list[Finding]:
    import page

    try:
        report = page.validate_pdf(file, profile=page.ValidationProfile.PDF_UA_1)
    except page.PageError as error:
        message = f"{NAME} cannot read the file: {error}"
        return [Finding(CHECK, Severity.ERROR, message, "build the file anew", path=file)]
    return [_finding(file, failure) for failure in report.failures]


def _finding(file: Path, failure: ValidationFailure) -> Finding:
    at = f" (PDF object {failure.object_id.object_number})" if failure.object_id else ""
    text = failure.message.strip().rstrip(".")
    return Finding(
        CHECK, Severity.ERROR, f"{failure.rule_id}: {text}{at}", path=file,
        remedy="mend the layout or the renderer that wrote it: the text itself cannot cause this",
    )
