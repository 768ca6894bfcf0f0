"""Turns a folder of finished files into what in it is not as the release, or the last build, left it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from hefte import freshness, publication
from hefte.checks.folder import FOLDER_CHECKS
from hefte.checks.frame import Folder
from hefte.errors import UsageError
from hefte.model import Finding, Publication
from hefte.publication.find import FILE
from hefte.release import manifest, record
from hefte.release.folder import files_in

REPORT = "report.json"


def is_output(folder: Path) -> bool:
    """Whether a folder says what belongs into it, and is not a publication itself."""
    said = (folder / manifest.FILE).is_file() or (folder / REPORT).is_file()
    return said and not (folder / FILE).is_file()


def verify(folder: Path) -> tuple[tuple[Finding, ...], dict[str, Any]]:
    """What the checks find, and what was looked at: `release` (version, date) or `build`, and the checks' ids.

    Raises SourceError where the record of releases beside it is damaged.
    """
    said = manifest.load(folder)
    released = (folder / manifest.FILE).is_file()
    subject = _release(folder, said) if released else _build(folder)
    found = tuple(finding for check in FOLDER_CHECKS for finding in check.run(subject))
    about: dict[str, Any] = {"checks": [check.id for check in FOLDER_CHECKS], "files": len(subject.listed)}
    if said is not None:
        about["release"] = {key: said["publication"].get(key) for key in ("id", "version", "date")}
        about["recorded"] = subject.recorded is not None
    return found, about


def _release(folder: Path, said: manifest.Manifest | None) -> Folder:
    there = files_in(folder)
    if said is None or said["digest"] != manifest.digest(said):
        return Folder(folder, released=True, whole=False, listed={}, there=there)
    around = _around(folder)
    ours = around if around and around.id == said["publication"].get("id") else None
    return Folder(
        folder, released=True, whole=True, listed=manifest.listed(said), there=there, manifest=said["digest"],
        around=around.id if around and not ours else None, recorded=_recorded(ours) if ours else None,
        sources=_changed(ours, said["sources"]) if ours else (),
        withdrawn=_withdrawn(around, said["files"]),
    )


def _build(folder: Path) -> Folder:
    there = files_in(folder)
    try:
        said = json.loads((folder / REPORT).read_text(encoding="utf-8"))
        files = [file for entry in said["languages"].values() for file in entry["files"]]
        older = [file for entry in said["languages"].values() for file in entry.get("older", ())]
        listed = {str(file["path"]): str(file["digest"]) for file in files}
        held = _withdrawn(_around(folder), [*files, *(file for file in older if file["path"] in there)])
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Folder(folder, released=False, whole=False, listed={}, there=there)
    return Folder(folder, released=False, whole=True, listed=listed, there=there, withdrawn=held)


def _around(folder: Path) -> Publication | None:
    """The publication that the folder lies in, whatever the files say that they were made from: who forges a manifest
    can write another name."""
    try:
        return publication.load(publication.find(folder.resolve()))
    except UsageError:
        return None


def _recorded(around: Publication) -> Mapping[str, Mapping[str, str]]:
    said: dict[str, dict[str, str]] = {}
    for one in record.load(around.root):
        said.setdefault(one.manifest, {})[one.path] = one.digest
    return said


def _changed(around: Publication, then: Mapping[str, Any]) -> tuple[str, ...]:
    now = freshness.source_digests(around.root)
    return tuple(sorted(name for name in {*now, *then} if now.get(name) != then.get(name)))


def _withdrawn(around: Publication | None, files: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    gone = {id for id, story in around.stories.items() if story.withdrawn} if around else set()
    held = {str(file["path"]): tuple(sorted(gone & set(file.get("stories", ())))) for file in files}
    return {path: stories for path, stories in held.items() if stories}
