"""`hefte translate record`: the targets as they stand are translations of the source as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from hefte.errors import SourceError, UsageError
from hefte.model import Pair, Place, Publication, Record, State
from hefte.records.validate import near, together
from hefte.translation import pairing, remarks, review, strings, workspace, writing
from hefte.translation.split import skeleton
from hefte.translation.workspace import Source, Text


def record(
    publication: Publication, lang: str, units: Sequence[str] = (), *, by: str = "", tidy: bool = False,
) -> writing.Report:
    """Record whole units (chapters, texts around them, `language`); all that the language has where none is named.

    `by`: who translated. `tidy`: take away the source text beside what is filled in.
    Raises UsageError for a unit that is none; SourceError where a text is built otherwise than its source.
    """
    writing.not_source(publication, lang)
    source = Source(publication)
    _known(units, source)
    before = review.load(publication.root, lang)
    reviews, faults = before, []
    texts: dict[str, str] = {}
    for unit, files in source.layout.items():
        if units and unit not in units:
            continue
        said = before.unit(unit)
        records: dict[str, review.Records] = {}
        for file in files:
            try:
                ours, theirs = source.text(unit, file), workspace.read(publication, lang, file, unit)
                if ours is None or theirs is None:
                    _absent(theirs, publication, lang, file, named=unit in units)
                    continue
                pairs = _pairs(ours, theirs, before.records(file))
                records[file] = _records(theirs, pairs)
                if tidy:
                    texts |= _tidied(publication, lang, file, pairs)
            except SourceError as error:
                faults.append(error)
        if records:
            who = by or said.translator or _translator(publication, lang)
            reviews = reviews.replaced(**{unit: replace(said, translator=who, records={**said.records, **records})})
    if faults:
        raise together(faults)
    return writing.Plan(publication, lang, source, texts, reviews, writing.recall(publication, lang)).put()


def _known(units: Iterable[str], source: Source) -> None:
    for unit in units:
        if unit not in source.layout:
            raise UsageError(f"there is no chapter `{unit}`", remedy=near(unit, source.layout))


def _absent(theirs: Text | None, publication: Publication, lang: str, file: str, *, named: bool) -> None:
    if theirs is None and named:
        raise SourceError(
            "the file is missing", place=Place(publication.root / "chapters" / lang / file),
            remedy=f"translate it; `hefte translate update {lang}` makes one to fill in",
        )


def _pairs(ours: Text, theirs: Text, records: review.Records | None) -> tuple[Pair, ...]:
    """Pairs of which none lacks a side. What is recorded keeps its counterpart though the source was moved about."""
    moved = False
    try:
        pairs, moved = pairing.paired(ours.segments, theirs.segments, records)
    except SourceError:
        pairs, _ = pairing.paired(ours.segments, theirs.segments, None)
    else:
        if any(each.source is None or each.target is None for each in pairs):
            pairs, moved = pairing.paired(ours.segments, theirs.segments, None)
    for each in pairs:
        if each.target is None and each.source:
            raise SourceError(
                f"`{each.source.id}` is missing", place=Place(next(iter(theirs.segments)).place.path),
                remedy="write it; `hefte translate update` makes a place for it",
            )
    _same_frame(ours, theirs, moved=moved)
    return pairs


def _same_frame(ours: Text, theirs: Text, *, moved: bool) -> None:
    if ours.file == strings.FILE:
        return
    one, other = skeleton(ours.text), skeleton(theirs.text)
    if one == other or (moved and sorted(one) == sorted(other)):
        return
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    wanted, found = (f"`{part[at]}`" if at < len(part) else "the end" for part in (one, other))
    blocks = [each for each in theirs.segments if each.kind != "string"]
    near_by = blocks[min(sum(part in _BLOCKS for part in other[:at]), len(blocks) - 1)] if blocks else None
    raise SourceError(
        f"the text is built otherwise than its source: {found} where the source has {wanted}",
        place=near_by.place if near_by else None, remedy="give each block its counterpart, with the same marks",
    )


_BLOCKS = ("paragraph", "item", "term", "definition", *(f"heading {level}" for level in range(1, 7)))
"""What mostly is a block of its own: enough to find the line."""


def _records(theirs: Text, pairs: Sequence[Pair]) -> dict[str, Record]:
    """In the target's order. A gap keeps the source that it is to be filled from."""
    of = {each.target.id: each.source.digest for each in pairs if each.target and each.source}
    return {pairing.name(each): Record(of[each.id]) for each in theirs.segments if each.id in of}


def _translator(publication: Publication, lang: str) -> str:
    import tomllib

    try:
        said = tomllib.loads(writing.raw(publication, lang, strings.FILE)).get("translator", "")
    except (OSError, ValueError):
        return ""
    return said if isinstance(said, str) else ""


def _tidied(publication: Publication, lang: str, file: str, pairs: Sequence[Pair]) -> Iterator[tuple[str, str]]:
    """The file without the source text beside what is filled in; nothing if there is none."""
    filled = [each.source.text for each in pairs if each.source and each.state is not State.MISSING]
    text = writing.raw(publication, lang, file)
    now = remarks.without(text, filled, comments=Path(file).suffix == ".toml")
    if now != text:
        yield file, now
