"""review.toml: what each text of a language was translated from, who translated, and who signed it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

from pydantic import Field, RootModel

from hefte.errors import SourceError
from hefte.model import Record, Signature
from hefte.records.toml import TomlFile, read_toml
from hefte.records.validate import together
from hefte.records.words import Digest, Id, Table, Text
from hefte.translation import strings

FILE = "review.toml"
_HEAD = "# Written by hefte: what each text was translated from, and who signed it. Do not edit by hand.\n"
_LINE = re.compile(r"(?P<name>\S+) (?P<digest>[0-9a-f]{20}|-)(?P<fuzzy> fuzzy)?")
_NONE = "-"
Records = Mapping[str, Record]
"""Name of a segment in its file (`title`, `3`, `keywords.1`, `labels.cover`) → what it was translated from."""


class _UnitTable(Table):
    translator: Annotated[Text | None, Field(description="who translated")] = None
    signed_by: Annotated[Text | None, Field(description="who signed")] = None
    signed_on: Annotated[dt.date | None, Field(description="when it was signed")] = None
    signed: Annotated[Digest | None, Field(description="digest of what was signed")] = None
    segments: Annotated[list[str], Field(default_factory=list, description="what each text was translated from")]


_ReviewFile = RootModel[dict[Id, _UnitTable]]


@dataclass(frozen=True, slots=True)
class UnitReview:
    """What is recorded of one unit: a chapter with its stories, or `language`."""

    translator: str = ""
    signature: Signature | None = None
    """As it was given, whether it holds or not."""
    records: Mapping[str, Records] = field(default_factory=dict)
    """File → its records, in the target's order."""


@dataclass(frozen=True, slots=True)
class Reviews:
    """One language's review.toml."""

    units: Mapping[str, UnitReview] = field(default_factory=dict)

    def records(self, file: str) -> Records | None:
        """Of one file, whichever unit it is in now; None where nothing is recorded."""
        return next((unit.records[file] for unit in self.units.values() if file in unit.records), None)

    def unit(self, id: str) -> UnitReview:
        """What is recorded of a unit; nothing, if it is not there."""
        return self.units.get(id) or UnitReview()

    def replaced(self, **units: UnitReview) -> Reviews:
        """The same with other records for some units; what they have taken over from others is theirs alone."""
        theirs = {file for unit in units.values() for file in unit.records}
        others = {
            id: replace(unit, records={file: each for file, each in unit.records.items() if file not in theirs})
            for id, unit in self.units.items()
        }
        return Reviews({**others, **units})


def load(root: Path, lang: str) -> Reviews:
    """What is recorded of a language; nothing, if it has no review.toml. Raises SourceError if that is damaged."""
    path = root / "chapters" / lang / FILE
    if not path.is_file() and not path.is_symlink():
        return Reviews()
    file = read_toml(root, path)
    tables = file.validated(_ReviewFile).root
    faults: list[SourceError] = []
    units = {id: _unit(file, id, table, faults) for id, table in tables.items()}
    if faults:
        raise together(faults)
    return Reviews(units)


def _unit(file: TomlFile, id: str, table: _UnitTable, faults: list[SourceError]) -> UnitReview:
    records: dict[str, dict[str, Record]] = {}
    for number, line in enumerate(table.segments):
        found = _LINE.fullmatch(line)
        name = found["name"] if found else ""
        in_file, own = _file(id, name)
        if found is None or own in records.get(in_file, ()):
            faults.append(SourceError(
                f"`{line}` is {'there a second time' if found else 'no record'}",
                place=file.place(id, "segments", number),
                remedy="restore the file from before it was merged or edited, then `hefte translate record` it",
            ))
            continue
        source = "" if found["digest"] == _NONE else found["digest"]
        records.setdefault(in_file, {})[own] = Record(source, bool(found["fuzzy"]))
    signature = None
    if table.signed_by and table.signed_on and table.signed:
        signature = Signature(table.signed_by, table.signed_on, table.signed)
    return UnitReview(table.translator or "", signature, records)


def _file(unit: str, name: str) -> tuple[str, str]:
    """The file that a record is about, and its segment's name in it."""
    if unit == strings.UNIT:
        return strings.FILE, name
    if name.startswith("story-"):
        story, _, own = name.removeprefix("story-").partition(".")
        return f"stories/{story}.md", own
    return f"{unit}.md", name


def dump(reviews: Reviews) -> str:
    """The file: units in the order given, one record a line."""
    return "\n".join([_HEAD, *(line for id, unit in reviews.units.items() for line in _table(id, unit))])


def _table(id: str, unit: UnitReview) -> Iterator[str]:
    yield f"[{id}]"
    if unit.translator:
        yield f"translator = {json.dumps(unit.translator, ensure_ascii=False)}"
    if unit.signature:
        yield f"signed_by = {json.dumps(unit.signature.by, ensure_ascii=False)}"
        yield f"signed_on = {unit.signature.on.isoformat()}"
        yield f'signed = "{unit.signature.digest}"'
    yield "segments = ["
    for file, records in unit.records.items():
        start = f"story-{Path(file).stem}." if file.startswith("stories/") else ""
        for name, record in records.items():
            yield f'  "{start}{name} {record.source or _NONE}{" fuzzy" if record.fuzzy else ""}",'
    yield "]\n"
