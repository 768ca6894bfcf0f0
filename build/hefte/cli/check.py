"""`hefte check`: a publication's sources or finished files in, findings out."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from hefte import checks
from hefte.checks import Look
from hefte.cli import BUG, bug, complain
from hefte.cli.show import console, count, finding_lines, print_json
from hefte.errors import HefteError
from hefte.model import Failure, Finding, Severity

_FILES = {".pdf", ".epub"}


def run(what: tuple[Path, ...], *, release: bool, force: bool, quiet: bool, as_json: bool) -> int:
    """Check everything named (default: the publication that the current folder lies in). Returns the exit code."""
    named = what or (Path(os.curdir),)
    files = [path for path in named if path.suffix.lower() in _FILES or (path.exists() and not path.is_dir())]
    findings: list[Finding] = []
    asked: dict[str, Any] = {}
    for path in named:
        if path not in files:
            found, asked[str(path)] = _folder(path) if path in what else _publication(path)
            findings += found
    looks, failures = _files(list(dict.fromkeys(files)), force)
    findings += (finding for look in looks.values() for finding in look.findings)
    asked |= {str(path): _how(look) for path, look in looks.items()}
    if release:
        findings = [replace(f, severity=Severity.ERROR) if f.blocks_release else f for f in findings]
    records = [_record(finding) for finding in findings]
    if as_json:
        print_json({"asked": asked, "findings": records, "failures": [_failure(failure) for failure in failures]})
    elif asked:
        _print(records, asked, quiet)
    return max((int(any(finding.severity is Severity.ERROR for finding in findings)), *map(_told, failures)))


def _folder(path: Path) -> tuple[Iterable[Finding], dict[str, Any]]:
    """A release, or the last build, held against what it says of itself; or a publication."""
    from hefte.release import verify

    return verify.verify(path) if verify.is_output(path) else _publication(path)


def _publication(path: Path) -> tuple[Iterable[Finding], dict[str, Any]]:
    """The words of every language: what a build would find before it lays out anything."""
    from hefte import house, layout, publication, waivers
    from hefte.checks import spelling
    from hefte.translation import versions

    root = publication.find(path.resolve())
    loaded = publication.load(root)
    theme = layout.load_theme(layout.folders(root), (root / "assets", house.assets()))
    findings: list[Finding] = []
    failed: list[HefteError] = []
    for language in loaded.languages:
        try:
            book, found = versions.read(loaded, language)
        except HefteError as error:
            failed += (error, *error.also)
            continue
        findings += (*found, *checks.on_book(book), *checks.on_glyphs(book, layout.for_language(theme, language)))
    if failed:
        failed[0].also = tuple(failed[1:])
        raise failed[0]
    findings = [*waivers.applied(loaded, findings), *waivers.refused(loaded)]
    findings += waivers.unused(loaded, findings, loaded.languages, pages=False, validated=False)
    return findings, {
        "languages": list(loaded.languages), "checks": [check.id for check in checks.source_checks()],
        "validators": {f"spelling of {language}:": spelling.looked(language) for language in loaded.languages},
    }


def _files(paths: list[Path], force: bool) -> tuple[dict[Path, Look], list[Failure]]:
    """The looks at finished files, and why there is none at the others."""
    if not paths:
        return {}, []
    from hefte import foreign, pairs

    seen = foreign.look(paths, lambda said: None, force=force)
    looks, failures = pairs.compared({one.path: one.look for one in seen if one.look is not None})
    return looks, [*(one.failure for one in seen if one.failure is not None), *failures]


def _how(look: Look) -> dict[str, Any]:
    return {"checks": list(look.ids), "validators": dict(look.validators), "figures": dict(look.figures)}


def _failure(failure: Failure) -> dict[str, Any]:
    return {"lines": list(failure.lines), "exit_code": failure.exit_code}


def _told(failure: Failure) -> int:
    """Its exit code, once its lines are on standard error."""
    for line in failure.lines:
        complain(line) if failure.exit_code != BUG else bug(line.removeprefix("a bug in hefte: "), failure.traceback)
    return failure.exit_code


def _record(finding: Finding) -> dict[str, Any]:
    record = {key: value for key, value in asdict(finding).items() if value is not None and value is not False}
    if finding.path is not None:
        path, here = finding.path.absolute(), Path.cwd()
        record["path"] = str(path.relative_to(here) if path.is_relative_to(here) else path)
    return record


def _print(records: list[dict[str, Any]], asked: dict[str, Any], quiet: bool) -> None:
    screen = console()
    for line in finding_lines(record for record in records if not quiet or record["severity"] == "error"):
        screen.print(line)
    if quiet:
        return
    for name, how in asked.items():
        screen.print(f"{name}: {len(how['checks'])} checks")
        for validator, said in how.get("validators", {}).items():
            screen.print(f"{name}: {validator} {said}")
    screen.print(count(records))
