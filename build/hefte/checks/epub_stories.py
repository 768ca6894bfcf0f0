"""An EPUB's document to the stories in it, and what is recorded of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hefte.checks.epub_reading import Document
from hefte.model import Book, StoryRecord

_BEGINNING = "story-"


def stories(document: Document) -> Iterator[tuple[str, Any]]:
    """Each story's id and element, in reading order."""
    for element in document.find("//*[starts-with(@id, 'story-')]"):
        if "story" in (element.get("class") or "").split():
            yield element.get("id").removeprefix(_BEGINNING), element


def told(book: Book, id: str) -> StoryRecord | None:
    """What is recorded of a story that the book holds."""
    return book.publication.stories.get(id) if id in book.stories else None
