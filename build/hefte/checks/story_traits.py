"""A story to what in it could tell who it is: kind → the words that tell it.

Ages, durations, illnesses, kin and places of work are known in the languages of data/identifiers.toml; dates in
numbers, trade marks and CLDR's names of places in every language; names of people wherever a script has capitals and
nouns have none. Whether what was found is telling, an editor judges.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from hefte.checks import gazetteer
from hefte.checks.prose import Passage
from hefte.checks.sentences import sentences
from hefte.checks.spelling import words_in
from hefte.checks.tables import of_language, table

_KINDS = ("age", "duration", "diagnosis", "third_party", "workplace")
_DATE = re.compile(r"\b\d{1,2}[./]\s?\d{1,2}[./]\s?(?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b|\b(?:19|20)\d\d\b")
_DAY = re.compile(r"\d{1,2}\.?\s+(?:\w{1,3}\s+)?$|^\s*\d")
_PLAIN_MONTHS = frozenset({"nb", "nn", "en", "da", "sv", "de"})
"""Languages whose months' names mean little else, so that no number need stand beside them."""
_CAPITAL_NOUNS = frozenset({"de", "lb", "gsw"})
_ENDLESS = re.compile(r"\S{100,}")
"""No word; and it would take the patterns for ever."""
_NEAR = 20
"""Characters beside a month or a word."""
_AFTER_BREAK = re.compile(r"[:«„“”\"'‘(–—]\s*$")


@dataclass(frozen=True, slots=True)
class Trait:
    """Something that was found."""

    kind: str
    words: str
    at: int
    """Where it begins in the passage's words."""
    first: bool = False
    """A word at the beginning of a sentence: a name only if it is no word in small letters."""


def traits(passage: Passage, known: Collection[str]) -> Iterator[Trait]:
    """All that is found in a passage. `known`: words that are no names here."""
    own = (piece.words if piece.language == passage.language else " " * len(piece.words) for piece in passage.pieces)
    text = _ENDLESS.sub(lambda found: " " * len(found.group()), "".join(own))
    taken: set[int] = set()
    for trait in (*_by_table(text, passage.language), *_dates(text, passage.language)):
        taken |= {*range(trait.at, trait.at + len(trait.words))}
        yield trait
    yield from _names(text, passage.language, taken, frozenset(known))


def _by_table(text: str, language: str) -> Iterator[Trait]:
    ages: set[int] = set()
    for kind in _KINDS:
        if pattern := _pattern(kind, language):
            for found in pattern.finditer(text):
                if kind == "age":
                    ages |= {*range(found.start(), found.end())}
                if kind != "duration" or found.start() not in ages:
                    yield Trait(kind, found.group().strip(), found.start())
    for found in _brands().finditer(text):
        yield Trait("brand", found.group(), found.start())


@cache
def _brands() -> re.Pattern[str]:
    return re.compile(table("identifiers")["brand"])


@cache
def _pattern(kind: str, language: str) -> re.Pattern[str] | None:
    """What finds a kind of trait in a language, whole words of it; None where nobody wrote it down."""
    told = of_language("identifiers", language)
    if not told.get(kind):
        return None
    number = rf"(?:\d{{1,2}}(?:[.,]\d)?|{'|'.join(told['numbers'])})"
    patterns = (each.replace("{n}", number).replace(" ", r"\s+") for each in told[kind])
    return re.compile(rf"(?<!\w)(?=\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


def _dates(text: str, language: str) -> Iterator[Trait]:
    for found in _DATE.finditer(text):
        yield Trait("date", found.group(), found.start())
    for found in _months(language).finditer(text):
        capital = language.split("-")[0] not in {"en", "de"} or found.group()[0].isupper()
        before, after = text[max(0, found.start() - _NEAR) : found.start()], text[found.end() : found.end() + _NEAR]
        beside = _DAY.search(before) or re.match(r"\s+\d", after)
        if beside or (language.split("-")[0] in _PLAIN_MONTHS and capital):
            yield Trait("date", found.group(), found.start())


@cache
def _months(language: str) -> re.Pattern[str]:
    names = sorted(gazetteer.months(language), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)


def _names(text: str, language: str, taken: set[int], known: frozenset[str]) -> Iterator[Trait]:
    """Places; and words with a capital that may stand for a name."""
    skip = {*of_language("identifiers", language).get("skip", ()), *known}
    for begin, sentence in sentences(text, language):
        begins = re.search(r"\w|$", sentence)
        for offset, word in words_in(sentence):
            at, bare = begin + offset, re.split("[’'-]", word)[0]
            first = begins is not None and offset <= begins.start()
            first = first or bool(_AFTER_BREAK.search(text[max(0, at - _NEAR) : at]))
            if at in taken or bare in skip or word in skip:
                continue
            if gazetteer.place_at(word, language, first):
                yield Trait("place", word, at)
            elif _may_be_name(bare, language):
                yield Trait("name", word, at, first)


def _may_be_name(word: str, language: str) -> bool:
    nouns = language.split("-")[0] in _CAPITAL_NOUNS
    return not nouns and gazetteer.is_cased(language) and len(word) > 1 and word.istitle()
