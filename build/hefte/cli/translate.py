"""`hefte translate start|record|update|memory`: a language folder begun, recorded, brought up to its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hefte import files, publication
from hefte.cli.show import print_json
from hefte.errors import SourceError, UsageError
from hefte.model import Place, State

if TYPE_CHECKING:
    from hefte.translation.writing import Report


def start(root: Path, lang: str, *, memory: Path | None, quiet: bool) -> int:
    """Make the folder of a new language. Returns the exit code."""
    from hefte.translation import memory as memories
    from hefte.translation.start import start as make
    from hefte.translation.start import tag

    loaded = publication.load(root)
    tag(lang)
    known = memories.load(_there(memory), loaded.source_language, lang) if memory else None
    report = make(loaded, lang, known)
    if not quiet:
        gaps = _states(report)[State.MISSING]
        filled = sum(_states(report).values()) - gaps
        folder = root / "chapters" / lang
        print(f"made {folder} with {len(report.written)} files and {_texts(gaps)} to write in the place of […]")
        if memory:
            print(f"{_texts(filled)} filled in from {memory}")
        print(f"when you have written some: hefte translate record {lang}")
    return 0


def record(
    root: Path, lang: str, chapters: Sequence[str], *, by: str | None, tidy: bool, quiet: bool, as_json: bool,
) -> int:
    """Record what a language's targets were translated from. Returns the exit code."""
    from hefte.translation.recording import record as note

    report = note(publication.load(root), lang, chapters, by=by or "", tidy=tidy)
    if as_json:
        print_json(_facts(report))
    elif not quiet:
        units = chapters or [unit.id for unit in report.translation.units if unit.pairs]
        print(f"recorded {', '.join(units)}: {_texts(report.recorded)} new or changed")
        _tell(report)
    return 0


def update(root: Path, lang: str, *, quiet: bool) -> int:
    """Bring a language's blocks into the source's order. Returns the exit code."""
    from hefte.translation.update import update as follow

    report, done = follow(publication.load(root), lang)
    if not quiet:
        for file in done.made:
            print(f"{file}: made, to be filled in")
        for file in done.moved:
            print(f"{file}: put into the source's order")
        for id in done.added:
            print(f"{id}: new, to be written in the place of […]")
        for text in done.removed:
            print(f"taken out, since the source has it no longer: {text if len(text) < 80 else text[:79] + '…'}")
        if not (done.made or done.moved or done.added or done.removed):
            print(f"{lang} has the same blocks as its source, in the same order")
        _tell(report)
    return 0


def memory(root: Path, lang: str, *, out: Path | None, into: Path | None, quiet: bool) -> int:
    """Copy a language's memory out, or take pairs into it. Returns the exit code."""
    from hefte.translation import memory as memories
    from hefte.translation import transfer

    if (out is None) == (into is None):
        raise UsageError("say what to do with the memory", remedy="give --out FILE.tmx or --in FILE.tmx")
    loaded = publication.load(root)
    if out is not None:
        whole = transfer.out(loaded, lang)
        files.put(out.absolute().parent, {out.name: whole.dump().encode()})
        if not quiet:
            print(f"wrote {out} with {_texts(len(whole.entries))}")
    elif into is not None:
        given = memories.load(_there(into), loaded.source_language, lang)
        number = transfer.into(loaded, lang, given)
        if not quiet:
            print(f"took {_texts(number)} of {len(given.entries)} into chapters/{lang}/{memories.FILE}")
    return 0


def _there(path: Path) -> Path:
    if not path.is_file():
        raise SourceError("the file is missing", place=Place(path.absolute()), remedy="name a TMX file")
    return path.absolute()


def _states(report: Report) -> Counter[State]:
    return Counter(pair.state for unit in report.translation.units for pair in unit.pairs)


def _texts(number: int) -> str:
    return f"{number} text{'' if number == 1 else 's'}"


def _tell(report: Report) -> None:
    """What the language is like now."""
    states = _states(report)
    said = ", ".join(f"{states[state]} {state.value}" for state in State if states[state])
    print(f"{report.language} now: {said}")
    if report.written or report.removed:
        names = (*report.written, *(f"{name} removed" for name in report.removed))
        print(f"written in chapters/{report.language}: {', '.join(names)}")


def _facts(report: Report) -> dict[str, object]:
    return {
        "language": report.language, "written": list(report.written), "removed": list(report.removed),
        "recorded": report.recorded, "segments": {state.value: number for state, number in _states(report).items()},
        "units": {unit.id: unit.state.value for unit in report.translation.units},
    }
