"""`hefte build`: wishes in, the pipeline's summary out, in words or JSON."""

from __future__ import annotations

import gc
import os
from pathlib import Path

from hefte import pipeline
from hefte.cli import bug, complain
from hefte.errors import UsageError
from hefte.report import Summary
from hefte.wishes import OUT, PSEUDO_OUT, Wishes


def run(
    root: Path, *, lang: tuple[str, ...] | None, edition: tuple[str, ...] | None, release: bool, validate: bool,
    out: Path | None, jobs: int | None, force: bool, pseudo: bool, keep_html: Path | None, no_fitting: bool,
    quiet: bool, as_json: bool,
) -> int:
    """Build, tell of progress on a terminal, and print what was made and found. Returns the exit code."""
    # A layout makes hundreds of thousands of objects that live to its end: looking through them again and again for
    # garbage takes a tenth of the time, and frees 3 MB of 130.
    gc.set_threshold(100_000, 50, 1000)
    if pseudo and (release or lang):
        what = f"--pseudo and {'--release' if release else '--lang'} exclude each other"
        raise UsageError(what, remedy="leave one out: what --pseudo makes is to be looked at, in one language")
    wishes = Wishes(
        root=root, out=(out or root / (PSEUDO_OUT if pseudo else OUT)).resolve(), pseudo=pseudo,
        languages=lang, editions=edition, release=release,
        validate=validate, jobs=jobs or os.cpu_count() or 1, force=force, keep_html=keep_html,
        fit=not no_fitting,
    )
    summary = _with_progress(wishes, silent=quiet or as_json)
    if as_json:
        from hefte.cli.show import print_json

        print_json({"out": str(summary.out), "made": list(summary.made), "languages": dict(summary.entries)})
    else:
        _print(summary, quiet)
    for entry in summary.entries.values():
        for failure in entry["failures"]:
            for line in failure["lines"]:
                complain(line)
    for trace in summary.tracebacks:
        bug("a language or edition could not be built", trace)
    return summary.exit_code


def _with_progress(wishes: Wishes, silent: bool) -> Summary:
    """A line that changes while the build runs; only on a terminal, and gone at the end."""
    import sys

    if silent or not sys.stderr.isatty():
        return pipeline.build(wishes, lambda language, said: None)
    from rich.console import Console

    doing: dict[str, str] = {}
    with Console(stderr=True).status("building") as status:

        def tell(language: str, said: str) -> None:
            doing[language] = said
            status.update(" · ".join(f"{name}: {what}" for name, what in doing.items()))

        return pipeline.build(wishes, tell)


def _print(summary: Summary, quiet: bool) -> None:
    from hefte.cli.show import console, count, finding_lines
    from hefte.report.fitted import told

    findings = [finding for entry in summary.entries.values() for finding in entry["findings"]]
    screen = console()
    for line in finding_lines(f for f in findings if not quiet or f["severity"] == "error"):
        screen.print(line)
    if quiet:
        return
    for language, entry in summary.entries.items():
        for fitted in entry["fitted"]:
            screen.print(f"{language}: {told(fitted)}")
        for file in entry["files"]:
            pages = f"{file['pages']} page{'' if file['pages'] == 1 else 's'}"
            screen.print(f"{_short(summary.out / file['path'])}  {pages}, {file['size'] / 1000:.0f} kB")
        for name, said in entry["validators"].items():
            screen.print(f"{name}: {said}")
    number = len(summary.made)
    made = f"{number} file{'' if number == 1 else 's'} made" if number else "nothing was made"
    if summary.unchanged:
        made = "nothing had changed, nothing was made again"
    screen.print(f"{made}; {count(findings)}; see {_short(summary.out / 'report.html')}")


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
