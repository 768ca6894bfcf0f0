"""A language folder to a `Book` as written: its words, chapters in order, stories, and what was met on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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


def read(publication: Publication, lang: str) -> Book:
    """The book in `lang`, as written.

    Raises UsageError if there is no such language; SourceError (with all others in `also`) if a file is missing,
    unreadable, empty, not listed, or holds a link or image that cannot be used.
    """
    language = read_language(publication, lang)
    root = publication.root
    folder = root / "chapters" / lang
    faults = _strangers(publication, folder)
    chapters = _each(faults, publication.chapters, lambda id: _chapter(root, folder / f"{id}.md", ChapterFront))
    matter = _each(faults, publication.matter, lambda id: _chapter(root, folder / f"{id}.md", MatterFront))
    ids = [path.stem for path in _texts(folder / "stories")]
    stories = _each(faults, ids, lambda id: _story(root, folder / "stories" / f"{id}.md", lang))
    if faults:
        raise together(faults)
    return Book(
        publication=publication, language=language, chapters=tuple(chapter for chapter, _ in chapters),
        matter={text.id: text for text, _ in matter}, stories={story.id: story for story, _ in stories},
        problems=tuple(problem for _, problems in (*chapters, *matter, *stories) for problem in problems),
    )


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


def _chapter(root: Path, path: Path, model: type[ChapterFront]) -> Read[Chapter]:
    said, body, problems = _converted(root, path, path.stem, model)
    chapter = Chapter(
        id=path.stem, title=said.title, short_title=said.short_title or said.title, summary=said.summary, body=body,
        place=Place(path), keywords=tuple(said.keywords),
    )
    return chapter, problems


def _story(root: Path, path: Path, lang: str) -> Read[Story]:
    if not STORY_ID.fullmatch(path.stem):
        raise SourceError(
            f"a story cannot be named `{path.stem}`", place=Place(path),
            remedy="use small letters a-z, digits and single hyphens, a letter first",
        )
    said, body, problems = _converted(root, path, f"story-{path.stem}", StoryFront)
    return Story(path.stem, said.title, said.lang or lang, body, Place(path)), problems


def _converted(root: Path, path: Path, key: str, model: type[M]) -> tuple[M, str, list[Problem]]:
    """A file's front matter, its body, and its problems."""
    text = read_text(root, path)
    if not text.strip():
        raise SourceError("the file is empty", place=Place(path), remedy="write it, or restore it")
    said, end = front_matter(text, path, model)
    lines = text.split("\n")
    if not any(line.strip() for line in lines[end:]):
        raise SourceError(
            "there is no text after the front matter", place=Place(path, end), remedy="write it, or restore it",
        )
    document = Document(key, path, root, lines)
    body = convert(text, document)
    if document.faults:
        raise together(document.faults)
    return said, body, document.problems
