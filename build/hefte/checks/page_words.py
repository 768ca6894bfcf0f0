"""Words as they stand on a page to words that can be compared, or told in a message."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hefte.model import Book, Line
from hefte.model.pages import Box
from hefte.numerals import numeral

_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f\u00ad\u200b"))
_SHOWN = 40
"""Characters of a line that a message shows."""


def plain(text: str) -> str:
    """Without the characters that are not seen, and with one kind of space."""
    return " ".join(text.translate(_ISOLATES).split())


def squeezed(text: str) -> str:
    """Without any space: a title may be broken over lines anywhere."""
    return re.sub(r"\s", "", plain(text))


def quoted(text: str) -> str:
    """The beginning of a line, for a message."""
    words = plain(text)
    return f"“{words}”" if len(words) <= _SHOWN else f"“{words[:_SHOWN].rstrip()}…”"


def is_number(text: str) -> bool:
    """Whether it is a page's number, in digits of any script."""
    return plain(text).isdigit()


def numerals(number: int, books: Iterable[Book]) -> tuple[str, ...]:
    """A page's number in the digits of each language."""
    return tuple(dict.fromkeys(numeral(number, book.language.code) for book in books))


def around(lines: Iterable[Line]) -> Box | None:
    """The box that holds all of them."""
    boxes = [line.box for line in lines]
    if not boxes:
        return None
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)
