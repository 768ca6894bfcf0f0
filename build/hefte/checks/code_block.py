"""A book to the blocks of code in it, which are mostly paragraphs indented by mistake."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.words import reported
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """One finding for each that `sources.read` met."""
    return reported(CHECK, book, "set as code: ")


CHECK = Check(
    id="code-block",
    severity=Severity.WARNING,
    title="A block set as code",
    rationale="A line after four blanks is code in Markdown, set in another font, in lines that never wrap.",
    source="CommonMark 0.31.2, 4.4 and 4.5",
    remedy="begin the line at the margin",
    run=find,
)
