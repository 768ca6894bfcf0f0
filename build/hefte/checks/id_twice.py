"""A book to the ids that are given to more than one place."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.words import place_of, texts, tree
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """Each place whose id another has already: in a PDF all chapters are one document."""
    seen = {chapter.id for chapter in book.chapters} | {f"story-{id}" for id in book.stories}
    for text in texts(book):
        for element in tree(text.body).iterfind(".//*[@id]"):
            id = element.get("id", "")
            if id in seen:
                yield CHECK.found(f"the id `{id}` is given a second time", place=place_of(text, element))
            seen.add(id)


CHECK = Check(
    id="id-twice",
    severity=Severity.ERROR,
    title="An id given twice",
    rationale="A link to it leads to the first place only, and an ebook with it is not valid.",
    source="WHATWG HTML, 3.2.6; EPUBCheck RSC-005",
    remedy="give it another id",
    run=find,
)
