"""A text to how hard it is to read: LIX.

Carl-Hugo Björnsson, Läsbarhet, Stockholm 1968: words a sentence, and the share of words of more than six letters in
percent. His scale: below 30 very easy, to 40 easy (fiction), to 50 as newspapers, to 60 as official texts, above that
hard. It was made for Swedish, and is used of Danish and Norwegian alike; of other languages the scale says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from hefte.checks.sentences import sentences

LANGUAGES = frozenset({"nb", "nn", "sv", "da"})
_WORD = re.compile(r"[^\W\d_]+(?:[-’][^\W\d_]+)*")
_COLON = re.compile(r":(?=\s+[«„“\"]?[^\W\d_a-zæøåäö])")
_LONG = 6


def lix(blocks: Iterable[str], language: str) -> float:
    """The LIX of blocks of text; each is a sentence or more. A colon before a capital ends one too. 0 for no words."""
    parts = [said for block in blocks for _, sentence in sentences(block, language) for said in _COLON.split(sentence)]
    found = [words for part in parts if (words := counted(part))]
    of_text = [word for words in found for word in words]
    if not of_text:
        return 0.0
    return len(of_text) / len(found) + 100 * sum(len(word) > _LONG for word in of_text) / len(of_text)


def counted(text: str) -> list[str]:
    """The words that LIX counts."""
    return _WORD.findall(text)
