"""Turns the lines of a laid-out block into the words that they were broken from, each with its width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from weasyprint.formatting_structure import boxes

from hefte.model.flow import Words

_PT = 0.75
_HYPHEN = "\N{HYPHEN}"
_NARROW, _WIDE = frozenset("iljtfrI.,:;'!|()[]-‐’"), frozenset("mwMW@%—")


def words_of(lines: Sequence[Any], block: Any) -> Words | None:
    """The words of a block's lines (WeasyPrint's boxes). None where a picture stands in them."""
    signs: list[tuple[str, float]] = []
    for line in lines:
        found = _signs(line)
        if found is None:
            return None
        if signs and signs[-1][0] == _HYPHEN:
            signs.pop()
        elif signs:
            signs.append((" ", 0.0))
        signs += found
    spaces = [width for sign, width in signs if sign == " " and width]
    room, hyphens = round(block.width * _PT, 2), block.style["hyphens"] == "auto"
    return Words(tuple(_words(signs)), round(_mean(spaces, lines), 2), room, hyphens)


def _signs(line: Any) -> list[tuple[str, float]] | None:
    """Each letter with its share of the width of the text that it stands in, pt."""
    found = []
    for box in line.descendants():
        if isinstance(box, boxes.AtomicInlineLevelBox):
            return None
        if isinstance(box, boxes.TextBox) and box.text:
            weights = [_weight(sign) for sign in box.text]
            unit = box.width * _PT / (sum(weights) or 1)
            found += [(sign, weight * unit) for sign, weight in zip(box.text, weights, strict=True)]
    while found and found[-1][0] == " ":
        found.pop()
    return found


def _weight(sign: str) -> float:
    """How wide a letter is, roughly; the widths of whole lines are known."""
    if sign in _NARROW or sign == " ":
        return 0.5
    return 1.5 if sign in _WIDE else 1.25 if sign.isupper() else 1.0


def _words(signs: Sequence[tuple[str, float]]) -> list[tuple[float, int]]:
    words, width, letters = [], 0.0, 0
    for sign, wide in (*signs, (" ", 0.0)):
        if sign == " ":
            if letters:
                words.append((round(width, 2), letters))
            width, letters = 0.0, 0
        else:
            width, letters = width + wide, letters + 1
    return words


def _mean(spaces: Sequence[float], lines: Sequence[Any]) -> float:
    return sum(spaces) / len(spaces) if spaces else float(lines[0].style["font_size"]) * _PT / 4
