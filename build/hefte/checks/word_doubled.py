"""A book to the words that stand twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.prose import passages
from hefte.checks.sentences import has_blanks
from hefte.checks.tables import of_language
from hefte.model import Book, Finding, Severity

_TWICE = re.compile(r"(?<![\w’'\-])([^\W\d_]+)(\s+)(\1)(?![\w’'\-])", re.IGNORECASE)


def find(book: Book) -> Iterator[Finding]:
    """One finding each, at the second of the two, a line further down too. What stands in two elements (one of them
    stressed, a citation between them) or in two languages is not one after the other."""
    for passage in passages(book):
        table = of_language("doubled", passage.language)
        if table.get("all") or not has_blanks(passage.language):
            continue
        for piece in passage.own:
            for found in _TWICE.finditer(piece.words):
                word = found.group(1)
                if word.casefold() not in table.get("words", ()):
                    place = passage.place_of(piece.start + found.start(3))
                    yield CHECK.found(f"“{word} {found.group(3)}”: the same word twice", place=place)


CHECK = Check(
    id="word-doubled",
    severity=Severity.WARNING,
    title="The same word twice",
    rationale="The eye passes over it, above all at the end of a line; a screen reader does not.",
    source="issue 4",
    remedy="delete one of the two",
    run=find,
)
