"""A book to the links to places in it that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.words import place_of, texts, tree
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """Links to `#id` where no chapter, heading, story, helpline, cited work or marked place has that id."""
    known = _ids(book)
    for text in texts(book):
        for link in tree(text.body).iter("a"):
            address = link.get("href", "")
            if address.startswith("#") and address[1:] not in known:
                yield CHECK.found(f"nothing in the book has the id `{address[1:]}`", place=place_of(text, link))


def _ids(book: Book) -> set[str]:
    marked = (element for text in texts(book) for element in tree(text.body).iterfind(".//*[@id]"))
    written = {element.get("id", "") for element in marked}
    return written | {chapter.id for chapter in book.chapters} | {f"story-{id}" for id in book.stories}


CHECK = Check(
    id="link-dangling",
    severity=Severity.ERROR,
    title="A link to a place that is not there",
    rationale="In the ebook it leads nowhere; a reading system may refuse the whole file.",
    source="EPUB 3.3, 4.1.3; EPUBCheck RSC-012",
    remedy="link to the id of a chapter (#what-helps), or mark the place with {#id}",
    run=find,
)
