"""Looks for words in everything below a folder, however they are wrapped: packed, compressed, encoded, drawn."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import re
import unicodedata
import urllib.parse
import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium

_INVISIBLE = re.compile("[\\s\u00ad\u2010\u200b-\u200f\u2066-\u2069\ufeff\ufffe-]")
_DATA = re.compile(rb"data:[\w/+.-]+;base64,([A-Za-z0-9+/=]+)")
_DEEP = 4
"""So many wrappings within each other."""


def holders(folder: Path, words: Collection[str]) -> set[str]:
    """The files below a folder that hold one of the words, by their paths from there."""
    return {
        path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*"))
        if path.is_file() and holds(path.read_bytes(), words)
    }


def holds(data: bytes, words: Collection[str]) -> bool:
    """Whether the bytes, or anything that is wrapped in them, hold one of the words."""
    forms = {form for word in words for form in _encoded(word)}
    plain = {_squeezed(word) for word in words}
    plain |= {word[::-1] for word in plain}  # what runs from right to left is extracted in either order
    for part in _unwrapped(data):
        if any(form in part for form in forms):
            return True
        if any(word in text for text in _texts(part) for word in plain):
            return True
    return False


def _encoded(word: str) -> Iterator[bytes]:
    for text in {unicodedata.normalize(form, word) for form in ("NFC", "NFD", "NFKC")}:
        for encoding in ("utf-8", "utf-16-be", "utf-16-le", "utf-32-le", "latin-1", "cp1256"):
            try:
                data = text.encode(encoding)
            except UnicodeEncodeError:
                continue
            yield data
            yield data.hex().encode()
            yield data.hex().upper().encode()
            for shift in range(3):
                yield base64.b64encode(b"\\0" * shift + data)[shift and shift + 2:len(data) * 4 // 3 - 2]
        yield json.dumps(text)[1:-1].encode()
        yield urllib.parse.quote(text).encode()
        yield "".join(f"&#{ord(letter)};" for letter in text).encode()
        yield "".join(f"&#x{ord(letter):x};" for letter in text).encode()


def _unwrapped(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """The bytes themselves, and what they are a wrapping of."""
    yield data
    if depth == _DEEP:
        return
    for inner in _inside(data):
        yield from _unwrapped(inner, depth + 1)


def _inside(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"%PDF"):
        yield from _of_pdf(data)
        return
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
            yield "\n".join(archive.namelist()).encode()
        return
    if data.startswith(b"\x1f\x8b"):
        yield gzip.decompress(data)
    for found in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        view = memoryview(data)[found.start():]
        unpacked = _inflated(view) if _inflated(view[:256]) else b""
        if unpacked:
            yield unpacked
    for packed in _DATA.finditer(data):
        yield base64.b64decode(packed[1])


def _inflated(data: bytes | memoryview) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, 10_000_000)
    except zlib.error:
        return b""


def _of_pdf(data: bytes) -> Iterator[bytes]:
    """Every stream, every string, and the words of each page as they are drawn."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for item in (*pdf.objects, pdf.trailer):
            if isinstance(item, pikepdf.Stream):
                try:
                    yield item.read_bytes()
                except pikepdf.PdfError:
                    yield item.read_raw_bytes()
            yield "\n".join(_strings(item)).encode()
    with pdfium.PdfDocument(data) as pages:
        yield "\n".join(page.get_textpage().get_text_range() for page in pages).encode()


def _strings(item: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(item, pikepdf.String):
        yield str(item)
    elif depth < _DEEP and isinstance(item, pikepdf.Array):
        for each in item:
            yield from _strings(each, depth + 1)
    elif depth < _DEEP and isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for key in item.keys():  # noqa: SIM118 - a pikepdf object is no mapping
            yield from _strings(item[key], depth + 1)


def _texts(data: bytes) -> Iterator[str]:
    """What a reader sees of text: without tags, entities, line ends, hyphens and presentation forms."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return  # no text; what is in it as bytes has been looked for
    yield _squeezed(text)
    if "<" in text:
        yield _squeezed(html.unescape(re.sub(r"<[^>]*>", "", text)))


def _squeezed(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
