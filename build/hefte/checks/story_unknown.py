"""A book to the places that ask for a story which is not there."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from hefte.checks.frame import Check
from hefte.checks.words import placeholders
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """Stories placed that have no text in this language. One that was withdrawn, or may not be translated, need not
    be there."""
    for holder, place in placeholders(book, "hefte-story"):
        id = holder.get("data-ref", "")
        record = book.publication.stories.get(id)
        needed = not (record and record.withdrawn) and book.publication.may_tell(id, book.language.code)
        if id not in book.stories and needed:
            said = f"there is no story `{id}` in {book.language.code}"
            yield CHECK.found(said, place=place, remedy=_remedy(book, id))


def _remedy(book: Book, id: str) -> str:
    near = get_close_matches(id, book.stories, n=1)
    return f"did you mean `{near[0]}`?" if near else CHECK.remedy


CHECK = Check(
    id="story-unknown",
    severity=Severity.ERROR,
    title="A story that is not there",
    rationale="The chapter would be printed with a gap that nobody sees.",
    source="docs/writing.md",
    remedy="write its text in stories/ID.md, or take the directive out",
    run=find,
)
