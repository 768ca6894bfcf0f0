"""A waiver that matches nothing to a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hefte.checks.frame import Check
from hefte.model import Finding, Severity, Waiver


def find(waivers: Iterable[Waiver]) -> Iterator[Finding]:
    """One finding each: they were held against everything that they could have matched (waivers.py)."""
    for waiver in waivers:
        said = f"the waiver of `{waiver.check}` in {waiver.path} matches no finding"
        yield CHECK.found(said, place=waiver.place)


CHECK = Check(
    id="waiver-unused",
    severity=Severity.WARNING,
    title="A waiver that matches nothing",
    rationale="What it let stand is mended, or has moved. Left in, it would hide the next finding at that place.",
    source="issue 4: a waiver that matches nothing is a finding",
    remedy="take it out of publication.toml, or mend its place",
    run=find,
    waivable=False,
)
