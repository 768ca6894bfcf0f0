"""Numbers and days to text as CLDR writes them in a language: its own digits, its months, the Gregorian calendar.

Only numbers that the builder makes itself: pages, dates, lists, citations. What is dialled or typed (telephone numbers,
addresses, the version) stays as it was written.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from functools import cache

from hefte.locales import locale

WESTERN = "0123456789"


@cache
def digits(language: str) -> str:
    """The ten digits, zero first, of the numbering system that CLDR gives a language (a BCP 47 tag) by default.

    Western ones where that system has no digits of its own (Hebrew letters) or CLDR does not know the language.
    """
    from babel import UnknownLocaleError

    try:
        system = locale(language).default_numbering_system
    except (ValueError, UnknownLocaleError):
        return WESTERN
    for name in _names(str(system)):
        try:
            zero = unicodedata.lookup(f"{name} DIGIT ZERO")
        except KeyError:
            continue
        return "".join(chr(ord(zero) + value) for value in range(10))
    return WESTERN


def _names(system: str) -> tuple[str, ...]:
    """What Unicode may call the digits of a system of CLDR: by its script, whose code the system's name begins with.

    `arab` is ARABIC-INDIC, `arabext` EXTENDED ARABIC-INDIC; all others are called as their script is.
    """
    from fontTools.unicodedata import script_name

    code, extended = system[:4].capitalize(), system[4:] == "ext"
    try:
        script = str(script_name(code)).upper().replace("_", " ")
    except KeyError:
        return ()
    return (f"EXTENDED {script}-INDIC",) if extended else (script, f"{script}-INDIC")


def numeral(number: int | str, language: str) -> str:
    """A whole number, or a text with Western digits, in the digits of a language."""
    own = digits(language)
    return str(number) if own == WESTERN else str(number).translate(str.maketrans(WESTERN, own))


def long_date(day: dt.date, language: str) -> str:
    """`22. november 2026`, `۲۲ نوامبر ۲۰۲۶`."""
    from babel.dates import format_date

    return numeral(format_date(day, format="long", locale=locale(language)), language)


def month(day: dt.date, language: str) -> str:
    """`november 2026`."""
    from babel.dates import format_date

    return numeral(format_date(day, format="MMMM yyyy", locale=locale(language)), language)


@cache
def comma(language: str) -> str:
    """The comma of the script that a language writes its months in: `،` in Arabic script, `,` in most."""
    from babel.dates import get_month_names
    from fontTools.unicodedata import script, script_name

    letter = next((sign for sign in get_month_names("wide", locale=locale(language))[1] if sign.isalpha()), "a")
    try:
        return unicodedata.lookup(f"{script_name(script(letter)).upper()} COMMA")
    except KeyError:
        return ","

