"""A book to the capitals in it that are not explained where they first stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hefte.checks import own_words
from hefte.checks.frame import Check
from hefte.checks.prose import Passage, passages
from hefte.checks.tables import of_language
from hefte.model import Book, Finding, Severity

_CAPITALS = re.compile(r"(?<![\w.])[^\W\d_]{2,6}(?![\w.]\w)(?!\w)")
_ROMAN = re.compile(r"[IVXLCDM]+")
_EXPLAINED = re.compile(r"[\w»”\"’-]*\s*\([^()]*[^\W\d_]+[^()]*\)")
_WORDS_BEFORE = re.compile(r"[^\W\d_]{2,}\W+[^()]*\($|[^\W\d_]{5,}\s*\($")


def find(book: Book) -> Iterator[Finding]:
    """One finding each, where it first stands. Known are those of data/abbreviations.toml, of the glossary, of the
    helplines and the works cited, and of the language's words.txt."""
    met: set[tuple[str, str]] = set()
    known: dict[str, frozenset[str]] = {}
    for passage in passages(book):
        if passage.language not in known:
            common = of_language("abbreviations", passage.language).get("known", ())
            known[passage.language] = own_words.known(book, passage.language) | {*common}
        for at, word in capitals(passage):
            if word not in known[passage.language] and (passage.language, word) not in met:
                met.add((passage.language, word))
                if not _is_explained(passage.words, at, word):
                    yield CHECK.found(f"{word} is not explained", place=passage.place_of(at))


def capitals(passage: Passage) -> Iterator[tuple[int, str]]:
    """Each word of two to six capitals in the passage's own language; none where all is set in capitals."""
    if not any(sign.islower() for sign in passage.words):
        return
    for piece in passage.own:
        for found in _CAPITALS.finditer(piece.words):
            word = found.group()
            if word.isupper() and not _ROMAN.fullmatch(word):
                yield piece.start + found.start(), word


def _is_explained(words: str, at: int, word: str) -> bool:
    """`BUP (barne- og ungdomspsykiatrien)`, or `barne- og ungdomspsykiatrien (BUP)`."""
    after = words[at + len(word) :]
    if after.startswith(")"):
        return bool(_WORDS_BEFORE.search(words[:at]))
    return bool(_EXPLAINED.match(after))


CHECK = Check(
    id="acronym",
    severity=Severity.WARNING,
    title="Capitals that nobody explains",
    rationale="Who works in the health service knows what BUP is. Who reads this for the first time does not, and a "
    "translator guesses.",
    source="WCAG 2.2, 3.1.4, technique G97",
    remedy="write what it stands for, and the capitals in brackets after it; what every reader knows is listed in "
    "words.txt",
    run=find,
)
