"""The addresses of links: http, https, mailto and places in the book pass; anything else is a fault."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from hefte.sources.markdown.document import Document
from hefte.sources.markdown.passes import walk

_GOOD = re.compile(r"https?://[^/?#\s]+\S*|mailto:[^@\s]+@[^@\s]+|#\S+", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def links(tokens: Sequence[Token], document: Document) -> None:
    """A fault for each link that a reader could not follow, or that would run or read something on her machine."""
    for token in walk(tokens):
        if token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            if not _GOOD.fullmatch(address):
                what, remedy = _refusal(address)
                document.fault(token.meta["line"], what, remedy)


def _refusal(address: str) -> tuple[str, str]:
    scheme = _SCHEME.match(address)
    if scheme and scheme.group(1).lower() == "tel":
        return "a telephone link", "write the number as a record: {{ helpline.ID }} or {{ contact.phone }}"
    if scheme:
        return f"a link may not begin with `{scheme.group()}`", "link to an address with https:// or mailto:"
    return f"a link to `{address}`, which is no address", "begin it with https://, or write #ID for a place in the book"
