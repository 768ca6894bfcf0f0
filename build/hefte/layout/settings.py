"""Turns layouts/<name>/layout.toml into Settings: what a layout is apart from how it looks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hefte.errors import SourceError
from hefte.model import Place, Require, Settings, Told

if TYPE_CHECKING:
    from hefte.layout.layout_schema import LayoutFile


def load_settings(folders: tuple[Path, ...], name: str) -> Settings:
    """The settings of the layout `name` from the first of `folders` that has it. Raises SourceError."""
    # here, not at the top: pydantic takes long to import
    from hefte.layout.layout_schema import LayoutFile
    from hefte.records.toml import read_toml

    folder = next((folder for folder in folders if (folder / name / "layout.toml").is_file()), None)
    if folder is None:
        place = Place(folders[0] / name / "layout.toml")
        what = f"there is no layout {name}"
        raise SourceError(what, remedy="add the file or use the house's layouts", place=place)
    return _settings(name, read_toml(folder, folder / name / "layout.toml").validated(LayoutFile))


def _settings(name: str, said: LayoutFile) -> Settings:
    require = said.require
    return Settings(
        name=name, words=said.words, trim=_size(said.trim), front=tuple(said.front), tail=tuple(said.tail),
        signature=said.signature, fillers=tuple(map(tuple, said.fillers)), sheets=said.sheets, panels=said.panels,
        fits=tuple(said.fits), together=said.together, body_fits=tuple(said.body_fits), least_lines=said.least_lines,
        tokens=said.tokens, without=tuple(said.without),
        require=Require(**require.model_dump()),
        told=Told(said.stories.most, said.stories.letters) if said.stories else Told(),
        fitting=said.fitting.made() if said.fitting else None, score=said.score.made(),
    )


def _size(said: list[float] | None) -> tuple[float, float] | None:
    return (said[0], said[1]) if said else None
