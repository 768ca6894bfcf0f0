"""Turns layouts/<edition>/layout.toml into Settings: which pages stand around the body, and which panels may not
overflow."""

from __future__ import annotations

from pathlib import Path

from hefte.errors import SourceError
from hefte.model import Place, Settings


def load_settings(folders: tuple[Path, ...], edition: str) -> Settings:
    """The settings of `edition` from the first of `folders` that has it. Raises SourceError."""
    # here, not at the top: pydantic takes long to import
    from hefte.layout.schema import LayoutFile
    from hefte.records.toml import read_toml

    folder = next((folder for folder in folders if (folder / edition / "layout.toml").is_file()), None)
    if folder is None:
        place = Place(folders[0] / edition / "layout.toml")
        what = f"there is no layout {edition}"
        raise SourceError(what, remedy="add the file or use the house's layouts", place=place)
    said = read_toml(folder, folder / edition / "layout.toml").validated(LayoutFile)
    return Settings(
        front=tuple(said.front), tail=tuple(said.tail), signature=said.signature,
        fillers=tuple(map(tuple, said.fillers)), panels=said.panels,
        fits=tuple(said.fits), body_fits=tuple(said.body_fits), least_lines=said.least_lines,
        fitting=said.fitting.made() if said.fitting else None, score=said.score.made(),
    )
