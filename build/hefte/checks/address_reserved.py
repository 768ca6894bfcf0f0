"""A book to the addresses in its records that reach nobody: their names are reserved for examples and tests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.model import Book, Finding, Severity

_HOST = re.compile(r"(?:https?://(?:[^/@]*@)?|.*@)(?P<host>[^/:?#]+)", re.IGNORECASE)
_RESERVED = frozenset({"example", "test", "invalid", "localhost"})


def find(book: Book) -> Iterator[Finding]:
    """`feedback` and `address` of publication.toml, where the last part of their name is reserved."""
    publication = book.publication
    for key in ("feedback", "address"):
        said = str(getattr(publication, key))
        if found := _HOST.match(said):
            last = found["host"].rstrip(".").rpartition(".")[2].lower()
            if last in _RESERVED:
                place = publication.places.get(key, publication.place)
                yield CHECK.found(f"`{key}` is {said}, which reaches nobody", place=place, blocks_release=True)


CHECK = Check(
    id="address-reserved",
    severity=Severity.WARNING,
    title="An address that reaches nobody",
    rationale="Who scans the code on the poster, or writes that a number is wrong, comes to nothing; and what is "
    "printed cannot be called back.",
    source="RFC 2606, 2: .test, .example, .invalid and .localhost are nobody's and never will be",
    remedy="write your own address",
    run=find,
    waivable=False,
)
