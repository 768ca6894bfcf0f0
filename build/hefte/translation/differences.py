"""An old and a new text to what stays, what goes and what comes, word by word."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words."""

    kind: str
    """` ` stays, `-` goes, `+` comes."""
    text: str


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces, what goes before what comes in its place. All but those that come make `old`, all but those that go
    make `new`."""
    before, after = _words(old), _words(new)
    return tuple(_pieces(before, after))


def marked(pieces: tuple[Piece, ...]) -> str:
    """`a [-b-]{+c+} d`, as `git diff --word-diff` and wdiff have it."""
    forms = {" ": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(forms[piece.kind].format(piece.text) for piece in pieces)


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(" ", "".join(before[a:b]))
            continue
        if a < b:
            yield Piece("-", "".join(before[a:b]))
        if c < d:
            yield Piece("+", "".join(after[c:d]))


def _words(text: str) -> list[str]:
    """Words, each run of blanks, and each other sign by itself."""
    return ["".join(group) for kind, run in groupby(text, _kind) for group in (run if kind == "." else (run,))]


def _kind(sign: str) -> str:
    """Marks (vowels of Thai and Tamil, Arabic harakat) belong to the word that they stand in."""
    if sign.isspace():
        return " "
    return "w" if sign.isalnum() or unicodedata.category(sign)[0] == "M" else "."
