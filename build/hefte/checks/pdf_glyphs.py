"""A font of a PDF, anybody's, to the text and the width of each code that a string shows in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf

from hefte.checks.pdf_text import to_unicode

_ENCODINGS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}
_PLAIN = "latin-1"
"""For a font without an encoding: alike in StandardEncoding for letters and digits (ISO 32000-1, D.2)."""
_MOST_WIDTHS = 70_000
"""Codes that a foreign file's ranges may name: a font has no more."""


@dataclass(frozen=True, slots=True)
class Font:
    """How a font's strings are read."""

    texts: Mapping[int, str]
    widths: Mapping[int, float]
    """In thousandths of the size."""
    default: float
    """The width of a code that `widths` has not."""
    size: int
    """Bytes a code: 2 in composite fonts (Identity-H, as all embedded ones are written), else 1."""

    def read(self, shown: bytes) -> tuple[str, float]:
        """What a string says, and how far it reaches, in thousandths of the size. A code that nobody explains says
        nothing."""
        codes: Iterable[int] = shown
        if self.size == 2:
            codes = [high << 8 | low for high, low in zip(shown[::2], shown[1::2], strict=False)]
        text, reach = "", 0.0
        for code in codes:
            text += self.texts.get(code, "")
            reach += self.widths.get(code, self.default)
        return text, reach


def read(font: Any) -> Font:
    """A font dictionary."""
    if font.get("/Subtype") == "/Type0":
        below = font.DescendantFonts[0]
        widths = dict(_composite(below.get("/W", [])))
        return Font(to_unicode(font), widths, float(below.get("/DW", 1000)), 2)
    texts = {**_simple(font), **to_unicode(font)}
    first = int(font.get("/FirstChar", 0))
    # A Type 3 font's own units say nothing without its matrix (9.6.5): all its glyphs are taken for half an em.
    own: Any = [] if font.get("/Subtype") == "/Type3" else font.get("/Widths", [])
    return Font(texts, {first + at: float(width) for at, width in enumerate(own)}, 500, 1)


def _composite(listed: Any) -> Iterator[tuple[int, float]]:
    """`first [w w w]` or `first last w` (9.7.4.3)."""
    items, at = list(listed), 0
    while at + 1 < len(items):
        first, second = int(items[at]), items[at + 1]
        if isinstance(second, pikepdf.Array):
            yield from ((first + step, float(width)) for step, width in enumerate(list(second)))
            at += 2
        elif at + 2 < len(items):
            yield from ((code, float(items[at + 2])) for code in range(first, min(int(second), _MOST_WIDTHS) + 1))
            at += 3
        else:
            return


def _simple(font: Any) -> dict[int, str]:
    """A simple font's encoding (9.6.6): a base, and what differs from it by glyph names."""
    encoding = font.get("/Encoding")
    named = encoding.get("/BaseEncoding", "") if isinstance(encoding, pikepdf.Dictionary) else encoding
    base = _ENCODINGS.get(str(named), _PLAIN)
    texts = {code: bytes([code]).decode(base, "replace") for code in range(32, 256)}
    if isinstance(encoding, pikepdf.Dictionary):
        texts |= dict(_differences(encoding.get("/Differences", [])))
    return texts


def _differences(listed: Any) -> Iterator[tuple[int, str]]:
    from fontTools.agl import toUnicode

    code = 0
    for item in list(listed):
        if isinstance(item, pikepdf.Name):
            yield code, toUnicode(str(item)[1:])
            code += 1
        else:
            code = int(item)
