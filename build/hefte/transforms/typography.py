"""Spaces at which a line must not end become no-break spaces: before a dash or unit, after an initial, inside a date.

Only what is safe in every text: no quotation mark or letter is changed. What CLDR knows (units, months, how digits are
grouped) is asked of Babel; it has no list of abbreviations, so those stand here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree

from hefte import locales
from hefte.model import Book, Chapter
from hefte.transforms.bodies import changed

if TYPE_CHECKING:
    from babel import Locale

_NO_BREAK = "\N{NO-BREAK SPACE}"
_LEFT_ALONE = frozenset({"code", "pre"})
"""Elements whose spaces are the writer's."""

_BEFORE_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "nb": ("kl.", "nr.", "s.", "ca.", "side", "kap.", "kr"), "nn": ("kl.", "nr.", "s.", "ca.", "side", "kap.", "kr"),
    "en": ("p.", "pp.", "no.", "page", "ch."),
}
"""Words that a number follows: a line must not end with one."""
_HANGING: Mapping[str, str] = {"pl": "aiouwzAIOUWZ"}
"""One-letter words that may not stand at the end of a line (Polish: PN-83/P-55366)."""
_UNITS = (
    "duration-minute", "duration-hour", "duration-day", "duration-week", "duration-month", "duration-year",
    "mass-milligram", "mass-gram", "mass-kilogram", "volume-milliliter", "volume-deciliter", "volume-liter",
    "length-millimeter", "length-centimeter", "length-meter", "length-kilometer", "temperature-celsius",
)
_COUNTS = (1, 2, 3, 11, 100)
"""One number of each plural form that CLDR tells apart (zero, one, two, few, many, other) in nearly every language."""

Rule = tuple[re.Pattern[str], str]


def typography(book: Book) -> Book:
    """The book with no-break spaces where a break would be read wrongly or look careless."""
    language = book.language.code
    book = changed(book, lambda tree: _walk(tree, language))
    return replace(
        book, chapters=tuple(_titles(text, language) for text in book.chapters),
        matter={id: _titles(text, language) for id, text in book.matter.items()},
    )


def bound(text: str, language: str) -> str:
    """`text` with its no-break spaces, by the rules of `language` (a BCP 47 tag)."""
    if " " not in text and "\n" not in text:
        return text
    for pattern, by in rules(language):
        text = pattern.sub(by, text)
    return text


def _titles(text: Chapter, language: str) -> Chapter:
    return replace(
        text, title=bound(text.title, language), short_title=bound(text.short_title, language),
        summary=bound(text.summary, language),
    )


def _walk(element: etree._Element, language: str) -> None:
    """Every text node, each by the rules of the language it is in; addresses and numbers are left alone."""
    for child in element:
        inner = child.get("lang", language)
        if child.tag not in _LEFT_ALONE and child.get("dir") != "ltr":
            _walk(child, inner)
        child.tail = child.tail and bound(child.tail, language)
    element.text = element.text and bound(element.text, language)


@cache
def rules(language: str) -> tuple[Rule, ...]:
    """The rules of one language, most general first."""
    return tuple(_rules(language))


def _rules(language: str) -> Iterator[Rule]:
    before = r"[ \n]"
    yield re.compile(rf"{before}(?=[–—](?:\s|$))"), _NO_BREAK
    yield re.compile(rf"{before}(?=…)"), _NO_BREAK
    yield re.compile(rf"(?<!\w)([^\W\d_]\.){before}(?=[^\W\d_])"), rf"\1{_NO_BREAK}"
    yield re.compile(rf"(?<=\d){before}(?=[%‰])"), _NO_BREAK
    base = language.split("-")[0]
    if words := _BEFORE_NUMBERS.get(base):
        yield re.compile(rf"(?<!\w)({_any(words)}){before}(?=\d)", re.IGNORECASE), rf"\1{_NO_BREAK}"
    if letters := _HANGING.get(base):
        yield re.compile(rf"(?<!\w)([{letters}]){before}"), rf"\1{_NO_BREAK}"
    yield from _of_cldr(language)


def _of_cldr(language: str) -> Iterator[Rule]:
    """Number and unit, day and month, and the groups of a long number where a space parts them."""
    # here, not at the top: Babel's number and date modules are only needed once a book is made
    from babel.dates import get_month_names
    from babel.numbers import get_group_symbol

    locale = locales.locale(language)
    units = _any(sorted(_units(locale), key=len, reverse=True))
    yield re.compile(rf"(?<=\d)[ \n](?=(?:{units})(?!\w))"), _NO_BREAK
    months = _any(sorted({*get_month_names("wide", locale=locale).values()}, key=len, reverse=True))
    yield re.compile(rf"(?<!\d)(\d{{1,2}}\.?)[ \n](?=(?:{months})(?!\w))"), rf"\1{_NO_BREAK}"
    if get_group_symbol(locale).isspace():
        yield re.compile(r"(?<=\d)[ \n](?=\d{3}(?!\d))"), _NO_BREAK


def _units(locale: Locale) -> Iterator[str]:
    """What follows the number, in every plural form, short and long."""
    from babel.units import format_unit

    found = set()
    for unit in _UNITS:
        for length in ("short", "long"):
            for count in _COUNTS:
                text = format_unit(count, unit, length=length, locale=locale)
                if match := _AFTER.fullmatch(text):
                    found.add(match.group(1))
    yield from found


_AFTER = re.compile(r"[\d٠-٩۰-۹]+\s*(\D+)")


def _any(words: Iterator[str] | tuple[str, ...] | list[str]) -> str:
    return "|".join(re.escape(word) for word in words)
