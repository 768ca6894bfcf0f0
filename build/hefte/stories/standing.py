"""A publication to what is known of each story: consent, approval, dates, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hefte import sources
from hefte.checks.words import placeholders
from hefte.dates import today
from hefte.errors import SourceError
from hefte.model import Book, Publication, StoryRecord
from hefte.records.approval import digest

CURRENT, CHANGED, NONE = "current", "changed", "none"
"""The approval of a text: it holds; another text was approved; none was."""


def standing(publication: Publication) -> tuple[dict[str, dict[str, Any]], tuple[SourceError, ...]]:
    """Story → what is known of it, as JSON has it; and why languages could not be read, whose texts are not told of."""
    books, faults = read(publication)
    return {id: _one(publication, record, books) for id, record in publication.stories.items()}, faults


def read(publication: Publication) -> tuple[dict[str, Book], tuple[SourceError, ...]]:
    """Language → its book as written, as far as it can be read."""
    books: dict[str, Book] = {}
    faults: list[SourceError] = []
    for language in publication.languages:
        try:
            books[language] = sources.read(publication, language)
        except SourceError as error:
            faults += (error, *(each for each in error.also if isinstance(each, SourceError)))
    return books, tuple(faults)


def _one(publication: Publication, record: StoryRecord, books: Mapping[str, Book]) -> dict[str, Any]:
    told = {language: book.stories[record.id] for language, book in books.items() if record.id in book.stories}
    approved = {
        language: {
            "state": _state(record, language, digest(story)),
            "by": record.approvals[language].by if language in record.approvals else "",
            "on": _day(record.approvals[language].on) if language in record.approvals else None,
        }
        for language, story in told.items()
    }
    source = books.get(publication.source_language)
    place = next((at for holder, at in placeholders(source, "hefte-story") if holder.get("data-ref") == record.id),
                 None) if source else None
    consent, due = record.consent, record.review_by
    return {
        "voice": record.voice, "channel": record.channel, "received": record.received, "language": record.language,
        "scopes": list(record.scopes),
        "consent": {"wording": consent.wording, "date": consent.date.isoformat()} if consent else None,
        "review_by": _day(due), "due": due is None or due < today(),
        "withdrawn": _day(record.withdrawn), "tags": list(record.tags), "edits": dict(record.edits),
        "identifiers": dict(record.identifiers), "chapter": place.path.stem if place else None, "approved": approved,
    }


def _state(record: StoryRecord, language: str, now: str) -> str:
    then = record.approved.get(language)
    return NONE if then is None else CURRENT if then == now else CHANGED


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
