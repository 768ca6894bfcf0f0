"""What came of a build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hefte.model.findings import Finding
from hefte.model.fitting import Fitted


@dataclass(frozen=True, slots=True)
class Built:
    """One finished file."""

    path: str
    """Below the output folder: `nb/ammesorg-nb-print.pdf`."""
    edition: str
    language: str
    content: bytes
    pages: int | None = None
    """Of a PDF: sheets' sides for a booklet, pages for the others. Of an EPUB: the pages in its page list."""
    checks: tuple[str, ...] = ()
    """The ids of the checks that ran on it."""
    look: str = ""
    """What the look at it depends on, as a digest (seen.py): another build with the same need not look again."""
    figures: Mapping[str, Any] = field(default_factory=dict)
    """What was measured on it, as JSON has it: `ink`, `images`, `fonts`, `boxes`, `colours` … (checks/figures.py)."""
    stories: tuple[str, ...] = ()
    """The ids of the stories that it holds: `hefte story where` finds them again."""


@dataclass(frozen=True, slots=True)
class LanguageResult:
    """What came of one language."""

    language: str
    files: tuple[Built, ...] = ()
    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    """Why something could not be made."""
    steps: tuple[Step, ...] = ()
    validators: Mapping[str, str] = field(default_factory=dict)
    """Outside validator → its version, or why it did not run."""
    checks: tuple[str, ...] = ()
    """The ids of the checks that ran on its words and its laid-out pages; those of files are with each file."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Check → what it looks for, of all that ran: here the checks are loaded, and elsewhere that takes its time."""
    spelling: str = ""
    """The program and dictionary that its words were looked up with, or why they were not."""
    fitted: tuple[Fitted, ...] = ()
    """What copyfitting chose, for each layout that it fitted."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A task that gave no result."""

    lines: tuple[str, ...]
    """What to tell the user."""
    exit_code: int
    traceback: str = ""
    """For a bug of ours: goes to a file, never to the terminal."""


@dataclass(frozen=True, slots=True)
class Step:
    """How long one step of one language's build took, for `make bench`."""

    step: str
    language: str
    edition: str
    wall_s: float
    """Seconds by the clock."""
    cpu_s: float
    """Seconds of processor time of the process it ran in."""
    peak_mb: float
    """The most memory the process had held by the end of the step (resident set), MB."""
