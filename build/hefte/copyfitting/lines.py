"""A block's words, to how many lines they take at another size of type: an estimate, for only the renderer knows."""

from __future__ import annotations

from hefte.model.flow import Words

_BIASES = (1.0, 0.995, 1.005, 0.99, 1.01, 0.98, 1.02, 0.97, 1.03, 0.95, 1.05)
"""Where the estimate is not what was laid out at the size that is known, the room is taken to be so much wider."""
_LONG, _BEFORE, _AFTER = 8, 4, 3
"""Letters of a word that may be broken, and how many stay on each side (brochure.css.j2, hyphenate-limit-chars)."""


def bias_of(words: Words, lines: int) -> float:
    """What the room for a line has to be multiplied with, so that the estimate gives the lines that were laid out."""
    return next((bias for bias in _BIASES if broken(words, 1 / bias) == lines), 1.0)


def broken(words: Words, factor: float) -> int:
    """How many lines the words take when their type is so many times as large."""
    room = words.room / factor
    if any(width > room / 2 and letters > 20 for width, letters in words.words):  # no spaces: Thai
        return max(1, -int(-sum(width for width, _ in words.words) // room))
    lines, used = 1, 0.0
    for width, letters in words.words:
        reach = used + (words.space if used else 0.0)
        if reach + width <= room:
            used = reach + width
            continue
        before = int((room - reach) / width * letters) - 1 if words.hyphenated and letters >= _LONG else 0
        before = min(before, letters - _AFTER)
        lines += 1
        used = width * (1 - before / letters) if before >= _BEFORE else width
    return lines
