"""A book to the stories that are placed more than once."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.words import placeholders
from hefte.model import Book, Finding, Place, Severity


def find(book: Book) -> Iterator[Finding]:
    """Each place after a story's first."""
    first: dict[str, Place] = {}
    for holder, place in placeholders(book, "hefte-story"):
        id = holder.get("data-ref", "")
        if id in first:
            where = f"{first[id].path.name}:{first[id].line}"
            yield CHECK.found(f"the story `{id}` is placed a second time (first in {where})", place=place)
        first.setdefault(id, place)


CHECK = Check(
    id="story-twice",
    severity=Severity.ERROR,
    title="A story placed twice",
    rationale="It can stand in one place only: the second would be left out.",
    source="docs/writing.md, bad input",
    remedy="take one of the two out",
    run=find,
)
