"""A language tag to what is wrong with it."""

from __future__ import annotations

import re
from functools import cache

_SHAPE = re.compile(
    r"(?:(?P<language>[a-z]{2,3})(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*"
    r"(?:-x(?:-[a-z\d]{1,8})+)?|x(?:-[a-z\d]{1,8})+|i-[a-z\d]{2,8}",
    re.IGNORECASE,
)
"""RFC 5646, 2.1, without the few grandfathered tags of other shapes."""


@cache
def fault(tag: str) -> str:
    """What is wrong with a BCP 47 tag; empty for a good one. Languages of three letters are taken on trust."""
    found = _SHAPE.fullmatch(tag)
    if found is None:
        return "is no BCP 47 tag" if tag.strip() else "is empty"
    known = _names()
    language, script, region = (found[name] or "" for name in ("language", "script", "region"))
    if len(language) == 2 and language.lower() not in known[0]:
        return f"names no language ({language})"
    if script and script.title() not in known[1]:
        return f"names no script ({script})"
    if region and region.upper() not in known[2]:
        return f"names no region ({region})"
    return ""


@cache
def _names() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The languages, scripts and regions that CLDR knows by name."""
    from babel import Locale

    english = Locale("en")
    return frozenset({*english.languages, "no"}), frozenset(english.scripts), frozenset(english.territories)
