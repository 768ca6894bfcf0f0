"""A language folder to a `Book` as written: its words, chapters in order, stories, and what was met on the way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from hefte.errors import SourceError
from hefte.model import Book, Chapter, Place, Problem, Publication, Story
from hefte.records.schema import ChapterFront, MatterFront, StoryFront
from hefte.records.text import read_text
from hefte.records.validate import near, together
from hefte.sources.front_matter import front_matter
from hefte.sources.language import read_language
from hefte.sources.markdown.convert import convert
from hefte.sources.markdown.document import Document
from hefte.sources.markdown.passes import STORY_ID

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)
Read = tuple[T, list[Problem]]


@dataclass(frozen=True, slots=True)
class _From:
    """Where texts are read from."""

    root: Path
    """The publication's folder."""
    texts: Path
    """The folder of the texts: the language's own, or a copy of it (a snapshot)."""
    home: Path
    """The language's own, from which the paths of pictures are written."""


def read(publication: Publication, lang: str, folder: Path | None = None) -> Book:
    """The book in `lang`, as written.

    `folder` holds an earlier state of its texts (a snapshot): chapters that were not there yet are left out, those that
    are listed no longer are passed over; every record is today's. Of today's texts a chapter may be missing where the
    language's policy says so.
    Raises UsageError if there is no such language; SourceError (with all others in `also`) if a file is missing,
    unreadable, empty, not listed, or holds a link or image that cannot be used.
    """
    language = read_language(publication, lang, folder)
    home = publication.root / "chapters" / lang
    at = _From(publication.root, folder or home, home)
    faults = [] if folder else _strangers(publication, home)
    ids = _chapters(publication, lang, at)
    chapters = _each(faults, ids, lambda id: _chapter(at, f"{id}.md", ChapterFront))
    matter = _each(faults, publication.matter, lambda id: _chapter(at, f"{id}.md", MatterFront))
    told = [path.stem for path in _texts(at.texts / "stories")]
    stories = _each(faults, told, lambda id: _story(at, f"stories/{id}.md", lang))
    if faults:
        raise together(faults)
    return Book(
        publication=publication, language=language, chapters=tuple(chapter for chapter, _ in chapters),
        matter={text.id: text for text, _ in matter}, stories={story.id: story for story, _ in stories},
        problems=tuple(problem for _, problems in (*chapters, *matter, *stories) for problem in problems),
    )


def _chapters(publication: Publication, lang: str, at: _From) -> tuple[str, ...]:
    """The chapters to be read. Raises SourceError where all of them may be left out, and none is there."""
    leaves_out = lang != publication.source_language and publication.policy(lang).missing == "leave-out"
    if at.texts == at.home and not leaves_out:
        return publication.chapters
    there = tuple(id for id in publication.chapters if os.path.lexists(at.texts / f"{id}.md"))
    if not there:
        raise SourceError("there is no chapter", place=Place(at.texts), remedy="translate one of them at least")
    return there


def _each(faults: list[SourceError], ids: Iterable[str], make: Callable[[str], Read[T]]) -> list[Read[T]]:
    """What `make` gives for each id; the errors of those that fail are kept, so that all of them are told at once."""
    made = []
    for id in ids:
        try:
            made.append(make(id))
        except SourceError as error:
            faults.append(error)
    return made


def _texts(folder: Path) -> list[Path]:
    """The Markdown files of a folder, without the hidden ones that editors and macOS leave beside them."""
    return sorted(path for path in folder.glob("*.md") if not path.name.startswith("."))


def _strangers(publication: Publication, folder: Path) -> list[SourceError]:
    """Texts that publication.toml does not list: misnamed, or forgotten there. Either way they would not be printed."""
    known = (*publication.chapters, *publication.matter)
    return [
        SourceError(
            f"`{path.stem}` is not among the chapters of publication.toml", place=Place(path),
            remedy=f"list it there, or rename it; {near(path.stem, known)}",
        )
        for path in _texts(folder) if path.stem not in known
    ]


def _chapter(at: _From, file: str, model: type[ChapterFront]) -> Read[Chapter]:
    path = at.texts / file
    said, body, problems = _converted(at, file, path.stem, model)
    chapter = Chapter(
        id=path.stem, title=said.title, short_title=said.short_title or said.title, summary=said.summary, body=body,
        place=Place(path), keywords=tuple(said.keywords),
    )
    return chapter, problems


def _story(at: _From, file: str, lang: str) -> Read[Story]:
    path = at.texts / file
    if not STORY_ID.fullmatch(path.stem):
        raise SourceError(
            f"a story cannot be named `{path.stem}`", place=Place(path),
            remedy="use small letters a-z, digits and single hyphens, a letter first",
        )
    said, body, problems = _converted(at, file, f"story-{path.stem}", StoryFront)
    return Story(path.stem, said.title, said.lang or lang, body, Place(path)), problems


def _converted(at: _From, file: str, key: str, model: type[M]) -> tuple[M, str, list[Problem]]:
    """A file's front matter, its body, and its problems."""
    path = at.texts / file
    text = read_text(at.root, path)
    if not text.strip():
        raise SourceError("the file is empty", place=Place(path), remedy="write it, or restore it")
    said, end = front_matter(text, path, model)
    lines = text.split("\n")
    if not any(line.strip() for line in lines[end:]):
        raise SourceError(
            "there is no text after the front matter", place=Place(path, end), remedy="write it, or restore it",
        )
    document = Document(key, path, at.root, lines, home=(at.home / file).parent)
    body = convert(text, document)
    if document.faults:
        raise together(document.faults)
    return said, body, document.problems
