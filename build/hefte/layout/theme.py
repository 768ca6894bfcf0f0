"""Turns layouts/shared/theme.toml into a Theme: colours in both worlds, font faces, sizes; and that into what one
language needs of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from hefte.errors import SourceError
from hefte.layout.faces import faces
from hefte.model import Colour, Edition, Place, ScriptStyle, Settings, Theme
from hefte.model.look import scaled
from hefte.scripts import script_of

if TYPE_CHECKING:
    from hefte.layout.schema import ColourTable, ScriptTable

_FACTORS = ("size", "line", "display_size", "display_line")
_LINES = frozenset({"line", "half_line", "paragraph", "apart"})
"""Tokens, beside those whose name ends in `_line`, that are parts of the grid of lines."""
_TITLES = ("title_", "heading_")
"""How the names of those tokens begin that follow `display_size` and `display_line`."""


def load(folders: tuple[Path, ...], assets: tuple[Path, ...]) -> Theme:
    """The theme of the first of `folders` that has a shared/theme.toml, for all languages; each font file from the
    first of `assets` that has it.

    Raises SourceError where the file is unreadable or a value is not what it should be, MissingToolError where a font
    is missing or broken.
    """
    # here, not at the top: pydantic takes long to import
    from hefte.layout.schema import ThemeFile
    from hefte.records.toml import read_toml

    folder = next((folder for folder in folders if (folder / "shared" / "theme.toml").is_file()), folders[-1])
    file = read_toml(folder, folder / "shared" / "theme.toml")
    said = file.validated(ThemeFile)
    roles = said.roles.model_dump()
    return Theme(
        colours={name: _colour(name, value) for name, value in said.colours.items()},
        faces=tuple(faces(file, said, assets)), roles=roles, tokens=said.tokens, place=Place(file.path), latin=roles,
        scripts={code: _style(table) for code, table in said.scripts.items()},
        languages={tag: _style(table) for tag, table in said.languages.items()},
        fitting=said.fitting.made() if said.fitting else None,
    )


def for_language(theme: Theme, language: str) -> Theme:
    """What of a theme for all languages one language needs: its families and those for Latin letters, and the tokens
    as large as it wants them. `language` is a BCP 47 tag.

    What the theme says of the language comes first, then what it says of the language without its region, then of its
    script, which is the one that CLDR thinks likely. Raises SourceError where the theme has no fonts for the script.
    """
    script = script_of(language)
    if script == theme.script and not (theme.scripts or theme.languages):
        return theme  # it is narrowed already, or has nothing to narrow
    if script != "Latn" and script not in theme.scripts and not list(_entries(theme, language, script)):
        raise SourceError(
            f"the theme has no fonts for {language}, which is written in {script}", place=theme.place,
            remedy=f"declare them under [[fonts]], and name them under [scripts.{script}]",
        )
    roles: dict[str, str] = {}
    factors: dict[str, Decimal] = {}
    for style in (theme.scripts.get(script, ScriptStyle()), *_entries(theme, language, script)):
        roles |= style.roles
        factors |= style.factors
    own = {**theme.roles, **roles}
    used = {*own.values(), *theme.latin.values()}
    narrowed = replace(
        theme, roles=own, script=script, style=ScriptStyle(roles, factors), scripts={}, languages={},
        faces=tuple(face for face in theme.faces if face.family in used),
    )
    return replace(narrowed, tokens={name: _token(narrowed, name, value) for name, value in theme.tokens.items()})


def with_tokens(theme: Theme, tokens: Mapping[str, str]) -> Theme:
    """A theme for one language with other values for some of its tokens, which the language scales as it does the
    theme's own."""
    if not tokens:
        return theme
    own = {name: _token(theme, name, value) for name, value in tokens.items()}
    return replace(theme, tokens={**theme.tokens, **own})


def trim_of(theme: Theme, settings: Settings, edition: Edition | None = None) -> tuple[float, float]:
    """Width and height of the trimmed page in mm: the edition's, the layout's, or the theme's."""
    said = edition.trim if edition is not None else None
    width, height = (float(theme.tokens[name].removesuffix("mm")) for name in ("trim_width", "trim_height"))
    return said or settings.trim or (width, height)


def _entries(theme: Theme, language: str, script: str) -> Iterator[ScriptStyle]:
    """What the theme says of the language, the widest first: of `fa`, then of `fa-AF`. What it says of a language in
    one script does not hold for the same in another."""
    parts = language.split("-")
    for tag in ("-".join(parts[:end]) for end in range(1, len(parts) + 1)):
        if tag in theme.languages and script_of(tag) == script:
            yield theme.languages[tag]


def _token(theme: Theme, name: str, value: str) -> str:
    role = "display" if name.startswith(_TITLES) else "text"
    if name in _LINES or name.endswith("_line"):
        return theme.leading(value, role)
    return scaled(value, theme.factor("size", role)) if name.endswith("_size") else value


def _style(said: ScriptTable) -> ScriptStyle:
    factors = {name: Decimal(str(value)) for name in _FACTORS if (value := getattr(said, name)) is not None}
    return ScriptStyle(said.families(), factors)


def _colour(name: str, said: ColourTable) -> Colour:
    red, green, blue = bytes.fromhex(said.srgb[1:])
    cyan, magenta, yellow, black = said.cmyk
    return Colour(name, (red, green, blue), (cyan, magenta, yellow, black))
