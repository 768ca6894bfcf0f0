"""A book to the same book in words that are two fifths longer: a trial of what a German-like language does to a layout.

The words stay recognisable: letters are doubled within them, vowels with an accent the second time, evenly over the
text, so that long words grow most. Numbers, addresses, placeholders, spaces and all markup stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from lxml import etree

from hefte import fragment
from hefte.locales import PSEUDO
from hefte.model import Book, Chapter, HelplineText, Language, Story

_LEFT_ALONE = frozenset({"code", "pre", "hefte-cite", "hefte-record", "hefte-story", "hefte-helplines"})
"""Elements that hold no words of the language."""
_KEPT = re.compile(
    r"\{\{.*?\}\}|https?://\S+|www\.\S+|\S+@\S+\.\w+"
    r"|(?<![\w.])[\w-]{3,}(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?(?![\w])"
)
"""Placeholders and addresses."""
_ACCENTED = dict(zip("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ", strict=True))
"""What a vowel becomes the second time; any other letter stays as it is. Every font for Latin letters has these."""


def tag(language: str) -> str:
    """The pseudo-language's tag: `nb` → `nb-XA`, `fa-AF` → `fa-XA`."""
    return re.sub(r"-([A-Z]{2}|[0-9]{3})$", "", language) + PSEUDO


def pseudo(book: Book) -> Book:
    """The book as written, to the one in its pseudo-language: a draft. Its ids, places and records are the same."""
    code = book.language.code
    return replace(
        book, language=_language(book.language), chapters=tuple(map(_chapter, book.chapters)),
        matter={id: _chapter(text) for id, text in book.matter.items()},
        stories={id: _story(story, code) for id, story in book.stories.items()}, problems=(), draft=True,
    )


def lengthened(text: str) -> str:
    """The text with two letters added for each five, the last share rounded up."""
    return next(iter(_lengthened([text])))


def _language(language: Language) -> Language:
    return replace(
        language, code=tag(language.code), name=f"{language.name} (pseudo)", origin="machine",
        title=lengthened(language.title), subtitle=lengthened(language.subtitle),
        description=lengthened(language.description), audience=lengthened(language.audience),
        labels={key: lengthened(said) for key, said in language.labels.items()},
        editions={key: lengthened(said) for key, said in language.editions.items()},
        helplines={
            id: HelplineText(lengthened(said.name), lengthened(said.does), lengthened(said.hours))
            for id, said in language.helplines.items()
        },
    )


def _chapter(text: Chapter) -> Chapter:
    return replace(
        text, title=lengthened(text.title), short_title=lengthened(text.short_title),
        summary=lengthened(text.summary), body=_body(text.body),
    )


def _story(story: Story, code: str) -> Story:
    language = tag(code) if story.language == code else story.language
    return replace(story, title=lengthened(story.title), language=language, body=_body(story.body))


def _body(body: str) -> str:
    """A body with each of its blocks lengthened by itself."""
    tree = fragment.parse(body)
    blocks: dict[str, list[tuple[etree._Element, str]]] = {}
    for element, end, key in _texts(tree, ""):
        blocks.setdefault(key, []).append((element, end))
    for spots in blocks.values():
        for (element, end), text in zip(spots, _lengthened([getattr(*spot) or "" for spot in spots]), strict=True):
            setattr(element, end, text)
    return fragment.serialise(tree)


def _texts(element: etree._Element, key: str) -> Iterator[tuple[etree._Element, str, str]]:
    """Where words stand (element, `text` or `tail`, the block's key), in reading order."""
    if element.text and not _is_kept(element):
        yield element, "text", key
    for child in element:
        if not _is_kept(child):
            yield from _texts(child, child.get("data-key") or key)
        if child.tail:
            yield child, "tail", key


def _is_kept(element: etree._Element) -> bool:
    """Whether its words are no words: code, a record, a number or address that runs from the left, the mark of a
    note."""
    mark = element.tag == "sup" and element.get("class") == "note"
    return element.tag in _LEFT_ALONE or element.get("dir") == "ltr" or mark


def _lengthened(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces of one text, each with its share of the letters that the whole is to have more."""
    pieces = list(pieces)
    total = sum(len(word) for piece in pieces for word in _words(piece))
    seen = added = 0
    for piece in pieces:
        made, at = [], 0
        for word in _words(piece):
            seen += len(word)
            due = -(-2 * total // 5) if seen == total else 2 * seen // 5
            made += [piece[at : word.start], word.grown(due - added)]
            at, added = word.end, due
        yield "".join((*made, piece[at:]))


@dataclass(frozen=True, slots=True)
class _Word:
    """A run of letters in a text."""

    start: int
    letters: str

    def __len__(self) -> int:
        return len(self.letters)

    @property
    def end(self) -> int:
        return self.start + len(self)

    def grown(self, more: int) -> str:
        """The word with `more` of its letters doubled, evenly spread: not the first, and none beside its like, as long
        as there are others. A letter goes before the one that it doubles, so that marks stay with the last."""
        inner = range(1 if len(self) > 1 else 0, len(self))
        said = self.letters
        free = [at for at in inner if said[at] not in said[at - 1 : at] + said[at + 1 : at + 2]]
        places, times = free or list(inner), [0] * len(self)
        for number in range(more):
            times[places[(2 * number + 1) * len(places) // (2 * more)]] += 1
        return "".join(
            letter + _ACCENTED.get(letter, letter) * often for letter, often in zip(said, times, strict=True)
        )


def _words(text: str) -> Iterator[_Word]:
    """The words that may grow: none within an address or placeholder."""
    kept = [found.span() for found in _KEPT.finditer(text)]
    for is_word, run in groupby(range(len(text)), key=lambda at: text[at].isalpha()):
        places = list(run)
        if is_word and not any(start <= places[0] < end for start, end in kept):
            yield _Word(places[0], text[places[0] : places[-1] + 1])
