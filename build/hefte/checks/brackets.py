"""Text and where it is read, to the brackets that are read the other way round."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from hefte.checks.alignment import Pair
from hefte.checks.blocks import Block, letters

_OPEN, _CLOSED = "([{<«‹⟨⟦", ")]}>»›⟩⟧"
_MIRROR = dict(zip(_OPEN + _CLOSED, _CLOSED + _OPEN, strict=True))
_KINDS = {"L": "left", "R": "right", "AL": "right", "EN": "digit", "AN": "digit"}
"""Where what UAX 9 calls by the first begins; a digit is at home in either."""
_SURE = ({"left"}, {"left", "digit"}, {"right"})


def turned(pairs: Iterable[Pair]) -> list[tuple[Pair, str]]:
    """The blocks of which a bracket is read as its mirror image, each with the first such bracket as written.

    One glyph closes a bracket in Latin text and opens one in Arabic text: a file that gives it one text for both turns
    the brackets of one of them round. Only what stands in the same place of the text counts, and between letters of one
    direction: of a bracket between two, the page does not tell which it belongs to.
    """
    found = ((pair, next(_turned(pair), "")) for pair in pairs)
    return [(pair, sign) for pair, sign in found if sign]


def mirror(sign: str) -> str:
    """What a bracket looks like in a mirror."""
    return _MIRROR[sign]


def _turned(pair: Pair) -> Iterator[str]:
    wanted = _text((pair.wanted,))
    read = {(place - pair.start, sign) for place, _, sign in _brackets(_text(pair.blocks))}
    for place, at, sign in _brackets(wanted):
        if (place, sign) not in read and (place, _MIRROR[sign]) in read and _sure(wanted, at):
            yield sign


def _text(blocks: Iterable[Block]) -> str:
    return "".join(piece for block in blocks for piece, _ in block.pieces)


def _brackets(text: str) -> Iterator[tuple[int, int, str]]:
    """Each bracket, after how many letters it stands, and at which place."""
    return ((len(letters(text[:at])), at, sign) for at, sign in enumerate(text) if sign in _MIRROR)


def _sure(text: str, at: int) -> bool:
    """Whether a bracket belongs to one direction only; at an end of the text, to that of its first letter."""
    first = next((kind for kind in _kinds(text) if kind != "digit"), "left")
    return {next(_kinds(text[:at][::-1]), first), next(_kinds(text[at:]), first)} in _SURE


def _kinds(text: str) -> Iterator[str]:
    """Of the letters and digits."""
    return (kind for sign in text if (kind := _KINDS.get(unicodedata.bidirectional(sign))))
