"""A translation to whether it is a draft."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check, Version
from hefte.model import Finding, Severity


def find(version: Version) -> Iterator[Finding]:
    """One finding: the language is a draft."""
    if version.translation.draft:
        language = version.translation.language
        said = f"{language} was translated by a machine and is not signed: each page says that it is a draft"
        yield CHECK.found(said, place=version.place, blocks_release=True)


CHECK = Check(
    id="translation-draft",
    severity=Severity.NOTE,
    title="A draft",
    rationale="A machine may turn a sentence into its opposite; nobody has looked.",
    source="issue 3, languages shipped",
    remedy="let a person who knows both languages correct, and another sign it",
    run=find,
    waivable=False,
)
