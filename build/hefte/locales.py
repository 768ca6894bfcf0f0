"""A language's tag to what CLDR knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

PSEUDO = "-XA"
"""CLDR's region of languages that nobody speaks: a real one whose words were lengthened (UTS 35, 3.6.1)."""


def locale(language: str) -> Locale:
    """Babel's locale of a BCP 47 tag; of a pseudo-language (`nb-XA`) that of the language it was made from.

    Raises ValueError or babel.UnknownLocaleError where CLDR does not know the language.
    """
    from babel import Locale

    return Locale.parse(language.removesuffix(PSEUDO), sep="-")
