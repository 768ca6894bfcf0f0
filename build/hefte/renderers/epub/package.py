"""Turns files, metadata and a reading order into an EPUB's bytes, with EbookLib kept from changing any of them."""

from __future__ import annotations

import datetime as dt
import io
import uuid
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ebooklib import epub

from hefte.renderers.epub.xhtml import XML_LANG

_STORED = {"image/jpeg", "image/png", "image/webp", "font/woff2"}
"""Compressed already."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the ebook."""

    id: str
    name: str
    """Path below the content folder."""
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    """`nav`, `svg`, `cover-image` (EPUB 3.3, D.6)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One element of the package's metadata."""

    name: str
    """`dc:title`, or the property of a `meta`."""
    value: str
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Package:
    """What an EPUB is made of."""

    identifier: str
    language: str
    direction: str
    metadata: Sequence[Entry]
    items: Sequence[Item]
    spine: Sequence[str]
    """Ids of items, in reading order."""
    ncx: bytes
    modified: dt.datetime
    """Aware; written as UTC."""


def urn(identifier: str) -> str:
    """The identifier as a URI where it is a bare UUID (EPUB 3.3, 5.5.3.1 recommends a fully qualified one)."""
    try:
        return uuid.UUID(identifier).urn
    except ValueError:
        return identifier


def pack(package: Package) -> bytes:
    """The EPUB's bytes: the same for the same package, on every day and in every time zone."""
    out = io.BytesIO()
    options = {
        "mtime": package.modified.astimezone(dt.UTC), "raise_exceptions": True, "package_direction": True,
        "epub3_pages": False, "epub3_landmark": False, "epub2_guide": False,
    }
    writer = _Writer(out, _book(package), options)
    writer.ncx = package.ncx
    writer.process()
    writer.write()
    return out.getvalue()


def _book(package: Package) -> Any:
    """EbookLib's book. Every file goes in as an EpubItem, which EbookLib neither parses nor rewrites."""
    book = epub.EpubBook()
    book.set_identifier(package.identifier)
    book.set_language(package.language)
    book.set_direction(package.direction)
    for entry in package.metadata:
        if entry.name.startswith("dc:"):
            book.add_metadata("DC", entry.name.removeprefix("dc:"), entry.value, entry.attributes)
        else:
            book.add_metadata(None, "meta", entry.value, {"property": entry.name, **entry.attributes})
    # For readers that know EPUB 2 only; EPUB 3 has the property cover-image.
    book.add_metadata(None, "meta", None, {"name": "cover", "content": "cover-image"})
    for item in package.items:
        made = epub.EpubItem(uid=item.id, file_name=item.name, media_type=item.media_type, content=item.data)
        made.properties = list(item.properties)
        book.add_item(made)
    book.add_item(epub.EpubNcx())
    book.spine = list(package.spine)
    return book


class _Writer(epub.EpubWriter):
    """EbookLib's writer without what it does of its own accord: the clock's time, a second NCX, a redundant prefix."""

    ncx: bytes

    def _get_ncx(self) -> bytes:
        return self.ncx

    def _write_opf_metadata(self, root: Any) -> None:
        super()._write_opf_metadata(root)
        # `rendition` is reserved (EPUB 3.3, D.1): declaring it again is a warning, OPF-007.
        root.attrib.pop("prefix")
        root.set(XML_LANG, self.book.language)
        metadata = root.find("metadata")
        for generator in metadata.findall('meta[@name="generator"]'):
            metadata.remove(generator)

    def write(self) -> None:
        with zipfile.ZipFile(self.file_name, "w") as archive:
            self.out = _Archive(archive, self.options["mtime"], self.book)
            self.out.writestr("mimetype", b"application/epub+zip")
            self._write_container()
            self._write_opf()
            self._write_items()


class _Archive:
    """A ZipFile to EbookLib; dates and attributes are fixed, so that the bytes are."""

    def __init__(self, archive: zipfile.ZipFile, when: dt.datetime, book: Any) -> None:
        self._archive = archive
        # ZIP knows no year before 1980.
        self._stamp = max(when.timetuple()[:6], (1980, 1, 1, 0, 0, 0))
        self._stored = {"mimetype"} | {
            f"{book.FOLDER_NAME}/{item.file_name}" for item in book.get_items() if item.media_type in _STORED
        }

    def writestr(self, name: str, data: bytes | str) -> None:
        """Add one file."""
        info = zipfile.ZipInfo(name, self._stamp)
        info.create_system, info.external_attr = 3, 0o644 << 16
        info.compress_type = zipfile.ZIP_STORED if name in self._stored else zipfile.ZIP_DEFLATED
        self._archive.writestr(info, data, compresslevel=9)
