"""`hefte translate export` and `import`: a language out to a translator's file, and what came back, in."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hefte import files, publication
from hefte.cli.show import console, count, finding_lines, print_json
from hefte.errors import UsageError
from hefte.model import Finding, Publication, State
from hefte.records.validate import near


def export(root: Path, lang: str, *, format: str, out: Path | None, quiet: bool) -> int:
    """Write the language's segments into a file. Raises UsageError rather than write over a translator's work."""
    from hefte.exchange import detect
    from hefte.exchange.table import table
    from hefte.sources.names import names
    from hefte.translation import workspace

    loaded = publication.load(root)
    _translated(loaded, lang)
    rtl = names(lang, loaded.source_language, loaded.place).direction == "rtl"
    translation = workspace.open(loaded, lang)
    rows = table(loaded, translation, rtl=rtl)
    data = detect.write(rows, format)
    path = out or Path(f"{loaded.id}-{lang}{detect.FORMATS[format]}")
    if out is None and path.exists() and path.read_bytes() != data:
        raise UsageError(
            f"{path} is there already, and says something else",
            remedy="a translator may have written into it: move it away, or name another file with --out",
        )
    files.put(path.resolve().parent, {path.name: data})
    if not quiet:
        states = [row.state for row in rows.rows]
        said = ", ".join(f"{states.count(state)} {state}" for state in State if state in states)
        print(f"made {path} with {len(rows.rows)} segments: {said or 'none'}")
        if homeless := sum(pair.source is not None and pair.target is None for unit in translation.units
                           for pair in unit.pairs):
            print(f"{homeless} of them without a place in {lang} yet; before importing: hefte translate update {lang}")
        if missing := [unit.id for unit in translation.units if not unit.pairs and unit.state is State.MISSING]:
            print(f"not in it: {', '.join(missing)}; `hefte translate update {lang}` adds what the language lacks")
    return 0


def take_in(
    root: Path, lang: str, file: Path, *, by: str | None, overwrite: bool, dry_run: bool, quiet: bool, as_json: bool,
) -> int:
    """Look at everything in the file, then write all of it or nothing. Raises SourceError for what cannot be taken."""
    from hefte.exchange import detect
    from hefte.exchange.incoming import incoming, placed
    from hefte.translation import workspace, writing

    loaded = publication.load(root)
    _translated(loaded, lang)
    rows = detect.read(file.resolve())
    brought = incoming(loaded, workspace.open(loaded, lang), rows, overwrite=overwrite)
    if brought.changes and not dry_run:
        with placed(brought):
            writing.accept(loaded, lang, brought.changes, by=by or "")
    if not dry_run:
        _keep_backs(root, loaded, lang, brought.backs)
    records = [_record(finding) for finding in brought.findings]
    if as_json:
        print_json({
            "language": lang, "written": bool(brought.changes) and not dry_run, **brought.counts,
            "segments": {id: dataclasses.asdict(change) for id, change in brought.changes.items()},
            "findings": records,
        })
    elif not quiet:
        screen = console()
        for line in finding_lines(records):
            screen.print(line)
        screen.print(_said(brought.counts, dry_run=dry_run) + (f" ({count(records)})" if records else ""))
    return 0


def _keep_backs(root: Path, loaded: Publication, lang: str, brought: Mapping[str, tuple[str, str]]) -> None:
    """Put the back-translations beside the translation; those of texts that say something else by now go."""
    from hefte.exchange import backs
    from hefte.exchange.table import kept_back
    from hefte.translation import workspace

    kept = backs.load(root, lang)
    if not kept and not brought:
        return
    targets = {
        pair.target.id: pair.target.digest for unit in workspace.open(loaded, lang).units for pair in unit.pairs
        if pair.target and not kept_back(loaded, pair.target.file)
    }
    if (merged := backs.merged(kept, brought, targets)) != kept:
        files.put(root / "chapters" / lang, {backs.FILE: backs.dump(merged)})


def _translated(loaded: Publication, lang: str) -> None:
    if lang == loaded.source_language:
        raise UsageError(f"`{lang}` is the language that the others are translated from", remedy="name another")
    if lang not in loaded.languages:
        raise UsageError(
            f"the publication has no language `{lang}`",
            remedy=f"{near(lang, loaded.languages)}; a new one begins with: hefte translate start {lang}",
        )


_COUNTS: Mapping[str, str] = {
    "unchanged": "as they were", "empty": "without a target", "absent": "not in the file, left alone",
    "older": "translated from an older source: stale", "open": "marked as not confirmed: fuzzy",
    "withheld": "of stories that may not be translated, left out",
}


def _said(counts: Mapping[str, int], *, dry_run: bool) -> str:
    changed = counts["changed"]
    first = f"{changed} segment{'' if changed == 1 else 's'} {'would change' if dry_run else 'changed'}"
    return "; ".join([first, *(f"{counts[name]} {words}" for name, words in _COUNTS.items() if counts[name])])


def _record(finding: Finding) -> dict[str, Any]:
    record = {key: value for key, value in dataclasses.asdict(finding).items() if value not in (None, False)}
    if finding.path is not None:
        here = Path(os.curdir).resolve()
        record["path"] = str(finding.path.relative_to(here) if finding.path.is_relative_to(here) else finding.path)
    return {**record, "severity": finding.severity.value}
