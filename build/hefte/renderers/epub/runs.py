"""Turns a line of lettering into pieces that can be shaped: each of one direction and one face, from left to right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line."""

    text: str
    """In the order in which it is read."""
    right: bool
    """Whether it is read from the right."""
    face: int
    """Which of the faces sets it."""


def runs(line: str, right: bool, sets: Sequence[frozenset[int]]) -> Iterator[Run]:
    """The pieces of a line in a language that is read from the right, or not. A letter is set by the first of the faces
    that has it; what none has, by the first.

    The order is that of the bidirectional algorithm (UAX 9) for what titles hold: words, numbers, punctuation.
    """
    levels = _levels(line, right)
    pieces = [
        (level, Run("".join(line[at] for at in run), bool(level % 2), face))
        for (level, face), places in groupby(range(len(line)), key=lambda at: (levels[at], _face(line, at, sets)))
        for run in [list(places)]
    ]
    for level in range(max(levels, default=0), 0, -1):  # L2: from the highest level down, turn each sequence round
        groups = [(high, list(group)) for high, group in groupby(pieces, key=lambda piece: piece[0] >= level)]
        pieces = [piece for high, group in groups for piece in (group[::-1] if high else group)]
    return (run for _, run in pieces)


def _levels(line: str, right: bool) -> list[int]:
    """The embedding level of each character: even ones are read from the left."""
    base = int(right)
    kinds = [_kind(sign) for sign in line]
    levels: list[int] = []
    for at, kind in enumerate(kinds):
        if kind == "neutral":  # N1, N2: with its neighbours where they agree, else with the line
            before = next((one for one in reversed(kinds[:at]) if one != "neutral"), "")
            after = next((one for one in kinds[at:] if one != "neutral"), "")
            kind = before if before == after else ""
        levels.append({"left": 2 * base, "number": 2 * base, "right": 1, "": base}[kind])
    return levels


def _kind(sign: str) -> str:
    found = unicodedata.bidirectional(sign)
    if found in ("R", "AL"):
        return "right"
    return {"L": "left", "EN": "number", "AN": "number"}.get(found, "neutral")


def _face(line: str, at: int, sets: Sequence[frozenset[int]]) -> int:
    """A mark goes with its letter."""
    while at and unicodedata.category(line[at]) in ("Mn", "Me", "Mc", "Cf"):
        at -= 1
    return next((number for number, has in enumerate(sets) if ord(line[at]) in has), 0)
