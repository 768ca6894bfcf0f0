"""A book to the citations that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from hefte.checks.frame import Check
from hefte.checks.words import placeholders
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """Citations of works without a record; and the first citation of all if the book lists no works anywhere."""
    known, cited = book.publication.references, list(placeholders(book, "hefte-cite"))
    for holder, place in cited:
        key = holder.get("data-ref", "")
        if key not in known:
            near = get_close_matches(key, known, n=1)
            remedy = f"did you mean `{near[0]}`?" if near else CHECK.remedy
            yield CHECK.found(f"`[@{key}]` cites a work that is not in references.toml", place=place, remedy=remedy)
    if cited and not list(placeholders(book, "hefte-references")):
        remedy = "write `::: references` and `:::` where the list belongs"
        yield CHECK.found("works are cited, and listed nowhere", place=cited[0][1], remedy=remedy)


CHECK = Check(
    id="citation-dangling",
    severity=Severity.ERROR,
    title="A citation that leads nowhere",
    rationale="The reader cannot find what a claim rests on.",
    source="docs/writing.md, `[@key]` cites a reference",
    remedy="add the work to references.toml, or mend the key",
    run=find,
)
