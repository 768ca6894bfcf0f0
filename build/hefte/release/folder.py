"""A folder to the files in it, each with its digest."""

from __future__ import annotations

import os
from pathlib import Path

from hefte import digests

_IGNORED = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What a system drops into every folder that somebody looks at."""


def files_in(folder: Path) -> dict[str, str]:
    """Path below the folder → SHA-256, in hex, of every file, hidden ones too. A link, or a pipe, counts as
    one with a digest that no file has: a release holds files."""
    found: dict[str, str] = {}
    for at, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(at) / name).is_symlink()]
        for name in sorted((*names, *links)):
            path = Path(at) / name
            if name not in _IGNORED:
                plain = path.is_file() and not path.is_symlink()
                found[path.relative_to(folder).as_posix()] = digests.of_file(path) if plain else "no file"
    return found
