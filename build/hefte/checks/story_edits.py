"""A book to the stories that were shortened without consent to it, or without a record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.words import leaves
from hefte.model import Book, Finding, Severity, StoryRecord

SHORTENED = "shortened"
"""The edit that the scope `shortening` covers."""
_GAP = re.compile(r"\[ ?(?:…|\.\.\.) ?\]|\( ?(?:…|\.\.\.) ?\)")
"""How an editor marks that words were left out."""


def find(book: Book) -> Iterator[Finding]:
    """Stories whose record says that they were shortened, or whose text shows it."""
    for story in book.stories.values():
        record = book.publication.stories.get(story.id)
        if record is None or record.withdrawn:
            continue
        if SHORTENED in record.edits and not _may_be_shortened(record):
            yield CHECK.found(
                f"the story `{story.id}` was shortened, and its consent does not cover shortening", place=record.place,
            )
        for leaf in leaves(story):
            if SHORTENED not in record.edits and (gap := _GAP.search(leaf.words)):
                yield CHECK.found(
                    f"the story `{story.id}` leaves words out at `{gap[0]}`, and no edit is recorded",
                    place=leaf.place_of(gap.start()), remedy=f"write under [{story.id}.edits] how it was shortened",
                )


def _may_be_shortened(record: StoryRecord) -> bool:
    return "shortening" in record.scopes


CHECK = Check(
    id="story-edits",
    severity=Severity.ERROR,
    title="A story that was shortened without leave",
    rationale="What is left out may be what mattered most to her; she agreed to her text, or to its being shortened.",
    source="docs/stories.md, what was shortened",
    remedy="ask whether it may be shortened and add the scope `shortening`, or print all of it",
    run=find,
    waivable=False,
)
