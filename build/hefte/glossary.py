"""A text and the glossary to the terms that occur in it, inflected or not.

No list of endings: a word counts as a form of another where the two begin alike for most of their length, which holds
in every language of the publication; in Arabic script what is written together with the word is taken off first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

Glossary = Mapping[str, Mapping[str, tuple[str, ...]]]

_WORD = re.compile(r"[^\W\d_]+(?:[’'\N{ZERO WIDTH NON-JOINER}-][^\W\d_]+)*")
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
"""Vowel signs and the stretching sign of Arabic script."""
_JOINED = re.compile(r"^(?:[وف]?(?:[بكل]?ال|لل)(?=\w{2})|[وف]?[بكل](?=\w{3})|[وف](?=\w{3}))")
"""Arabic: and, so, in, as, for, the."""
_ENDING = 5
"""Letters. A longer addition makes another word: morsmelk, morsmelkerstatning."""
_SMALL = 3
"""Letters. Words as short as this one bend too much, and say little."""


def words(text: str) -> list[str]:
    """The words of a text in small letters, without vowel signs and without what is written on to their beginning."""
    return [_JOINED.sub("", _MARKS.sub("", word)) for word in _WORD.findall(text.casefold())]


def terms_in(text: str, language: str, glossary: Glossary) -> frozenset[str]:
    """The terms (their ids) that a text in the source language holds. Where several fit a word, the longest counts."""
    return _terms(text, tuple(_renderings(language, glossary)))


@lru_cache(maxsize=4096)
def _terms(text: str, renderings: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """Kept, since every translation asks the same of the same source."""
    found = words(text)
    terms: set[str] = set()
    taken: set[int] = set()
    for term, rendering in sorted(renderings, key=lambda pair: -len(pair[1])):
        parts = _parts(rendering)
        for at in range(len(found) - len(parts) + 1):
            span = range(at, at + len(parts))
            fits = all(_inflected(found[n], part) for n, part in zip(span, parts, strict=True))
            if parts and fits and not taken & {*span}:
                terms.add(term)
                taken |= {*span}
    return frozenset(terms)


def holds(text: str, renderings: Iterable[str]) -> bool:
    """Whether a text holds one of the renderings: forms of all its words, in any order."""
    found = words(text)
    return any(all(any(_alike(word, part) for word in found) for part in _main(each)) for each in renderings)


@cache
def _parts(rendering: str) -> tuple[str, ...]:
    return tuple(words(rendering))


@cache
def _main(rendering: str) -> tuple[str, ...]:
    """The words of a rendering that have to be there: the small ones only if there are no others."""
    said = _parts(rendering)
    return tuple(word for word in said if len(word) > _SMALL) or said


def _renderings(language: str, glossary: Glossary) -> list[tuple[str, str]]:
    return [(term, rendering) for term, said in glossary.items() for rendering in said.get(language, ())]


def _inflected(word: str, term: str) -> bool:
    stem = term[:-1] if len(term) > _ENDING and term[-1] in "aeiouy" else term
    return word.startswith(stem) and len(word) - len(stem) <= _ENDING


def _alike(word: str, part: str) -> bool:
    """Whether two words begin alike for most of the shorter one's length: 3 of 4 letters, 4 of 6, 6 of 10."""
    same = next((at for at, (one, other) in enumerate(zip(word, part, strict=False)) if one != other), None)
    same = min(len(word), len(part)) if same is None else same
    return same >= min(len(part), max(_SMALL, -(-len(part) * 3 // 5)))
