"""A book to the table rows that have more cells than their table has columns."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.words import reported
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """One finding for each that `sources.read` met."""
    return reported(CHECK, book)


CHECK = Check(
    id="table-cells",
    severity=Severity.ERROR,
    title="A table row with too many cells",
    rationale="What stands in the cells too many is printed nowhere.",
    source="GitHub Flavored Markdown 0.29, 4.10: the excess is ignored",
    remedy="give the head a cell for each column, or write a bar that is meant as such with a backslash",
    run=find,
)
