"""A release to whether its sources have changed since."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check, Folder
from hefte.model import Finding, Severity

_FEW = 3


def find(folder: Folder) -> Iterator[Finding]:
    """One finding, with the first of the sources."""
    if folder.sources:
        number, more = len(folder.sources), len(folder.sources) - _FEW
        named = ", ".join(folder.sources[:_FEW]) + (f" and {more} more" if more > 0 else "")
        yield CHECK.found(f"{number} source{'' if number == 1 else 's'} changed since the release: {named}",
                          path=folder.path)


CHECK = Check(
    id="release-outdated",
    severity=Severity.NOTE,
    title="A release that is behind its sources",
    rationale="Whoever hands it out should know that there is a newer text.",
    source="issue 4, digests of sources and outputs",
    remedy="nothing, or release again",
    run=find,
)
