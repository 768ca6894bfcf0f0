"""Turns layouts/shared/theme.toml into a Theme: colours in both worlds, font faces, sizes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from hefte.errors import MissingToolError, SourceError
from hefte.model import Colour, FontFace, Place, Theme

_HEX = re.compile(r"#[0-9a-f]{6}")


def load(folders: tuple[Path, ...], assets: tuple[Path, ...]) -> Theme:
    """The theme of the first of `folders` that has a shared/theme.toml; each font file from the first of `assets`
    that has it.

    Raises SourceError where the file is unreadable or a value is not what it should be, MissingToolError where a font
    is missing.
    """
    candidates = [folder / "shared" / "theme.toml" for folder in folders]
    path = next((candidate for candidate in candidates if candidate.is_file()), candidates[-1])
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise SourceError("the theme cannot be read", remedy=str(error.strerror), place=Place(path)) from error
    except ValueError as error:
        what = f"the theme is not valid TOML: {error}"
        raise SourceError(what, remedy="mend the syntax", place=Place(path)) from error
    _refuse_strangers(data, text, path)
    return Theme(
        colours={name: _colour(name, value, text, path) for name, value in data.get("colours", {}).items()},
        faces=tuple(_faces(data.get("fonts", []), assets, text, path)),
        roles=data.get("roles", {}),
        tokens=data.get("tokens", {}),
        place=Place(path),
    )


def _refuse_strangers(data: dict[str, Any], text: str, path: Path) -> None:
    for key in data.keys() - {"colours", "roles", "fonts", "tokens"}:
        raise SourceError(
            f"unknown table [{key}] in the theme", remedy="use colours, roles, fonts or tokens",
            place=_place(path, text, key),
        )


def _colour(name: str, value: Any, text: str, path: Path) -> Colour:
    place = _place(path, text, name)
    good = isinstance(value, dict) and value.keys() == {"srgb", "cmyk"} and _HEX.fullmatch(str(value["srgb"]))
    inks = value["cmyk"] if good else ()
    if not good or len(inks) != 4 or not all(isinstance(ink, int | float) and 0 <= ink <= 100 for ink in inks):
        raise SourceError(
            f"colour {name} is not a pair of values",
            remedy='write { srgb = "#rrggbb", cmyk = [c, m, y, k] } with lower-case hex and percent from 0 to 100',
            place=place,
        )
    red, green, blue = bytes.fromhex(value["srgb"][1:])
    cyan, magenta, yellow, black = map(float, inks)
    return Colour(name, (red, green, blue), (cyan, magenta, yellow, black))


def _faces(families: list[dict[str, Any]], assets: tuple[Path, ...], text: str, path: Path) -> list[FontFace]:
    faces = []
    for family in families:
        for face in family["faces"]:
            file = next((folder / face["file"] for folder in assets if (folder / face["file"]).is_file()), None)
            if file is None:
                raise MissingToolError(
                    f"font file assets/{face['file']} is missing",
                    remedy="put it there (assets/README.md says where it comes from) or take it out of the theme",
                    place=_place(path, text, face["file"]),
                )
            faces.append(FontFace(family["family"], face["weight"], face.get("style", "normal"), file))
    return faces


def _place(path: Path, text: str, needle: str) -> Place:
    for number, line in enumerate(text.splitlines(), 1):
        if needle in line:
            return Place(path, number)
    return Place(path)
