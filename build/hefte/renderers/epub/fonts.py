"""Turns the theme's font files into the WOFF2 subsets that one book needs."""

from __future__ import annotations

import io
import string
import unicodedata
from pathlib import Path

import uharfbuzz as hb
from fontTools.ttLib import TTFont

from hefte import letters
from hefte.cache import remember
from hefte.errors import MissingToolError
from hefte.model import FontFace, Place, Theme
from hefte.renderers.epub.package import Item
from hefte.renderers.epub.xhtml import Document, tag

_ITALIC = ("em", "i", "cite", "dfn", "var")
_ALWAYS = frozenset(string.ascii_letters + string.digits + " .,:;!?()/-\u00a0•◦▪–↑")
"""In every subset: what style sheets and reading systems add (list markers, numbers); and a corrected word seldom means
a new subset."""
_JOINERS = frozenset("\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{DOTTED CIRCLE}")
_FIGURES = ("onum", "lnum", "pnum")
"""Features that the style sheet asks for and that HarfBuzz drops of its own accord."""
_NAMES = {0, 1, 2, 3, 4, 5, 6, 13, 14}
"""Of the name table: copyright and licence stay in the font, as the OFL asks."""


def embed(documents: tuple[Document, ...], theme: Theme, cache: Path | None) -> dict[FontFace, Item]:
    """One subset for each declared face that the book can use, all with every character of the book.

    Every face holds every character that it sets of the book's: a reader may set the text in any of them. An italic is
    left out of a book without emphasis. The faces of a script other than Latin keep all their features, since some of
    them make the words (how letters join, where marks stand) and a font may call them as it likes. Raises
    MissingToolError where a font file cannot be read.
    """
    wanted = characters(documents) | _ALWAYS
    emphasis = any(next(document.body.iter(*map(tag, _ITALIC)), None) is not None for document in documents)
    latin = {*(theme.latin or theme.roles).values()}
    return {
        face: Item(
            f"font-{_stem(face)}", f"fonts/{_stem(face)}.woff2", "font/woff2",
            _subset(face, _of(face, wanted, theme), face.family not in latin, cache),
        )
        for face in theme.faces if face.style == "normal" or emphasis
    }


def _of(face: FontFace, wanted: frozenset[str], theme: Theme) -> frozenset[str]:
    """What of a book's characters a face sets; and in another script than Latin, what joins letters or keeps them
    apart."""
    if face.family in (theme.latin or theme.roles).values():
        return wanted
    sets = letters.sets(theme, face.family)
    return frozenset(char for char in wanted | _JOINERS if ord(char) in sets)


def characters(documents: tuple[Document, ...]) -> frozenset[str]:
    """What the book sets: its visible text, without what has no shape (controls, joiners, direction marks)."""
    text = "".join(words for document in documents for words in document.body.itertext())
    return frozenset(char for char in text if unicodedata.category(char) not in ("Cc", "Cf"))


def _stem(face: FontFace) -> str:
    return face.file.stem


def _subset(face: FontFace, wanted: frozenset[str], whole: bool, cache: Path | None) -> bytes:
    try:
        data = face.file.read_bytes()
    except OSError as error:
        what = f"font {face.file.name} cannot be read: {error.strerror}"
        raise MissingToolError(what, remedy="see assets/README.md", place=Place(face.file)) from error
    key = (data, "".join(sorted(wanted)).encode(), str(whole).encode(), hb.version_string().encode())
    return remember(cache, "woff2", key, lambda: _woff2(_cut(data, wanted, whole)))


def _cut(data: bytes, wanted: frozenset[str], whole: bool) -> bytes:
    """The font with only these characters and the glyphs that shaping may put in their place; `whole`: by any of its
    features."""
    request = hb.SubsetInput()
    request.sets(hb.SubsetInputSets.UNICODE).set(set(map(ord, wanted)))
    request.sets(hb.SubsetInputSets.NAME_ID).set(_NAMES)
    features = request.sets(hb.SubsetInputSets.LAYOUT_FEATURE_TAG)
    if whole:
        features.clear()
        features.invert()
    else:
        features.update(int.from_bytes(name.encode(), "big") for name in _FIGURES)
    return bytes(hb.subset(hb.Face(hb.Blob(data)), request).blob.data)


def _woff2(data: bytes) -> bytes:
    font = TTFont(io.BytesIO(data), recalcBBoxes=False, recalcTimestamp=False)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()
