"""A publication's own language to the editions that are built and have no name in it."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """Editions of publication.toml that `[editions]` in the source language's language.toml does not name. What a
    translation lacks of it is missing like any other text (`translation-missing`)."""
    publication, language = book.publication, book.language
    if language.code != publication.source_language:
        return
    for edition in publication.editions:
        if edition not in language.editions:
            yield CHECK.found(
                f"the edition `{edition}` has no name in {language.code}", place=language.place,
                remedy=f"add `{edition}` to [editions] in language.toml",
            )


CHECK = Check(
    id="edition-unnamed",
    severity=Severity.WARNING,
    title="An edition without a name",
    rationale="Who rings about page 12 must know which edition she holds: large print has other pages than the "
    "booklet. The colophon says so by this name.",
    source="docs/writing.md, names of editions",
    remedy="add it to [editions] in language.toml",
    run=find,
)
