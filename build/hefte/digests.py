"""Turns files into digests: what a build was made from, so that what has not changed is not made again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path


def of_bytes(content: bytes) -> str:
    """SHA-256, in hex."""
    return hashlib.sha256(content).hexdigest()


def of_file(path: Path) -> str:
    """SHA-256, in hex, read in pieces: a folder that somebody names may hold anything."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def of_files(files: Mapping[str, Path]) -> str:
    """One digest of many files: their names (not where they lie) and their contents. SHA-256, in hex."""
    whole = hashlib.sha256()
    for name, path in sorted(files.items()):
        whole.update(f"{name}\0{_of_file(path)}\n".encode())
    return whole.hexdigest()


def _of_file(path: Path) -> str:
    """A file that cannot be read (a link to nowhere) is told from every other; who needs it says what is wrong."""
    try:
        return of_bytes(path.read_bytes())
    except OSError as error:
        return f"unreadable: {error.strerror}"


def below(folder: Path, prefix: str = "", skip: Iterable[str] = ()) -> dict[str, Path]:
    """Every file below a folder, by its path from there with `prefix` before it; hidden files and `skip`'s folders
    are left out."""
    found: dict[str, Path] = {}
    skip = set(skip)
    for at, folders, names in os.walk(folder):
        here = Path(at)
        left_out = skip if here == folder else set()
        folders[:] = [name for name in folders if not name.startswith((".", "__")) and name not in left_out]
        for name in names:
            if not name.startswith("."):
                found[prefix + (here / name).relative_to(folder).as_posix()] = here / name
    return found


@cache
def of_hefte() -> str:
    """The builder's own code: a changed builder makes everything again."""
    package = Path(__file__).parent
    own = {name: path for name, path in below(package).items() if not name.startswith(("layouts/", "assets/"))}
    return of_files(own)
