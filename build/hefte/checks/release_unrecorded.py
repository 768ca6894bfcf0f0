"""A release to whether the publication that it lies in knows of it."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check, Folder
from hefte.checks.release_tampered import MANIFEST
from hefte.model import Finding, Severity


def find(folder: Folder) -> Iterator[Finding]:
    """One finding: the manifest is not in the record of releases, or the record says otherwise of a file."""
    if not folder.released or not folder.whole or folder.recorded is None:
        return
    path, record = folder.path / MANIFEST, folder.recorded.get(folder.manifest)
    if record is None:
        yield CHECK.found(f"chapters/releases.toml knows of no release with this {MANIFEST}", path=path)
        return
    for name, digest in sorted(record.items()):
        if folder.listed.get(name) != digest:
            yield CHECK.found(f"chapters/releases.toml has another {name} than {MANIFEST}", path=path)


CHECK = Check(
    id="release-unrecorded",
    severity=Severity.ERROR,
    title="A release that nobody made",
    rationale="Whoever changes a file can write a manifest that fits it, but not the record in the repository.",
    source="issue 4, tampering",
    remedy="do not hand it out: make the release again from the sources",
    run=find,
    waivable=False,
)
