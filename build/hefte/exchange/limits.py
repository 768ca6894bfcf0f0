"""Files from outside to bytes that are safe to parse: how large, how deep, and without what XML lets a file fetch."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.parsers import expat

from hefte.errors import SourceError
from hefte.model import Place

LIMIT = 20_000_000
"""Bytes of a file. A book's texts in one language, with their source and notes, have a twentieth of that."""

UNPACKED = 80_000_000
"""Bytes of all that a spreadsheet holds, unpacked: a spreadsheet packs its texts to a tenth or so."""

PARTS = 500
"""Files inside a spreadsheet. One with a sheet of texts has about a dozen."""

_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, escaped or not (2.2)."""


class _DocumentType(Exception):
    """Stops the parser where a document type begins, before anything in it is read."""


def read(path: Path) -> bytes:
    """The file's bytes. Raises SourceError if it cannot be read or is larger than a translation can be."""
    place = Place(path)
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except FileNotFoundError:
        raise SourceError("the file is missing", place=place, remedy="look for its name") from None
    except OSError as error:
        said = (error.strerror or "unknown reason").lower()
        raise SourceError(f"the file cannot be read ({said})", place=place, remedy="mend that") from None
    if len(data) > LIMIT:
        raise SourceError(
            f"the file is larger than {LIMIT // 1_000_000} MB", place=place, remedy="export the language anew",
        )
    return data


def plain_xml(data: bytes, path: Path, what: str = "the file") -> None:
    """Raises SourceError unless this is well-formed XML without a document type: entities, a part from elsewhere and
    what grows when it is read all need one, and no program that translators use writes one."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise _DocumentType

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except _DocumentType:
        raise SourceError(
            f"{what} has a document type (`<!DOCTYPE`), in which it could name other files", remedy="delete it",
            place=Place(path, parser.CurrentLineNumber),
        ) from None
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last two: encodings that expat does not know
        said = str(error).split(":")[0]
        raise SourceError(
            f"{what} is not well-formed XML ({said})", remedy="save it again with the program it comes from",
            place=Place(path, getattr(error, "lineno", 1)),
        ) from None


def modest_zip(data: bytes, path: Path) -> dict[str, bytes]:
    """The parts of a zip file, name → bytes. Raises SourceError if it is damaged, locked, or unpacks to too much.

    zipfile reads no more of a part than the file says of its size, so that the sum of what it says is the limit.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if len(parts) > PARTS or size > UNPACKED:
                raise SourceError(
                    f"the file unpacks to {size // 1_000_000} MB in {len(parts)} parts; a translation has at most "
                    f"{UNPACKED // 1_000_000} MB in {PARTS}",
                    remedy="export the language anew", place=Place(path),
                )
            if any(part.flag_bits & 1 for part in parts):
                raise SourceError(
                    "the file is locked with a password", remedy="save it without one", place=Place(path),
                )
            return {part.filename: archive.read(part) for part in parts}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise damaged(path, error) from None
    except Exception as error:  # zlib.error and its like for other ways of packing have no common class
        if isinstance(error, SourceError):
            raise
        raise damaged(path, error) from None


def damaged(path: Path, error: Exception, line: int = 1) -> SourceError:
    """The error that a file of this kind cannot be read for."""
    said = " ".join(str(error).split())[:120] or type(error).__name__
    return SourceError(
        f"the file is damaged ({said})", remedy="save it again with the program it comes from",
        place=Place(path, line),
    )


def unholdable(text: str) -> str | None:
    """The first character that no format can carry, as `U+0007`; None if there is none."""
    found = _UNHOLDABLE.search(text)
    return f"U+{ord(found.group()):04X}" if found else None
