"""A book as written, to the pieces that checks look at: bodies as trees, leaf blocks with their words and places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from hefte import fragment
from hefte.checks.frame import Check
from hefte.model import Book, Chapter, Finding, Place, Story


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf block."""

    element: etree._Element
    """Not to be changed: the checks share it."""
    words: str
    """Its own words, line ends as written."""
    place: Place

    def place_of(self, offset: int) -> Place:
        """Where the character at `offset` of the words stands."""
        return Place(self.place.path, self.place.line + self.words.count("\n", 0, offset))


def texts(book: Book) -> Iterator[Chapter | Story]:
    """Every text that can be printed: the chapters, the texts around them, the stories."""
    yield from book.chapters
    yield from book.matter.values()
    yield from book.stories.values()


@lru_cache(maxsize=256)
def tree(body: str) -> etree._Element:
    """A body as a tree that is shared by all checks."""
    return fragment.parse(body)


def leaves(text: Chapter | Story) -> Iterator[Leaf]:
    """The leaf blocks of a text in reading order."""
    for element in fragment.leaves(tree(text.body)):
        yield Leaf(element, fragment.own_text(element), place_of(text, element))


def placeholders(book: Book, tag: str) -> Iterator[tuple[etree._Element, Place]]:
    """Each `<tag>` of the book with its place, in reading order."""
    for text in texts(book):
        for element in tree(text.body).iterfind(f".//{tag}"):
            yield element, place_of(text, element)


def place_of(text: Chapter | Story, element: etree._Element) -> Place:
    """The line of the nearest element around (or at) `element` that has one."""
    at: etree._Element | None = element
    while at is not None:
        if line := at.get("data-line"):
            return Place(text.place.path, int(line))
        at = at.getparent()
    return text.place


def reported(check: Check, book: Book, lead: str = "") -> Iterator[Finding]:
    """The findings of a check whose problems `sources.read` has already met."""
    for problem in book.problems:
        if problem.kind == check.id:
            yield check.found(f"{lead}{problem.text}", place=problem.place)
