"""Turns layouts/shared/theme.toml into a Theme: colours in both worlds, font faces, sizes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hefte.layout.faces import faces
from hefte.model import Colour, Place, Theme

if TYPE_CHECKING:
    from hefte.layout.schema import ColourTable


def load(folders: tuple[Path, ...], assets: tuple[Path, ...]) -> Theme:
    """The theme of the first of `folders` that has a shared/theme.toml; each font file from the first of `assets`
    that has it.

    Raises SourceError where the file is unreadable or a value is not what it should be, MissingToolError where a font
    is missing or broken.
    """
    # here, not at the top: pydantic takes long to import
    from hefte.layout.schema import ThemeFile
    from hefte.records.toml import read_toml

    folder = next((folder for folder in folders if (folder / "shared" / "theme.toml").is_file()), folders[-1])
    file = read_toml(folder, folder / "shared" / "theme.toml")
    said = file.validated(ThemeFile)
    return Theme(
        colours={name: _colour(name, value) for name, value in said.colours.items()},
        faces=tuple(faces(file, said, assets)), roles=said.roles.model_dump(), tokens=said.tokens,
        place=Place(file.path),
    )


def _colour(name: str, said: ColourTable) -> Colour:
    red, green, blue = bytes.fromhex(said.srgb[1:])
    cyan, magenta, yellow, black = said.cmyk
    return Colour(name, (red, green, blue), (cyan, magenta, yellow, black))
