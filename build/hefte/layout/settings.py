"""Turns layouts/<edition>/layout.toml into Settings: which pages stand around the body, and which panels may not
overflow."""

from __future__ import annotations

import tomllib
from pathlib import Path

from hefte.errors import SourceError
from hefte.model import Place, Settings

_KEYS = {"front", "tail", "fillers", "signature", "panels"}


def load_settings(folders: tuple[Path, ...], edition: str) -> Settings:
    """The settings of `edition` from the first of `folders` that has it. Raises SourceError."""
    path = next((f / edition / "layout.toml" for f in folders if (f / edition / "layout.toml").is_file()), None)
    if path is None:
        place = Place(folders[0] / edition / "layout.toml")
        what = f"there is no layout {edition}"
        raise SourceError(what, remedy="add the file or use the house's layouts", place=place)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        if data.keys() != _KEYS:
            raise ValueError(f"the keys must be {', '.join(sorted(_KEYS))}")
        settings = Settings(
            front=tuple(data["front"]), tail=tuple(data["tail"]), signature=int(data["signature"]),
            fillers=tuple(tuple(pages) for pages in data["fillers"]),
            panels={name: float(bottom) for name, bottom in data["panels"].items()},
        )
        if [len(pages) for pages in settings.fillers] != list(range(1, settings.signature)):
            raise ValueError("fillers must list one page, then two, and so on up to the signature less one")
    except (OSError, TypeError, ValueError, AttributeError) as error:
        what = f"the layout's settings are invalid: {error}"
        raise SourceError(what, remedy="mend the file", place=Place(path)) from error
    return settings
