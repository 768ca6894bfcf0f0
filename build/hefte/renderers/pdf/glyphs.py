"""Glyphs that are made for one file: letters put together from parts, and parts that stand for another letter here."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from weasyprint.text.ffi import ffi, pango

JOINED = re.compile("[\u0590-\u1cff\u2c80-\ufdff\ufe70-\ufeff\U00010000-\U0010ffff]")
"""Letters of the scripts in which glyphs may be parts of letters; not Latin, Greek, Cyrillic."""
_LIGATURES = range(0xFE70, 0xFEFD)
"""Arabic Presentation Forms-B: ligatures as single characters."""
_GAP = 40
"""Thousandths of the size."""
_APART = 256
"""Codes that are left free after the font's own, for what WeasyPrint draws where a glyph is missing."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A glyph where it stands: thousandths of the font's size from where the pen was, and above the line."""

    glyph: int
    at: float
    rise: float


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring glyphs, from left to right, that stand for one text."""

    glyphs: tuple[int, ...]
    text: str
    font: Any
    size: float
    """Of the font, in points."""

    def base(self, placed: Sequence[Placed]) -> Placed:
        """Which of the glyphs the others are put to: the widest."""
        return max(placed, key=lambda each: (self.font.widths[each.glyph], each.rise == 0))


def groups_of(stream: Any, layout: Any) -> Iterator[Group]:
    """The glyphs of a line in the order in which WeasyPrint draws them."""
    line, _ = layout.get_first_line()
    text, run = layout.text.encode(), line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        font, size = stream.add_font(item.item.analysis.font)
        count, offset = item.glyphs.num_glyphs, item.item.offset
        starts = list(item.glyphs.log_clusters[0:count])
        known = sorted(set(starts))
        ends = dict(zip(known, [*known[1:], item.item.length], strict=True))
        codes = [_code(font, info.glyph) for info in item.glyphs.glyphs[0:count]]
        for start in dict.fromkeys(starts):
            glyphs = [code for code, of in zip(codes, starts, strict=True) if of == start and code is not None]
            said = text[offset + start : offset + ends[start]].decode()
            yield from _divided(glyphs, said, font, size, backwards=item.item.analysis.level % 2 == 1)


def _code(font: Any, glyph: int) -> int | None:
    """The code that WeasyPrint draws a glyph with; None for one that it passes over."""
    if glyph == pango.PANGO_GLYPH_EMPTY:
        return None
    if glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
        return int(font.get_unused_glyph_id(glyph - pango.PANGO_GLYPH_UNKNOWN_FLAG))
    return int(glyph)


def _divided(glyphs: Sequence[int], text: str, font: Any, size: float, *, backwards: bool) -> Iterator[Group]:
    """One group, or in right-to-left text one a letter, the last letter first."""
    if backwards and 1 < len(text) <= len(glyphs):
        *singles, text = reversed(text)
        for glyph, letter in zip(glyphs, singles, strict=False):
            yield Group((glyph,), letter, font, size)
        glyphs = glyphs[len(singles) :]
    elif backwards and len(text) > 1:
        text = _ligature(text)
    if glyphs:
        yield Group(tuple(glyphs), text, font, size)


def _ligature(text: str) -> str:
    """The one character that Unicode has for a ligature, if it has: readers turn the order of several letters round."""
    return next((chr(code) for code in _LIGATURES if unicodedata.normalize("NFKC", chr(code)) == text), text)


Shape = tuple[tuple[int, int, int], ...]
"""Glyphs with their places, in units of the font."""


class Shapes:
    """The glyphs that are made while one file is written, for each of WeasyPrint's fonts."""

    def __init__(self) -> None:
        self._made: dict[int, dict[tuple[Shape, float, str], int]] = {}
        self._relied: set[tuple[int, int]] = set()

    def agrees(self, group: Group) -> bool:
        """Whether a glyph's own text is the group's. The first group that asks for a glyph decides what its text is."""
        if len(group.glyphs) > 1:
            return False
        (glyph,), texts, key = group.glyphs, group.font.to_unicode, (id(group.font), group.glyphs[0])
        if key not in self._relied:
            self._relied.add(key)
            texts[glyph] = group.text
        return bool(texts[glyph] == group.text)

    def glyph(self, group: Group, placed: Sequence[Placed], end: float) -> tuple[int, float]:
        """The code of the one glyph that draws a group, and where. `end` is where the next one begins: a wide gap, as
        Nastaliq leaves within a word, becomes part of the glyph, since readers take it for a space."""
        font, base = group.font, group.base(placed)
        width = font.widths[base.glyph]
        if JOINED.search(group.text) and _GAP < end - base.at - width < 10 * _GAP:
            width = round(end - base.at)
        own = width == font.widths[base.glyph] and font.to_unicode[base.glyph] == group.text
        if own and len(placed) == 1 and not base.rise:
            return base.glyph, base.at
        unit = font.upem / 1000
        shape = tuple((each.glyph, round((each.at - base.at) * unit), round(each.rise * unit)) for each in placed)
        made = self._made.setdefault(id(font), {})
        if (key := (shape, width, group.text)) not in made:
            code = made[key] = font.glyph_count + _APART + len(made)
            font.to_unicode[code], font.widths[code] = group.text, width
        return made[key], base.at

    def forget_parts(self, font: Any, to_unicode: dict[int, str]) -> None:
        """Take away the texts of glyphs that stand nowhere by themselves any more."""
        for texts in (font.to_unicode, to_unicode):
            for glyph in [glyph for glyph, text in texts.items() if not text]:
                del texts[glyph]

    def without_made(self, font: Any, to_unicode: dict[int, str]) -> dict[int, str]:
        """What of the font itself is to be embedded: at least the glyph for what is missing."""
        made = set(self._made.get(id(font), {}).values())
        return {glyph: text for glyph, text in to_unicode.items() if glyph not in made} or {0: ""}

    def add_to(self, font: Any, whole: bytes) -> None:
        """Add what was made to the font that will be embedded; `whole` is the same before it was cut down."""
        if made := self._made.get(id(font)):
            shapes = {code: (shape, font.widths[code] * font.upem / 1000) for (shape, _, _), code in made.items()}
            font.file_content = _extended(font.file_content, whole, font.index, shapes)


def _extended(cut: bytes, whole: bytes, index: int, shapes: dict[int, tuple[Shape, float]]) -> bytes:
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont

    source, target = TTFont(io.BytesIO(whole), fontNumber=index), TTFont(io.BytesIO(cut), recalcTimestamp=False)
    drawn, glyf, metrics = source.getGlyphSet(), target["glyf"], target["hmtx"]
    order = target.getGlyphOrder()
    order = [*order, *(f"made{code}" for code in range(len(order), max(shapes) + 1))]
    target.setGlyphOrder(order)
    glyf.glyphOrder = order
    for code in range(len(glyf.glyphs), len(order)):
        pen, (shape, width) = TTGlyphPen(None), shapes.get(code, ((), 0.0))
        for glyph, right, up in shape:
            name = source.getGlyphName(glyph)
            parts = DecomposingRecordingPen(drawn)
            drawn[name].draw(parts)
            parts.replay(TransformPen(pen, (1, 0, 0, 1, right, up)))
        glyf[order[code]] = made = pen.glyph()
        made.recalcBounds(glyf)
        metrics[order[code]] = (round(width), getattr(made, "xMin", 0))
    out = io.BytesIO()
    target.save(out)
    return out.getvalue()
