"""A folder to the publication that it lies in."""

from __future__ import annotations

from pathlib import Path

from hefte.errors import UsageError

FILE = Path("chapters/publication.toml")
"""What makes a folder a publication."""


def find(start: Path) -> Path:
    """The folder with chapters/publication.toml at or above `start`, absolute. Raises UsageError if there is none."""
    start = start.absolute()
    if not start.exists():
        raise UsageError(f"there is no {start}", remedy="give the folder of a publication")
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
    raise UsageError(
        f"no publication here: neither {start} nor a folder above it holds {FILE}",
        remedy="go to a publication's folder or name it, or make a new one with `hefte new FOLDER`",
    )
