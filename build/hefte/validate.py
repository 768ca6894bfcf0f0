"""Turns finished files into what validators of other people's making find in them: EPUBCheck, Ace,
axe-core, page-validation."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from hefte import parallel
from hefte.errors import MissingToolError
from hefte.model import Built, Failure, Finding, LanguageResult
from hefte.seen import Seen
from hefte.tools.process import CrowdedError


def files(
    results: Sequence[LanguageResult], seen: Mapping[str, Seen], tell: Callable[[str, str], None]
) -> list[LanguageResult]:
    """The results with what EPUBCheck, Ace and axe find in each EPUB, and their versions or why they did not run.

    The files are seen before they are put in place. `seen` is what was found before, by language: a book that has not
    changed is not looked at again.
    """
    with tempfile.TemporaryDirectory(prefix="hefte-") as folder:
        laid: dict[Path, Built] = {}
        for built in (built for result in results for built in result.files):
            path = Path(folder) / Path(built.path).name
            path.write_bytes(built.content)
            laid[path] = built
        books = {path: built for path, built in laid.items() if path.suffix == ".epub"}
        known = {path: _known(built, seen.get(built.language, Seen())) for path, built in books.items()}

        def tell_all(said: str) -> None:
            for result in results:
                tell(result.language, said)

        found, validators = run([path for path, said in known.items() if said is None], [], tell_all)
        found = {**found, **{path: said for path, said in known.items() if said is not None}}
        if any(said is not None for said in known.values()):
            validators = {**_versions(), **validators}
    return [_with(result, laid, found, validators) for result in results]


def _known(built: Built, seen: Seen) -> tuple[Finding, ...] | None:
    """What every validator of EPUBs found in a book that has not changed; None where one must be asked again."""
    said = [seen.validated(built.look, tool.CHECK, tool.NAME, tool.probe()) for tool in _of_epubs()]
    return None if None in said else tuple(finding for each in said for finding in each or ())


def _versions() -> dict[str, str]:
    return {tool.NAME: tool.probe() or "unknown version" for tool in _of_epubs()}


def _of_epubs() -> tuple[Any, ...]:
    from hefte.tools import ace, axe, epubcheck

    return epubcheck, ace, axe


def run(
    epubs: Sequence[Path], tagged: Sequence[Path], tell: Callable[[str], None], seconds: float | None = None,
) -> tuple[Mapping[Path, tuple[Finding, ...]], Mapping[str, str]]:
    """Findings by file, and validator → version or `not run: …`. `tagged` are the PDFs that claim to be PDF/UA;
    `seconds` is what all validators may take together, where the files are not ours."""
    from hefte.tools import ace, axe, epubcheck, page_validation

    asked: list[tuple[Any, Sequence[Path]]] = [(page_validation, tagged)]
    asked += ((tool, epubs) for tool in (epubcheck, ace, axe))
    said = _together(asked, tell) if seconds is None else _within(asked, tell, seconds)
    found: dict[Path, tuple[Finding, ...]] = {}
    for findings, _, _ in said:
        for path, more in findings.items():
            found[path] = (*found.get(path, ()), *more)
    return found, {name: version for _, name, version in said}


Said = tuple[Mapping[Path, Sequence[Finding]], str, str]
"""What a validator found, its name, and its version or why it did not run."""


def _together(asked: Iterable[tuple[Any, Sequence[Path]]], tell: Callable[[str], None]) -> list[Said]:
    """Our own files: each validator in a process of its own, as many at once as there are cores."""
    tools = [(tool, of) for tool, of in asked if of]
    tasks = [partial(_told, tool, of) for tool, of in tools]
    outcomes = parallel.run(tasks, os.cpu_count() or 1, lambda _, said: tell(said))
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            raise RuntimeError(outcome.traceback or outcome.lines[0])
    return outcomes


def _within(asked: Iterable[tuple[Any, Sequence[Path]]], tell: Callable[[str], None], seconds: float) -> list[Said]:
    """Files that nobody vouches for: all validators at once, within the time and memory that there is for all. One that
    was stopped since they took too much memory together is asked once more, alone."""
    end = time.monotonic() + seconds
    tools = [(tool, of) for tool, of in asked if of]
    tasks = [partial(_told, tool, of, seconds=seconds, beside=os.getpid()) for tool, of in tools]
    outcomes = parallel.run(tasks, max(2, len(tasks)), lambda _, said: tell(said))
    for number, (tool, of) in enumerate(tools):
        if outcomes[number] is None:
            outcomes[number] = _told(tool, of, tell, max(1.0, end - time.monotonic()))
        elif isinstance(outcomes[number], Failure):
            raise RuntimeError(outcomes[number].traceback or outcomes[number].lines[0])
    return outcomes


def _told(
    tool: Any, of: Sequence[Path], tell: Callable[[str], None], seconds: float | None = None, beside: int | None = None,
) -> Said | None:
    """What it said; None where it was stopped for what others beside it take."""
    tell(f"asking {tool.NAME}")
    try:
        return tool.check(of, seconds, beside), tool.NAME, tool.probe() or "unknown version"
    except MissingToolError as error:
        return {}, tool.NAME, f"not run: {error.what}; {error.remedy}"
    except CrowdedError:
        return None


def _with(
    result: LanguageResult, laid: Mapping[Path, Built], found: Mapping[Path, Iterable[Finding]],
    validators: Mapping[str, str],
) -> LanguageResult:
    more = tuple(
        replace(finding, path=Path(built.path), language=result.language, edition=built.edition)
        for path, built in laid.items() if built.language == result.language for finding in found.get(path, ())
    )
    return replace(result, findings=(*result.findings, *more), validators={**result.validators, **validators})


def tagged(content: bytes, look: str = "", seen: Seen | None = None) -> tuple[tuple[Finding, ...], Mapping[str, str]]:
    """What page-validation finds in a PDF that claims to be PDF/UA-1, and its version.

    It is a library and quick: no such claim leaves the house unseen. `look` and `seen` are for a file that has not
    changed since it was.
    """
    from hefte.tools import page_validation

    name, version = page_validation.NAME, page_validation.probe()
    known = (seen or Seen()).validated(look, page_validation.CHECK, name, version)
    if known is not None:
        return known, {name: version}
    with tempfile.TemporaryDirectory(prefix="hefte-") as folder:
        path = Path(folder) / "tagged.pdf"
        path.write_bytes(content)
        found, validators = run([], [path], lambda said: None)
    return found.get(path, ()), validators


def sees_epubs() -> bool:
    """Whether all validators of EPUBs can run here: only then may a book claim what they check. What axe-core sees
    (night, narrow screens, spaced text) is part of WCAG 2.2 AA, which the claim names."""
    from hefte.tools import ace, axe, epubcheck

    return all(tool.probe() is not None for tool in (ace, axe, epubcheck))
