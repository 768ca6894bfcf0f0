"""Turns an EPUB's bytes into what the report shows of it: its documents in reading order, and its cover."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_MOST = 200
"""Documents that are listed."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One document of a book."""

    name: str
    """Inside the EPUB."""
    title: str


def documents_of(content: bytes) -> tuple[Listed, ...]:
    """In reading order; none where the book cannot be read: that is for the checks to say."""
    from lxml import etree

    from hefte.checks import epub_reading
    from hefte.errors import HefteError

    try:
        epub = epub_reading.open_epub(io.BytesIO(content), Path("book.epub"))
        names = epub_reading.spine(epub)[:_MOST]
        return tuple(Listed(name, _title(epub_reading.xml(epub, name))) for name in names)
    except (HefteError, etree.LxmlError, OSError, KeyError, ValueError):
        return ()


def _title(tree: Any) -> str:
    if tree is None:
        return ""
    return " ".join((tree.findtext(".//{http://www.w3.org/1999/xhtml}title") or "").split())


def cover_of(content: bytes) -> bytes | None:
    """The picture that the package calls its cover, PNG or JPEG; None where there is none."""
    from hefte.checks import epub_reading

    epub = epub_reading.open_epub(io.BytesIO(content), Path("book.epub"))
    for resource in epub_reading.resources(epub):
        if "cover-image" in resource.properties and resource.media_type in {"image/png", "image/jpeg"}:
            return epub.zip.read(resource.name)
    return None
