"""A publication's unsigned translations to the layouts that lead to every language: whoever follows such a code meets
a text that nobody has reviewed, or nothing."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.model import Finding, Publication, Severity

Linked = tuple[Publication, tuple[str, ...], bool]
"""The publication, its languages that are not signed, and whether what is built is a release, which leaves them out."""


def find(linked: Linked) -> Iterator[Finding]:
    """One note, where there are such languages."""
    publication, unsigned, released = linked
    if unsigned:
        what = "no code leads to" if released else "codes lead to"
        then = "" if released else "; a release leaves them out"
        yield CHECK.found(
            f"{what} translations that are not signed: {', '.join(unsigned)}{then}",
            place=publication.places.get("address", publication.place),
        )


CHECK = Check(
    id="unsigned-linked",
    severity=Severity.NOTE,
    title="A code that leads to an unsigned translation",
    rationale="A poster hangs for years. What the code leads to is never released as it is: the mother who scans it "
    "finds a text that nobody has reviewed, or nothing.",
    source="docs/translating.md: nothing that is a draft, not signed, or behind its original can be released",
    remedy="have the translation signed before the poster is printed",
    run=find,
)
