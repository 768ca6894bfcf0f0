"""A book to the headings that skip a level."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.words import place_of, texts, tree
from hefte.model import Book, Finding, Severity

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def find(book: Book) -> Iterator[Finding]:
    """Headings more than one level below the one before them; the text's title is level 1, and no other may be."""
    for text in texts(book):
        before = 1
        for heading in tree(text.body).iter(*_HEADINGS):
            level = int(str(heading.tag)[1])
            place = place_of(text, heading)
            if level == 1:
                yield CHECK.found("a heading of level 1, which is the title's", place=place, remedy="begin it with ##")
            elif level > before + 1:
                yield CHECK.found(
                    f"a heading of level {level} follows one of level {before}", place=place,
                    remedy=f"begin it with {'#' * (before + 1)}",
                )
            before = level


CHECK = Check(
    id="heading-skip",
    severity=Severity.ERROR,
    title="A heading that skips a level",
    rationale="Who listens moves from heading to heading, and looks for what is missing in between.",
    source="PDF/UA-1 (ISO 14289-1), 7.4.2; WCAG 2.2, technique G141",
    remedy="use the next level",
    run=find,
)
