"""Turns the theme's font files into the WOFF2 subsets that one book needs."""

from __future__ import annotations

import io
import string
import unicodedata
from pathlib import Path

import uharfbuzz as hb
from fontTools.ttLib import TTFont

from hefte.cache import remember
from hefte.errors import MissingToolError
from hefte.model import FontFace, Place, Theme
from hefte.renderers.epub.package import Item
from hefte.renderers.epub.xhtml import Document, tag

_ITALIC = ("em", "i", "cite", "dfn", "var")
_ALWAYS = frozenset(string.ascii_letters + string.digits + " .,:;!?()/-\u00a0•◦▪–↑")
"""In every subset: what style sheets and reading systems add (list markers, numbers); and a corrected word seldom means
a new subset."""
_FIGURES = ("onum", "lnum", "pnum")
"""Features that the style sheet asks for and that HarfBuzz drops of its own accord."""
_NAMES = {0, 1, 2, 3, 4, 5, 6, 13, 14}
"""Of the name table: copyright and licence stay in the font, as the OFL asks."""


def embed(documents: tuple[Document, ...], theme: Theme, cache: Path | None) -> dict[FontFace, Item]:
    """One subset for each declared face that the book can use, all with every character of the book.

    Every face holds every character that it has of the book's: a reader may set the text in any of them. An italic is
    left out of a book without emphasis. Raises MissingToolError where a font file cannot be read.
    """
    wanted = characters(documents) | _ALWAYS
    emphasis = any(next(document.body.iter(*map(tag, _ITALIC)), None) is not None for document in documents)
    return {
        face: Item(f"font-{_stem(face)}", f"fonts/{_stem(face)}.woff2", "font/woff2", _subset(face, wanted, cache))
        for face in theme.faces if face.style == "normal" or emphasis
    }


def characters(documents: tuple[Document, ...]) -> frozenset[str]:
    """What the book sets: its visible text, without what has no shape (controls, joiners, direction marks)."""
    text = "".join(words for document in documents for words in document.body.itertext())
    return frozenset(char for char in text if unicodedata.category(char) not in ("Cc", "Cf"))


def _stem(face: FontFace) -> str:
    return face.file.stem


def _subset(face: FontFace, wanted: frozenset[str], cache: Path | None) -> bytes:
    try:
        data = face.file.read_bytes()
    except OSError as error:
        what = f"font {face.file.name} cannot be read: {error.strerror}"
        raise MissingToolError(what, remedy="see assets/README.md", place=Place(face.file)) from error
    key = (data, "".join(sorted(wanted)).encode(), hb.version_string().encode())
    return remember(cache, "woff2", key, lambda: _woff2(_cut(data, wanted)))


def _cut(data: bytes, wanted: frozenset[str]) -> bytes:
    """The font with only these characters and the glyphs that shaping may put in their place."""
    request = hb.SubsetInput()
    request.sets(hb.SubsetInputSets.UNICODE).set(set(map(ord, wanted)))
    request.sets(hb.SubsetInputSets.NAME_ID).set(_NAMES)
    features = request.sets(hb.SubsetInputSets.LAYOUT_FEATURE_TAG)
    features.update(int.from_bytes(name.encode(), "big") for name in _FIGURES)
    return bytes(hb.subset(hb.Face(hb.Blob(data)), request).blob.data)


def _woff2(data: bytes) -> bytes:
    font = TTFont(io.BytesIO(data), recalcBBoxes=False, recalcTimestamp=False)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()
