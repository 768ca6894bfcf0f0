"""`hefte review`: chapters and a name in; what is signed now, and what still is not, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from hefte import publication
from hefte.cli.show import print_json
from hefte.errors import UsageError
from hefte.translation import signing


def sign(
    root: Path, lang: str, chapters: Sequence[str], *, by: str, every: bool, quiet: bool, as_json: bool,
) -> int:
    """Sign, and say what is left to be signed. Returns the exit code."""
    done = signing.sign(publication.load(root), lang, _wanted(chapters, every, "sign"), by=by)
    return _told(done, f"signed by {' '.join(by.split())}", quiet, as_json)


def void(root: Path, lang: str, chapters: Sequence[str], *, every: bool, quiet: bool, as_json: bool) -> int:
    """Take signatures back, and say what is not signed now. Returns the exit code."""
    done = signing.void(publication.load(root), lang, _wanted(chapters, every, "void"))
    return _told(done, "no longer signed", quiet, as_json)


def _wanted(chapters: Sequence[str], every: bool, what: str) -> Sequence[str] | None:
    """The chapters; None for all of them. Raises UsageError where neither or both are named."""
    if every and chapters:
        raise UsageError(f"both --all and {chapters[0]} are named", remedy="name the chapters, or say --all")
    if not every and not chapters:
        raise UsageError(f"no chapter to {what} is named", remedy="name one, or say --all")
    return None if every else chapters


def _told(done: signing.Signed, how: str, quiet: bool, as_json: bool) -> int:
    if as_json:
        print_json({**asdict(done), "signed_throughout": not done.waiting})
    elif not quiet:
        for id in done.units:
            print(f"{done.language}: {id}: {how}")
        if not done.units:
            print(f"{done.language}: nothing was signed")
        elif done.waiting:
            print(f"{done.language}: not signed yet: {', '.join(done.waiting)}")
        else:
            print(f"{done.language}: every text is signed; `hefte check --release` tells what else a release needs")
    return 0
