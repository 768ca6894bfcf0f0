"""A book to the placeholders (`{{ … }}`) that cannot be filled."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from hefte.checks.frame import Check
from hefte.checks.words import placeholders, reported
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """Braces that could not be read, and records that do not exist."""
    yield from reported(CHECK, book, "cannot read ")
    known = {
        "helpline": [line.id for line in book.publication.helplines], "contact": list(book.publication.contact),
    }
    for holder, place in placeholders(book, "hefte-record"):
        kind, _, name = holder.get("data-ref", "").partition(".")
        if name not in known[kind]:
            near = get_close_matches(name, known[kind], n=1)
            remedy = f"did you mean `{kind}.{near[0]}`?" if near else "add it to publication.toml, or mend its name"
            yield CHECK.found(f"there is no record `{kind}.{name}`", place=place, remedy=remedy)


CHECK = Check(
    id="placeholder-bad",
    severity=Severity.ERROR,
    title="A placeholder that cannot be filled",
    rationale="It would be printed as it is written, where a reader looks for a number to call.",
    source="docs/writing.md, `{{ helpline.116123 }}` inserts a record's value",
    remedy="write `{{ helpline.ID }}` or `{{ contact.NAME }}`; write a brace that is meant as such with a backslash",
    run=find,
)
