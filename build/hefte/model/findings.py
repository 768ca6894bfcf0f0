"""Where something stands, and what a check found there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How much a finding weighs. An error makes the exit code 1; a warning refuses a release only where the check
    says so."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a source something stands."""

    path: Path
    """The file, absolute."""
    line: int = 1
    """Counted from 1."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the reader of a source met and passed over, for a check to report."""

    kind: str
    """Which check reports it: the check's id, such as `raw-html`."""
    place: Place
    text: str
    """What was found there, in a few words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found."""

    check: str
    """The check's unchanging id."""
    severity: Severity
    message: str
    """What is wrong, in one sentence without a full stop."""
    remedy: str
    """What to do about it."""
    path: Path | None = None
    """The source or the built file at fault."""
    line: int | None = None
    """In a source: the line, from 1."""
    page: int | None = None
    """In a PDF: the page, from 1."""
    box: tuple[float, float, float, float] | None = None
    """Where on that page: left, bottom, right, top, in pt of the PDF's own coordinates (from its lower left corner)."""
    language: str | None = None
    edition: str | None = None
    blocks_release: bool = False
    """A warning that a release may not carry (an unverified helpline, say). Errors always block."""
    waived: str | None = None
    """Why the editor lets it stand (publication.toml `[[waivers]]`). It is a note then, and blocks nothing."""
