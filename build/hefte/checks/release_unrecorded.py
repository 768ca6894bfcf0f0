"""A release to whether the publication that it lies in knows of it."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check, Folder
from hefte.checks.release_tampered import MANIFEST
from hefte.model import Finding, Severity


def find(folder: Folder) -> Iterator[Finding]:
    """One finding: the manifest is not in the record of releases, or the record says otherwise of a file; or it is of
    another publication than it lies in, whose record is not here."""
    path = folder.path / MANIFEST
    if folder.around is not None:
        said = f"{MANIFEST} is of another publication than `{folder.around}`, in whose folder it lies"
        yield CHECK.found(said, path=path, remedy="if it is another's release, look at it outside of this folder")
    if not folder.released or not folder.whole or folder.recorded is None:
        return
    record = folder.recorded.get(folder.manifest)
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
