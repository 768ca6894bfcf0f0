"""Turns words into pixels, shaped and drawn by HarfBuzz: every script is right, no font of the system is used."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import uharfbuzz as hb
from PIL import Image

from hefte.errors import MissingToolError
from hefte.model import FontFace, Theme

_PT = 25.4 / 72
"""Millimetres in a point."""
_SIDE = 17.0
"""From the trim to the text, mm."""
_TRIM = 148.0


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of lettering looks."""

    face: FontFace
    size: float
    """pt"""
    line: float
    """pt"""
    colour: tuple[int, int, int]

    @classmethod
    def find(
        cls, theme: Theme, family: str, weight: int, size: float, line: float, colour: tuple[int, int, int]
    ) -> Style:
        """With the family's upright face of the nearest weight. Raises MissingToolError where the theme has none."""
        faces = [face for face in theme.faces if face.family == family and face.style == "normal"]
        if not faces:
            raise MissingToolError(f"there is no font {family}", remedy="declare it in the theme", place=theme.place)
        return cls(min(faces, key=lambda face: abs(face.weight - weight)), size, line, colour)


@dataclass(frozen=True)
class Lettering:
    """Words set in lines within a width, from the side where the language begins. Lengths in mm from the trim."""

    text: str
    style: Style
    top: float
    width: float
    language: str
    right: bool

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The words in as few lines as they fit in."""
        lines: list[str] = []
        for word in self.text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self._length(longer) <= self.width:
                lines[-1] = longer
            else:
                lines.append(word)
        return tuple(lines)

    @property
    def bottom(self) -> float:
        """Where the last line ends."""
        return self.top + len(self.lines) * self.style.line * _PT

    def draw(self, picture: Image.Image, scale: float) -> None:
        """Draw onto `picture`, at `scale` pixels a millimetre."""
        extents = self._font.get_font_extents("ltr")
        size, line = self.style.size * _PT, self.style.line * _PT
        middle = (extents.ascender + extents.descender) / 2 / self._font.scale[0] * size
        for number, words in enumerate(self.lines):
            x = _TRIM - _SIDE - self._length(words) if self.right else _SIDE
            baseline = self.top + (number + 0.5) * line + middle
            self._draw_line(picture, words, (x * scale, baseline * scale), size * scale)

    @cached_property
    def _font(self) -> Any:
        return hb.Font(hb.Face(hb.Blob.from_file_path(self.style.face.file)))

    def _shape(self, words: str) -> Any:
        buffer = hb.Buffer()
        buffer.add_str(words)
        buffer.guess_segment_properties()
        buffer.language = self.language
        hb.shape(self._font, buffer)
        return buffer

    def _length(self, words: str) -> float:
        advances = sum(position.x_advance for position in self._shape(words).glyph_positions)
        return float(advances / self._font.scale[0] * self.style.size * _PT)

    def _draw_line(self, picture: Image.Image, words: str, origin: tuple[float, float], size: float) -> None:
        """`origin` is the line's left end on the baseline, `size` the em, both in pixels."""
        shaped, canvas, scale, x = self._shape(words), hb.RasterDraw(), size / self._font.scale[0], 0
        fraction = origin[0] % 1
        for glyph, place in zip(shaped.glyph_infos, shaped.glyph_positions, strict=True):
            canvas.transform = (scale, 0, 0, scale, (x + place.x_offset) * scale + fraction, place.y_offset * scale)
            canvas.draw_glyph(self._font, glyph.codepoint)
            x += place.x_advance
        image = canvas.render()
        box = image.extents
        if box.width and box.height:
            # HarfBuzz counts rows upwards from the baseline.
            mask = Image.frombytes("L", (box.width, box.height), bytes(image.buffer), "raw", "L", box.stride, -1)
            corner = (int(origin[0]) + box.x_origin, round(origin[1]) - box.y_origin - box.height)
            picture.paste(self.style.colour, corner, mask)
