"""`hefte check`: a publication's sources or finished files in, findings out."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from hefte import checks
from hefte.cli.show import console, count, finding_lines, print_json
from hefte.errors import HefteError, UsageError
from hefte.model import Finding, Severity

_FILES = {".pdf", ".epub"}


def run(what: tuple[Path, ...], *, release: bool, quiet: bool, as_json: bool) -> int:
    """Check everything named (default: the publication that the current folder lies in). Returns the exit code."""
    findings: list[Finding] = []
    asked: dict[str, Any] = {}
    for path in what or (Path(os.curdir),):
        is_file = path.suffix.lower() in _FILES or path.is_file()
        found, how = _file(path) if is_file else _publication(path)
        findings += found
        asked[str(path)] = how
    if release:
        findings = [replace(f, severity=Severity.ERROR) if f.blocks_release else f for f in findings]
    records = [_record(finding) for finding in findings]
    if as_json:
        print_json({"asked": asked, "findings": records})
    else:
        _print(records, asked, quiet)
    return int(any(finding.severity is Severity.ERROR for finding in findings))


def _publication(path: Path) -> tuple[Iterable[Finding], dict[str, Any]]:
    """The words of every language: what a build would find before it lays out anything."""
    from hefte import house, layout, publication
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
    return findings, {"languages": list(loaded.languages), "checks": [check.id for check in checks.source_checks()]}


def _file(path: Path) -> tuple[Iterable[Finding], dict[str, Any]]:
    from hefte import validate

    if not path.is_file():
        raise UsageError(f"there is no file {path}", remedy="name a publication's folder, a PDF or an EPUB")
    look = checks.on_file(path)
    epubs = [path] if path.suffix.lower() == ".epub" else []
    tagged = [] if epubs or not checks.claims_tagged(path) else [path]
    found, validators = validate.run(epubs, tagged, lambda said: None)
    asked = {"checks": list(look.ids), "validators": {**look.validators, **validators}, "figures": dict(look.figures)}
    return (*look.findings, *found.get(path, ())), asked


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
