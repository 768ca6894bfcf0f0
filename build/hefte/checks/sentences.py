"""A text to its sentences and its words, as a reader counts them.

A stop ends no sentence where a small letter follows, after a short form of the language (data/abbreviations.toml),
after an initial, or inside a number. UAX 29 knows the signs; what stands before them only a language knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from hefte.checks.prose import RECORD
from hefte.checks.tables import of_language
from hefte.scripts import script_of

_END = re.compile(r"([.!?…؟۔।።]+)[)\]»«”“’‘\"'›‹]*(?=\s|$)")
_BEFORE = re.compile(r"[^\s(«»„“”\"]+$")
_AFTER = re.compile(r"[\s«»„“”\"'‘’‹›(\[–—¿¡-]*(\S?)")
_SHORT = 40
"""Letters: more have no word that is a short form."""
_NO_BLANKS = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Hans", "Hant", "Hani", "Jpan", "Tibt"})
"""Scripts without blanks between words: what stands between two blanks is no word."""
_CAPITAL_NOUNS = frozenset({"de", "lb", "gsw"})
"""Languages in which a capital after `1.` does not mean that a sentence begins."""


def sentences(text: str, language: str) -> Iterator[tuple[int, str]]:
    """Each sentence with the offset at which it begins, without the white space around it."""
    begin = 0
    for found in _END.finditer(text):
        if _ends(text, found, language):
            yield from _trimmed(text, begin, found.end())
            begin = found.end()
    yield from _trimmed(text, begin, len(text))


def words(text: str) -> list[str]:
    """The words of a text: what stands between blanks and has a letter or digit, or is filled in by a record."""
    return [word for word in text.split() if any(sign.isalnum() or sign == RECORD for sign in word)]


def has_blanks(language: str) -> bool:
    """Whether the language's words stand apart from each other."""
    return script_of(language) not in _NO_BLANKS


def _trimmed(text: str, begin: int, end: int) -> Iterator[tuple[int, str]]:
    said = text[begin:end]
    if said.strip():
        yield begin + len(said) - len(said.lstrip()), said.strip()


def _ends(text: str, found: re.Match[str], language: str) -> bool:
    following = _AFTER.match(text, found.end())
    after = following.group(1) if following else ""
    if not after:
        return True
    if after.islower():
        return False
    if found.group(1) != ".":
        return True
    before = _BEFORE.search(text[max(0, found.start() - _SHORT) : found.start()])
    return before is None or not _goes_on(f"{before.group()}.", after, language)


def _goes_on(before: str, after: str, language: str) -> bool:
    """Whether a sentence goes on after a word with a stop."""
    bare = before.rstrip(".")
    if len(bare) == 1 and bare.isupper():
        return True
    if bare.isdigit() and len(bare) < 3:
        return after.isdigit() or language.split("-")[0] in _CAPITAL_NOUNS
    return before.casefold() in _short(language)


@cache
def _short(language: str) -> frozenset[str]:
    """Short forms after which no sentence begins; of those in several parts the last counts too (`m. in.`)."""
    table = of_language("abbreviations", language)
    ends = {form.casefold() for form in table.get("ends", ())}
    forms = {form.casefold() for form in (*table.get("stay", ()), *table.get("write", ()))} - ends
    return frozenset(form.rpartition(" ")[2] for form in forms)
