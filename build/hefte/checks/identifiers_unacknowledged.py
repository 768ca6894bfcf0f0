"""A book to the stories that hold something by which a person could be known, and nobody has judged it."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """Each identifier that is recorded as `false`."""
    for story in book.stories.values():
        record = book.publication.stories.get(story.id)
        if record is None or record.withdrawn:
            continue
        for name in [name for name, acknowledged in record.identifiers.items() if not acknowledged]:
            said = f"the story `{story.id}` tells `{name}`, and that is not acknowledged"
            yield CHECK.found(said, place=record.place, blocks_release=True)


CHECK = Check(
    id="identifiers-unacknowledged",
    severity=Severity.WARNING,
    title="Something that could identify a person",
    rationale="An age, a diagnosis or a place can be enough for a neighbour to know who is meant.",
    source="GDPR (EU 2016/679), article 4 (1); docs/writing.md",
    remedy="write the story without it, or set it to `true` when an editor has judged that it may stand",
    run=find,
    waivable=False,
)
