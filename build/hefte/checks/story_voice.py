"""A book to the stories whose words do not show whose words they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hefte import quotes
from hefte.checks.frame import Check
from hefte.checks.words import Leaf, leaves
from hefte.model import Book, Finding, Severity, Story

_DOUBLE = "".join(sorted(quotes.DOUBLE))
_QUOTED = re.compile(f"[{_DOUBLE}]([^{_DOUBLE}]+)[{_DOUBLE}]")
_WHOLE = re.compile(rf"\s*[{_DOUBLE}].*[{_DOUBLE}][.!?…]?\s*", re.DOTALL)
_WORDS = 3
"""So many words between marks are somebody's sentence; fewer are a word that is held at arm's length."""


def find(book: Book) -> Iterator[Finding]:
    """Quotations without quotation marks, retellings with them, and two labels that say the same."""
    told = [story for story in book.stories.values() if not _gone(book, story)]
    for story in told:
        blocks = list(leaves(story))
        if not blocks:
            continue
        if book.publication.stories[story.id].voice == "quote":
            yield from _quotation(book, story, blocks)
        else:
            yield from _retelling(story, blocks)
    labels = book.language.labels
    if told and labels["quoted"].casefold() == labels["retold"].casefold():
        said = f"the labels `quoted` and `retold` both say “{labels['quoted']}”"
        yield CHECK.found(said, place=book.language.place, remedy="say in one that the words are her own")


def _gone(book: Book, story: Story) -> bool:
    record = book.publication.stories.get(story.id)
    return record is None or record.withdrawn is not None


def _quotation(book: Book, story: Story, blocks: list[Leaf]) -> Iterator[Finding]:
    text = "\n".join(leaf.words for leaf in blocks)
    if not _WHOLE.fullmatch(text):
        own = quotes.marks(story.language)
        said = f"the story `{story.id}` is quoted, and its words do not stand in quotation marks"
        yield CHECK.found(said, place=blocks[0].place, remedy=f"write {own[0]}…{own[1]} round her words")


def _retelling(story: Story, blocks: list[Leaf]) -> Iterator[Finding]:
    for leaf in blocks:
        for quoted in _QUOTED.finditer(leaf.words):
            if (number := len(quoted[1].split())) >= _WORDS:
                said = f"the story `{story.id}` is retold, and {number} words of it stand in quotation marks"
                yield CHECK.found(said, place=leaf.place_of(quoted.start()))


CHECK = Check(
    id="story-voice",
    severity=Severity.ERROR,
    title="A story that hides whose words it is",
    rationale="A reader takes what stands in quotation marks for what the mother said, and the rest for the editor's.",
    source="docs/stories.md, a quotation is told from a retelling",
    remedy="retell what was said without quotation marks, or record the story's voice as `quote`",
    run=find,
)
