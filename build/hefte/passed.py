"""A file in which nothing was found, to the look that said so: while it, the checks and the programs that they ask are
the same, it is not looked at again.

Kept in the user's cache, by digest and without a word of the file. What has findings is looked at each time: a finding
quotes what it found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from hefte import cache, checks, digests, seen
from hefte.checks import Look

_LARGEST = 2**28
"""Bytes of a file that are worth reading once more to know it again."""


def recall(path: Path) -> Look | None:
    """The look at a file that passed; None where it has to be looked at."""
    name = _name(path)
    kept = cache.load(cache.folder() / "passed", name) if name else None
    if kept is None:
        return None
    said = json.loads(kept)
    return Look(tuple(said["ids"]), (), said["validators"], said["figures"])


def keep(path: Path, look: Look) -> None:
    """Remember a file in which nothing was found, and no more than that."""
    name = "" if look.findings else _name(path)
    if name:
        figures = {key: _wordless(value) for key, value in look.figures.items()}
        said = {"ids": look.ids, "validators": dict(look.validators), "figures": figures}
        cache.keep(cache.folder() / "passed", name, json.dumps(said).encode())


def _wordless(value: Any) -> Any:
    """A figure without the words of the page that it was measured on."""
    return {key: each for key, each in value.items() if key != "text"} if isinstance(value, Mapping) else value


def _name(path: Path) -> str:
    """What a look at a file depends on, as one digest; empty where it cannot be told."""
    with suppress(OSError, ValueError):
        if path.is_file() and path.stat().st_size <= _LARGEST:
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            kind = path.suffix.lower()
            parts = (kind, content, digests.of_hefte(), seen.readers(), repr(_programs(kind)))
            return digests.of_bytes("\0".join(parts).encode())
    return ""


def _programs(kind: str) -> Mapping[str, Any]:
    """Every program that is asked about such a file, and its version."""
    if kind == ".pdf":
        return checks.programs(kind)
    from hefte.tools import ace, axe, epubcheck

    return {tool.NAME: tool.probe() for tool in (epubcheck, ace, axe)}
