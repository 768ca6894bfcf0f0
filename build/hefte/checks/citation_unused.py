"""A book to the works on record that it never cites."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.words import placeholders
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """Works of references.toml without a citation in this language."""
    cited = {holder.get("data-ref") for holder, _ in placeholders(book, "hefte-cite")}
    for key, work in book.publication.references.items():
        if key not in cited:
            yield CHECK.found(f"`{key}` is cited nowhere in {book.language.code}", place=work.place)


CHECK = Check(
    id="citation-unused",
    severity=Severity.WARNING,
    title="A work that is not cited",
    rationale="Only works that are cited are listed; in a translation a citation may have been lost.",
    source="docs/writing.md",
    remedy="cite it with `[@key]` where it belongs, or take it out of references.toml",
    run=find,
)
