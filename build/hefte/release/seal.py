"""Turns a finished build into a release: what manifest.json and chapters/releases.toml are to hold, or a refusal."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hefte import dates, freshness
from hefte.errors import ReleaseRefusedError
from hefte.model import LanguageResult, Place, Publication
from hefte.paths import contained
from hefte.release import manifest, record
from hefte.release.facts import facts
from hefte.release.folder import files_in
from hefte.release.manifest import Manifest
from hefte.release.record import Released
from hefte.wishes import refuse

Kept = Mapping[str, Any]
"""`files`, `reports` and `languages` of the last release that stay as they are."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is written besides the files themselves."""

    manifest: bytes
    record: Mapping[Path, bytes]
    """chapters/releases.toml → its new content."""


def carried(root: Path, out: Path) -> Manifest | None:
    """The last release in `out`, if it is whole, untouched and recorded: what a release of some languages leaves as it
    is. None where nothing there can be relied on."""
    said = manifest.load(out)
    if said is None or said["digest"] != manifest.digest(said):
        return None
    if said["digest"] not in {each.manifest for each in record.load(root)}:
        return None
    there = files_in(out)
    return said if all(there.get(path) == digest for path, digest in manifest.listed(said).items()) else None


def seal(
    publication: Publication, results: Sequence[LanguageResult], whole: Mapping[str, Any],
    contents: Mapping[str, bytes], out: Path, remove: Collection[str],
) -> Sealed:
    """The manifest and the record of a release. `whole`: report.json; `contents`: everything that is written to `out`;
    `remove`: what is taken away there.

    Raises ReleaseRefusedError where nothing was made, or where something lies in `out` that was never released.
    """
    touched = {*contents, *remove}
    kept = _kept(publication, results, whole, carried(publication.root, out), touched)
    refuse(tuple((*_moved_on(publication, results, whole), *_reasons(results, kept, out, touched))))
    said = facts(publication, results, whole, contents, kept)
    lines = [_line(publication, file, said["digest"]) for file in said["files"]]
    known, path = record.load(publication.root), publication.root / record.FILE
    contained(publication.root, path, str(record.FILE), Place(path))
    return Sealed(manifest.dump(said), {path: record.dump((*known, *lines))})


def _line(publication: Publication, file: Mapping[str, Any], digest: str) -> Released:
    return Released(
        file["version"], dates.moment(publication).date(), file["language"], file["edition"], file["path"],
        file["digest"], tuple(file["stories"]), digest,
    )


def _kept(
    publication: Publication, results: Sequence[LanguageResult], whole: Mapping[str, Any], before: Manifest | None,
    touched: Collection[str],
) -> Kept:
    """Of the last release, what this one leaves: other languages, and other editions made from the same sources. A
    file that holds a story which may not be in it any more does not stay."""
    if before is None:
        return {"files": [], "reports": [], "languages": {}}
    made = {result.language for result in results}
    now, then = whole["languages"], before["languages"]

    def stays(language: str) -> bool:
        same = language in now and then.get(language, {}).get("sources") == now[language].get("sources")
        return language in then and (language not in made or same)

    files = [
        dict(file) for file in before["files"]
        if file["path"] not in touched and stays(file["language"])
        and all(publication.may_hold(id, file["language"], file["edition"]) for id in file["stories"])
    ]
    reports = [
        dict(file) for file in before["reports"]
        if file["path"] not in touched and stays(file["path"].partition("/")[0])
    ]
    languages = {file["language"]: then[file["language"]] for file in files if file["language"] not in made}
    return {"files": files, "reports": reports, "languages": languages}


def _moved_on(
    publication: Publication, results: Sequence[LanguageResult], whole: Mapping[str, Any],
) -> Iterator[ReleaseRefusedError]:
    """Languages whose sources are not those any more that were read and checked."""
    now = freshness.language_digests(publication.root)
    for result in results:
        if now.get(result.language) != whole["languages"][result.language]["sources"]:
            said = f"the sources of {result.language} were changed while it was built"
            yield ReleaseRefusedError(said, remedy="leave them alone until the release is made")


def _reasons(
    results: Sequence[LanguageResult], kept: Kept, out: Path, touched: Collection[str],
) -> Iterator[ReleaseRefusedError]:
    if not any(result.files for result in results):
        yield ReleaseRefusedError("nothing was made", remedy="ask for a language and an edition that there are")
    stay = {file["path"] for key in ("files", "reports") for file in kept[key]} | set(touched) | {manifest.FILE}
    for path in sorted(set(files_in(out)) - stay):
        yield ReleaseRefusedError(
            f"`{path}` lies in {out.name}/ and belongs to no release that still holds",
            remedy="release its language and edition too, take the file away, or name another folder with --out",
        )
