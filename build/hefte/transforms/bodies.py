"""What all transforms share: change the body of each text of a book, as a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from lxml import etree

from hefte import fragment
from hefte.model import Book, Chapter

Change = Callable[[etree._Element], None]
"""Changes the tree of a body in place; the tree is nobody else's."""


def texts(book: Book) -> Iterator[Chapter]:
    """Chapters, then the texts around them, in reading order."""
    yield from book.chapters
    yield from (book.matter[id] for id in sorted(book.matter, key=_matter_order(book)))


def _matter_order(book: Book) -> Callable[[str], int]:
    order = book.publication.matter
    return lambda id: order.index(id) if id in order else len(order)


def changed(book: Book, change: Change) -> Book:
    """The book with `change` done to the body of every text, in reading order."""
    done = {text.id: _changed(text, change) for text in texts(book)}
    chapters = tuple(done[chapter.id] for chapter in book.chapters)
    return replace(book, chapters=chapters, matter={id: done[id] for id in book.matter})


def _changed(text: Chapter, change: Change) -> Chapter:
    tree = fragment.parse(text.body)
    change(tree)
    return replace(text, body=fragment.serialise(tree))


def element(tag: str, text: str | None = None, /, **attributes: str | None) -> etree._Element:
    """An element; `class_` gives `class`, `data_key` gives `data-key`, None leaves an attribute out."""
    made = etree.Element(tag)
    for name, value in attributes.items():
        if value is not None:
            made.set(name.rstrip("_").replace("_", "-"), value)
    made.text = text
    return made
