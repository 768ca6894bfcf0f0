"""Turns an earlier report into one without the files that hold a story which has been withdrawn since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hefte.model import Publication

Entries = Mapping[str, Mapping[str, Any]]


def holding(publication: Publication, entries: Entries) -> list[str]:
    """The files of those entries that hold a withdrawn story, whatever language they are in."""
    return [file["path"] for entry in entries.values() for file in entry["files"] if _holds(publication, file)]


def without(publication: Publication, entries: Entries) -> dict[str, dict[str, Any]]:
    """The entries without those files, and without what was found where they are: a finding quotes words. A language
    that loses a file is made again by the next build that is asked for it."""
    kept = {}
    for name, entry in entries.items():
        files = [file for file in entry["files"] if not _holds(publication, file)]
        lost = len(files) != len(entry["files"])
        kept[name] = {**entry, **({"files": files, "findings": [], "sources": ""} if lost else {})}
    return kept


def _holds(publication: Publication, file: Mapping[str, Any]) -> bool:
    gone = {id for id, story in publication.stories.items() if story.withdrawn}
    return bool(gone & set(file.get("stories", ())))
