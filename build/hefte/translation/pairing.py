"""The segments of one file of a translation beside those of its source: which belongs to which, and in what state.

A block's counterpart is found by the digest of the source text that it was translated from. What is left over on both
sides is paired where it stands: by order, or by likeness to what the memory has of the old source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from hefte.errors import SourceError
from hefte.model import Pair, Place, Record, Segment, State
from hefte.translation.memory import digest
from hefte.translation.review import Records

Past = Callable[[str], str | None]
"""Digest of a source text → the text, where the memory has it."""

_ALIKE = 0.6
"""How alike two texts are, from 0 to 1, if one was made from the other; as difflib says of close matches."""
_OPTIONAL = ("short_title", "keywords")
"""Strings that a language may have or not, as it needs them."""
_NOTHING = Record("")
_EMPTY = digest("")
"""Of a text that is not written yet."""


def name(segment: Segment) -> str:
    """A segment's name in its file: `title`, `3`, `keywords.1`."""
    return segment.id.partition(".")[2]


def paired(
    source: Sequence[Segment], target: Sequence[Segment], records: Records | None, past: Past = lambda digest: None,
) -> tuple[tuple[Pair, ...], bool]:
    """Pairs in the source's order (what it has no longer after what stood before that), and whether blocks were moved.

    Raises SourceError where the target has a block more or fewer than its records, or, without any, than the source.
    """
    strings = tuple(_strings(source, target, records, past))
    ours, theirs = _blocks(source), _blocks(target)
    _same_number(ours, theirs, records)
    said = [(records or {}).get(name(each), _NOTHING) for each in theirs]
    found = _matched(ours, said)
    moved = sorted(found.values()) != [found[at] for at in sorted(found)]
    if records is None:
        found = dict(zip(range(len(theirs)), range(len(ours)), strict=True))
    else:
        found |= _by_place(ours, said, found, past)
    return (*strings, *_in_order(ours, theirs, said, found, past)), moved


def _blocks(segments: Sequence[Segment]) -> list[Segment]:
    return [each for each in segments if each.kind != "string"]


def _strings(
    source: Sequence[Segment], target: Sequence[Segment], records: Records | None, past: Past,
) -> Iterator[Pair]:
    """Strings have names, and are paired by them; keywords may be another number, in another order."""
    theirs = {name(each): each for each in target if each.kind == "string"}
    digests = {each.digest: each for each in source if name(each).startswith("keywords.")}
    for each in source:
        own = name(each)
        if each.kind != "string" or (own not in theirs and own.partition(".")[0] in _OPTIONAL):
            continue
        record = (records or {}).get(own, _NOTHING)
        kept = digests.get(record.source) if own.startswith("keywords.") else None
        yield _pair(kept or each, theirs.get(own), record, past)


def _same_number(ours: Sequence[Segment], theirs: Sequence[Segment], records: Records | None) -> None:
    """SourceError at the first block that differs."""
    if records is not None:
        wanted = [own for own in records if own.isdigit() or own.startswith("alt.")]
        found = [name(each) for each in theirs]
        if len(wanted) == len(ours):  # the source still has as many: its kinds tell where one is missing or too much
            wanted, found = [each.kind for each in ours], [each.kind for each in theirs]
        what, remedy = "was recorded with", "`hefte translate record` the chapter if it follows the source again"
    else:
        wanted, found = [each.kind for each in ours], [each.kind for each in theirs]
        what, remedy = "has in its source", "translate each block by one, or `hefte translate update` the language"
    if len(wanted) == len(found) or not (theirs or ours):
        return
    at = next((at for at, (one, other) in enumerate(zip(wanted, found, strict=False)) if one != other), len(found))
    where = theirs[min(at, len(theirs) - 1)].place if theirs else Place(ours[0].place.path)
    number, count = len(found), len(wanted)
    blocks = f"{number} block{'' if number == 1 else 's'}"
    raise SourceError(f"the text has {blocks}, and {what} {count}, differing from here", place=where, remedy=remedy)


def _matched(ours: Sequence[Segment], said: Sequence[Record]) -> dict[int, int]:
    """Target → source of the same digest; of several alike, in order."""
    free: dict[str, list[int]] = {}
    for at, each in enumerate(ours):
        free.setdefault(each.digest, []).append(at)
    return {at: free[record.source].pop(0) for at, record in enumerate(said) if free.get(record.source)}


def _by_place(
    ours: Sequence[Segment], said: Sequence[Record], found: dict[int, int], past: Past,
) -> dict[int, int]:
    """Target → source for what no digest has paired: within each gap, then, where the old source is known, anywhere."""
    taken, more = set(found.values()), dict[int, int]()
    for _, run in groupby((at for at in range(len(said)) if at not in found), key=lambda at: _before(found, at)):
        gap = list(run)
        start = found.get(gap[0] - 1, -1)
        room = []
        for at in range(start + 1, len(ours)):
            if at in taken:
                break
            room.append(at)
        more |= _likeliest(gap, room, ours, said, past)
    left = [at for at in range(len(said)) if at not in found and at not in more]
    room = [at for at in range(len(ours)) if at not in taken and at not in more.values()]
    alike = sorted(((_likeness(ours[to], said[at], past), at, to) for at in left for to in room), reverse=True)
    for likeness, at, to in alike:
        if likeness >= _ALIKE and at not in more and to not in more.values():
            more[at] = to
    return more


def _before(found: dict[int, int], at: int) -> int:
    """The nearest target before `at` that is paired: what a gap is told by."""
    return max((each for each in found if each < at), default=-1)


def _likeliest(
    gap: list[int], room: list[int], ours: Sequence[Segment], said: Sequence[Record], past: Past,
) -> dict[int, int]:
    """The pairs of a gap in order. With as many on both sides, one by one; else so that they are most alike."""
    if len(gap) == len(room):
        return dict(zip(gap, room, strict=True))
    best: dict[tuple[int, int], tuple[float, dict[int, int]]] = {}
    for i in range(len(gap), -1, -1):
        for j in range(len(room), -1, -1):
            if i == len(gap) or j == len(room):
                best[i, j] = 0.0, {}
                continue
            here = 0.01 + _likeness(ours[room[j]], said[gap[i]], past)
            rest = best[i + 1, j + 1]
            both = here + rest[0], {gap[i]: room[j], **rest[1]}
            best[i, j] = max(both, best[i + 1, j], best[i, j + 1], key=lambda way: way[0])
    return best[0, 0][1]


def _likeness(source: Segment, record: Record, past: Past) -> float:
    old = past(record.source) if record.source else None
    return SequenceMatcher(None, old, source.text, autojunk=False).ratio() if old else 0.0


def _in_order(
    ours: Sequence[Segment], theirs: Sequence[Segment], said: Sequence[Record], found: dict[int, int], past: Past,
) -> Iterator[Pair]:
    of = {to: at for at, to in found.items()}
    after: dict[int, list[int]] = {}
    for at in range(len(theirs)):
        if at not in found:
            after.setdefault(found.get(_before(found, at), -1), []).append(at)
    for to in range(-1, len(ours)):
        if to in of:
            yield _pair(ours[to], theirs[of[to]], said[of[to]], past)
        elif to >= 0:
            yield Pair(ours[to], None, State.MISSING)
        for at in after.get(to, ()):
            yield Pair(None, theirs[at], State.STALE, past(said[at].source) if said[at].source else None)


def _pair(source: Segment, target: Segment | None, record: Record, past: Past) -> Pair:
    stale = bool(record.source) and record.source != source.digest
    if target is None or target.digest == _EMPTY:
        state = State.MISSING
    elif not record.source:
        state = State.UNRECORDED
    elif stale:
        state = State.STALE
    else:
        state = State.FUZZY if record.fuzzy else State.READY
    return Pair(source, target, state, past(record.source) if stale else None)
