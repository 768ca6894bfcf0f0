"""A book to the stories that no chapter has a place for."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.words import placeholders
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """Stories with a text and no place, those withdrawn excepted."""
    placed = {holder.get("data-ref") for holder, _ in placeholders(book, "hefte-story")}
    for story in book.stories.values():
        record = book.publication.stories.get(story.id)
        if story.id not in placed and not (record and record.withdrawn):
            yield CHECK.found(f"the story `{story.id}` is placed in no chapter", place=story.place)


CHECK = Check(
    id="story-unplaced",
    severity=Severity.ERROR,
    title="A story without a place",
    rationale="Somebody told it and agreed to it; then it would not be printed, and nobody would notice.",
    source="docs/writing.md, a story's place is the editor's choice, visible in the chapter",
    remedy="write `::: story ID` and `:::` where it belongs, or take the file away",
    run=find,
)
