"""A folder of a build to the files in it that are not as the build left them."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check, Folder
from hefte.checks.release_tampered import REPORTS, changes
from hefte.model import Finding, Severity


def find(folder: Folder) -> Iterator[Finding]:
    """A report that cannot be read, or each file that is missing or changed. More files may lie there: proofs, say."""
    if folder.released:
        return
    if not folder.whole:
        yield CHECK.found(f"{REPORTS[0]} cannot be read", path=folder.path / REPORTS[0])
    for path, trouble in changes(folder, {*REPORTS}):
        more = path not in folder.listed
        yield CHECK.found(f"{path} {trouble}", path=folder.path / path, severity=Severity.NOTE if more else None)


CHECK = Check(
    id="build-changed",
    severity=Severity.ERROR,
    title="A built file that was changed",
    rationale="What the report says of a file holds for the file that was built, and for no other.",
    source="docs/commands.md, report.json",
    remedy="build again",
    run=find,
    waivable=False,
)
