"""Which way a language and a text run, and what in right-to-left text must be kept from being turned round.

By the bidirectional algorithm (UAX 9) `10-20` in Arabic text becomes `20-10`, and `22.11.2026, 9:00` falls to pieces;
the page renderer lays each piece of text out by itself and so reverses Latin words that stand in several elements. An
isolate stops both: an element with `dir`, or where none can stand U+2066 … U+2069. Sources hold neither.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from html import escape

from hefte.locales import locale

_KEPT = ' class="digits"'
_ISOLATE, _END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_DASHES = "\\-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}"
_NUMBER = re.compile(
    rf"(?<!\d)(?:\+\d+(?:[ {_SPACES}\-]\d+)*"  # a number to dial
    rf"|(?:(?<![^\s(\[«“„‘])[-\N{{MINUS SIGN}}+±])?\d+(?:(?:[.,:/×{_SPACES}{_DASHES}]|[ ](?=\d{{3}}(?!\d)))\d+)*)"
    rf"(?:[ {_SPACES}]?[%‰]|°)?"
)
"""Digits with what holds them together. A sign belongs to them only where nothing stands before it: not in COVID-19.
The per cent sign of Arabic script, U+066A, stands on the number's left, where its own direction puts it."""
_OPENING = "([«“„‘{"
_AFTER = "/%‰+#="
"""Signs that belong to the Latin word before them."""


@cache
def of_language(language: str) -> str:
    """`ltr` or `rtl`, as CLDR has it; `language` is a BCP 47 tag, and one that CLDR does not know runs as Latin."""
    from babel import UnknownLocaleError

    try:
        return str(locale(language).text_direction)
    except (ValueError, UnknownLocaleError):
        return "ltr"


def of_text(text: str, otherwise: str = "ltr") -> str:
    """The direction of a text's first letter (UAX 9, P2 and P3); `otherwise` where it has none."""
    return next((found for sign in text if (found := _strong(sign))), otherwise)


def runs(text: str, direction: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it must be isolated, from left to right, within text of `direction`."""
    at = 0
    for start, end in sorted(_islands(text)) if direction == "rtl" else ():
        if start > at:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if at < len(text):
        yield text[at:], False


def pieces(text: str, direction: str) -> Iterator[tuple[str, bool]]:
    """The same for a text that stands for itself, a title say: one without a right-to-left letter is isolated whole."""
    if direction == "rtl" and of_text(text, "rtl") == "ltr" and all(_strong(sign) != "rtl" for sign in text):
        yield text, True
    else:
        yield from runs(text, direction)


def isolated(text: str, direction: str) -> str:
    """The text with isolating characters, for where no element can stand: attributes, the NCX."""
    return "".join(f"{_ISOLATE}{piece}{_END}" if apart else piece for piece, apart in pieces(text, direction))


def as_html(text: str, direction: str) -> str:
    """The text escaped, with elements round what must be isolated."""
    return "".join(
        (f'<bdi{_KEPT if is_number(piece) else ""} dir="ltr">{escape(piece)}</bdi>' if apart else escape(piece))
        for piece, apart in pieces(text, direction)
    )


def is_number(piece: str) -> bool:
    """Whether an isolated piece has no letter: it is then never broken over lines."""
    return not any(_strong(sign) for sign in piece)


def _strong(sign: str) -> str:
    kind = unicodedata.bidirectional(sign)
    return "ltr" if kind == "L" else "rtl" if kind in ("R", "AL") else ""


def _islands(text: str) -> Iterator[tuple[int, int]]:
    """Where what must be isolated begins and ends."""
    if text.isascii() and text.isalpha():
        return
    words = [span for start, end in _without_rtl(text) if (span := _words(text, start, end))]
    yield from (span for span in words if not text[slice(*span)].isalpha())
    for match in _NUMBER.finditer(text):
        if not match.group().isdigit() and all(match.end() <= start or match.start() >= end for start, end in words):
            yield match.span()


def _without_rtl(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between right-to-left letters."""
    start = 0
    for at, sign in enumerate(text):
        if _strong(sign) == "rtl":
            if at > start:
                yield start, at
            start = at + 1
    if start < len(text):
        yield start, len(text)


def _words(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The Latin words of a stretch with the numbers and signs between them; None where it has no letter."""
    first = next((at for at in range(start, end) if _strong(text[at])), None)
    if first is None:
        return None
    while first > start and not (text[first - 1].isspace() or text[first - 1] in _OPENING):
        first -= 1
    last = max(at for at in range(first, end) if _strong(text[at]) or text[at].isdigit()) + 1
    while last < end and text[last] in _AFTER:
        last += 1
    return _balanced(text, first, last, start, end)


def _balanced(text: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """The words with both brackets of a pair or with neither, as far as the stretch reaches."""
    left = [at for at in range(first, last) if text[at] in "(["]
    right = [at for at in range(first, last) if text[at] in ")]"]
    if len(right) > len(left):
        opened = first > start and text[first - 1] in "(["
        return (first - 1, last) if opened else (first, first + len(text[first : right[len(left)]].rstrip()))
    if len(left) > len(right):
        closed = last < end and text[last] in ")]"
        return (first, last + 1) if closed else (first, first + len(text[first : left[len(right)]].rstrip()))
    return first, last
