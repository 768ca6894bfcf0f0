"""Turns what came of a build into dist/: the files, report.json for scripts, report.html for people, and a Summary to
print."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hefte import __version__, files
from hefte import digests as hashes
from hefte.catalogue import comes_with
from hefte.dates import today
from hefte.model import Finding, LanguageResult, Publication
from hefte.report import withdrawn
from hefte.wishes import Wishes

MANIFEST = "manifest.json"
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
        entry["files"] += _still_true(publication, entry, earlier["languages"].get(name))
    kept = withdrawn.without(publication, _kept(publication, entries, earlier), digests)
    contents = {built.path: built.content for result in results for built in result.files}
    gone = [*_left_over(publication, entries, wishes, earlier), *withdrawn.holding(publication, earlier["languages"])]
    remove = [path for path in gone if path not in contents and _OUTPUT.fullmatch(path)]
    for name, entry in entries.items():
        entry["older"] = _older(entry, earlier["languages"].get(name), wishes.out, remove)
    whole = _whole(publication, results, entries, kept)
    contents["report.json"] = (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()
    contents["report.html"] = _page(publication, whole, contents, wishes).encode()
    record: Mapping[Path, bytes] = {}
    if wishes.release:
        from hefte.release import seal

        sealed = seal.seal(publication, results, whole, contents, wishes.out, remove)
        contents[MANIFEST], record = sealed.manifest, sealed.record
    else:
        remove.append(MANIFEST)  # what lies here from now on was not released
    files.put(wishes.out, contents, remove, record)
    _keep_timings(results)
    tracebacks = tuple(failure.traceback for result in results for failure in result.failures if failure.traceback)
    made = tuple(built.path for result in results for built in result.files)
    shown = {name: whole["languages"][name] for name in _shown(entries, wishes, whole)}
    return Summary(wishes.out, shown, made, tracebacks)


def _kept(publication: Publication, entries: Mapping[str, Any], earlier: Mapping[str, Any]) -> dict[str, Any]:
    """Of the earlier report: languages that were not built this time, if it is a report that we could have written."""
    from hefte.report.schema import is_entry

    return {
        name: entry for name, entry in earlier["languages"].items()
        if name in publication.languages and name not in entries and is_entry(entry)
    }


def _whole(
    publication: Publication, results: Sequence[LanguageResult], entries: dict[str, Any], kept: dict[str, Any]
) -> dict[str, Any]:
    """What report.json holds (schema.py)."""
    from hefte.report import standing

    for name, said in standing.of_languages(publication, list(entries)).items():
        entries[name]["standing"] = said
    languages = dict(sorted((kept | entries).items()))
    return {
        "hefte": __version__,
        "publication": {
            "id": publication.id, "version": publication.version, "date": publication.date.isoformat(),
            "review_by": publication.review_by.isoformat(), "source_language": publication.source_language,
        },
        "languages": languages,
        "stories": standing.of_stories(publication),
        "helplines": standing.of_helplines(publication),
        "checks": _titles(languages, results),
    }


def _titles(languages: Mapping[str, Any], results: Sequence[LanguageResult]) -> dict[str, str]:
    """Check → what it looks for, for all that ran or found something. Most were told where they ran; only those of
    languages that were not built this time are looked up."""
    ran = {check for entry in languages.values() for check in entry["checks"]}
    ran |= {check for entry in languages.values() for file in entry["files"] for check in file["checks"]}
    ran |= {finding["check"] for entry in languages.values() for finding in entry["findings"]}
    told = {id: title for result in results for id, title in result.titles.items()}
    if ran - told.keys():
        from hefte import checks

        told |= checks.titles(ran - told.keys())
    return {id: told[id] for id in sorted(ran & told.keys())}


def _page(
    publication: Publication, whole: Mapping[str, Any], contents: Mapping[str, bytes], wishes: Wishes
) -> str:
    """report.html. Pictures are made where the files were validated; those of files that are the same as before are
    taken from the earlier page."""
    from hefte.report import pictures
    from hefte.report.contents import Listed, documents_of
    from hefte.report.page import render

    def content(path: str) -> bytes | None:
        if path in contents or not _OUTPUT.fullmatch(path):
            return contents.get(path)
        with suppress(OSError):
            return (wishes.out / path).read_bytes()
        return None

    def documents(file: Mapping[str, Any]) -> tuple[Listed, ...]:
        book = content(file["path"]) if file["path"].endswith(".epub") and file["digest"] in seen else None
        return documents_of(book) if book else ()

    files_of = [file for entry in whole["languages"].values() for file in entry["files"]]
    there = {file["digest"] for file in files_of}
    seen = {digest: of for digest, of in pictures.read_back(wishes.out / "report.html").items() if digest in there}
    if wishes.validated:
        unseen = {file["digest"]: file["path"] for file in files_of if file["digest"] not in seen}
        read = [(digest, path, found) for digest, path in unseen.items() if (found := content(path))]
        seen |= pictures.make(read, wishes.jobs)
    return render(publication, whole, seen, documents, wishes.release)


def _still_true(
    publication: Publication, entry: Mapping[str, Any], before: Mapping[str, Any] | None
) -> list[dict[str, Any]]:
    """Files of editions that were not asked for this time, where those were made from the same sources so."""
    if before is None or entry["asked"] is None or any(before[key] != entry[key] for key in ("sources", "fit")):
        return []
    return [
        file for file in before["files"]
        # A job sheet is asked for by asking for its print file.
        if (comes_with(file["edition"], publication.catalogue) or file["edition"]) not in entry["asked"]
    ]


def _older(
    entry: Mapping[str, Any], before: Mapping[str, Any] | None, out: Path, remove: Collection[str]
) -> list[dict[str, Any]]:
    """What earlier builds left of a language that failed, or of which some editions were asked for: it lies there, and
    has to be found again when a story in it is withdrawn."""
    listed = {file["path"] for file in entry["files"]} | set(remove)
    left = {file["path"]: file for file in _all(before) if file["path"] not in listed}
    return [file for path, file in left.items() if _OUTPUT.fullmatch(path) and (out / path).is_file()]


def _all(entry: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The files of a language in an earlier report, those of builds before it first."""
    return [*entry["older"], *entry["files"]] if entry else []


def _left_over(
    publication: Publication, entries: Mapping[str, Any], wishes: Wishes, earlier: Mapping[str, Any]
) -> list[str]:
    """What the earlier report lists of a language that has now been built whole, and that this build did not make; of
    one whose print file was made anew, the job sheet of the old one; and all of a language that has been taken out."""
    whole = {name: entry for name, entry in entries.items() if entry["files"] and not entry["failures"]}
    made = {file["path"] for entry in whole.values() for file in entry["files"]}
    listed = [
        file["path"] for name in whole for file in _all(earlier["languages"].get(name))
        if not wishes.editions or comes_with(file["edition"], publication.catalogue) in wishes.wanted(publication)
    ]
    taken_out = [name for name in earlier["languages"] if name not in publication.languages]
    dropped = [file["path"] for name in taken_out for file in _all(earlier["languages"][name])]
    listed += [path for path in dropped if publication.made(path)]
    return [path for path in listed if path not in made]


def _shown(entries: Mapping[str, Any], wishes: Wishes, whole: Mapping[str, Any]) -> list[str]:
    asked = wishes.languages or tuple(whole["languages"])
    return [name for name in whole["languages"] if name in entries or name in asked]


def _entry(
    publication: Publication, result: LanguageResult, wishes: Wishes, digests: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "sources": digests[result.language],
        "looked_on": today().isoformat(),
        "asked": sorted(wishes.wanted(publication)) if wishes.editions else None,
        "files": [
            {
                "path": built.path, "edition": built.edition, "pages": built.pages, "size": len(built.content),
                "digest": hashes.of_bytes(built.content), "checks": list(built.checks), "look": built.look,
                "stories": list(built.stories), "figures": dict(built.figures),
            }
            for built in result.files
        ],
        "checks": list(result.checks),
        "spelling": result.spelling,
        "fit": wishes.fit,
        "fitted": [fitted.record() for fitted in result.fitted],
        "older": [],
        "validated": wishes.validated,
        "validators": dict(result.validators),
        "findings": [finding_record(finding, publication.root) for finding in result.findings],
        "failures": [{"lines": list(failure.lines), "exit_code": failure.exit_code} for failure in result.failures],
        "standing": None,
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
