"""A book to the stories without a record of consent."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """Stories with a text that have no record, or a record without consent. Those withdrawn are printed nowhere."""
    for story in book.stories.values():
        record = book.publication.stories.get(story.id)
        if record is None:
            yield CHECK.found(
                f"the story `{story.id}` has no record in stories.toml", place=story.place,
                remedy=f"add a table [{story.id}] with its consent, or take the story out",
            )
        elif record.consent is None and not record.withdrawn:
            yield CHECK.found(f"the story `{story.id}` has no record of consent", place=record.place)


CHECK = Check(
    id="consent-missing",
    severity=Severity.ERROR,
    title="A story without a record of consent",
    rationale="A story is health data about a real person; nothing of her may be printed without her consent.",
    source="GDPR (EU 2016/679), article 9 (2) a; docs/writing.md",
    remedy="add [ID.consent] with wording, date and evidence, or take the story out",
    run=find,
    waivable=False,
)
