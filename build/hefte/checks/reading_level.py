"""A book to the texts in it that are harder to read than a brochure may be, by LIX."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.prose import Passage, passages_of
from hefte.checks.readability import LANGUAGES, counted, lix
from hefte.checks.words import texts
from hefte.model import Book, Chapter, Finding, Severity, Story

LIMIT = 40
_BESIDE = frozenset({"title", "alt"})
"""Kinds of passages that are no sentences of the text."""
_ENOUGH = 50
"""Words. Of a shorter text the share of long words says little."""


def find(book: Book) -> Iterator[Finding]:
    """One finding a text. A quotation is the person's own: it is not asked."""
    for text in texts(book):
        language = getattr(text, "language", book.language.code)
        if language not in LANGUAGES or _is_quoted(book, text):
            continue
        blocks = [_own(passage) for passage in passages_of(text, language) if passage.kind not in _BESIDE]
        level = lix(blocks, language)
        if level > LIMIT and sum(len(counted(block)) for block in blocks) >= _ENOUGH:
            yield CHECK.found(f"`{text.id}` reads at LIX {level:.0f}, above {LIMIT}", place=text.place)


def _own(passage: Passage) -> str:
    return "".join(piece.words for piece in passage.own)


def _is_quoted(book: Book, text: Chapter | Story) -> bool:
    record = book.publication.stories.get(text.id) if isinstance(text, Story) else None
    return record is not None and record.voice == "quote"


CHECK = Check(
    id="reading-level",
    severity=Severity.WARNING,
    title="A text that is hard to read",
    rationale="Who grieves, or has slept little, or reads Norwegian as a second language, gives up a text that asks "
    "too much. Measured in Norwegian, Swedish and Danish.",
    source="C. H. Björnsson: Läsbarhet, 1968: below 40 is easy to read",
    remedy="split the longest sentences, and say long words in shorter ones",
    run=find,
)
