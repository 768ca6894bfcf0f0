"""A book to the editions that are built of it and have no name in its language."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """Editions of publication.toml that `[editions]` in language.toml does not name. The source language has no
    bilingual edition of its own."""
    publication, language = book.publication, book.language
    for edition in publication.editions:
        built = edition != "bilingual" or language.code != publication.source_language
        if built and edition not in language.editions:
            yield CHECK.found(
                f"the edition `{edition}` has no name in {language.code}", place=language.place,
                remedy=f"add `{edition}` to [editions] in language.toml",
            )


CHECK = Check(
    id="edition-unnamed",
    severity=Severity.WARNING,
    title="An edition without a name in its language",
    rationale="Who rings about page 12 must know which edition she holds: large print has other pages than the "
    "booklet. The colophon says so by this name.",
    source="docs/writing.md, names of editions",
    remedy="add it to [editions] in language.toml",
    run=find,
)
