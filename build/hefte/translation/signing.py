"""A reviewer's name under the texts of a language, bound to every character of them, and away again."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hefte.dates import today
from hefte.errors import HefteError, UsageError
from hefte.model import Place, Publication, Signature, State, Translation, Unit
from hefte.records.validate import near
from hefte.translation import review, workspace, writing


@dataclass(frozen=True, slots=True)
class Signed:
    """What came of signing, or of taking signatures back."""

    language: str
    units: tuple[str, ...]
    """What was signed, or is not signed any more."""
    waiting: tuple[str, ...]
    """What is not signed now."""


def sign(publication: Publication, lang: str, wanted: Sequence[str] | None, *, by: str) -> Signed:
    """Put the reviewer's name under the units `wanted`; None: under all of them.

    Raises UsageError where `by` translated one of them, or where one is not ready to be signed: with a line for each
    text that stands in the way.
    """
    by = named(by)
    translation = _opened(publication, lang)
    units = _units(translation, wanted)
    if faults := [fault for unit in units for fault in _faults(publication, translation, unit, by)]:
        faults[0].also = tuple(faults[1:])
        raise faults[0]
    _write(publication, lang, {unit.id: Signature(by, today(), _digest(publication, lang, unit)) for unit in units})
    return _result(publication, lang, units)


def void(publication: Publication, lang: str, wanted: Sequence[str] | None) -> Signed:
    """Take away the signatures under the units `wanted`; None: under all of them.

    Raises UsageError where one of those named has none.
    """
    translation = _opened(publication, lang)
    units = _units(translation, wanted)
    recorded = review.load(publication.root, lang)
    signed = [unit for unit in units if recorded.unit(unit.id).signature]
    if missing := [unit.id for unit in units if unit not in signed and wanted is not None]:
        said = f"nobody has signed {_listed(missing)} of {lang}"
        raise UsageError(said, remedy="`hefte status` shows what is signed")
    _write(publication, lang, dict.fromkeys(unit.id for unit in signed))
    return _result(publication, lang, signed)


def same_person(one: str, other: str) -> bool:
    """Whether two names are one, however they are written."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()


def named(by: str) -> str:
    """The name as it is written down. Raises UsageError where it is none."""
    name = unicodedata.normalize("NFC", " ".join(by.split()))
    if not any(map(str.isalpha, name)) or not name.isprintable():
        raise UsageError(f"`{by}` is no name", remedy='name the reviewer: --by "Grete Roede"')
    return name


def _opened(publication: Publication, lang: str) -> Translation:
    if lang == publication.source_language:
        raise UsageError(
            f"{lang} is the source language, which is translated from nothing", remedy="sign its translations",
        )
    if lang not in publication.languages:
        raise UsageError(f"the publication has no language `{lang}`", remedy=near(lang, publication.languages))
    return workspace.open(publication, lang)


def _units(translation: Translation, wanted: Sequence[str] | None) -> tuple[Unit, ...]:
    """The units of these ids, once each, in their order. A chapter that is left out is none."""
    there = {unit.id: unit for unit in translation.units}
    if wanted is None:
        return tuple(unit for unit in translation.units if unit.pairs)
    for id in wanted:
        if id not in there:
            raise UsageError(f"{translation.language} has no text `{id}`", remedy=near(id, list(there)))
    return tuple(there[id] for id in dict.fromkeys(wanted))


def _faults(publication: Publication, translation: Translation, unit: Unit, by: str) -> list[HefteError]:
    """Why a unit cannot be signed by that person."""
    from hefte.sources.language import read_language

    translator = unit.translator or read_language(publication, translation.language).translator
    if translator and same_person(translator, by):
        return [UsageError(
            f"{by} translated `{unit.id}`, and nobody signs a translation of her own",
            remedy="let somebody else who knows both languages read it and sign",
        )]
    if not unit.pairs:
        return [UsageError(f"`{unit.id}` is not there", remedy="translate it first: `hefte translate update` makes it")]
    folder = publication.root / "chapters" / translation.language
    return [
        UsageError(
            f"`{one.id}` is {pair.state}, so `{unit.id}` cannot be signed",
            place=pair.target.place if pair.target else Place(folder / one.file),
            remedy="bring it up to date, then `hefte translate record`",
        )
        for pair in unit.pairs if pair.state is not State.READY and (one := pair.target or pair.source)
    ]


def _digest(publication: Publication, lang: str, unit: Unit) -> str:
    """What the signature is bound to."""
    texts = [text for file in unit.files if (text := workspace.read(publication, lang, file, unit.id))]
    recorded = review.load(publication.root, lang)
    records = {file: recorded.records(file) or {} for file in unit.files}
    segments = [segment for text in texts for segment in text.segments]
    return workspace.signed_digest(segments, records, [workspace.frame(text) for text in texts])


def _write(publication: Publication, lang: str, signatures: dict[str, Signature | None]) -> None:
    """Into review.toml, and into the snapshot where everything is current: an earlier state keeps its signatures."""
    recorded = review.load(publication.root, lang)
    units = {id: replace(recorded.unit(id), signature=signature) for id, signature in signatures.items()}
    reviews = review.Reviews({**recorded.units, **units})
    writing.Plan(publication, lang, workspace.Source(publication), {}, reviews, writing.recall(publication, lang)).put()


def _result(publication: Publication, lang: str, units: Sequence[Unit]) -> Signed:
    now = workspace.open(publication, lang)
    waiting = tuple(unit.id for unit in now.units if unit.state is not State.READY and unit.pairs)
    return Signed(lang, tuple(unit.id for unit in units), waiting)


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(f"`{id}`" for id in ids)
