"""A file's bytes to text, and a bad one to an error that names the line."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from hefte.errors import SourceError
from hefte.model import Place
from hefte.paths import contained

LIMIT = 2_000_000
"""Bytes. A whole book of this kind has a tenth of that; more is a wrong file."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters and noncharacters: XML 1.0 (2.2) excludes or discourages them, and none can be printed."""

_HIDING = re.compile(
    "[\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]",
)
"""Characters that nobody sees and that show other words than are read: they turn the order around (UAX 9, 2.1-2.6),
or hide text (Unicode TR 36, 3.2). The joiners U+200C and U+200D and the space U+200B belong to the spelling of
languages."""


def read_text(root: Path, path: Path) -> str:
    """The file as text: UTF-8, line ends `\\n`, characters composed (NFC, which fonts and hyphenation expect).

    Raises SourceError if the file is missing, outside `root`, too large, not UTF-8, or holds control characters (those
    of bidirectional text included).
    """
    place = Place(path)
    data = _bytes(contained(root, path, path.name, place), place)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"the file is not UTF-8 (byte {data[error.start]:#04x})",
            place=Place(path, data.count(b"\n", 0, error.start) + 1), remedy="save it as UTF-8",
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if bad := fault(text):
        raise SourceError(bad.what, place=Place(path, text.count("\n", 0, bad.start) + 1), remedy=bad.remedy)
    return unicodedata.normalize("NFC", text)


def normal(text: str) -> str:
    """A text as `read_text` gives it, where it is known to be sound."""
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True, slots=True)
class Fault:
    """A character that no text may hold."""

    start: int
    what: str
    remedy: str


def fault(text: str) -> Fault | None:
    """The first control character, or else the first that hides what is read; None if there is none."""
    if bad := _FORBIDDEN.search(text):
        return Fault(bad.start(), f"control character U+{ord(bad.group()):04X}", "delete it")
    if bad := _HIDING.search(text):
        name = unicodedata.name(bad.group(), "without a name").lower()
        return Fault(
            bad.start(),
            f"invisible character U+{ord(bad.group()):04X} ({name}), which can hide or turn around what is read",
            "delete it; numbers and foreign words are kept in their order anyway",
        )
    return None


def _bytes(path: Path, place: Place) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except FileNotFoundError:
        raise SourceError("the file is missing", place=place, remedy="write it, or restore it") from None
    except OSError as error:
        said = (error.strerror or "unknown reason").lower()
        raise SourceError(f"the file cannot be read ({said})", place=place, remedy="mend that") from None
    if len(data) > LIMIT:
        raise SourceError(f"the file is larger than {LIMIT // 1_000_000} MB", place=place, remedy="keep text only")
    return data
