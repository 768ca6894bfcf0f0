"""`hefte check` on PDFs made to do harm: each is refused or borne, within limits of time and memory; and the limits."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import buildkit
from bench import fuzz
from buildkit import Said, hefte
from hefte import checks, family, foreign, limits, validate
from hefte.checks import Look
from hefte.errors import SourceError
from hefte.model import Failure, Finding, Severity
from hostile_books import ENTITIES, EPUBS
from hostilekit import PDFS, refused_or_borne

NO_PDF = "{0} is not a PDF that can be read ({0}: "
NO_TRAILER = NO_PDF + "unable to find trailer dictionary while recovering damaged file); export it again"
HARM = "; do not open it: it may be made to do harm"
HIDDEN = "it has more than 10000 pages, or lists them in a way that hides how many" + HARM
PAINTS = "page 1 paints more than anybody can look at" + HARM

REFUSED = {
    "empty": NO_TRAILER,
    "only a header": NO_TRAILER,
    "a PNG": NO_TRAILER,
    "no beginning": NO_TRAILER,
    "no catalogue": NO_PDF + "unable to find /Root dictionary); export it again",
    "a catalogue that is a number": NO_PDF + "unable to find /Root dictionary); export it again",
    "lists within lists": NO_PDF + "unable to find /Root dictionary); export it again",
    "dictionaries within dictionaries": NO_PDF + "unable to find /Root dictionary); export it again",
    "no pages": NO_PDF + "unable to find page tree); export it again",
    "locked": "{0} is locked with a password; save it without encryption",
    "pages that are themselves": "its list of pages leads back into itself" + HARM,
    "pages that lead back": "its list of pages leads back into itself" + HARM,
    "pages that grow": HIDDEN,
    "pages in a long branch": HIDDEN,
    "a million pages": "it has more than 10000 pages" + HARM,
    "content that grows": PAINTS,
    "content of many steps": PAINTS,
    "states within states": PAINTS,
    "a form that paints itself": PAINTS,
    "a form without resources": PAINTS,
    "forms that grow": PAINTS,
    "content that grows twice": "PDF object 4 in it unpacks to more than 64 MB" + HARM,
    "a font that grows": "PDF object 7 in it unpacks to more than 64 MB" + HARM,
    "metadata that grows": "PDF object 5 in it unpacks to more than 64 MB" + HARM,
    "a profile that grows": "PDF object 5 in it unpacks to more than 64 MB" + HARM,
}
FOUND = {
    "half of it": ("pdf-damage", "the file had to be repaired: file is damaged"),
    "a length that is itself": ("pdf-damage", "the file had to be repaired: loop detected resolving object 4 0"),
    "a table of objects in a ring": ("pdf-damage", "the file had to be repaired: file is damaged"),
    "a pattern of itself": ("pdf-damage", "operator scn: forms are nested too deeply or drawn too often"),
    "a font in a ring": ("pdf-font", "the font X is not embedded"),
}


@pytest.mark.parametrize("name", PDFS)
def test_each_is_refused_or_borne(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("a.pdf")
    path.write_bytes(PDFS[name]())
    refused_or_borne(path, REFUSED.get(name), FOUND.get(name))


@pytest.mark.parametrize(
    "name", ["a picture that grows", "a JPEG that lies", "a page of 200 inches", "a shading of itself"]
)
def test_what_draws_bears_it_too(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(PDFS[name]())
    [seen] = foreign.look([path], lambda said: None)
    assert seen.failure is None and seen.look is not None
    assert "file-limits" not in seen.look.ids


# --- limits ---------------------------------------------------------------------------------------------------------


def fill(tell: limits.Tell) -> None:
    tell("on the way")
    kept = []
    while True:
        kept.append(bytearray(2**26))


def crash(_: limits.Tell) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def refuse(_: limits.Tell) -> None:
    raise SourceError("it is bad", remedy="mend it")


@pytest.mark.parametrize(
    ("task", "outcome"),
    [
        (lambda tell: 7, 7),
        (lambda tell: time.sleep(60), limits.Stopped("took longer than 0 s")),
        (fill, limits.Stopped("took more than 1.5 GB of memory")),
        (crash, limits.Stopped("crashed a library that reads it (SIGSEGV)")),
        (lambda tell: os._exit(3), limits.Stopped("ended a library that reads it")),
        (refuse, Failure(("it is bad; mend it",), 3)),
    ],
)
def test_a_task_ends_within_its_limits(task: limits.Task, outcome: Any) -> None:
    heard: list[str] = []
    seconds = 0.4 if outcome == limits.Stopped("took longer than 0 s") else 30
    assert limits.run(task, seconds, heard.append) == outcome
    assert heard == (["on the way"] if task is fill else [])


def test_a_bug_is_no_end(tmp_path: Path) -> None:
    outcome = limits.run(lambda tell: [][1], 30, lambda said: None)
    assert outcome.exit_code == 70 and "IndexError" in outcome.traceback


def test_what_a_task_started_ends_with_it(tmp_path: Path) -> None:
    """In a session of its own, as programs are that are asked."""

    def start(tell: limits.Tell) -> None:
        tell(subprocess.Popen(["sleep", "60"], start_new_session=True).pid)
        time.sleep(60)

    started: list[int] = []
    assert limits.run(start, 1.0, started.append) == limits.Stopped("took longer than 1 s")
    for _ in range(100):
        if family._stat(started[0]) is None or "Z" in Path(f"/proc/{started[0]}/stat").read_text().split()[2]:
            break
        time.sleep(0.05)
    else:
        pytest.fail("it still runs")


def test_what_was_found_before_the_end_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(PDFS["good"]())
    early = Finding("pdf-font", Severity.ERROR, "the font X is not embedded", "embed it", path=path)

    def slow(_: Path, done: Callable[[str, tuple[Finding, ...]], None], rendered: bool) -> Look:
        done("pdf-damage", ())
        done("pdf-font", (early,))
        time.sleep(60)
        raise AssertionError

    monkeypatch.setattr(checks, "on_file", slow)
    monkeypatch.setitem(foreign._LOOK_S, ".pdf", 1)
    [seen] = foreign.look([path], lambda said: None, force=True)
    assert seen.look is not None and seen.look.ids == ("pdf-damage", "pdf-font", "file-limits")
    assert [(finding.check, finding.message, finding.path) for finding in seen.look.findings] == [
        ("pdf-font", "the font X is not embedded", path),
        (
            "file-limits",
            "looking at it took longer than 1 s, after 2 of the checks; the last that ended was pdf-font",
            path,
        ),
    ]


# --- the command ----------------------------------------------------------------------------------------------------


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()
    os.mkfifo(tmp_path / "pipe.epub")
    (tmp_path / "device.pdf").symlink_to("/dev/zero")
    (tmp_path / "ring.pdf").symlink_to("ring.pdf")
    (tmp_path / "good.pdf").write_bytes(PDFS["good"]())
    names = ("folder.pdf", "pipe.epub", "device.pdf", "ring.pdf", "gone.pdf", "x" * 300 + ".pdf")
    said = hefte("check", *names, "good.pdf", cwd=tmp_path)
    name = "name a .pdf or .epub file"
    look = "look at its path and permissions"
    assert said.err.splitlines() == [
        f"hefte: folder.pdf:1: it is a folder, not a file; {name}",
        f"hefte: pipe.epub:1: it is a pipe, not a file; {name}",
        f"hefte: device.pdf:1: it is a device, not a file; {name}",
        f"hefte: ring.pdf:1: it cannot be read: Too many levels of symbolic links; {look}",
        "hefte: there is no file gone.pdf; name a publication's folder, a PDF or an EPUB",
        f"hefte: {'x' * 300}.pdf:1: it cannot be read: File name too long; {look}",
    ]
    assert said.code == 3
    assert said.out.startswith("good.pdf: ") and "checks" in said.out


def test_one_bad_file_stops_none_of_the_others(tmp_path: Path) -> None:
    for name in ("half of it", "a million pages"):
        (tmp_path / f"{name}.pdf").write_bytes(PDFS[name]())
    (tmp_path / "laughs.epub").write_bytes(EPUBS["laughs"]())
    said = hefte("check", "--json", "a million pages.pdf", "laughs.epub", "half of it.pdf", cwd=tmp_path)
    answer = json.loads(said.out)
    assert said.code == 3 and said.err.count("\n") == 2
    assert list(answer["asked"]) == ["half of it.pdf"]
    assert {finding["path"] for finding in answer["findings"]} == {"half of it.pdf"}
    assert "pdf-damage" in {finding["check"] for finding in answer["findings"]}
    assert answer["failures"] == [
        {"lines": [f"a million pages.pdf:1: it has more than 10000 pages{HARM}"], "exit_code": 3},
        {"lines": [f"laughs.epub:1: {ENTITIES.format('EPUB/one.xhtml')}"], "exit_code": 3},
    ]


def test_only_what_came_through_is_shown_to_others_and_all_at_once(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paths = [tmp_path / f"{number}.epub" for number in range(3)]
    for path, name in zip(paths, ("good", "laughs", "no spine"), strict=True):
        path.write_bytes(EPUBS[name]())
    asked: list[Any] = []

    def run(epubs: Sequence[Path], tagged: Sequence[Path], tell: Any, seconds: float) -> Any:
        asked.append((list(epubs), list(tagged), 60 < seconds < 120))
        return {paths[2]: (Finding("epubcheck", Severity.ERROR, "no spine", "add one", path=paths[2]),)}, {"x": "1"}

    monkeypatch.setattr(validate, "run", run)
    seen = foreign.look(paths, lambda said: None)
    assert asked == [([paths[0], paths[2]], [], True)]
    first, second, third = seen
    assert first.look is not None and third.look is not None and second.failure is not None
    assert [finding.message for finding in first.look.findings] == []
    assert [finding.message for finding in third.look.findings][-1:] == ["no spine"]
    assert first.look.validators == {"x": "1"}


def test_an_interrupt_ends_all_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDFS["good"]())
    script = (
        "import sys, time; from hefte import checks; checks.on_file = lambda *_: time.sleep(60); "
        "sys.argv = ['hefte', 'check', '--force', 'a.pdf']; from hefte.cli import main; main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=buildkit.environment(),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        for _ in range(400):
            if children := family.below(process.pid):
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert (process.returncode, said.strip()) == (
        130,
        "hefte: interrupted; nothing that was there before has been changed",
    )
    assert [number for number in children if Path(f"/proc/{number}").exists()] == []


def test_a_good_file_is_still_good(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDFS["good"]())
    said = hefte("check", "--quiet", "a.pdf", cwd=tmp_path)
    assert said == Said(0, "", "")


# --- damage by chance -----------------------------------------------------------------------------------------------

SEEDS = [*fuzz.small()]


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SEEDS), st.integers(0, 2**32))
def test_damage_by_chance_is_refused_or_reported(seed: tuple[str, str, bytes], chance: int) -> None:
    kind, _, content = seed
    content = fuzz.damage(kind, content, Random(chance))
    folder = Path(os.environ.get("TMPDIR", "/tmp"))
    path = folder / f"hefte-damage-{os.getpid()}{kind}"
    path.write_bytes(content)
    try:
        outcome = limits.run(lambda tell: foreign.examine(path, tell, rendered=False), 30, lambda said: None)
    finally:
        path.unlink()
    assert isinstance(outcome, Look) or (isinstance(outcome, Failure) and outcome.exit_code == 3), outcome
