"""A book to the citations that are written wrongly."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.words import reported
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """One finding for each that `sources.read` met."""
    return reported(CHECK, book, "cannot read the citation ")


CHECK = Check(
    id="citation-bad",
    severity=Severity.ERROR,
    title="A citation that cannot be read",
    rationale="It would be printed as it is written, brackets and all, and name no work.",
    source="docs/writing.md, `[@key]` cites a reference",
    remedy="write `[@key]`, one key in each pair of brackets",
    run=find,
)
