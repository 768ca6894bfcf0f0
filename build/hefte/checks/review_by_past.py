"""A book to the fact that its publication is due to be looked at again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.dates import today
from hefte.model import Book, Finding, Severity


def find(book: Book, now: dt.date | None = None) -> Iterator[Finding]:
    """A finding if `review_by` of publication.toml is before `now` (default: today)."""
    due = book.publication.review_by
    if due < (now or today()):
        said = f"the publication was to be looked at again by {due}"
        yield CHECK.found(said, place=book.publication.place, blocks_release=True)


CHECK = Check(
    id="review-by-past",
    severity=Severity.WARNING,
    title="A publication that is due for review",
    rationale="Advice on health ages; the page itself promises that somebody looks at it again by that day.",
    source="docs/writing.md, review-by date",
    remedy="look it through, then set a new `review_by` in publication.toml",
    run=find,
    waivable=False,
)
