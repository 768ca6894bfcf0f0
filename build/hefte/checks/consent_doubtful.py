"""A book to the consents that cannot be what they say: given tomorrow, or proved by a file that is published too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from hefte.checks.frame import Check
from hefte.dates import today
from hefte.model import Book, Finding, Publication, Severity


def find(book: Book, now: dt.date | None = None) -> Iterator[Finding]:
    """Consents dated after `now` (default: today), and evidence that lies in the publication's folder."""
    now = now or today()
    for story in book.stories.values():
        record = book.publication.stories.get(story.id)
        if record is None or record.consent is None or record.withdrawn:
            continue
        said = f"the consent for the story `{story.id}`"
        if record.consent.date > now:
            yield CHECK.found(
                f"{said} is dated {record.consent.date}, which is yet to come", place=record.place,
                remedy="write the day on which it was given",
            )
        if _inside(book.publication, record.consent.evidence):
            yield CHECK.found(f"{said} is proved by `{record.consent.evidence}`, in this folder", place=record.place)


def _inside(publication: Publication, evidence: str) -> bool:
    """Whether the words are the path of a file of the publication."""
    try:
        path = (publication.root / Path(evidence)).resolve()
        return path.is_file() and path.is_relative_to(publication.root.resolve())
    except (OSError, ValueError):
        return False


CHECK = Check(
    id="consent-doubtful",
    severity=Severity.ERROR,
    title="A consent that cannot be what it says",
    rationale="A signed form names the person; in the publication's folder it goes wherever the folder goes.",
    source="docs/stories.md, consent: the evidence is kept outside the folder",
    remedy="move the evidence out of the folder, and write where it is kept",
    run=find,
    waivable=False,
)
