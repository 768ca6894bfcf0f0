"""Words into those that Hunspell's dictionaries do not know, and what may be meant instead."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from hefte.tools import process

NAME = "Hunspell"
MISSING = "install hunspell, and a dictionary for each language (Debian: hunspell-no, hunspell-en-gb …)"

_LIMIT_S = 10
"""One answer. The largest dictionary in use (Ukrainian) loads in half a second."""
_PREFERRED = {"en": "en_GB", "pt": "pt_PT", "nb": "nb_NO", "nn": "nn_NO"}
"""Where a language has several dictionaries: the one for readers in Europe."""
_SUGGESTED = re.compile(r"^& (\S+) \d+ \d+: (.+)$", re.MULTILINE)
_MOST = 3


@cache
def probe() -> str | None:
    """Its version; None where it is not on this machine, or does not answer."""
    said = _said(["hunspell", "--version"])
    found = re.search(r"Hunspell (\d[\w.]*)", said or "")
    return found.group(1) if found else None


@cache
def dictionary(language: str) -> Path | None:
    """The dictionary of a language (BCP 47), without its ending: /usr/share/hunspell/nb_NO."""
    there = _dictionaries()
    tag, own = language.replace("-", "_"), language.split("-")[0]
    likely = _PREFERRED.get(own, "")
    name = next((name for name in (tag, likely, own) if name in there), None)
    name = name or next((name for name in sorted(there) if name.startswith(f"{own}_")), None)
    return there[name] if name else None


def misspelt(at: Path, words: Sequence[str], own: Sequence[str] = ()) -> frozenset[str]:
    """Which of the words (or of what they consist of: `leppe-` of `leppe-kreft`) the dictionary does not know. `own`:
    lines of a personal dictionary. Raises TimeoutError where Hunspell gave no answer."""
    said = _asked(at, words, own, "-l")
    if said is None:
        raise TimeoutError(f"{NAME} gave no answer")
    return frozenset(said.split())


def suggestions(at: Path, words: Sequence[str], own: Sequence[str] = ()) -> dict[str, tuple[str, ...]]:
    """For each word what may be meant, the likeliest first."""
    said = _asked(at, words, own, "-a") or ""
    return {word: tuple(meant.split(", ")[:_MOST]) for word, meant in _SUGGESTED.findall(said)}


def _asked(at: Path, words: Sequence[str], own: Sequence[str], mode: str) -> str | None:
    with tempfile.TemporaryDirectory() as folder:
        asked, personal = Path(folder) / "words", Path(folder) / "own"
        asked.write_text("".join(f"{'^' * (mode == '-a')}{word}\n" for word in words), encoding="utf-8")
        personal.write_text("".join(f"{word}\n" for word in own), encoding="utf-8")
        return _said(["hunspell", "-i", "utf-8", "-d", str(at), "-p", str(personal), mode, str(asked)])


def _said(command: Sequence[str]) -> str | None:
    """What it said; None where it is absent, failed, or took too long. In the locale C it loads no other dictionary,
    and fails for that when asked for its list."""
    try:
        outcome = process.run(command, timeout_s=_LIMIT_S, environment={"LC_ALL": "C.UTF-8", "LANGUAGE": "C"})
    except OSError:
        return None
    return outcome.said if outcome.status == 0 or (outcome.status is not None and command[1] == "-D") else None


@cache
def _dictionaries() -> dict[str, Path]:
    """Name (`nb_NO`) → where it lies, of those that Hunspell finds and that have both their files."""
    if probe() is None:
        return {}
    return {path.name: path for path in reversed(list(_listed(_said(["hunspell", "-D"]) or "")))}


def _listed(said: str) -> Iterator[Path]:
    for line in said.partition("AVAILABLE DICTIONARIES")[2].splitlines()[1:]:
        path = Path(line.strip())
        if path.is_absolute() and path.with_name(f"{path.name}.dic").is_file():
            yield path
