"""Turns the cover's motif into the drawing on the ebook's first page, and into the picture that shelves show."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from fontTools.misc.transform import Identity, Transform
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import parse_path
from fontTools.svgLib.path.shapes import PathBuilder
from lxml import etree
from PIL import Image, ImageDraw

from hefte.cache import remember
from hefte.errors import SourceError
from hefte.model import Book, Place, Theme
from hefte.renderers.epub.lettering import Lettering, Style
from hefte.renderers.epub.package import Item
from hefte.renderers.epub.templates import Render

_MOTIF = "shared/cover-motif.svg.j2"
_WIDTH, _HEIGHT = 1480, 2100
"""Pixels: ten a millimetre of the trim. Apple asks for 1400 on the shorter side."""
_TRIM, _BLEED = 148.0, 3.0
"""Width and bleed of the motif, mm."""
_SCALE = _WIDTH / _TRIM
_FINE = 3
"""Each pixel is drawn as 3 x 3, then averaged."""
_COLOURS = 128
_BANDS = 10
"""Drawn in as many bands, so that the fine picture takes 8 MB instead of 80."""
_LOWEST, _FOOT = 92.0, 197.0
"""How far down title and subtitle may reach, and where the audience's lines end, mm."""
_CROP = "0 76 154 140"
"""The part of the motif that the discs and hills take, in its own units."""


def cover_drawing(render: Render) -> Item:
    """The motif as SVG, without its ground: on the page it stands on the reader's own, light or dark."""
    drawing = etree.fromstring(render(_MOTIF, discs=True).encode())
    drawing.set("viewBox", _CROP)
    for size in ("width", "height"):
        drawing.attrib.pop(size, None)
    etree.strip_elements(drawing, "{*}rect", with_tail=False)
    data = etree.tostring(drawing, xml_declaration=True, encoding="utf-8")
    return Item("motif", "images/motif.svg", "image/svg+xml", data)


def cover_picture(book: Book, theme: Theme, render: Render, cache: Path | None) -> Item:
    """A PNG: shelves take no SVG (EPUB 3.3 allows it; Kindle and Apple Books do not show it)."""
    drawing, texts, mark = render(_MOTIF, discs=True), _texts(book, theme), _mark(book, theme)
    files = (face.file.read_bytes() for text in (*texts, *mark) for face in text.style.faces)
    key = (drawing.encode(), repr((texts, mark)).encode(), *files)
    data = remember(cache, "png", key, lambda: _draw(drawing, texts, mark, theme))
    return Item("cover-image", "images/cover.png", "image/png", data, ("cover-image",))


@dataclass(frozen=True, slots=True)
class _Shape:
    """A flat shape of the motif."""

    colour: str
    points: Sequence[tuple[float, float]]
    """In pixels of the finished picture."""


def _texts(book: Book, theme: Theme) -> tuple[Lettering, ...]:
    """Title, subtitle and audience, where the printed cover has them; smaller where they would run over."""
    for shrunk in range(100, 20, -4):
        texts = _lettering(book, theme, shrunk / 100)
        if texts[1].bottom <= _LOWEST and all(text.fits for text in texts):
            break
    return texts


def _lettering(book: Book, theme: Theme, shrunk: float) -> tuple[Lettering, ...]:
    """The texts at the sizes of the printed cover (pt; places in mm), multiplied by `shrunk`."""
    language = book.language
    ink, sand = theme.colours["ink"].srgb, theme.colours["sand"].srgb
    roomy = theme.factor("line", "display") != 1
    tight = _points(theme, "title_line") / _points(theme, "title_size") if roomy else 1.06
    large = (32 if len(language.title) > 12 else 50) * float(theme.factor("size", "display")) * shrunk
    size, line = (float(theme.factor(kind)) * shrunk for kind in ("size", "line"))
    lettering = partial(Lettering, language=language.code, right=language.direction == "rtl")
    title = lettering(
        language.title, Style.find(theme, "display", theme.weight("display", 500), large, large * tight, ink), top=23,
        width=114,
    )
    text = Style.find(theme, "text", 400, 15.5 * size, 21 * line, ink)
    foot = Style.find(theme, "text", 400, 11 * size, 14 * line, sand)
    audience = lettering(language.audience, foot, top=0, width=114)
    return (
        title, lettering(language.subtitle, text, top=title.bottom + 3.5, width=92),
        replace(audience, top=_FOOT - audience.bottom),
    )


def _points(theme: Theme, token: str) -> float:
    return float(theme.tokens[token].removesuffix("pt"))


def _mark(book: Book, theme: Theme) -> tuple[Lettering, ...]:
    """The word that lies across a draft's cover, in the printed one's size (shared/draft.html.j2)."""
    if not book.draft:
        return ()
    word, right = book.language.labels["draft"], book.language.direction == "rtl"
    size = min(30, 165 / (0.72 * len(word))) * 72 / 25.4
    style = Style.find(theme, "text", 600, size, size, theme.colours["mist"].srgb)
    return (Lettering(word, style, top=0, width=165, language=book.language.code, right=right),)


def _draw(drawing: str, texts: Sequence[Lettering], marks: Sequence[Lettering], theme: Theme) -> bytes:
    shapes = list(_shapes(drawing, theme.place))
    picture = Image.new("RGB", (_WIDTH, _HEIGHT))
    for band in range(_BANDS):
        top = band * _HEIGHT // _BANDS
        picture.paste(_band(shapes, top, _HEIGHT // _BANDS), (0, top))
    for mark in marks:
        mark.draw_aslant(picture, _SCALE)
    for text in texts:
        text.draw(picture, _SCALE)
    out = io.BytesIO()
    # Five flat colours and their edges: a palette shows them all, and takes half the time and space.
    picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


def _band(shapes: Sequence[_Shape], top: int, height: int) -> Image.Image:
    fine = Image.new("RGB", (_WIDTH * _FINE, height * _FINE))
    pen = ImageDraw.Draw(fine)
    for shape in shapes:
        pen.polygon([(x * _FINE, (y - top) * _FINE) for x, y in shape.points], fill=shape.colour)
    return fine.reduce(_FINE)


def _shapes(drawing: str, place: Place) -> Iterator[_Shape]:
    """The drawing's filled shapes, flattened. Raises SourceError where it holds what cannot be drawn here."""
    builder = PathBuilder()
    for element in etree.fromstring(drawing.encode()).iter("*"):
        if etree.QName(element).localname in ("svg", "g"):
            continue
        if "fill" not in element.attrib or not builder.add_path_from_element(element):
            what = f"the cover's motif has a <{etree.QName(element).localname}> that the cover's picture cannot show"
            raise SourceError(what, remedy="use filled rect, circle, ellipse, polygon or path", place=place)
        pen = _Flattener()
        parse_path(builder.paths[-1], TransformPen(pen, _page(element)))
        yield from (_Shape(element.attrib["fill"], contour) for contour in pen.contours)


def _page(element: Any) -> Transform:
    """From the element's own units to the picture's pixels."""
    page = Identity.scale(_SCALE).translate(-_BLEED, -_BLEED)
    for group in (*reversed(list(element.iterancestors())), element):
        matrix = re.findall(r"-?[\d.]+", group.get("transform", ""))
        page = page.transform(tuple(map(float, matrix))) if matrix else page
    return page


class _Flattener(BasePen):
    """Collects contours as points; a curve becomes 64 short lines, less than a pixel off at this size."""

    def __init__(self) -> None:
        super().__init__(None)
        self.contours: list[list[tuple[float, float]]] = []

    def _moveTo(self, point: tuple[float, float]) -> None:
        self.contours.append([point])

    def _lineTo(self, point: tuple[float, float]) -> None:
        self.contours[-1].append(point)

    def _curveToOne(self, one: tuple[float, float], two: tuple[float, float], end: tuple[float, float]) -> None:
        start = self._getCurrentPoint()
        for step in range(1, 65):
            t = step / 64
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            ends = (start, one, two, end)
            self.contours[-1].append((
                sum(w * p[0] for w, p in zip(weights, ends, strict=True)),
                sum(w * p[1] for w, p in zip(weights, ends, strict=True)),
            ))
