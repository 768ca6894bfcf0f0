"""What was released, ever: chapters/releases.toml, one line a file, so that two people's lines merge."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hefte.errors import SourceError
from hefte.model import Place

FILE = Path("chapters/releases.toml")
_HEAD = """\
# Written by hefte: every file of every release. Do not edit by hand. Where two people's lines meet, keep both.
files = [
"""
_KEYS = ("version", "date", "language", "edition", "path", "digest", "stories", "manifest")


@dataclass(frozen=True, slots=True)
class Released:
    """One file of one release."""

    version: str
    date: dt.date
    language: str
    edition: str
    path: str
    """Below the output folder."""
    digest: str
    """SHA-256 of the file, in hex."""
    stories: tuple[str, ...]
    manifest: str
    """Digest of the release's manifest."""

    @property
    def line(self) -> str:
        """As it stands in the file."""
        said = {key: getattr(self, key) for key in _KEYS}
        return f"  {{ {', '.join(f'{key} = {_toml(value)}' for key, value in said.items())} }},\n"


def _toml(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def load(root: Path) -> tuple[Released, ...]:
    """Every line, once each; none where nothing was released. Raises SourceError if the file is damaged."""
    path = root / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged(path, 1, str(error)) from None
    try:
        entries = tomllib.loads(text).get("files", [])
        return tuple(dict.fromkeys(_released(entry) for entry in entries))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(path, 1, str(error)) from None


def _released(entry: Mapping[str, Any]) -> Released:
    said: dict[str, Any] = {key: entry[key] for key in _KEYS}
    stories = tuple(said.pop("stories"))
    texts = (*(value for key, value in said.items() if key != "date"), *stories)
    if not isinstance(said["date"], dt.date) or not all(isinstance(text, str) for text in texts):
        raise ValueError("a value of another kind")
    return Released(**said, stories=stories)


def _damaged(path: Path, line: int, why: str) -> SourceError:
    said = f"the record of releases cannot be read: {why}"
    return SourceError(said, place=Place(path, line), remedy="restore it from the history of the folder")


def dump(released: Iterable[Released]) -> bytes:
    """The file: sorted, so that the same lines lie in the same order whoever wrote them."""
    lines = sorted({each.line: each for each in released}.values(), key=_order)
    return (_HEAD + "".join(each.line for each in lines) + "]\n").encode()


def _order(one: Released) -> tuple[str, ...]:
    return one.date.isoformat(), one.version, one.manifest, one.language, one.edition, one.path, one.digest
