"""A book to the pictographs that stand as bullets or in headings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.prose import Passage, passages
from hefte.model import Book, Finding, Severity

_AS_PICTURE = "\N{VARIATION SELECTOR-16}"
_HEADING = re.compile(r"h[1-6]|title")
_LINE = re.compile(r"^\s*", re.MULTILINE)


def find(book: Book) -> Iterator[Finding]:
    """One finding a heading, and one a line that begins with a pictograph."""
    for passage in passages(book):
        if _HEADING.fullmatch(passage.kind):
            yield from _in_heading(passage)
        else:
            yield from _as_bullet(passage)


def _in_heading(passage: Passage) -> Iterator[Finding]:
    for at, sign in enumerate(passage.words):
        if is_pictograph(passage.words, at):
            yield CHECK.found(f"{_named(sign)} stands in a heading", place=passage.place_of(at))
            return


def _as_bullet(passage: Passage) -> Iterator[Finding]:
    for line in _LINE.finditer(passage.words):
        at = line.end()
        if at < len(passage.words) and is_pictograph(passage.words, at):
            yield CHECK.found(f"{_named(passage.words[at])} stands as a bullet", place=passage.place_of(at))


def is_pictograph(words: str, at: int) -> bool:
    """Whether a screen reader says the sign by its name: what Unicode calls Extended_Pictographic or keeps for such
    (UTS 51), dingbats and shapes. The signs for rights, degrees and the like are words."""
    sign = words[at]
    if words[at + 1 : at + 2] == _AS_PICTURE or 0x1F000 <= ord(sign) <= 0x1FFFD:
        return True
    return unicodedata.category(sign) == "So" and 0x2190 <= ord(sign) <= 0x2BFF


def _named(sign: str) -> str:
    name = unicodedata.name(sign, "").lower()
    return f"{sign} ({name or f'U+{ord(sign):04X}'})"


CHECK = Check(
    id="emoji-bullet",
    severity=Severity.WARNING,
    title="A pictograph as a bullet or in a heading",
    rationale="A screen reader says its name aloud before each item: sparkles, sparkles, sparkles. In print it needs a "
    "font with colours.",
    source="WCAG 2.2, 1.3.1; Unicode UTS 51, Extended_Pictographic",
    remedy="take it out; a list is written with `- ` at the beginning of each line",
    run=find,
)
