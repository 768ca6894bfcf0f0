"""Turns what came of a build into dist/: the files, report.json for scripts, report.html for people, and a Summary to
print."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hefte import __version__, files
from hefte import digests as hashes
from hefte.dates import today
from hefte.model import Finding, LanguageResult, Publication
from hefte.wishes import Wishes

_OUTPUT = re.compile(r"[\w-]+/[\w-]+\.(pdf|epub)")
"""What a path of ours looks like: a report that somebody else wrote must not have other files removed."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the command line prints at the end, and answers with."""

    out: Path
    """Where everything is."""
    entries: Mapping[str, Mapping[str, Any]]
    """Language → its entry in report.json, for the languages of this run."""
    made: tuple[str, ...]
    """The files written in this run, below `out`."""
    tracebacks: tuple[str, ...] = ()
    """For bugs of ours: to be kept in a file."""
    unchanged: bool = False
    """Whether there was nothing to do."""

    @property
    def exit_code(self) -> int:
        """0 fine, 1 checks found errors, else the gravest failure's code (docs/commands.md)."""
        codes = [failure["exit_code"] for entry in self.entries.values() for failure in entry["failures"]]
        errors = any(f["severity"] == "error" for entry in self.entries.values() for f in entry["findings"])
        return max(codes) if codes else int(errors)


def unchanged(earlier: Mapping[str, Any], out: Path, languages: Sequence[str]) -> Summary:
    """The summary of a build that had nothing to do."""
    return Summary(out, {name: earlier["languages"][name] for name in languages}, (), unchanged=True)


def write(
    publication: Publication, results: Sequence[LanguageResult], wishes: Wishes, digests: Mapping[str, str],
    earlier: Mapping[str, Any],
) -> Summary:
    """Put the files and both reports into `wishes.out`, and say what there is.

    A language that failed keeps its earlier files. Of one that was built whole, files that the earlier report lists and
    that are not made any more (an edition taken out) are removed: nobody shall print them by mistake.
    """
    entries = {result.language: _entry(publication, result, wishes, digests) for result in results}
    for name, entry in entries.items():
        entry["files"] += _still_true(entry, earlier["languages"].get(name))
    kept = {name: entry for name, entry in earlier["languages"].items() if name in publication.languages}
    whole: dict[str, Any] = {
        "hefte": __version__,
        "publication": {"id": publication.id, "version": publication.version, "date": publication.date.isoformat()},
        "languages": dict(sorted((kept | entries).items())),
    }
    contents = {built.path: built.content for result in results for built in result.files}
    from hefte.report.page import render

    contents["report.json"] = (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()
    contents["report.html"] = render(publication, whole).encode()
    files.put(wishes.out, contents, remove=_left_over(entries, wishes, earlier))
    _keep_timings(results)
    tracebacks = tuple(failure.traceback for result in results for failure in result.failures if failure.traceback)
    made = tuple(built.path for result in results for built in result.files)
    shown = {name: whole["languages"][name] for name in _shown(entries, wishes, whole)}
    return Summary(wishes.out, shown, made, tracebacks)


def _still_true(entry: Mapping[str, Any], before: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Files of editions that were not asked for this time, where they were made from the same sources."""
    if before is None or entry["asked"] is None or before["sources"] != entry["sources"]:
        return []
    return [file for file in before["files"] if file["edition"] not in entry["asked"]]


def _left_over(entries: Mapping[str, Any], wishes: Wishes, earlier: Mapping[str, Any]) -> list[str]:
    """What the earlier report lists of a language that has now been built whole, and that this build did not make."""
    if wishes.editions:
        return []
    whole = {name: entry for name, entry in entries.items() if entry["files"] and not entry["failures"]}
    made = {file["path"] for entry in whole.values() for file in entry["files"]}
    listed = [file["path"] for name in whole for file in earlier["languages"].get(name, {"files": []})["files"]]
    return [path for path in listed if path not in made and _OUTPUT.fullmatch(path)]


def _shown(entries: Mapping[str, Any], wishes: Wishes, whole: Mapping[str, Any]) -> list[str]:
    asked = wishes.languages or tuple(whole["languages"])
    return [name for name in whole["languages"] if name in entries or name in asked]


def _entry(
    publication: Publication, result: LanguageResult, wishes: Wishes, digests: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "sources": digests[result.language],
        "looked_on": today().isoformat(),
        "asked": sorted(wishes.editions) if wishes.editions else None,
        "files": [
            {
                "path": built.path, "edition": built.edition, "pages": built.pages, "size": len(built.content),
                "digest": hashes.of_bytes(built.content), "checks": list(built.checks), "stories": list(built.stories),
                "figures": dict(built.figures),
            }
            for built in result.files
        ],
        "validated": wishes.validated,
        "validators": dict(result.validators),
        "findings": [finding_record(finding, publication.root) for finding in result.findings],
        "failures": [{"lines": list(failure.lines), "exit_code": failure.exit_code} for failure in result.failures],
    }


def finding_record(finding: Finding, root: Path) -> dict[str, Any]:
    """A finding as JSON has it: paths from the publication's folder, nothing that is not known."""
    record = {key: value for key, value in asdict(finding).items() if value is not None and value is not False}
    if finding.path is not None:
        path = finding.path
        record["path"] = (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()
    return record


def _keep_timings(results: Sequence[LanguageResult]) -> None:
    """For `make bench`: how long each step took, to the file that HEFTE_TIMINGS names."""
    target = os.environ.get("HEFTE_TIMINGS")
    if target:
        steps = [asdict(step) for result in results for step in result.steps]
        Path(target).write_text(json.dumps(steps, indent=1), encoding="utf-8")
