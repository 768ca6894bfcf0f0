"""A book to the stories whose text in this language nobody has approved as it stands."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.model import Book, Finding, Severity, Story
from hefte.records.approval import digest


def find(book: Book) -> Iterator[Finding]:
    """Stories without an approval for the book's language, or with one for another text. Of a draft, whose words are
    still to change, one finding tells of them all."""
    waiting = [story for story in book.stories.values() if _waits(book, story)]
    if book.draft and waiting:
        stories = "1 story is" if len(waiting) == 1 else f"{len(waiting)} stories are"
        yield CHECK.found(
            f"{stories} not approved in {book.language.code}, which is a draft", place=book.language.place,
            blocks_release=True, remedy="when a reviewer has signed the texts, have each story approved",
        )
    else:
        yield from (_one(book, story) for story in waiting)


def _one(book: Book, story: Story) -> Finding:
    language, record = book.language.code, book.publication.stories[story.id]
    said = "was changed since it was approved" if language in record.approved else "is not approved"
    return CHECK.found(
        f"the story `{story.id}` {said} in {language}", place=record.place, blocks_release=True,
        remedy=f"when she has approved the text, type `hefte story approve {story.id} --lang {language} --by NAME`",
    )


def _waits(book: Book, story: Story) -> bool:
    record = book.publication.stories.get(story.id)
    return record is not None and not record.withdrawn and record.approved.get(book.language.code) != digest(story)


CHECK = Check(
    id="story-unapproved",
    severity=Severity.WARNING,
    title="A story that is not approved",
    rationale="She agreed to a text, not to what an editor or translator made of it afterwards.",
    source="docs/writing.md, digest of the approved text: changed, it must be approved again",
    remedy="have the text approved, then record it: `hefte story approve`",
    run=find,
    waivable=False,
)
