"""A story's id to every place that holds it, or held it: sources, memories, builds, releases, files for translators."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hefte.checks import own_words
from hefte.exchange import backs
from hefte.model import Publication
from hefte.release import record as releases
from hefte.stories import records
from hefte.translation import memory, snapshot
from hefte.wishes import OUT, PSEUDO_OUT

EXPORTS = (".po", ".pot", ".xlf", ".xliff", ".xlsx", ".tmx")
_LARGEST = 50_000_000
"""Bytes of a file, or of one packed in it, that is looked into."""
_UNREADABLE = (OSError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What is raised of a file that is locked, damaged, or larger than that."""
_SKIPPED = frozenset({"node_modules", "chapters"})
_REPORT = "report.json"


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that holds a story, or held it."""

    kind: str
    """`text`, `directive`, `memory`, `back-translation`, `snapshot`, `words`, `glossary`, `build`, `pseudo`, `export`,
    `proof`, `release`; `unread` where something cannot be read (locked, damaged, large), and may hold it."""
    path: str
    """From the publication's folder; of a release, below the folder that it was handed out in."""
    line: int | None = None
    language: str = ""
    edition: str = ""
    version: str = ""
    """Of a build or release: the publication's version."""
    date: str = ""
    digest: str = ""


def where(publication: Publication, id: str, out: Path | None = None) -> tuple[Held, ...]:
    """Every place, in that order. `out`: where the outputs lie; default: dist/.

    Raises UsageError for a story without a record, SourceError where the record of releases or a words.txt is damaged.
    """
    records.known(publication, id)
    return (
        *sources(publication, id), *kept(publication, id), *built(publication, id, out), *exported(publication, id),
        *released(publication, id),
    )


def sources(publication: Publication, id: str) -> Iterator[Held]:
    """Its text in each language, and the lines that place it."""
    directive = re.compile(rf":{{3,}}[ \t]*story[ \t]+{re.escape(id)}[ \t]*")
    for language in publication.languages:
        folder = publication.root / "chapters" / language
        text = folder / "stories" / f"{id}.md"
        if text.is_file():
            yield Held("text", _shown(publication, text), 1, language)
        for path in sorted(folder.glob("*.md")):
            for number, line in enumerate(_lines(path), 1):
                if directive.fullmatch(line.rstrip("\r")):
                    yield Held("directive", _shown(publication, path), number, language)
    for number, line in enumerate(_lines(publication.root / "chapters" / "glossary.toml"), 1):
        if re.search(rf"(?<![\w-]){re.escape(id)}(?![\w-])", line):
            yield Held("glossary", "chapters/glossary.toml", number)


def kept(publication: Publication, id: str) -> Iterator[Held]:
    """What is kept beside the translations."""
    needles = (
        ("memory", memory.FILE, f'<prop type="x-hefte-story">{id}</prop>'),
        ("back-translation", backs.FILE, f'"story-{id}.'),
    )
    for language in publication.languages:
        folder = publication.root / "chapters" / language
        for kind, name, needle in needles:
            number = next((number for number, line in enumerate(_lines(folder / name), 1) if needle in line), None)
            if number:
                yield Held(kind, _shown(publication, folder / name), number, language)
        for path in sorted((folder / snapshot.FOLDER).glob(f"*/stories/{id}.md")):
            yield Held("snapshot", _shown(publication, path), 1, language)
        for number in own_words.only_of(publication, language, {id}):
            yield Held("words", _shown(publication, folder / own_words.FILE), number, language)


def built(publication: Publication, id: str, out: Path | None = None) -> Iterator[Held]:
    """Files of the last build that hold it, as far as they still lie there; the folder where its report is damaged.
    Where no folder is named, also those that `hefte build --pseudo` made."""
    yield from _built(publication, id, out or publication.root / OUT, "build")
    if out is None:
        yield from _built(publication, id, publication.root / PSEUDO_OUT, "pseudo")


def _built(publication: Publication, id: str, out: Path, kind: str) -> Iterator[Held]:
    if not (out / _REPORT).is_file():
        return
    try:
        said = json.loads((out / _REPORT).read_text(encoding="utf-8"))
        version, date = str(said["publication"]["version"]), str(said["publication"]["date"])
        files = [(language, file) for language, entry in said["languages"].items()
                 for file in (*entry["files"], *entry.get("older", ()))]
        held = [(language, file) for language, file in files if id in file.get("stories", ())]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        yield Held("unread", _shown(publication, out))
        return
    for language, file in held:
        if (out / file["path"]).is_file():
            yield Held(
                kind, _shown(publication, out / file["path"]), None, language, file["edition"], version, date,
                file["digest"],
            )


def exported(publication: Publication, id: str) -> Iterator[Held]:
    """Files for translators and reviewers in the publication's folder that hold segments of it."""
    needle = re.compile(rf"story-{re.escape(id)}(?![\w-])".encode())
    for path in _files(publication.root):
        if path.suffix.lower() in EXPORTS:
            try:
                if any(needle.search(data) for data in _contents(path)):
                    yield Held("export", _shown(publication, path))
            except _UNREADABLE:
                yield Held("unread", _shown(publication, path))
        elif path.name.endswith(("-proof.pdf", "-proof.html")) and _proof_of(publication, path, id):
            yield Held("proof", _shown(publication, path))


def released(publication: Publication, id: str) -> Iterator[Held]:
    """Every file that was ever released with it."""
    for one in releases.load(publication.root):
        if id in one.stories:
            yield Held(
                "release", one.path, None, one.language, one.edition, one.version, one.date.isoformat(), one.digest
            )


def _proof_of(publication: Publication, path: Path, id: str) -> bool:
    """Whether a proof may hold the story. Of a page that is seen, a PDF's is the page beside it."""
    page = path.with_suffix(".html")
    try:
        text = page.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return True  # nobody knows
    return f"story-{id}" in text


def _files(root: Path) -> Iterator[Path]:
    """Files below the publication's folder, but for its sources and for hidden folders."""
    for entry in sorted(root.iterdir()):
        if entry.name.startswith(".") or entry.name in _SKIPPED or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from _files(entry)
        elif entry.is_file():
            yield entry


def _contents(path: Path) -> Iterator[bytes]:
    """The file's bytes; of a spreadsheet, those of each part. Raises one of _UNREADABLE."""
    if path.suffix.lower() != ".xlsx":
        _refuse_large(path.stat().st_size)
        yield path.read_bytes()
        return
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            _refuse_large(info.file_size)
            yield archive.read(info)


def _refuse_large(size: int) -> None:
    if size > _LARGEST:
        raise OSError(f"{size} bytes")


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return []


def _shown(publication: Publication, path: Path) -> str:
    path = path.absolute()
    return (path.relative_to(publication.root) if path.is_relative_to(publication.root) else path).as_posix()


def record_of(held: Held) -> dict[str, Any]:
    """As JSON has it: what is not known is left out."""
    return {name: value for name in Held.__dataclass_fields__ if (value := getattr(held, name))}
