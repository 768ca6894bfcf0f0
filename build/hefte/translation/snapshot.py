"""The texts of a language and of its source at the last moment when every one of them was current."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

FOLDER = "snapshot"
SOURCE, TARGET = "source", "target"
FILE = "snapshot.toml"
REVIEW = "/review.toml"
"""What each text was translated from and who signed it then, beside the texts in `target/`."""
_HEAD = "# Written by hefte: what was current on that day, and is built where `stale = \"pin\"`. Do not edit by hand.\n"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is known of one without reading its texts."""

    date: dt.date
    digest: str
    """SHA-256 of all that is in it, in hex."""
    folder: Path
    """Where it lies; the language's texts are below, in `target/`."""


def load(root: Path, lang: str) -> Snapshot | None:
    """A language's snapshot; None if it has none, or a damaged one."""
    folder = root / "chapters" / lang / FOLDER
    try:
        said = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
        date, digest = said["date"], said["digest"]
    except (OSError, ValueError, KeyError):
        return None
    right = isinstance(date, dt.date) and not isinstance(date, dt.datetime) and isinstance(digest, str)
    return Snapshot(date, digest, folder) if right else None


def files(
    before: Snapshot | None, source: Mapping[str, bytes], target: Mapping[str, bytes], today: dt.date,
) -> dict[str, bytes]:
    """The files of a new snapshot, by their paths in the language folder. One that holds the same texts keeps its date,
    whoever has signed them since."""
    said = {f"{SOURCE}/{name}": content for name, content in source.items()}
    said |= {f"{TARGET}/{name}": content for name, content in target.items()}
    whole = sha256()
    for name, content in sorted(said.items()):
        if not name.endswith(REVIEW):
            whole.update(f"{name}\0{sha256(content).hexdigest()}\n".encode())
    digest = whole.hexdigest()
    date = before.date if before and before.digest == digest else today
    said[FILE] = f'{_HEAD}date = {date.isoformat()}\ndigest = "{digest}"\n'.encode()
    return {f"{FOLDER}/{name}": content for name, content in said.items()}


def others(root: Path, lang: str, kept: Iterable[str]) -> list[str]:
    """The files that lie in the snapshot and are not among `kept`; by their paths in the language folder."""
    folder = root / "chapters" / lang
    there = {path.relative_to(folder).as_posix() for path in (folder / FOLDER).rglob("*") if not path.is_dir()}
    return sorted(there - set(kept))


def withdrawn(root: Path, lang: str, stories: Iterable[str]) -> list[str]:
    """The files of stories in the snapshot that are not among `stories` any more."""
    kept = {f"{id}.md" for id in stories}
    return [name for name in others(root, lang, ()) if "/stories/" in name and name.rpartition("/")[2] not in kept]
