"""Turns the theme's list of fonts into FontFaces, each with its file, which has to be there and whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hefte.errors import MissingToolError
from hefte.model import FontFace, Place
from hefte.paths import inside

if TYPE_CHECKING:
    from hefte.layout.schema import ThemeFile
    from hefte.records.toml import TomlFile

_SFNT = (b"\0\1\0\0", b"OTTO", b"true")
"""How a font file begins (OpenType 1.9, Table Directory)."""


def faces(theme: TomlFile, said: ThemeFile, assets: tuple[Path, ...]) -> Iterator[FontFace]:
    """Each face of each family, its file from the first of `assets` that has it.

    Raises SourceError where a path leaves `assets`, MissingToolError where a file is missing or broken.
    """
    for number, family in enumerate(said.fonts):
        for index, face in enumerate(family.faces):
            place = theme.place("fonts", number, "faces", index)
            yield FontFace(family.family, face.weight, face.style, _file(face.file, assets, place))


def _file(name: str, assets: tuple[Path, ...], place: Place) -> Path:
    files = [inside(folder, folder, name, place) for folder in assets]
    file = next((file for file in files if file.is_file()), None)
    if file is None:
        raise MissingToolError(
            f"font file assets/{name} is missing", place=place,
            remedy="put it there (assets/README.md says where it comes from) or take it out of the theme",
        )
    if not _is_whole(file.read_bytes()):
        raise MissingToolError(
            f"font file assets/{name} is broken, or no TrueType or OpenType font", place=Place(file),
            remedy="fetch it anew (assets/README.md says where it comes from)",
        )
    return file


def _is_whole(font: bytes) -> bool:
    """Whether every table that the font lists lies inside the file: a download that broke off has no glyphs."""
    ends = []
    for at in range(12, 12 + 16 * int.from_bytes(font[4:6], "big"), 16):
        start, length = font[at + 8 : at + 12], font[at + 12 : at + 16]
        ends.append(int.from_bytes(start, "big") + int.from_bytes(length, "big"))
    return font[:4] in _SFNT and 0 < max(ends, default=0) <= len(font)
