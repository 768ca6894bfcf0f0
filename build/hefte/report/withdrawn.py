"""Turns an earlier report into one without the files that hold a story which may not be told any more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hefte.model import Publication

Entries = Mapping[str, Mapping[str, Any]]


def holding(publication: Publication, entries: Entries) -> list[str]:
    """The files of those entries that hold a story which may not be in them, whatever language they are in."""
    return [
        file["path"] for name, entry in entries.items() for file in (*entry["files"], *entry["older"])
        if _holds(publication, name, file)
    ]


def without(publication: Publication, entries: Entries, digests: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The entries without those files, and without what was found where they are: a finding quotes words. So does one
    in a language that made no file, or in a text: where a story is withdrawn, what was found before is not kept. A
    language that loses something is made again by the next build that is asked for it. `digests`: of the languages as
    they are now."""
    gone = any(story.withdrawn for story in publication.stories.values())
    kept = {}
    for name, entry in entries.items():
        said = {of: [file for file in entry[of] if not _holds(publication, name, file)] for of in ("files", "older")}
        lost = any(len(files) != len(entry[of]) for of, files in said.items())
        kept[name] = {**entry, **said}
        if lost or (gone and entry["sources"] != digests.get(name)):
            kept[name] |= {"findings": [], "failures": [], "sources": ""}
    return kept


def _holds(publication: Publication, language: str, file: Mapping[str, Any]) -> bool:
    """Whether it holds what was withdrawn; of a file that is named after this publication, whether it holds anything
    that is not covered by a consent now. Another publication's report may lie there, with stories of its own."""
    stories = file.get("stories", ())
    records = [publication.stories.get(id) for id in stories]
    if any(record and record.withdrawn for record in records):
        return True
    may = all(publication.may_hold(id, language, file["edition"]) for id in stories)
    return not may and publication.made(file["path"])
