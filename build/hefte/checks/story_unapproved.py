"""A book to the stories whose text in this language nobody has approved as it stands."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.model import Book, Finding, Severity
from hefte.records.approval import digest


def find(book: Book) -> Iterator[Finding]:
    """Stories without an approval for the book's language, or with one for another text."""
    language = book.language.code
    for story in book.stories.values():
        record = book.publication.stories.get(story.id)
        if record is None or record.withdrawn:
            continue
        approved, now = record.approved.get(language), digest(story)
        if approved != now:
            said = "was changed since it was approved" if approved else "is not approved"
            yield CHECK.found(
                f"the story `{story.id}` {said} in {language}", place=record.place, blocks_release=True,
                remedy=f'when the text is approved, write {language} = "{now}" under [{story.id}.approved]',
            )


CHECK = Check(
    id="story-unapproved",
    severity=Severity.WARNING,
    title="A story that is not approved",
    rationale="She agreed to a text, not to what an editor or translator made of it afterwards.",
    source="docs/writing.md, digest of the approved text: changed, it must be approved again",
    remedy="have the text approved, and record its digest under [ID.approved]",
    run=find,
)
