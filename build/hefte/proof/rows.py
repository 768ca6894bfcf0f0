"""Turns the units of a translation into the parts and rows of a proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from hefte import directions, glossary
from hefte.model import Pair, Publication, Segment, State, Unit
from hefte.proof.inline import changes, inline

SAYS = {
    State.MISSING: "not translated yet",
    State.STALE: "the source has changed",
    State.FUZZY: "not confirmed",
    State.UNRECORDED: "",
    State.UNSIGNED: "",
    State.READY: "",
}
"""What a reviewer is told of a segment's state; nothing where there is a text to read."""


@dataclass(frozen=True, slots=True)
class Row:
    """One segment and its counterpart."""

    number: int
    """Within its part, from 1: what two people can say to each other."""
    id: str
    kind: str
    source: Markup
    target: Markup
    says: str
    """What is to be known of it; empty where it is as it should be."""
    was: Markup
    """Of a stale segment: the source that the target was made from, with what has changed since; else empty."""
    terms: tuple[tuple[str, str], ...]
    """The glossary's terms that the source holds: in the source's language and in the target's."""


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter, or another text that is signed as one."""

    id: str
    title: str
    translator: str
    signed: str
    """Who has signed it, and when; empty where nobody has."""
    rows: tuple[Row, ...]
    open: int
    """How many of its segments are not as they should be."""


def parts(units: Iterable[Unit], publication: Publication, language: str) -> tuple[Part, ...]:
    """The units as parts, in their order."""
    return tuple(_part(unit, publication, language) for unit in units)


def _part(unit: Unit, publication: Publication, language: str) -> Part:
    rows = tuple(_row(number, pair, publication, language) for number, pair in enumerate(unit.pairs, 1))
    signed = f"{unit.signature.by}, {unit.signature.on.isoformat()}" if unit.signature else ""
    return Part(unit.id, _title(unit), unit.translator, signed, rows, sum(bool(row.says) for row in rows))


def _title(unit: Unit) -> str:
    """As the source has it: both people at the table know that one."""
    titles = (pair.source.text for pair in unit.pairs if pair.source and pair.source.id == f"{unit.id}.title")
    return next(titles, unit.id)


def _row(number: int, pair: Pair, publication: Publication, language: str) -> Row:
    segment = pair.target or pair.source
    assert segment is not None
    source = pair.source.text if pair.source else ""
    return Row(
        number, (pair.source or segment).id, segment.kind, source=_inline(pair.source, publication.source_language),
        target=_inline(pair.target, language),
        says="the source no longer has this" if pair.source is None else SAYS[pair.state],
        was=changes(pair.previous, source) if pair.previous is not None and pair.source else Markup(""),
        terms=tuple(_terms(source, publication, language)),
    )


def _inline(segment: Segment | None, language: str) -> Markup:
    return inline(segment.text, segment.kind, directions.of_language(language)) if segment else Markup("")


def _terms(source: str, publication: Publication, language: str) -> Iterator[tuple[str, str]]:
    terms, original = publication.glossary, publication.source_language
    for term in sorted(glossary.terms_in(source, original, terms)):
        if renderings := terms[term].get(language):
            yield terms[term][original][0], " / ".join(renderings)
