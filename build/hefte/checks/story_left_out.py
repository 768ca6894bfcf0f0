"""A book as one medium gets it, to the stories that were left out of it."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.words import reported
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """One note for each story; `book` comes from `transforms.apply`."""
    return reported(CHECK, book, "the story ")


CHECK = Check(
    id="story-left-out",
    severity=Severity.NOTE,
    title="A story left out of an edition",
    rationale="Whoever reads a proof must know that a story is not missing by mistake.",
    source="docs/writing.md, an edition outside the scope leaves the story out, and says so",
    remedy="nothing, if that is what was agreed to; else mend `scopes` or `withdrawn` in stories.toml",
    run=find,
)
