"""A book to the stories that may be hard to read and stand on a cover, whole or in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hefte import fragment
from hefte.checks.frame import Check
from hefte.checks.words import leaves, place_of, tree
from hefte.model import Book, Finding, Place, Severity, Story

COVER = "back-cover"
_END = re.compile(r"[.!?…؟。\n]+")
_WORD = re.compile(r"\w+")
_WORDS = 5
"""So many words in a row are the story's own, not a turn of phrase."""


def find(book: Book) -> Iterator[Finding]:
    """Tagged stories placed on the back cover, and their sentences in what stands on either cover."""
    tagged = {id: story for id, story in book.stories.items() if _tags(book, id)}
    back = book.matter.get(COVER)
    if back is not None:
        for holder in tree(back.body).iterfind(".//hefte-story"):
            id = holder.get("data-ref", "")
            if id in tagged:
                said = f"the story `{id}` stands on the back cover, and may be hard to read ({_tags(book, id)})"
                yield CHECK.found(said, place=place_of(back, holder))
    for text, place in _covers(book):
        words = _folded(text)
        for id, story in tagged.items():
            if any(sentence in words for sentence in _sentences(story)):
                said = f"a cover holds words of the story `{id}`, which may be hard to read ({_tags(book, id)})"
                yield CHECK.found(said, place=place)


def _tags(book: Book, id: str) -> str:
    record = book.publication.stories.get(id)
    return ", ".join(record.tags) if record and not record.withdrawn else ""


def _covers(book: Book) -> Iterator[tuple[str, Place]]:
    """What the front and the back cover say, with its place."""
    language = book.language
    for text in (language.title, language.subtitle, language.audience):
        yield text, language.place
    if (back := book.matter.get(COVER)) is not None:
        yield from ((leaf.words, leaf.place) for leaf in leaves(back))


def _sentences(story: Story) -> list[str]:
    text = "\n".join(fragment.own_text(leaf) for leaf in fragment.leaves(tree(story.body)))
    return [_folded(part) for part in _END.split(text) if len(_WORD.findall(part)) >= _WORDS]


def _folded(text: str) -> str:
    """The words alone, in small letters, each between blanks."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


CHECK = Check(
    id="story-on-cover",
    severity=Severity.ERROR,
    title="A story that may be hard to read, on a cover",
    rationale="A cover lies open in a waiting room: who sees it has not chosen to read about cancer or depression.",
    source="docs/stories.md, tagged stories never stand on a cover",
    remedy="put it into a chapter, where one can turn the page",
    run=find,
    waivable=False,
)
