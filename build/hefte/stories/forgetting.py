"""A withdrawn story to the files of a publication without its words: memories, snapshots, back-translations, records of
translation, words.txt; and, where the editor wants that, its texts and the lines that place it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from hefte.checks import own_words
from hefte.errors import SourceError
from hefte.exchange import backs
from hefte.model import Place, Publication
from hefte.paths import contained
from hefte.translation import memory, review, snapshot, workspace


@dataclass(slots=True)
class Changes:
    """What is to be written and removed, by paths from the publication's folder."""

    content: dict[str, bytes] = field(default_factory=dict)
    remove: list[str] = field(default_factory=list)
    broken: list[SourceError] = field(default_factory=list)
    """Files that cannot be read, and so still hold what they hold."""


def forget(publication: Publication, id: str, *, erase: bool) -> Changes:
    """Everything that has to change for `id` to be kept nowhere. Nothing is written yet."""
    changes = Changes()
    for language in publication.languages:
        for step in (_memory, _backs, _review, _own_words):
            try:
                changes.content.update(step(publication, language, id))
            except SourceError as error:
                changes.broken.append(error)
        folder = publication.root / "chapters" / language
        kept = sorted((folder / snapshot.FOLDER).glob(f"*/stories/{id}.md"))
        changes.remove += [_name(publication, path) for path in kept]
        if erase:
            changes.content.update(_without_place(publication, language, id))
            if (text := folder / "stories" / f"{id}.md").is_file() or text.is_symlink():
                changes.remove.append(_name(publication, text))
    for name in (*changes.content, *changes.remove):  # a folder in it may be a link that leads elsewhere
        contained(publication.root, (publication.root / name).parent, name, Place(publication.root / name))
    return changes


def _memory(publication: Publication, language: str, id: str) -> Iterator[tuple[str, bytes]]:
    path = publication.root / "chapters" / language / memory.FILE
    if not path.is_file():
        return
    known = memory.load(path, publication.source_language, language)
    now = known.without(_texts(publication, language, id), {id})
    now.entries = {key: replace(one, stories=_others(one.stories, id)) for key, one in now.entries.items()}
    if now.entries != known.entries:
        yield _name(publication, path), now.dump().encode()


def _others(stories: tuple[str, ...], id: str) -> tuple[str, ...]:
    return tuple(story for story in stories if story != id)


def _texts(publication: Publication, language: str, id: str) -> set[str]:
    """Each text of the story, in the language and its source, that stands in nothing else: a memory that came from
    another program does not say what they belong to."""
    told: set[str] = set()
    others: set[str] = set()
    for tag in (publication.source_language, language):
        folder = publication.root / "chapters" / tag
        for path in (*sorted(folder.glob("*.md")), *sorted((folder / "stories").glob("*.md"))):
            file = path.relative_to(folder).as_posix()
            try:
                text = workspace.read(publication, tag, file, path.stem)
            except SourceError:
                continue  # what cannot be read holds nothing that could be compared
            of = told if file == f"stories/{id}.md" else others
            of |= {each.text for each in (text.segments if text else ()) if each.text}
    return told - others


def _backs(publication: Publication, language: str, id: str) -> Iterator[tuple[str, bytes]]:
    path = publication.root / "chapters" / language / backs.FILE
    kept = backs.load(publication.root, language)
    now = {name: said for name, said in kept.items() if not name.startswith(f"story-{id}.")}
    if now != kept:
        yield _name(publication, path), backs.dump(now)


def _review(publication: Publication, language: str, id: str) -> Iterator[tuple[str, bytes]]:
    """Digests of its texts only; but they are of no use to anybody now. The snapshot has a copy."""
    folder, file = publication.root / "chapters" / language, f"stories/{id}.md"
    reviews = review.load(publication.root, language)
    units = {
        name: replace(unit, records={of: said for of, said in unit.records.items() if of != file})
        for name, unit in reviews.units.items()
    }
    if units != reviews.units:
        yield _name(publication, folder / review.FILE), review.dump(review.Reviews(units)).encode()


def _own_words(publication: Publication, language: str, id: str) -> Iterator[tuple[str, bytes]]:
    """words.txt without the words that stand in the story and in nothing that is told: a name, most of all."""
    told = {id, *(other for other, record in publication.stories.items() if record.withdrawn)}
    if gone := own_words.only_of(publication, language, told):
        path = publication.root / "chapters" / language / own_words.FILE
        lines = path.read_bytes().splitlines(keepends=True)
        kept = (line for number, line in enumerate(lines, 1) if number not in gone)
        yield _name(publication, path), b"".join(kept)


def _without_place(publication: Publication, language: str, id: str) -> Iterator[tuple[str, bytes]]:
    """The language's texts without the lines that place the story."""
    empty = r"(?:[ \t]*\r?\n)*"
    first = rf"^:{{3,}}[ \t]*story[ \t]+{re.escape(id)}[ \t]*\r?\n"
    block = re.compile(rf"{first}{empty}:{{3,}}[ \t]*(?:\r?\n|\Z){empty}", re.MULTILINE)
    for path in sorted((publication.root / "chapters" / language).glob("*.md")):
        text = path.read_bytes().decode("utf-8", errors="surrogateescape")
        now = block.sub("", text)
        if now != text:
            end = re.search(r"\r?\n\Z", text)
            now = now.rstrip("\r\n") + (end[0] if end else "")
            yield _name(publication, path), now.encode("utf-8", errors="surrogateescape")


def _name(publication: Publication, path: Path) -> str:
    return path.relative_to(publication.root).as_posix()
