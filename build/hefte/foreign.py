"""Turns files that somebody named, whatever they hold, into what is found in them, or into why they are refused.

Nothing of a file is read in this process: each is looked at in one of its own, with limits (limits.py). Only an ebook
that came through that whole is shown to programs of others.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from hefte import checks, limits, parallel, passed, validate
from hefte.checks import Look
from hefte.errors import HefteError, SourceError, UsageError
from hefte.model import Failure, Finding, Place

_LOOK_S = {".pdf": limits.SECONDS - 5, ".epub": limits.SECONDS / 3}
"""How long our own look may take. Of an ebook's time the rest is for EPUBCheck, Ace and axe-core."""
_SPARE_S = 5
"""For starting and ending processes."""
_REMEDY = "do not open it: it may be made to do harm; ask whoever sent it what it holds"
_KINDS = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one file: a look, or a failure."""

    path: Path
    look: Look | None = None
    failure: Failure | None = None


def look(paths: Sequence[Path], tell: Callable[[str], None], *, force: bool = False) -> list[Seen]:
    """What is found in each of `paths`, PDFs and EPUBs. One that fails stops none of the others. One that passed before
    is looked at again only where that is forced, or where it, or what looks at it, has changed."""
    known = {} if force else {path: look for path in paths if (look := passed.recall(path)) is not None}
    seen = _looked([path for path in paths if path not in known], tell)
    for one in seen:
        if one.look is not None:
            passed.keep(one.path, one.look)
    made = {one.path: one for one in seen}
    return [made.get(path) or Seen(path, known[path]) for path in paths]


def _looked(paths: Sequence[Path], tell: Callable[[str], None]) -> list[Seen]:
    """The ebooks as one task, since others are asked about all of them at once; each other file as one of its own."""
    if not paths:
        return []
    warm(paths)
    epubs = [path for path in paths if path.suffix.lower() == ".epub"]
    groups = [epubs] if epubs else []
    groups += ([path] for path in paths if path not in epubs)
    tasks: list[parallel.Task] = [partial(_ebooks if group is epubs else _lone, group) for group in groups]
    # Whoever asks others waits for them most of the time: that is no core's work.
    outcomes = parallel.run(tasks, _cores() + bool(epubs), lambda _, said: tell(said))
    seen: list[Seen] = []
    for group, outcome in zip(groups, outcomes, strict=True):
        seen += [Seen(path, failure=outcome) for path in group] if isinstance(outcome, Failure) else outcome
    made = {one.path: one for one in seen}
    return [made[path] for path in paths]


def _ebooks(paths: Sequence[Path], tell: Callable[[str], None]) -> list[Seen]:
    """Each looked at, and then those that came through shown to programs of others."""
    start = time.monotonic()
    outcomes = parallel.run([partial(_alone, path) for path in paths], _cores(), lambda _, said: tell(said))
    looks = [(Seen(path, failure=outcome), False) if isinstance(outcome, Failure) else outcome
             for path, outcome in zip(paths, outcomes, strict=True)]
    whole = [one.path for one, complete in looks if complete]
    seen = [one for one, _ in looks]
    if not whole:
        return seen
    left = len(whole) * limits.SECONDS - (time.monotonic() - start) - _SPARE_S
    found, validators = validate.run(whole, [], tell, max(left, limits.SECONDS / 2))
    return [_with(one, found.get(one.path, ()), validators) if one.path in whole else one for one in seen]


def _lone(paths: Sequence[Path], tell: Callable[[str], None]) -> list[Seen]:
    return [_alone(path, tell)[0] for path in paths]


def _cores() -> int:
    return os.cpu_count() or 1


def _with(seen: Seen, found: Sequence[Finding], validators: Any) -> Seen:
    assert seen.look is not None, "it came through"
    more = replace(
        seen.look, findings=(*seen.look.findings, *found), validators={**seen.look.validators, **validators},
    )
    return replace(seen, look=more)


def _alone(path: Path, say: Callable[[str], None]) -> tuple[Seen, bool]:
    """One file, looked at in a process of its own; and whether the look came to its end."""
    say(f"looking at {path}")
    try:
        _refuse_what_is_no_file(path)
    except HefteError as error:
        return Seen(path, failure=Failure((error.line(),), error.exit_code)), False
    done: list[tuple[str, tuple[Finding, ...]]] = []
    seconds = _LOOK_S.get(path.suffix.lower(), _SPARE_S)
    outcome = limits.run(lambda tell: examine(path, tell), seconds, done.append)
    if isinstance(outcome, Look):
        return Seen(path, outcome), True
    if isinstance(outcome, limits.Stopped):
        return _stopped(path, outcome, done), False
    return Seen(path, failure=outcome), False


def examine(path: Path, tell: Callable[[Any], None], rendered: bool = True) -> Look:
    """What our own checks, and validators that are libraries, find in one file. To be run in a process with limits."""
    import pikepdf.settings

    pikepdf.settings.set_qpdf_limits(**_QPDF)
    seen = checks.on_file(path, lambda id_, found: tell((id_, found)), rendered)
    if path.suffix.lower() != ".pdf" or not checks.claims_tagged(path):
        return seen
    found, validators = validate.run([], [path], lambda said: None)
    return replace(
        seen, findings=(*seen.findings, *found.get(path, ())), validators={**seen.validators, **validators},
    )


_QPDF: dict[str, Any] = {
    "flate_max_memory": 2**28, "run_length_max_memory": 2**28, "dct_max_memory": 2**28, "png_max_memory": 2**28,
    "tiff_max_memory": 2**28, "dct_max_progressive_scans": 100, "parser_max_container_size": 1_000_000,
}
"""What one stream of a PDF may unpack to (an A4 page of 600 ppi in CMYK is 140 MB), and one array hold."""


def _stopped(path: Path, outcome: limits.Stopped, done: Sequence[tuple[str, tuple[Finding, ...]]]) -> Seen:
    """What was found before the end; where there is nothing, the file is refused."""
    if not done:
        error = SourceError(f"looking at it {outcome.why}", remedy=_REMEDY, place=Place(path))
        return Seen(path, failure=Failure((error.line(),), error.exit_code))
    from hefte.checks.file_limits import CHECK

    ids = tuple(id_ for id_, _ in done)
    told = (replace(finding, path=path) for finding in CHECK.run((outcome.why, ids)))
    return Seen(path, Look((*ids, CHECK.id), (*(finding for _, found in done for finding in found), *told)))


def _refuse_what_is_no_file(path: Path) -> None:
    """What would block whoever opens it, or holds no end, is not opened."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        what = f"there is no file {path}"
        raise UsageError(what, remedy="name a publication's folder, a PDF or an EPUB") from error
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise SourceError(f"it cannot be read: {said}", remedy="look at its path and permissions", place=Place(path)) \
            from error
    if not stat.S_ISREG(mode):
        kind = next((name for test, name in _KINDS if test(mode)), "a device")
        raise SourceError(f"it is {kind}, not a file", remedy="name a .pdf or .epub file", place=Place(path))


def warm(paths: Sequence[Path]) -> None:
    """Import what the looks need: the processes that are forked then have it."""
    kinds = {path.suffix.lower() for path in paths}
    if ".pdf" in kinds:
        import hefte.checks.pdf
    if ".epub" in kinds:
        import hefte.checks.epub  # noqa: F401
