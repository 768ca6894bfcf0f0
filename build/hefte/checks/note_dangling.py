"""A book to the notes that lack either their mark or their text."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.words import reported
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """One finding for each that `sources.read` met."""
    return reported(CHECK, book, "")


CHECK = Check(
    id="note-dangling",
    severity=Severity.ERROR,
    title="A note without its mark, or a mark without its note",
    rationale="The reader is sent to a note that is not there, or a note that was written is not printed.",
    source="mdit-py-plugins, footnote: what is not referred to is dropped",
    remedy="write `[^mark]` in the text and `[^mark]: the note` in a paragraph of its own",
    run=find,
)
