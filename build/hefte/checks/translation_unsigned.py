"""A translation to the chapters that no reviewer has signed."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check, Version
from hefte.model import Finding, Severity, State


def find(version: Version) -> Iterator[Finding]:
    """One finding a language: which texts are not signed as they stand."""
    translation = version.translation
    waiting = [unit.id for unit in translation.units if unit.state is not State.READY]
    if waiting:
        count = "no text" if len(waiting) == len(translation.units) else f"not {', '.join(waiting)}"
        said = f"a reviewer has signed {count} of {translation.language}"
        yield CHECK.found(said, place=version.place, blocks_release=True)


CHECK = Check(
    id="translation-unsigned",
    severity=Severity.WARNING,
    title="A translation that no reviewer has signed",
    rationale="Somebody other than the translator answers for each text that reaches a mother.",
    source="docs/translating.md; design: translation state",
    remedy="let a reviewer read it and sign: `hefte review sign`",
    run=find,
    waivable=False,
)
