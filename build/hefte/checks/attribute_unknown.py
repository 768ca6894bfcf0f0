"""A book to the attributes (`{…}`) that may not be set."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.words import reported
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """One finding for each that `sources.read` met."""
    return reported(CHECK, book, "cannot set the attribute ")


CHECK = Check(
    id="attribute-unknown",
    severity=Severity.ERROR,
    title="An attribute that may not be set",
    rationale="A text may set a class, an id and a language; anything else could restyle or run something.",
    source="docs/writing.md, a translation comes from outside",
    remedy="write `{.class}`, `{#id}` or `{lang=nn}`, alone in a line or right after a link, image or `[words]`",
    run=find,
)
