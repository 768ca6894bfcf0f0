"""A link's text to whether it says where the link leads."""

from __future__ import annotations

import re

from hefte.checks.tables import of_language

_NORWEGIAN = {"no": "nb"}
_SIGNS = re.compile(r"^[\W_]+|[\W_]+$")


def says_nothing(text: str, language: str) -> bool:
    """Whether a link's words, in a language (a BCP 47 tag), could stand on any link. English ones are known in all."""
    own = language.lower().partition("-")[0]
    tables = (of_language("link_words", code) for code in (_NORWEGIAN.get(own, own), "en"))
    known = {word for table in tables for word in table.get("words", ())}
    return " ".join(_SIGNS.sub("", text).casefold().split()) in known
