"""A folder of finished files to the stories in it that have been withdrawn since."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check, Folder
from hefte.model import Finding, Severity


def find(folder: Folder) -> Iterator[Finding]:
    """One finding a file."""
    for name, stories in sorted(folder.withdrawn.items()):
        told = ", ".join(f"`{id}`" for id in stories)
        yield CHECK.found(f"{name} holds what has been withdrawn: {told}", path=folder.path / name)


CHECK = Check(
    id="release-withdrawn",
    severity=Severity.ERROR,
    title="A finished file with a withdrawn story",
    rationale="She has taken her story back: no further copy may be handed out.",
    source="GDPR (EU 2016/679), articles 7 (3) and 17; docs/stories.md",
    remedy="build or release again, and call the copies back as far as you can: `hefte story where`",
    run=find,
    waivable=False,
)
