"""A book to the stories whose consent is due to be looked at again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.dates import today
from hefte.model import Book, Finding, Severity


def find(book: Book, now: dt.date | None = None) -> Iterator[Finding]:
    """Stories with a `review_by` before `now` (default: today), or without one."""
    now = now or today()
    for story in book.stories.values():
        record = book.publication.stories.get(story.id)
        if record is None or record.withdrawn:
            continue
        if record.review_by is None:
            said = f"the story `{story.id}` has no day by which its consent is to be looked at again"
            yield CHECK.found(said, place=record.place, blocks_release=True, remedy="set `review_by`")
        elif record.review_by < now:
            said = f"the consent for the story `{story.id}` was to be looked at again by {record.review_by}"
            yield CHECK.found(said, place=record.place, blocks_release=True)


CHECK = Check(
    id="story-review-due",
    severity=Severity.WARNING,
    title="A consent that is due for review",
    rationale="What somebody agreed to years ago she may see otherwise today.",
    source="docs/writing.md, review_by: past is an error in a release, a warning in a draft",
    remedy="ask again, then set a new `review_by`",
    run=find,
    waivable=False,
)
