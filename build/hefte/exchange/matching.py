"""Rows that came back to the segments that they belong to today: by id and digest, else by digest, else not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from hefte.errors import SourceError
from hefte.exchange.table import Row, digest, kept_back
from hefte.model import Place, Publication
from hefte.model.translation import Pair, Translation

_ALIKE = 0.6
"""From which likeness on two texts are taken for two states of one, if they have the same id."""

_STORY = "story-"
"""How the ids of a story's segments begin."""


@dataclass(frozen=True, slots=True)
class Match:
    """A row and its segment."""

    row: Row
    pair: Pair
    digest: str
    """Of the source text that the row was translated from."""
    altered: bool
    """The source text in the file is not the one that was exported."""

    @property
    def id(self) -> str:
        """The segment's id in the source."""
        assert self.pair.source is not None
        return self.pair.source.id

    @property
    def target(self) -> str:
        """Its id in the target, where a block may stand elsewhere; that of the source, while there is none."""
        return self.pair.target.id if self.pair.target else self.id

    @property
    def current(self) -> bool:
        """The row was translated from the source text of today."""
        return self.pair.source is not None and self.pair.source.digest == self.digest

    @property
    def source(self) -> str:
        """The text that the row was translated from, as far as it is known."""
        assert self.pair.source is not None
        return self.text or (self.pair.source.text if self.altered else self.row.source)

    @property
    def text(self) -> str:
        """The source text that has the digest; empty if it is not known any more."""
        known = (self.pair.source.text if self.pair.source else "", self.row.source, self.pair.previous or "")
        return next((text for text in known if digest(text) == self.digest), "")


class Matches:
    """The segments of today, and where each row belongs."""

    def __init__(self, publication: Publication, translation: Translation) -> None:
        self.publication = publication
        pairs = [pair for unit in translation.units for pair in unit.pairs if pair.source is not None]
        # the first, where a keyword stands twice in the target: as `table` has it
        self.by_id: Mapping[str, Pair] = {pair.source.id: pair for pair in reversed(pairs) if pair.source}
        self.by_digest: dict[str, list[Pair]] = {}
        for pair in pairs:
            assert pair.source is not None
            self.by_digest.setdefault(pair.source.digest, []).append(pair)
            if pair.previous:
                self.by_digest.setdefault(digest(pair.previous), []).append(pair)

    def withheld(self, row: Row) -> bool:
        """Whether the row is of a story that has been withdrawn, or may not be translated."""
        if not row.id.startswith(_STORY):
            return False
        stories = self.publication.stories
        name = row.id.removeprefix(_STORY).partition(".")[0]
        return name in stories and kept_back(self.publication, f"stories/{name}.md")

    def match(self, row: Row) -> Match:
        """The row's segment. Raises SourceError if none is it beyond doubt."""
        shown = digest(row.source)
        travelled = row.digest or shown
        altered = travelled != shown
        at_id = self.by_id.get(row.id)
        found = self._found(row, at_id, [travelled, shown])
        if found is not None:
            pair, used = found
            return Match(row, pair, used, altered)
        if at_id is not None and at_id.source is not None and _alike(row.source, at_id.source.text):
            return Match(row, at_id, travelled, altered)
        raise _nowhere(row, known=at_id is not None)

    def _found(self, row: Row, at_id: Pair | None, digests: Sequence[str]) -> tuple[Pair, str] | None:
        """The one segment that has, or had, the source text that was exported; of several, that with the row's id."""
        for one in digests:
            pairs = self.by_digest.get(one, [])
            if at_id is not None and any(pair is at_id for pair in pairs):
                return at_id, one
            if len(pairs) == 1:
                return pairs[0], one
        return None


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _nowhere(row: Row, *, known: bool) -> SourceError:
    name = f"`{row.id}`" if row.id else "a row without an id"
    if known:
        what = f"{name}: another text stands there today, and none has the source text of this row"
    else:
        what = f"{name} is no segment of today, and not exactly one has the source text of this row"
    return SourceError(
        what, remedy="export anew and carry this target over by hand, or delete the row", place=row.place,
    )


def once(rows: Sequence[Row]) -> tuple[list[Row], list[SourceError]]:
    """The rows, each id once: of doubled ones the first that has a target. And an error for each id that has two
    different targets, which names both rows."""
    kept: dict[str, Row] = {}
    errors, nameless = [], []
    for row in rows:
        if not row.id:
            nameless.append(row)
            continue
        first = kept.setdefault(row.id, row)
        if first is row or not row.target.strip() or first.target.strip() == row.target.strip():
            continue
        if not first.target.strip():
            kept[row.id] = row
            continue
        errors.append(SourceError(
            f"`{row.id}` stands here and in line {_line(first.place)} with different targets",
            remedy="delete the wrong one", place=row.place,
        ))
    return [*kept.values(), *nameless], errors


def _line(place: Place | None) -> int:
    return place.line if place else 0

