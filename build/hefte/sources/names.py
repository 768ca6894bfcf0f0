"""A language's tag to what CLDR says of it: its names and its direction."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from hefte.errors import SourceError
from hefte.model import Place


@dataclass(frozen=True, slots=True)
class Names:
    """What a language is called, and how it runs."""

    own: str
    """In itself: `українська`."""
    called: str
    """In the source language: `ukrainsk`."""
    direction: str
    """`ltr` or `rtl`."""


@lru_cache(maxsize=256)
def names(code: str, source: str, place: Place) -> Names:
    """The names of the language `code` in itself and in the language `source`.

    Raises SourceError, at `place`, where CLDR knows no such language.
    """
    from babel import Locale, UnknownLocaleError

    try:
        locale, other = (Locale.parse(tag, sep="-") for tag in (code, source))
    except (ValueError, UnknownLocaleError):
        raise SourceError(
            f"CLDR knows no language `{code}`", place=place, remedy="name the folder by the tag that CLDR has for it",
        ) from None

    def said_in(by: Locale) -> str:
        # a few regional forms have a name of their own: fa-AF is دری, where the parts give "Persian (Afghanistan)"
        return by.languages.get(str(locale)) or locale.get_display_name(by) or code

    return Names(said_in(locale), said_in(other), locale.text_direction)
