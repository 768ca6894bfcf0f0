"""Colours that a file for the press uses and the theme has no inks for, to findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hefte.checks.frame import Check
from hefte.model import Finding, Severity


def _run(colours: Iterable[str]) -> Iterator[Finding]:
    for colour in colours:
        yield CHECK.found(f"colour {colour} has no inks in the theme")


CHECK = Check(
    id="pdf-palette",
    severity=Severity.ERROR,
    title="A colour without inks",
    rationale="A press prints inks. What a colour becomes in them is chosen by hand, never guessed.",
    source="layouts/shared/theme.toml, [colours]",
    remedy="use a colour of the theme (in pictures too: its ink, not black), or add it with its CMYK values",
    run=_run,
    kinds=("press",),
)
