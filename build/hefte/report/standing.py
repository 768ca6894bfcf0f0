"""Turns a publication's records and language folders into what the report says of consent, approval and signatures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hefte.errors import SourceError
from hefte.model import Place, Publication, StoryRecord, Translation


def of_languages(publication: Publication, languages: Sequence[str]) -> dict[str, dict[str, Any] | None]:
    """How far each language has come; None where its texts cannot be read (the failures say why). Of a pseudo-language
    there is nothing to say."""
    from hefte.translation import workspace

    known = [language for language in languages if language in publication.languages]
    states = workspace.states(publication, known, previous=False) if known else {}
    return {
        language: None if isinstance(state, SourceError) else _language(publication, state)
        for language, state in states.items()
    }


def _language(publication: Publication, state: Translation) -> dict[str, Any] | None:
    from hefte.sources.names import names

    code = state.language
    try:
        said = names(code, publication.source_language, Place(publication.root / "chapters" / code / "language.toml"))
    except SourceError:
        return None
    source = code == publication.source_language
    return {
        "name": said.own, "called": said.called, "direction": said.direction, "origin": state.origin,
        "draft": not source and state.draft, "source": source,
        "units": [] if source else [
            {
                "id": unit.id, "state": str(unit.state), "translator": unit.translator,
                "signed_by": unit.signature.by if unit.signature else None,
                "signed_on": _day(unit.signature.on if unit.signature else None),
            }
            for unit in state.units
        ],
    }


def of_stories(publication: Publication) -> dict[str, dict[str, Any]]:
    """What is recorded of each story. Neither a word of it, nor where the evidence of the consent is kept."""
    return {name: _story(record) for name, record in sorted(publication.stories.items())}


def _story(record: StoryRecord) -> dict[str, Any]:
    consent = record.consent
    return {
        "language": record.language, "voice": record.voice,
        "consent": {"wording": consent.wording, "date": consent.date.isoformat()} if consent else None,
        "scopes": list(record.scopes), "approved": sorted(record.approved), "review_by": _day(record.review_by),
        "withdrawn": _day(record.withdrawn),
    }


def of_helplines(publication: Publication) -> list[dict[str, Any]]:
    """When somebody last dialled each number."""
    return [
        {"id": line.id, "number": line.number, "verified_on": _day(line.verified_on)}
        for line in publication.helplines
    ]


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
