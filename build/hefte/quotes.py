"""A language to its quotation marks, and a text to the same text with the language's own marks, nested ones too."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

DOUBLE = frozenset("\"“”„‟«»「」『』")
"""What can only be a quotation mark."""
SINGLE = frozenset("'‘’‚‛‹›")
"""What is a quotation mark within a quotation, and elsewhere may be an apostrophe."""
_BEFORE = frozenset("([{/–—-¿¡")
"""After these a quotation can begin without a space."""


@cache
def marks(language: str) -> str:
    """Start, end, and start and end within a quotation, as CLDR has them for the language."""
    data = json.loads((Path(__file__).parent / "quotes.json").read_text(encoding="utf-8"))
    tag = language
    while tag:
        if tag in data["languages"]:
            return str(data["languages"][tag])
        tag = tag.rpartition("-")[0]
    return str(data["root"])


def normalised(text: str, language: str) -> tuple[str, int | None]:
    """The text with the language's own marks, as long as before, and where (from 0) a mark stands that has no
    counterpart: then nothing is changed.

    Which mark opens and which closes is told by the spaces around it, so that any language's marks and the
    typewriter's are read: “a”, «a», „a“, »a«, "a". A single mark counts within a quotation only.
    """
    opened: list[int] = []
    pairs: list[tuple[int, int, int]] = []
    for at, mark in enumerate(text):
        if mark in DOUBLE or (mark in SINGLE and opened and not _apostrophe(text, at)):
            single = mark in SINGLE
            if _opens(text, at, bool(opened), single):
                opened.append(at)
                continue
            while not single and opened and text[opened[-1]] in SINGLE:
                opened.pop()  # an apostrophe that stood before its word
            if opened and (text[opened[-1]] in SINGLE) == single:
                start = opened.pop()
                pairs.append((start, at, len(opened)))
            elif not single:
                return text, at
    if opened := [at for at in opened if text[at] in DOUBLE]:
        return text, opened[-1]
    own, letters = marks(language), list(text)
    for start, end, depth in pairs:
        inner = 2 * (depth % 2)
        letters[start], letters[end] = own[inner], own[inner + 1]
    return "".join(letters), None


def _opens(text: str, at: int, within: bool, single: bool) -> bool:
    before, after = text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "
    free_before = before.isspace() or before in _BEFORE or (before in DOUBLE and at > 0)
    free_after = after.isspace() or not (after.isalnum() or after in DOUBLE or after in SINGLE)
    if free_before == free_after:
        return not within and not single
    return free_before


def _apostrophe(text: str, at: int) -> bool:
    """Whether a single mark stands between two letters."""
    return 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()
