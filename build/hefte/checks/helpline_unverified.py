"""A book to the helplines that nobody has dialled in the last twelve months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.dates import today
from hefte.model import Book, Finding, Severity


def find(book: Book, now: dt.date | None = None) -> Iterator[Finding]:
    """Helplines whose `verified_on` is missing, more than twelve months before `now` (default: today), or after it."""
    now = now or today()
    for line in book.publication.helplines:
        said = _trouble(line.verified_on, now)
        if said:
            yield CHECK.found(f"the helpline `{line.id}` ({line.number}) {said}", place=line.place, blocks_release=True)


def _trouble(verified: dt.date | None, now: dt.date) -> str:
    if verified is None:
        return "was never verified"
    if verified > now:
        return f"is verified on {verified}, which is yet to come"
    return f"was verified on {verified}, more than twelve months ago" if verified < _year_before(now) else ""


def _year_before(day: dt.date) -> dt.date:
    """The same day a year earlier; 28 February for the 29th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


CHECK = Check(
    id="helpline-unverified",
    severity=Severity.WARNING,
    title="A helpline that nobody has dialled lately",
    rationale="A mother who calls a number that is dead may not call another.",
    source="docs/writing.md, helplines as records with `verified_on`",
    remedy="dial it, listen who answers, and set `verified_on` to that day",
    run=find,
    waivable=False,
)
