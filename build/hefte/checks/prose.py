"""A book to the passages that a reader meets: titles, summaries, blocks, alternative texts and labels, each with its
languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from hefte import fragment
from hefte.checks.words import place_of, texts, tree
from hefte.model import Book, Chapter, Place, Story

RECORD = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for a number or an address that a record fills in."""
_BUT_LINE_END = re.compile(r"[^\n]")
_READ = etree.XPath(".//*[@data-key] | .//img")
"""Leaf blocks and pictures, in reading order."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words in one element."""

    start: int
    words: str
    language: str
    """Empty for code, and for what a record fills in."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What is read in one go: a block, a title, a label."""

    pieces: tuple[Piece, ...]
    language: str
    place: Place
    kind: str
    """The block's element (`p`, `li`, `h2`), or `title`, `summary`, `alt`, `string`."""
    story: str = ""
    """The id of the story that it stands in."""

    @property
    def words(self) -> str:
        """All of them, line ends as written."""
        return "".join(piece.words for piece in self.pieces)

    @property
    def counted(self) -> str:
        """All of them, a run of words in another language made one: a title that is cited is no part of a sentence."""
        return "".join(
            piece.words if piece.language == self.language else _BUT_LINE_END.sub(RECORD, piece.words)
            for piece in self.pieces
        )

    @property
    def own(self) -> Iterator[Piece]:
        """The pieces in the passage's own language."""
        return (piece for piece in self.pieces if piece.language == self.language)

    def place_of(self, offset: int) -> Place:
        """Where the character at `offset` of the words stands."""
        return Place(self.place.path, self.place.line + self.words.count("\n", 0, offset))


def passages(book: Book) -> Iterator[Passage]:
    """All of a book: its language.toml, then every text that can be printed."""
    language = book.language
    said = (word for line in language.helplines.values() for word in (line.name, line.does, line.hours))
    for words in (language.title, language.subtitle, language.description, language.audience,
                  *language.labels.values(), *language.editions.values(), *said):
        yield _whole(words, language.code, language.place, "string")
    for text in texts(book):
        yield from passages_of(text, language.code)


def passages_of(text: Chapter | Story, language: str) -> Iterator[Passage]:
    """One text: its title, its summary, its blocks, each picture's words where it stands. `language`: the book's."""
    own = getattr(text, "language", language)
    story = text.id if isinstance(text, Story) else ""
    yield _whole(text.title, own, text.place, "title", story)
    if isinstance(text, Chapter) and text.summary:
        yield _whole(text.summary, own, text.place, "summary")
    for element in _READ(tree(text.body)):
        around = next((str(at.get("lang")) for at in (element, *element.iterancestors()) if at.get("lang")), own)
        place = place_of(text, element)
        if element.tag == "img":
            yield _whole(element.get("alt", ""), around, place, "alt", story)
        else:
            yield Passage(tuple(_pieces(element, around)), around, place, str(element.tag), story)


def _whole(words: str, language: str, place: Place, kind: str, story: str = "") -> Passage:
    return Passage((Piece(0, words, language),), language, place, kind, story)


def _pieces(leaf: etree._Element, around: str) -> Iterator[Piece]:
    at = 0
    for element, words in fragment.own_pieces(leaf):
        language = _language(element, leaf, around)
        if element.tag == "code":
            language = ""
        elif element.tag == "hefte-record":
            words, language = RECORD, ""
        if words and not _is_mark(element):
            yield Piece(at, words, language)
            at += len(words)


def _is_mark(element: etree._Element) -> bool:
    """Whether it is the letter of a note, which is no word."""
    around = (element, element.getparent())
    return any(at is not None and at.tag == "sup" and at.get("class") == "note" for at in around)


def _language(element: etree._Element, leaf: etree._Element, around: str) -> str:
    at: etree._Element | None = element
    while at is not None and at is not leaf:
        if said := at.get("lang"):
            return str(said)
        at = at.getparent()
    return around
