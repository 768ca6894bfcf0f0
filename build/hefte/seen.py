"""An earlier report to what was found in a file, where neither the file nor anything that its checks go by has changed
since: it is not looked at again.

It is kept in the report, not in a cache: what is found quotes words, and goes when the files go.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from hefte import checks, digests
from hefte.checks import Look
from hefte.checks.frame import KIND_OF
from hefte.model import Book, Finding, Place, Severity

_READERS = ("fonttools", "lxml", "numpy", "page-validation", "pikepdf", "Pillow", "pypdfium2", "zxing-cpp")
"""Libraries that checks read files with: another version may see something else."""
_NOWHERE = Place(Path())


def key(edition: str, content: bytes, expect: Mapping[str, Any], rendered: bool) -> str:
    """What a look at a file depends on, as one digest: its bytes, what the checks are told of it, and the checks."""
    told = repr([(name, _told(value)) for name, value in sorted(expect.items())])
    ending = ".epub" if (expect.get("kind") or KIND_OF.get(edition)) == "ebook" else ".pdf"
    asked = repr(checks.programs(ending)) if rendered else ""
    parts = (edition, digests.of_bytes(content), told, asked, digests.of_hefte(), readers())
    return digests.of_bytes("\0".join(parts).encode())


def readers() -> str:
    """The libraries that files are read with, and their versions."""
    return ",".join(f"{name} {version(name)}" for name in _READERS)


def _told(value: Any) -> str:
    """What the checks are told. Of a book, what changes from day to day and shows in no file is left out: waivers,
    approvals, lines of records, and the folder that the publication lies in."""
    if not isinstance(value, Book):
        return repr(value)
    publication = value.publication
    stories = {id: replace(story, approvals={}, place=_NOWHERE) for id, story in publication.stories.items()}
    helplines = tuple(replace(line, verified_on=None, place=_NOWHERE) for line in publication.helplines)
    same = replace(publication, waivers=(), stories=stories, helplines=helplines, place=_NOWHERE)
    return repr(replace(value, publication=same)).replace(str(publication.root), "")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the last build found in one language's files."""

    entry: Mapping[str, Any] = field(default_factory=dict)
    """The language's entry in report.json; empty where there was none."""

    def look(self, of: str) -> Look | None:
        """What was found in a file under that key; None where it was not looked at, or where the editor has had a say
        in what was found (a waiver hides what it was)."""
        file = self._file(of)
        if file is None:
            return None
        records = [each for each in self._findings(file) if each["check"] in file["checks"]]
        if any("waived" in each for each in records):
            return None
        named = checks.programs(Path(file["path"]).suffix)
        by = {name: said for name, said in self.entry["validators"].items() if name in named}
        return Look(tuple(file["checks"]), tuple(map(finding, records)), by, file["figures"], of)

    def validated(self, of: str, check: str, name: str, now: str | None) -> tuple[Finding, ...] | None:
        """What a validator, of the version that is here now, found in a file under that key; None where it must be
        asked. `check` is the id of its findings."""
        file = self._file(of)
        if file is None or not now or self.entry["validators"].get(name) != now:
            return None
        records = [each for each in self._findings(file) if each["check"] == check]
        return None if any("waived" in each for each in records) else tuple(map(finding, records))

    def _file(self, of: str) -> Mapping[str, Any] | None:
        return next((file for file in self.entry.get("files", ()) if of and file.get("look") == of), None)

    def _findings(self, file: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        return [each for each in self.entry["findings"] if each.get("path") == file["path"]]


def finding(record: Mapping[str, Any]) -> Finding:
    """A finding in a built file, as the report has it, to what it was."""
    box = record.get("box")
    return Finding(
        record["check"], Severity(record["severity"]), record["message"], record["remedy"], Path(record["path"]),
        record.get("line"), record.get("page"), tuple(box) if box else None, record.get("language"),
        record.get("edition"), record.get("blocks_release", False),
    )
