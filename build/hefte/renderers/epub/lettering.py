"""Turns words into pixels, shaped and drawn by HarfBuzz: every script is right, no font of the system is used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from PIL import Image

from hefte import letters
from hefte.errors import MissingToolError
from hefte.model import FontFace, Theme
from hefte.renderers.epub.runs import Run, runs

_PT = 25.4 / 72
"""Millimetres in a point."""
_SIDE = 17.0
"""From the trim to the text, mm."""
_TRIM = 148.0


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of lettering looks."""

    faces: tuple[FontFace, ...]
    """The script's own, then the one for Latin letters."""
    size: float
    """pt"""
    line: float
    """pt"""
    colour: tuple[int, int, int]
    sets: tuple[frozenset[int], ...] = field(default=(), repr=False)
    """What each face sets."""

    @classmethod
    def find(
        cls, theme: Theme, role: str, weight: int, size: float, line: float, colour: tuple[int, int, int]
    ) -> Style:
        """With the upright face of the nearest weight of each of the role's families, in the sizes that are given.

        Raises MissingToolError where the theme has none.
        """
        faces = tuple(_nearest(theme, family, weight) for family in theme.families(role))
        return cls(faces, size, line, colour, letters.drawn(theme, role))


def _nearest(theme: Theme, family: str, weight: int) -> FontFace:
    faces = [face for face in theme.faces if face.family == family and face.style == "normal"]
    if not faces:
        raise MissingToolError(f"there is no font {family}", remedy="declare it in the theme", place=theme.place)
    return min(faces, key=lambda face: (abs(face.weight - weight), -face.weight))


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
    def fits(self) -> bool:
        """Whether every line is within the width: a word that is longer stands by itself and runs over."""
        return all(self._length(line) <= self.width for line in self.lines)

    @property
    def bottom(self) -> float:
        """Where the last line ends."""
        return self.top + len(self.lines) * self.style.line * _PT

    def draw(self, picture: Image.Image, scale: float) -> None:
        """Draw onto `picture`, at `scale` pixels a millimetre."""
        size, line = self.style.size * _PT, self.style.line * _PT
        middle = self._middle * size
        for number, words in enumerate(self.lines):
            x = _TRIM - _SIDE - self._length(words) if self.right else _SIDE
            baseline = self.top + (number + 0.5) * line + middle
            self._draw_line(picture, words, (x * scale, baseline * scale), size * scale, self.style.colour)

    def draw_aslant(self, picture: Image.Image, scale: float) -> None:
        """Draw across the middle of `picture` in one line, rising the way that one reads."""
        side, size = max(picture.size), self.style.size * _PT * scale
        middle = self._middle * size
        mask = Image.new("L", (side, side))
        start = (side - self._length(self.text) * scale) / 2, side / 2 + middle
        self._draw_line(mask, self.text, start, size, 255)
        mask = mask.rotate(-45 if self.right else 45, Image.Resampling.BICUBIC)
        left, top = (side - picture.width) // 2, (side - picture.height) // 2
        whole = (left, top, left + picture.width, top + picture.height)
        picture.paste(self.style.colour, (0, 0), mask.crop(whole))

    @cached_property
    def _middle(self) -> float:
        """How far above the baseline the middle of a line is, in ems."""
        font = _font(self.style.faces[0].file)
        extents = font.get_font_extents("ltr")
        return float((extents.ascender + extents.descender) / 2 / font.scale[0])

    def _shaped(self, words: str) -> Iterator[tuple[Any, Any]]:
        """The words as they stand from left to right: pieces of one face and one direction, each with its font."""
        for run in runs(words, self.right, self.style.sets):
            font = _font(self.style.faces[run.face].file)
            yield font, _shape(font, run, self.language)

    def _length(self, words: str) -> float:
        ems = sum(
            position.x_advance / font.scale[0] for font, shaped in self._shaped(words)
            for position in shaped.glyph_positions
        )
        return float(ems * self.style.size * _PT)

    def _draw_line(
        self, picture: Image.Image, words: str, origin: tuple[float, float], size: float,
        colour: tuple[int, int, int] | int,
    ) -> None:
        """`origin` is the line's left end on the baseline, `size` the em, both in pixels."""
        canvas, x = hb.RasterDraw(), origin[0] % 1
        for font, shaped in self._shaped(words):
            scale = size / font.scale[0]
            for glyph, place in zip(shaped.glyph_infos, shaped.glyph_positions, strict=True):
                canvas.transform = (scale, 0, 0, scale, x + place.x_offset * scale, place.y_offset * scale)
                canvas.draw_glyph(font, glyph.codepoint)
                x += place.x_advance * scale
        image = canvas.render()
        box = image.extents
        if box.width and box.height:
            # HarfBuzz counts rows upwards from the baseline.
            mask = Image.frombytes("L", (box.width, box.height), bytes(image.buffer), "raw", "L", box.stride, -1)
            corner = (int(origin[0]) + box.x_origin, round(origin[1]) - box.y_origin - box.height)
            picture.paste(colour, corner, mask)


@cache
def _font(file: Path) -> Any:
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(file))))


def _shape(font: Any, run: Run, language: str) -> Any:
    buffer = hb.Buffer()
    buffer.add_str(run.text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if run.right else "ltr"
    buffer.language = language
    hb.shape(font, buffer)
    return buffer
