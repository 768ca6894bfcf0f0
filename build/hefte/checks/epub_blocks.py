"""An EPUB to its text, block by block in reading order, and to what stands after each mark of a printed page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hefte.checks.blocks import Block, Skip, letters, name, of_html
from hefte.checks.epub_reading import EPUB_TYPE, Document, documents, spine, typed
from hefte.checks.frame import EpubFile

_HELP = frozenset({"backlink", "doc-backlink", "pagebreak", "doc-pagebreak"})
"""Types of what an ebook adds for moving about."""
_FURNITURE = frozenset({"skip", "draft"})
"""Classes of our own paragraphs of that kind: the way past a story, the notice above each document of a draft."""
_ENOUGH = 60
"""Letters after a mark that are looked at."""


def read(epub: EpubFile, contents: bool = True, facts: bool = True) -> list[Block]:
    """All that is read in the reading order; without the table of `contents`, and without the `facts` of the edition
    (its name, its ISBN), if so wished."""
    order = set(spine(epub))
    return [
        block for document in documents(epub) if document.name in order and (contents or not document.nav)
        for block in _of(document, _unread if facts else _no_word_of_the_book)
    ]


def chapters(epub: EpubFile) -> list[str]:
    """The documents that hold a chapter."""
    return [document.name for document in documents(epub) if typed(document, "chapter")]


def _of(document: Document, skip: Skip) -> list[Block]:
    language = document.root.get("lang") or document.root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return [
        block for body in document.find("/h:html/h:body") for block in of_html(body, language, document.name, skip)
    ]


def _unread(element: Any) -> bool:
    """Not the text of the book: what is hidden, or helps to move about."""
    kinds = {*element.get(EPUB_TYPE, "").split(), *element.get("role", "").split()}
    classes = set(element.get("class", "").split())
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return bool(hidden or kinds & _HELP or (name(element) == "p" and classes & _FURNITURE))


def _no_word_of_the_book(element: Any) -> bool:
    """The same, and what each edition says of itself: layouts/shared/facts.html.j2."""
    return _unread(element) or (name(element) == "dl" and "facts" in element.get("class", "").split())


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark where a printed page begins."""

    label: str
    where: str
    """For messages: file and line."""
    after: str
    """The letters after it in its document, at most some sixty."""
    word: int
    """How many letters the first word after it has, or the link or note number: a page may begin within it."""


def marks(epub: EpubFile) -> list[Mark]:
    """The marks in reading order."""
    return [mark for document in documents(epub) for mark in _marks(document)]


def _marks(document: Document) -> Iterator[Mark]:
    parts: list[str] = []
    found: list[tuple[int, Any]] = []
    for body in document.find("/h:html/h:body"):
        _gather(body, parts, found)
    for at, element in found:
        after = "".join(parts[at:])
        yield Mark(
            element.get("aria-label") or element.get("title") or "".join(element.itertext()).strip(),
            document.where(element), letters(after)[:_ENOUGH], _first(element, after),
        )


def _gather(element: Any, parts: list[str], found: list[tuple[int, Any]]) -> None:
    """The text of a document in pieces, and before which of them each mark stands."""
    parts.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            kinds = {*child.get(EPUB_TYPE, "").split(), *child.get("role", "").split()}
            if kinds & {"pagebreak", "doc-pagebreak"}:
                found.append((len(parts), child))
            elif not _unread(child):
                _gather(child, parts, found)
        parts.append(child.tail or "")


def _first(mark: Any, after: str) -> int:
    following = mark.getnext()
    if following is not None and not (mark.tail or "").strip() and name(following) in ("a", "sup"):
        return len(letters("".join(following.itertext())))
    return len(letters(next(iter(after.split()), "")))
