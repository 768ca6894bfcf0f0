"""A book to the links that Markdown has not taken for links."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.words import reported
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """One finding for each that `sources.read` met."""
    return reported(CHECK, book, "not read as a link: ")


CHECK = Check(
    id="link-bad",
    severity=Severity.ERROR,
    title="A link that is none",
    rationale="It would be printed as it is written, brackets and address and all.",
    source="CommonMark 0.31.2, 6.3: a link holds no other link",
    remedy="close every bracket, write no blank in the address, and set a citation or note beside the link, not in it",
    run=find,
)
