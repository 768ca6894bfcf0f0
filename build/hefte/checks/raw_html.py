"""A book to the places where its Markdown holds raw HTML."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.words import reported
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """One finding for each that `sources.read` met."""
    return reported(CHECK, book, "raw HTML: ")


CHECK = Check(
    id="raw-html",
    severity=Severity.ERROR,
    title="Raw HTML",
    rationale="A translation comes from outside; HTML in it could restyle, fetch or run anything, and is left out.",
    source="docs/writing.md, raw HTML is refused",
    remedy="write it as Markdown, or as a directive; a backslash at the end of a line breaks it",
    run=find,
)
