"""Turns a PDF's font into what moves text along: how its strings split into codes, and how wide each is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_USUAL = 500.0
"""Of a letter whose width the file does not say, in thousandths of the size: about the mean of a text face."""
_MOST_CODES = 0xFFFF


@dataclass(frozen=True, slots=True)
class Face:
    """A font, as far as the place of text depends on it. Widths are in thousandths of the size."""

    bytes_a_code: int = 1
    widths: Mapping[int, float] = field(default_factory=dict, hash=False)
    other: float = _USUAL
    """Of codes that `widths` does not know."""
    drawn: Any = field(default=None, compare=False)
    """The font itself where its letters are drawn by operators (Type 3); None for others."""

    def advances(self, shown: bytes) -> Iterator[tuple[int, float]]:
        """Each code of a string with its width."""
        step = self.bytes_a_code
        for at in range(0, len(shown), step):
            code = int.from_bytes(shown[at : at + step], "big")
            yield code, self.widths.get(code, self.other)


UNKNOWN = Face()
"""In the place of a font that is not there."""


def face(font: Any) -> Face:
    """What a font dictionary says (ISO 32000-1, 9.6.2, 9.6.5 and 9.7.4.3)."""
    if font.get("/Subtype") == "/Type0":
        below = font.DescendantFonts[0]
        return Face(2, dict(_of_glyphs(below.get("/W", []))), float(below.get("/DW", 1000)))
    drawn = font.get("/Subtype") == "/Type3"
    scale = 1000 * abs(float(font.FontMatrix[0])) if drawn else 1.0
    first, listed = int(font.get("/FirstChar", 0)), font.get("/Widths", [])
    widths = {first + at: float(width) * scale for at, width in enumerate(list(listed)[:256])}
    descriptor = font.get("/FontDescriptor", {})
    other = float(descriptor.get("/MissingWidth", 0)) if widths else _USUAL
    return Face(1, widths, other, font if drawn else None)


def _of_glyphs(listed: Any) -> Iterator[tuple[int, float]]:
    """`first [w w w]` and `first last w`, as /W has them."""
    items = list(listed)
    at = 0
    while at + 1 < len(items):
        first, second = int(items[at]), items[at + 1]
        if isinstance(second, pikepdf.Array):
            yield from ((first + index, float(width)) for index, width in enumerate(list(second)))
            at += 2
        elif at + 2 < len(items):
            last, width = min(int(second), first + _MOST_CODES), float(items[at + 2])
            yield from ((code, width) for code in range(first, last + 1))
            at += 3
        else:
            return
