"""A book to the directives (`:::`) that cannot be understood."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.words import reported
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """One finding for each that `sources.read` met."""
    return reported(CHECK, book, "")


CHECK = Check(
    id="directive-unknown",
    severity=Severity.ERROR,
    title="A directive that is none",
    rationale="What stands in it would lose its place or its look, or a story would silently be missing.",
    source="docs/writing.md, directives are fenced divs",
    remedy="write `::: story ID`, `::: references` or `::: helplines` and `:::` in the next line; or `::: remember`, "
    "`::: seek-help` or `::: read-more`, some text, and `:::`",
    run=find,
)
