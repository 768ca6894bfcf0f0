"""A folder of released files to what in it is not as it was released."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check, Folder
from hefte.model import Finding, Severity

MANIFEST = "manifest.json"
REPORTS = ("report.json", "report.html")


def find(folder: Folder) -> Iterator[Finding]:
    """A manifest that is not itself any more, or each file that is missing, changed, or more than there were."""
    if not folder.released:
        return
    if not folder.whole:
        yield CHECK.found(f"{MANIFEST} was changed, and says nothing of the files that can be believed",
                          path=folder.path / MANIFEST)
        return
    for path, trouble in changes(folder, {MANIFEST}):
        yield CHECK.found(f"{path} {trouble}", path=folder.path / path)


def changes(folder: Folder, own: set[str]) -> Iterator[tuple[str, str]]:
    """Each path with what is wrong there. `own`: files that need not be listed."""
    for path, digest in sorted(folder.listed.items()):
        if path not in folder.there:
            yield path, "is missing"
        elif folder.there[path] != digest:
            yield path, "is not the file that was made"
    for path in sorted(set(folder.there) - set(folder.listed) - own):
        yield path, "does not belong to it"


CHECK = Check(
    id="release-tampered",
    severity=Severity.ERROR,
    title="A release that is not as it was made",
    rationale="A clinic prints what it was sent: nobody there can see that a sentence or a number was changed.",
    source="issue 4, the manifest that `hefte check` verifies",
    remedy="do not hand it out; fetch the release again, or make it again",
    run=find,
    waivable=False,
)
