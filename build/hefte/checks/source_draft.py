"""A book to the fact that it is translated from nothing, and yet says that a machine translated it."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """A finding if the source language's language.toml has `origin = "machine"`."""
    language = book.language
    if language.code == book.publication.source_language and language.origin == "machine":
        said = f"{language.code} was translated by a machine, and publication.toml names it as the source"
        yield CHECK.found(said, place=language.place, blocks_release=True)


CHECK = Check(
    id="source-draft",
    severity=Severity.WARNING,
    title="A machine's translation as the source",
    rationale="The source language needs no reviewer's signature: a draft that is called the source would need none.",
    source="issue 4, a gate that cannot be talked round",
    remedy="name the language that it was translated from as `source_language`, or let a person write the text anew",
    run=find,
    waivable=False,
)
