"""A language held against its source to rows that a translator works on: what every format writes and reads."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from hashlib import sha256

from hefte.errors import SourceError
from hefte.exchange import backs, limits
from hefte.exchange.notes import Notes
from hefte.model import Place, Publication
from hefte.model.translation import Segment, State, Translation

DONE = State.READY
"""What a format says of a target that is confirmed."""

OPEN = (State.FUZZY, State.STALE, State.UNRECORDED)
"""There is a target, and somebody has to look at it. A format that has one mark for this has it for all three."""


_DIGEST = re.compile("[0-9a-f]{20}")


@dataclass(frozen=True, slots=True)
class Row:
    """One segment on its way out or back in."""

    id: str
    source: str
    target: str
    """Empty: nothing is written yet."""
    state: State | None = None
    """None: the file does not say."""
    context: str = ""
    """Where it stands, for the eye: the chapter's title and what kind of text it is."""
    note: str = ""
    """What must stay as it is, and how the glossary renders what occurs."""
    previous: str = ""
    """Of a stale segment: the source text that the target was translated from."""
    back_translation: str = ""
    """A reviewer's word-by-word rendering into the source language; kept in back-translation.toml."""
    digest: str = ""
    """Of the source text that was exported. Travels beside it, so that a source text that somebody changed in the file
    is noticed."""
    sent: str = ""
    """Of the target that was exported: so that one that nobody has touched in the file does not undo what was written
    in the language since."""
    reference: str = ""
    """`chapters/nb/what-is-it.md:12`."""
    same: bool = False
    """Marked by the translator: the target is meant to be equal to its source."""
    place: Place | None = None
    """Where the row was read."""

    @property
    def digests(self) -> str:
        """Both digests, as they travel."""
        return f"{self.digest} {self.sent}".strip()


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a language, and what the heads of the formats say."""

    source: str
    """Language tag."""
    target: str
    """Language tag; empty: the file does not say."""
    rows: tuple[Row, ...]
    publication: str = ""
    version: str = ""
    date: dt.date = dt.date(1980, 1, 1)
    """The publication's: the file says nothing of when it was written, so that the same state is the same bytes."""
    rtl: bool = False
    """The target is written from right to left."""


def table(publication: Publication, translation: Translation, *, rtl: bool) -> Table:
    """What is to be translated, in the order of the book. Withdrawn stories, and those whose tellers did not agree to a
    translation, are not in it."""
    notes = Notes.of(publication, translation)
    said = backs.load(publication.root, translation.language)
    folder = f"chapters/{publication.source_language}"
    rows = {
        pair.source.id: Row(
            id=pair.source.id, source=pair.source.text, target=pair.target.text if pair.target else "",
            state=pair.state, context=notes.context(unit, pair.source), note=notes.note(pair.source),
            previous=pair.previous or "", digest=pair.source.digest,
            sent=pair.target.digest if pair.target else digest(""),
            back_translation=_said_of(said, pair.target),
            reference=f"{folder}/{pair.source.file}:{pair.source.place.line}",
        )
        for unit in reversed(translation.units) for pair in reversed(unit.pairs)
        if pair.source is not None and pair.source.text and not kept_back(publication, pair.source.file)
    }
    return Table(
        source=publication.source_language, target=translation.language, rows=tuple(reversed(rows.values())),
        publication=publication.id, version=publication.version, date=publication.date, rtl=rtl,
    )


def _said_of(said: backs.Backs, target: Segment | None) -> str:
    """The back-translation of a target, if it was written of what the target says today."""
    of, words = said.get(target.id, ("", "")) if target else ("", "")
    return words if target and of == target.digest else ""


def digest(text: str) -> str:
    """As a segment's."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def digests(travelled: str) -> dict[str, str]:
    """The two fields of a row from `Row.digests`. What is no digest, was one before a program made a number of it."""
    found = dict(zip(("digest", "sent"), travelled.split(), strict=False))
    return {name: each for name, each in found.items() if _DIGEST.fullmatch(each)}


def kept_back(publication: Publication, file: str) -> bool:
    """Whether a source file's texts may not be handed out: a story that is withdrawn or may not be translated."""
    if not file.startswith("stories/"):
        return False
    record = publication.stories.get(file.removeprefix("stories/").removesuffix(".md"))
    return record is None or record.withdrawn is not None or "translation" not in record.scopes


def holdable(rows: Table) -> Iterator[Row]:
    """The rows, one by one. Raises SourceError at one with a character that no format can carry."""
    for row in rows.rows:
        for field in fields(row):
            value = getattr(row, field.name)
            if isinstance(value, str) and (found := limits.unholdable(value)):
                raise SourceError(
                    f"`{row.id}`: the {field.name.replace('_', ' ')} holds the control character {found}, which no "
                    "file for translators can carry",
                    remedy="delete it", place=row.place,
                )
        yield row
