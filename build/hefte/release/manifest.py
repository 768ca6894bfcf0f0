"""A release's facts to manifest.json, and back: a digest over itself tells whether anything in it was changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hefte import digests

FILE = "manifest.json"
FORMAT = 1
Manifest = Mapping[str, Any]


def dump(facts: Manifest) -> bytes:
    """The file, with its digest as the last line."""
    said = {key: value for key, value in facts.items() if key != "digest"}
    return (json.dumps({**said, "digest": digest(said)}, indent=1, ensure_ascii=False) + "\n").encode()


def digest(facts: Manifest) -> str:
    """SHA-256, in hex, of everything in a manifest but this digest itself."""
    said = {key: value for key, value in facts.items() if key != "digest"}
    return digests.of_bytes(json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode())


def load(folder: Path) -> Manifest | None:
    """The manifest in a folder, as it stands there; None where there is none that can be read."""
    try:
        said = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return said if _whole(said) else None


def _whole(said: Any) -> bool:
    """Whether it has the form that this builder writes."""
    if not isinstance(said, dict) or said.get("format") != FORMAT or not isinstance(said.get("digest"), str):
        return False
    if not all(isinstance(said.get(key), dict) for key in ("publication", "sources", "languages")):
        return False
    return all(
        isinstance(said.get(key), list)
        and all(isinstance(each, dict) and {"path", "digest", "size"} <= each.keys() for each in said[key])
        and all(isinstance(each["path"], str) and isinstance(each["digest"], str) for each in said[key])
        for key in ("files", "reports")
    )


def listed(facts: Manifest) -> dict[str, str]:
    """Path below the folder → digest, of every file that belongs to the release, the manifest itself excepted."""
    return {each["path"]: each["digest"] for key in ("files", "reports") for each in facts[key]}
