"""A publication's drafts to the layouts that lead to every language: whoever follows such a code meets a draft."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.model import Finding, Publication, Severity

Linked = tuple[Publication, tuple[str, ...], bool]
"""The publication, the languages that are drafts, and whether what is built is a release, which leaves them out."""


def find(linked: Linked) -> Iterator[Finding]:
    """One note, where there are drafts."""
    publication, drafts, released = linked
    if drafts:
        what = "no code leads to" if released else "codes lead to"
        then = "" if released else "; a release leaves them out"
        yield CHECK.found(
            f"{what} drafts: {', '.join(drafts)}{then}", place=publication.places.get("address", publication.place),
        )


CHECK = Check(
    id="draft-linked",
    severity=Severity.NOTE,
    title="A code that leads to a draft",
    rationale="A poster hangs for years. Nobody has read the translation that the code leads to, and it is never "
    "released: the mother who scans it finds it unread, or nothing.",
    source="docs/translating.md, drafts",
    remedy="have the translation signed before the poster is printed",
    run=find,
)
