"""A ZIP archive that somebody calls an EPUB, to why nobody should unpack it: looked through before anything else is
read, and before a program of others sees it."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterable
from pathlib import PurePosixPath

LARGEST = 300 * 2**20
"""Bytes that an ebook may have, and that it may unpack to. A brochure has a tenth of one per cent of it."""
LARGEST_TEXT = 20 * 2**20
"""Bytes of one XML file: as a tree it takes ten times as many."""
MOST = 10_000
"""Files that an ebook may hold."""

_HEADER = b"PK\x01\x02"
_LOCAL = 30
"""Bytes of an entry's own header, without its name."""
_TEXTS = {".xml", ".opf", ".ncx", ".xhtml", ".html", ".htm", ".svg", ".smil", ".dtbook"}
_CHUNK = 2**20
_ENTITIES = tuple("<!ENTITY".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
"""What declares an entity, in the encodings that an XML file may have."""


class Danger(Exception):
    """What is wrong, in a few words."""


def of_bytes(data: bytes) -> None:
    """Raises Danger where the list of files alone would fill the memory."""
    if data.count(_HEADER) > 2 * MOST:
        raise Danger(f"it holds more than {MOST} files")


def of_names(archive: zipfile.ZipFile) -> None:
    """Raises Danger where the archive's list of files says that it is none to unpack."""
    infos = archive.infolist()
    if len(infos) > MOST:
        raise Danger(f"it holds more than {MOST} files")
    if sum(info.file_size for info in infos) > LARGEST:
        raise Danger(f"it unpacks to over {LARGEST // 2**20} MB")
    for info in infos:
        _of_name(info)
    _of_places(infos)
    _twice(info.filename for info in infos)


def _of_name(info: zipfile.ZipInfo) -> None:
    if info.header_offset < 0:
        raise zipfile.BadZipFile("its beginning is missing")
    parts = info.filename.replace("\\", "/").split("/")
    if ".." in parts or info.filename.startswith(("/", "\\")) or ":" in parts[0]:
        raise Danger(f"it holds a file that leaves its folder: {info.filename}")
    if "\0" in info.orig_filename:
        raise Danger(f"it holds a file with a hidden end of its name: {info.orig_filename!r}")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Danger(f"it holds a link to another file: {info.filename}")
    if info.flag_bits & 1:
        raise Danger(f"{info.filename} in it is locked with a password")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Danger(f"{info.filename} in it is packed in a way that no EPUB may be")


def _of_places(infos: Iterable[zipfile.ZipInfo]) -> None:
    """Entries that share bytes unpack to more than the sizes of the file let think."""
    end, last = 0, "what stands before it"
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise Danger(f"{last} and {info.filename} in it share their bytes")
        end, last = info.header_offset + _LOCAL + len(info.filename) + info.compress_size, info.filename


def _twice(names: Iterable[str]) -> None:
    seen = set()
    for name in names:
        if name in seen:
            raise Danger(f"it holds {name} twice, and each reader shows another of the two")
        seen.add(name)


def of_contents(archive: zipfile.ZipFile) -> None:
    """Read all of it once, a little at a time. Raises Danger, and BadZipFile where something is damaged."""
    for info in archive.infolist():
        text = PurePosixPath(info.filename).suffix.lower() in _TEXTS
        if text and info.file_size > LARGEST_TEXT:
            raise Danger(f"{info.filename} in it is text of more than {LARGEST_TEXT // 2**20} MB")
        with archive.open(info) as file:
            before = b""
            while chunk := file.read(_CHUNK):
                if text and any(word in before + chunk for word in _ENTITIES):
                    raise Danger(f"{info.filename} in it declares entities, which can grow without end or fetch files")
                before = chunk[-16:]
