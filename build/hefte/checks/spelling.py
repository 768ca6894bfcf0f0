"""A book to the words that are in no dictionary of their language, where Hunspell has one."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache as once
from pathlib import Path

from hefte import cache
from hefte.checks import own_words
from hefte.checks.frame import Check
from hefte.checks.prose import Passage, passages
from hefte.model import Book, Finding, Place, Severity
from hefte.tools import hunspell

_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b(?:/\S*)?")
_ENDLESS = re.compile(r"\S{100,}")
"""No word; and it would take the patterns for ever."""
_COMPOUNDING = frozenset({"nb", "nn", "da", "sv", "de", "nl", "is", "fo", "fy", "lb"})
"""Languages that write two words as one whenever they like: no dictionary has them all."""
_LONG, _FIRST, _SECOND, _ONE = 9, 3, 4, 5
"""Letters: of a word that may be two, of its parts, and of the longer one of them. Shorter ones are everywhere."""
_LINKS = ("", "s", "e")
_MOST = 10
"""Words of a language for which others are offered: that takes Hunspell long."""
_SHOWN = 100
"""Words of a language that are told: of a text in another language, all are unknown."""


def find(book: Book) -> Iterator[Finding]:
    """One finding a word, where it first stands."""
    met: dict[str, dict[str, list[tuple[Passage, int]]]] = {}
    for passage in passages(book):
        for piece in passage.pieces:
            if piece.language:
                words = met.setdefault(piece.language, {})
                for at, word in words_in(piece.words):
                    words.setdefault(word, []).append((passage, piece.start + at))
    for language, words in met.items():
        right, own = own_words.known(book, language), own_words.dictionary(book.publication.root, language)
        asked = sorted(word for word in words if not {word, word[0].lower() + word[1:]} & right)
        unknown = {*misspelt(language, asked, own)}
        wrong = [word for word in words if word in unknown]
        meant = _meant(language, wrong[:_MOST], own)
        for number, word in enumerate(wrong[:_SHOWN], 1):
            passage, at = words[word][0]
            more = len(wrong) - number if number == _SHOWN else 0
            yield _found(word, passage.place_of(at), len(words[word]), meant.get(word, ()), more)


def looked(language: str) -> str:
    """What a language was looked at with, or why it was not: for the report."""
    version = hunspell.probe()
    if version is None:
        return f"not run: {hunspell.MISSING}"
    at = hunspell.dictionary(language)
    return f"{hunspell.NAME} {version}, {at.name}" if at else f"not run: no dictionary for {language}"


def words_in(text: str) -> Iterator[tuple[int, str]]:
    """The words of a text, each with its offset: no numbers, no addresses, no capitals such as BUP and GP’s."""
    blanked = _ENDLESS.sub(_blank, text)
    blanked = _ADDRESS.sub(_blank, blanked)
    for found in _word().finditer(blanked):
        first = re.split("['’-]", found.group())[0]
        if len(found.group()) > 1 and not (first.isupper() and 1 < len(first) < 7):
            yield found.start(), found.group()


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


@once
def _word() -> re.Pattern[str]:
    """Letters with their marks, hyphens and apostrophes between them; nothing that is stuck to a digit."""
    marks = "".join(sign for sign in map(chr, range(0x300, 0x10000)) if unicodedata.category(sign)[0] == "M")
    letter = rf"(?:[^\W\d_]|[{marks}\u200c])"
    return re.compile(rf"(?<![\w{marks}]){letter}+(?:[’'ʼ\-‑]{letter}+)*(?![\w{marks}])")


def misspelt(language: str, words: Sequence[str], own: Sequence[str]) -> list[str]:
    """Those of the words that the language's dictionary does not know; none where there is no dictionary. What it said
    is kept in the cache: numbers of words, no word."""
    at = hunspell.dictionary(language)
    if at is None or not words:
        return []
    inputs = (json.dumps([list(words), list(own), _stamp(at), language]).encode(),)
    try:
        made = cache.remember(cache.folder(), "spelling", inputs, lambda: _asked(at, language, words, own))
    except TimeoutError:
        return []
    return [words[number] for number in json.loads(made)]


def _stamp(at: Path) -> list[object]:
    """What changes where a dictionary does."""
    there = (at.with_name(f"{at.name}.{ending}") for ending in ("aff", "dic"))
    return [str(at), *((file.stat().st_size, file.stat().st_mtime) for file in there if file.is_file())]


def _asked(at: Path, language: str, words: Sequence[str], own: Sequence[str]) -> bytes:
    """The numbers of the words that are unknown, as JSON. Raises TimeoutError where Hunspell gives no answer."""
    plain = [_plain(word) for word in words]
    unknown = hunspell.misspelt(at, plain, own)
    doubtful = [number for number, word in enumerate(plain) if _is_in(word, unknown)]
    ways = {number: list(_ways(plain[number], language)) for number in doubtful}
    parts = sorted({part for each in ways.values() for way in each for part in way})
    wrong = hunspell.misspelt(at, parts, own) if parts else frozenset()
    return json.dumps([number for number in doubtful if not any(not wrong & {*way} for way in ways[number])]).encode()


def _plain(word: str) -> str:
    """As dictionaries write it: a straight apostrophe, a plain hyphen, no vowel signs of Arabic script."""
    bare = re.sub("[\u0610-\u061a\u064b-\u065f\u0670\u0640]", "", word)
    return re.sub("[’ʼ]", "'", bare).replace("\N{NON-BREAKING HYPHEN}", "-")


def _is_in(word: str, unknown: frozenset[str]) -> bool:
    return word in unknown or any(part in unknown for part in re.split(r"['-]", word))


def _ways(word: str, language: str) -> Iterator[tuple[str, ...]]:
    """What a word may consist of: what hyphens join (a letter too: e-bok); in some languages any two words
    (barsel|treff, følelse|s|løs)."""
    if "-" in word:
        yield tuple(part for part in word.split("-") if len(part) > 1)
    if language.split("-")[0] not in _COMPOUNDING or len(word) < _LONG:
        return
    for cut in range(_FIRST, len(word) - _SECOND + 1):
        first, second = word[:cut], word[cut:]
        for link in _LINKS:
            bare = first.removesuffix(link)
            if len(bare) >= _FIRST and first.endswith(link) and max(len(bare), len(second)) >= _ONE:
                yield bare, second


def _meant(language: str, words: Sequence[str], own: Sequence[str]) -> dict[str, tuple[str, ...]]:
    at = hunspell.dictionary(language)
    if at is None or not words:
        return {}
    said = hunspell.suggestions(at, [_plain(word) for word in words], own)
    return {word: said.get(_plain(word), ()) for word in words}


def _found(word: str, place: Place, count: int, meant: Sequence[str], more: int) -> Finding:
    times = f" ({count} times)" if count > 1 else ""
    others = f", nor are {more} other words" if more else ""
    remedy = f"did you mean {' or '.join(meant)}? If it is right, add it to words.txt" if meant else None
    return CHECK.found(f"“{word}” is in no dictionary{times}{others}", place=place, remedy=remedy)


CHECK = Check(
    id="spelling",
    severity=Severity.WARNING,
    title="A word that is spelt wrongly",
    rationale="It makes the reader doubt the rest, a screen reader says something else, and a search does not find it.",
    source="Hunspell and the dictionaries on this machine",
    remedy="correct it; if it is right, add it to words.txt in the language's folder",
    run=find,
    tool="hunspell",
)
