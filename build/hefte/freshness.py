"""Turns a publication's folder and the wishes of a build into digests, and an earlier report into what need not be
made again.

Imports nothing heavy: a second build with nothing changed is answered from here, before any parser is loaded.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Collection, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from hefte import digests, house
from hefte.dates import today

_MAKERS = (
    "Babel", "EbookLib", "fonttools", "Jinja2", "markdown-it-py", "pikepdf", "Pillow", "pydyf", "segno", "uharfbuzz",
    "weasyprint",
)
"""Libraries whose version shows in the bytes of an output."""


RELEASES = "chapters/releases.toml"
"""What was released (release/record.py)."""

_ENTRY = {
    "sources", "looked_on", "asked", "files", "older", "checks", "spelling", "validated", "validators", "findings",
    "failures", "standing", "fit", "fitted",
}
"""What the report holds of each language (report/schema.py). An entry that an earlier hefte wrote without one of these
counts for nothing: the language is made again."""
_FILE = {"path", "edition", "pages", "size", "digest", "checks", "look", "stories", "figures"}
"""And of each file."""


def common_digest(root: Path) -> str:
    """Of everything that all languages share: records, layouts, assets, the builder and its libraries, the date set
    from outside; and which languages there are: a poster leads to all of them."""
    languages = language_folders(root)
    files = _records(root, skip=languages)
    for name, fallback in (("layouts", house.layouts()), ("assets", house.assets())):
        files |= digests.below(fallback, f"house/{name}/") | digests.below(root / name, f"{name}/")
    makers = ",".join(f"{name} {_version(name)}" for name in _MAKERS)
    outside = os.environ.get("SOURCE_DATE_EPOCH", "")
    said = (digests.of_files(files), digests.of_hefte(), makers, outside, ",".join(languages))
    return digests.of_bytes("\n".join(said).encode())


def _records(root: Path, skip: Collection[str] = ()) -> dict[str, Path]:
    """What lies in chapters/, but for the record of releases: what was released changes nothing in what is built."""
    files = digests.below(root / "chapters", "chapters/", skip=skip)
    return {name: path for name, path in files.items() if name != RELEASES}


def source_digests(root: Path) -> dict[str, str]:
    """Path → SHA-256, in hex, of each file of the publication that something is made from, sorted."""
    files = _records(root)
    for name in ("layouts", "assets"):
        files |= digests.below(root / name, f"{name}/")
    return {name: digests.of_file(path) for name, path in sorted(files.items()) if path.is_file()}


def language_digests(root: Path) -> dict[str, str]:
    """Language folder → digest of everything it is made from: what all share, its own folder, and that of the language
    it is translated from, against which it is held."""
    common = common_digest(root)
    own = {
        name: digests.of_files(digests.below(root / "chapters" / name, f"chapters/{name}/"))
        for name in language_folders(root)
    }
    source = own.get(_source_language(root), "")
    return {name: digests.of_bytes(f"{common}\n{source}\n{digest}".encode()) for name, digest in own.items()}


def _source_language(root: Path) -> str:
    """As publication.toml names it; empty where that cannot be read: loading says what is wrong."""
    try:
        return str(tomllib.loads((root / "chapters" / "publication.toml").read_text("utf-8"))["source_language"])
    except (OSError, ValueError, KeyError, RecursionError):
        return ""


def language_folders(root: Path) -> list[str]:
    """The folders below chapters/, sorted: each is a language, or loading says that it is none."""
    return sorted(path.name for path in (root / "chapters").iterdir() if path.is_dir() and path.name[0] not in "._")


def earlier_report(out: Path) -> dict[str, Any]:
    """What the last build into `out` said, or an empty report where there is none that can be read."""
    try:
        languages = json.loads((out / "report.json").read_text(encoding="utf-8"))["languages"]
        return {"languages": {name: entry for name, entry in languages.items() if _is_whole(entry)}}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):  # none, or another program's
        return {"languages": {}}


def _is_whole(entry: Mapping[str, Any]) -> bool:
    return entry.keys() >= _ENTRY and all(file.keys() >= _FILE for file in (*entry["files"], *entry["older"]))


def is_fresh(
    out: Path, entry: Mapping[str, Any], digest: str, editions: Collection[str] | None, validated: bool
) -> bool:
    """Whether an earlier build's entry of a language still holds: same sources, the editions asked for, its files
    untouched."""
    if entry["sources"] != digest or entry["looked_on"] != today().isoformat():
        return False
    if validated and not entry["validated"]:
        return False
    if entry["asked"] != (sorted(editions) if editions else None):
        return False
    return all(_same(out / file["path"], file["digest"]) for file in entry["files"])


def _same(path: Path, digest: str) -> bool:
    return path.is_file() and digests.of_bytes(path.read_bytes()) == digest


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
