"""A finished PDF to the pieces of text on its pages as PDFium draws them: where each is, how large, in which face."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hefte.checks.frame import PdfFile
from hefte.checks.pdf_geometry import Box
from hefte.tools import pdfium, pdfium_words

_ASLANT = 0.02
"""Of a right angle between the axes of text: more is a slant that the layout drew (a face of its own has none)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one operator shows, often a line."""

    page: int
    """From 1."""
    box: Box
    """Round its ink, in points."""
    base: float
    """How high its line stands, in points."""
    size: float
    """Of the type as it is seen, in points."""
    font: str
    """The name of its font in the file."""
    italic: bool
    """Whether its face is an italic one, or was slanted by the layout."""


def pieces(file: PdfFile) -> tuple[Piece, ...]:
    """The pieces that leave ink on the page, without a draft's mark that lies across it."""
    return _pieces(file.source)


@functools.lru_cache(maxsize=1)
def _pieces(source: Path | bytes) -> tuple[Piece, ...]:
    found: list[Piece] = []
    faces: dict[str, bool] = {}
    with pdfium.opened(source) as document:
        for number in range(1, len(document) + 1):
            page = pdfium.whole(document, number - 1)
            for words in pdfium_words.words(page):
                left, bottom, right, top = words.box
                if right - left > 0 and top - bottom > 0 and not pdfium_words.is_mark(words):
                    faces.setdefault(words.font, pdfium_words.is_italic(words))
                    italic = faces[words.font] or pdfium_words.slant(words) > _ASLANT
                    found.append(Piece(number, words.box, words.base, round(words.size, 2), words.font, italic))
            page.close()
    return tuple(found)


def said(file: PdfFile, those: Sequence[Piece]) -> list[str]:
    """What each of some pieces says, in the order of the pieces."""
    texts: dict[int, str] = {}
    with pdfium.opened(file.source) as document:
        for number in sorted({piece.page for piece in those}):
            page = pdfium.whole(document, number - 1)
            reading = page.get_textpage()
            for at, piece in enumerate(those):
                if piece.page == number:
                    texts[at] = _clean(reading.get_text_bounded(*_grown(piece.box)))
            reading.close()
            page.close()
    return [texts[at] for at in range(len(those))]


def _grown(box: Box) -> Box:
    """By a fiftieth of a point: what touches a box's edge is left out otherwise."""
    return box[0] - 0.02, box[1] - 0.02, box[2] + 0.02, box[3] + 0.02


def _clean(text: str) -> str:
    return " ".join(text.replace("\ufffe", "").replace("\x02", "").split())


def quoted(file: PdfFile, piece: Piece) -> str:
    """A piece's first words, for a message."""
    (text,) = said(file, [piece])
    return f"“{text[:40]}{'…' if len(text) > 40 else ''}”"


def also(those: Iterable[Piece]) -> str:
    """How often the same is the case besides, and where."""
    pages = [piece.page for piece in those][1:]
    if not pages:
        return ""
    where = ", ".join(map(str, sorted(set(pages))[:5]))
    return f" (and so is more text: {len(pages)} pieces, on page{'s' if len(set(pages)) > 1 else ''} {where})"
