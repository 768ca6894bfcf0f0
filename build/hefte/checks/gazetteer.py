"""A language to the names of places and months in it, as CLDR has them, and a few more (data/identifiers.toml)."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from hefte import glossary
from hefte.checks.tables import table
from hefte.scripts import script_of

_CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn", "Geor"})
_LONG = 5
"""Letters. Shorter names are also other words where a script has no capitals, and at the beginning of a sentence."""
_ENDINGS = 3


def is_cased(language: str) -> bool:
    """Whether its script has capitals, by which a name is known."""
    return script_of(language) in _CASED


@cache
def places(language: str) -> frozenset[str]:
    """Countries, parts of the world, towns after which time zones are named; where languages are written with a
    capital (English), they too tell where somebody comes from."""
    locale = _locale(language)
    towns = {str(zone["city"]) for zone in locale.time_zones.values() if "city" in zone}
    names = {*map(str, locale.territories.values()), *towns}
    if script_of(language) == "Latn":
        names |= {str(zone).rpartition("/")[2].replace("_", " ") for zone in get_global("zone_territories")}
        names |= {str(name) for name in locale.languages.values() if str(name)[:1].isupper()}
        names |= set(table("identifiers")["places"])
    return frozenset(name for name in names if len(name) > 2 and name[0].isalpha())


@cache
def months(language: str) -> frozenset[str]:
    """The names of the months, as they stand in a date and alone."""
    locale = _locale(language)
    return frozenset(str(name) for form in ("format", "stand-alone") for name in locale.months[form]["wide"].values())


def place_at(words: str, language: str, first: bool) -> bool:
    """Whether a word is a place's name, inflected or not. `first`: it begins a sentence, where all have a capital."""
    long = len(words) >= _LONG
    if is_cased(language):
        return words[:1].isupper() and (long or not first) and _in(words, language)
    return any(len(word) >= _LONG and word in _bare(language) for word in glossary.words(words))


def _in(word: str, language: str) -> bool:
    names = _single(language)
    if word in names or word.removesuffix("s") in names:
        return True
    stems = (word[:end] for end in range(len(word) - _ENDINGS, len(word)) if end >= _LONG - 1)
    return any(stem in _stems(language) for stem in stems)


@cache
def _single(language: str) -> frozenset[str]:
    return frozenset(part for name in places(language) for part in re.split(r"[\s,()/]+", name) if part[:1].isupper())


@cache
def _stems(language: str) -> frozenset[str]:
    """Names without their last letter, of languages that inflect them (Warszawa, Warszawie)."""
    if language.split("-")[0] in table("identifiers")["uninflected"]:
        return frozenset()
    return frozenset(name[:-1] for name in _single(language) if len(name) > _LONG)


@cache
def _bare(language: str) -> frozenset[str]:
    """Names of one word in a script without capitals, without what is written on to them."""
    found = (glossary.words(name) for name in places(language))
    return frozenset(words[0] for words in found if len(words) == 1)


@cache
def _locale(language: str) -> Locale:
    for tag in (language, language.split("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale.parse("en")
