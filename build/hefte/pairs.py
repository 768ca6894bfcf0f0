"""Turns the finished files that were named together into where full editions of the same text differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hefte import checks, limits
from hefte.checks import Look, file_limits
from hefte.errors import HefteError
from hefte.model import Failure, Finding


def compared(looks: Mapping[Path, Look]) -> tuple[dict[Path, Look], list[Failure]]:
    """The looks with what the files' comparison found, and why it failed if it did.

    Only files whose looks came to their end are compared, in a process of its own too: nobody vouches for them.
    """
    whole = [path for path, look in looks.items() if file_limits.CHECK.id not in look.ids]
    pdfs, epubs = ([path for path in whole if path.suffix.lower() == kind] for kind in (".pdf", ".epub"))
    if not pdfs or len(pdfs) + len(epubs) < 2:
        return dict(looks), []
    found = limits.run(lambda tell: _differences(pdfs, epubs), limits.SECONDS, lambda said: None)
    if isinstance(found, Failure):
        return dict(looks), [found]
    if isinstance(found, limits.Stopped):
        return dict(looks), []
    more = {path: tuple(each for each in found if each.path == path) for path in whole}
    return {path: replace(look, findings=(*look.findings, *more.get(path, ()))) for path, look in looks.items()}, []


def _differences(pdfs: Sequence[Path], epubs: Sequence[Path]) -> tuple[Finding, ...]:
    """Runs in the child."""
    found: list[Finding] = []
    for epub in epubs:
        for pdf in pdfs:
            with suppress(HefteError):  # told already
                found += checks.on_pair(pdf, epub)
    # A tagged PDF tells the same stories as what is on paper; an ebook may not.
    tagged = [pdf for pdf in pdfs if _is_reference(pdf)]
    for pdf in pdfs:
        compared = len(found)
        of = [one for one in tagged if one != pdf] if pdf not in tagged else tagged[: tagged.index(pdf)]
        for reference in (*of, *(epubs if pdf not in tagged else ())):
            with suppress(HefteError):
                found += checks.on_editions(reference, pdf)
            if len(found) > compared:
                break
    return tuple(dict.fromkeys(found))


def _is_reference(pdf: Path) -> bool:
    try:
        return checks.is_reference(pdf)
    except HefteError:
        return False
