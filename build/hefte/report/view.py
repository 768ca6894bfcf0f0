"""Turns one language's entry in report.json and the pictures of its files into what the page shows, in its order."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hefte.report import measured
from hefte.report.contents import Listed
from hefte.report.marks import Mark, mark
from hefte.report.pictures import Picture, Pictures
from hefte.report.verdict import kind, weight

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Note:
    """A finding, numbered within its file or its language's words."""

    number: int
    kind: str
    finding: Record


Groups = tuple[tuple[str, tuple[Note, ...]], ...]
"""Check → what it found; the gravest first."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a file: its picture, if there is one, what is marked on it, and what was found on it."""

    page: int
    picture: Picture | None
    marks: tuple[Mark, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class FileView:
    """One finished file."""

    anchor: str
    """Its id on the page."""
    record: Record
    notes: tuple[Note, ...]
    """Findings of the file as a whole."""
    marked: tuple[Sheet, ...]
    """Pages on which there is something to see."""
    sheets: tuple[Sheet, ...]
    """All pages of which there is a picture."""
    figures: Sequence[tuple[str, str]]
    by_page: Sequence[Record]
    documents: tuple[Listed, ...]
    """Of an EPUB."""

    @property
    def count(self) -> int:
        """Of its findings."""
        return len(self.notes) + sum(len(sheet.notes) for sheet in self.marked)


@dataclass(frozen=True, slots=True)
class LanguageView:
    """One language."""

    code: str
    entry: Record
    words: Groups
    """Findings in the sources, and whatever belongs to no file that is there."""
    files: tuple[FileView, ...]

    @property
    def count(self) -> int:
        """Of the findings in `words`."""
        return count(self.words)


def count(groups: Groups) -> int:
    """Of findings."""
    return sum(len(notes) for _, notes in groups)


def common(languages: Mapping[str, Record]) -> Groups:
    """Findings that every one of several languages has: those in the records that they share."""
    each = [{_same(finding): finding for finding in entry["findings"]} for entry in languages.values()]
    if len(each) < 2:
        return ()
    return _grouped([finding for of, finding in each[0].items() if all(of in other for other in each)])


def _same(finding: Record) -> tuple[object, ...]:
    return tuple(finding.get(name) for name in ("check", "message", "path", "line", "page", "waived"))


def language(
    code: str, entry: Record, pictures: Pictures, documents: Callable[[Record], tuple[Listed, ...]],
    told: Groups = (),
) -> LanguageView:
    """`documents` tells an EPUB's from its entry in the report; `told` are the findings that every language has."""
    paths = {file["path"] for file in entry["files"]}
    elsewhere = {_same(note.finding) for _, notes in told for note in notes}
    words = _grouped([
        finding for finding in entry["findings"]
        if finding.get("path") not in paths and _same(finding) not in elsewhere
    ])
    files = (_file(code, file, entry["findings"], pictures, documents) for file in entry["files"])
    return LanguageView(code, entry, words, tuple(files))


def _file(
    code: str, file: Record, findings: Sequence[Record], pictures: Pictures,
    documents: Callable[[Record], tuple[Listed, ...]],
) -> FileView:
    notes = _numbered([finding for finding in findings if finding.get("path") == file["path"]])
    seen = {picture.page: picture for picture in pictures.get(file["digest"], ())}
    ink = file["figures"].get("ink") or {}
    numbers = sorted({*seen, *(note.finding["page"] for note in notes if note.finding.get("page"))})
    sheets = tuple(_sheet(number, seen.get(number), notes, ink) for number in numbers)
    return FileView(
        anchor=f"{code}-{file['edition']}", record=file,
        notes=tuple(note for note in notes if not note.finding.get("page")),
        marked=tuple(sheet for sheet in sheets if sheet.notes or sheet.marks),
        sheets=tuple(sheet for sheet in sheets if sheet.picture),
        figures=measured.rows(file["figures"]), by_page=measured.pages(file["figures"]), documents=documents(file),
    )


def _numbered(findings: Sequence[Record]) -> tuple[Note, ...]:
    ordered = sorted(findings, key=weight)
    return tuple(Note(number, kind(finding), finding) for number, finding in enumerate(ordered, 1))


def _grouped(findings: Sequence[Record]) -> Groups:
    """By check, in the order of the gravest finding of each; numbered as they then stand."""
    by: dict[str, list[Record]] = {}
    for finding in sorted(findings, key=weight):
        by.setdefault(finding["check"], []).append(finding)
    numbers = itertools.count(1)
    return tuple(
        (check, tuple(Note(next(numbers), kind(finding), finding) for finding in of)) for check, of in by.items()
    )


def _sheet(page: int, picture: Picture | None, notes: Sequence[Note], ink: Record) -> Sheet:
    here = tuple(note for note in notes if note.finding.get("page") == page)
    if picture is None:
        return Sheet(page, None, (), here)
    marks = [
        mark(str(note.number), note.kind, note.finding["box"], picture) for note in here if note.finding.get("box")
    ]
    if ink.get("page") == page and ink.get("box"):
        marks.insert(0, mark(f"{ink['most']:.0f} %", "figure", ink["box"], picture))
    return Sheet(page, picture, tuple(marks), here)
