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
    known = [
        *(f"helpline.{line.id}" for line in book.publication.helplines),
        *(f"contact.{name}" for name in book.publication.contact),
    ]
    for holder, place in placeholders(book, "hefte-record"):
        ref = holder.get("data-ref", "")
        if ref not in known:
            near = get_close_matches(ref, known, n=1)
            remedy = f"did you mean `{near[0]}`?" if near else "add it to publication.toml, or mend its name"
            yield CHECK.found(f"there is no record `{ref}`", place=place, remedy=remedy)


CHECK = Check(
    id="placeholder-bad",
    severity=Severity.ERROR,
    title="A placeholder that cannot be filled",
    rationale="It would be printed as it is written, where a reader looks for a number to call.",
    source="design: sources, `{{ helpline.116123 }}` inserts a record's value",
    remedy="write `{{ helpline.ID }}` or `{{ contact.NAME }}`; write a brace that is meant as such with a backslash",
    run=find,
)
