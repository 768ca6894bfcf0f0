"""A language to the script that it is written in, as CLDR has it; a letter to its script, as Unicode has it."""

from __future__ import annotations

from functools import cache

from hefte.locales import locale as locale_of

_PARTS = {"Jpan": {"Hani", "Hira", "Kana"}, "Kore": {"Hang", "Hani"}, "Hans": {"Hani"}, "Hant": {"Hani"}}
"""Names of writing systems that stand for several scripts (ISO 15924)."""
_NEUTRAL = frozenset({"Zyyy", "Zinh", "Zzzz"})
"""Common, inherited, unknown: signs that every script has."""


@cache
def script_of(language: str) -> str:
    """ISO 15924 code of the script that the language is mostly written in: `Latn`, `Arab`. `language` is a BCP 47 tag;
    one that CLDR does not know is taken for Latin."""
    from babel import UnknownLocaleError
    from babel.core import get_global

    # Babel forgets the script where CLDR has no such locale: of `ur-Latn` it leaves `ur`.
    if said := next((part for part in language.split("-")[1:] if len(part) == 4 and part.isalpha()), None):
        return said.capitalize()
    try:
        locale = locale_of(language)
    except (ValueError, UnknownLocaleError):
        return "Latn"
    likely = get_global("likely_subtags")
    full = likely.get(str(locale)) or likely.get(locale.language, "")
    return str(locale.script or next((part for part in full.split("_") if len(part) == 4 and part.isalpha()), "Latn"))


def scripts_in(writing_system: str) -> frozenset[str]:
    """The Unicode scripts that a writing system is made of: `Jpan` of three, most of themselves."""
    return frozenset(_PARTS.get(writing_system, {writing_system}))


@cache
def script(letter: str) -> str:
    """ISO 15924 code of the script of one letter; empty for what all scripts share (digits, marks, spaces)."""
    from fontTools.unicodedata import script as of

    found = str(of(letter))
    return "" if found in _NEUTRAL else found
