"""What survives when something fails: a language, an edition, the disk, or the patience of whoever pressed Ctrl-C."""

from __future__ import annotations

import json
import os
import pty
import re
import resource
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import buildkit
from buildkit import change, contents, hefte

ENDS = ("-print.pdf", "-booklet.pdf", "-screen.pdf", ".epub")
TWO = ("-print.pdf", "-screen.pdf")


@pytest.fixture
def root(tmp_path: Path, two_languages: Path) -> Path:
    """A publication in two languages, built."""
    return Path(shutil.copytree(two_languages, tmp_path / "two"))


def files(language: str) -> list[str]:
    return [f"{language}/small-brochure-{language}{end}" for end in ENDS]


def made(root: Path, *words: str, code: int = 0) -> list[str]:
    """What a build makes."""
    said = hefte("build", "--json", *words, cwd=root)
    assert said.code == code, said
    answer: list[str] = json.loads(said.out)["made"]
    return answer


def report(root: Path) -> dict[str, Any]:
    languages: dict[str, Any] = json.loads((root / "dist/report.json").read_text(encoding="utf-8"))["languages"]
    return languages


def test_a_broken_record_changes_nothing(root: Path) -> None:
    before = contents(root / "dist")
    change(root / "chapters/publication.toml", 'version = "1"', "version = 1.")
    said = hefte("build", cwd=root)
    assert (said.code, said.out) == (3, "")
    assert said.err == (
        'hefte: chapters/publication.toml:3: not TOML: expected newline or end of document after a statement; write '
        '`key = "value"`'
        " under `[table]`, and close every quotation mark and bracket\n"
    )
    assert contents(root / "dist") == before


def test_a_language_that_fails_leaves_the_other_and_its_own_earlier_files(root: Path) -> None:
    before, good = contents(root / "dist"), (root / "chapters/nn/first.md").read_bytes()
    change(root / "chapters/en/first.md", "This is a paragraph.", "This is another paragraph.")
    (root / "chapters/nn/first.md").write_bytes(b"---\ntitle: \xe5\n---\ntext")
    said = hefte("build", "--edition", "print,screen", cwd=root)
    assert said.err == "hefte: chapters/nn/first.md:2: the file is not UTF-8 (byte 0xe5); save it as UTF-8\n"
    assert said.code == 3
    assert said.out.endswith("\n2 files made; 1 warning; see dist/report.html\n")
    again = {f"{code}/small-brochure-{code}{end}" for code in ("en", "nn") for end in TWO}
    after = contents(root / "dist")
    assert {name for name in after if after[name] != before[name]} == {
        *(name for name in again if name.startswith("en/")), "report.json", "report.html",
    }
    assert set(after) == set(before)
    assert report(root)["nn"]["failures"] == [
        {"lines": ["chapters/nn/first.md:2: the file is not UTF-8 (byte 0xe5); save it as UTF-8"], "exit_code": 3}
    ]
    (root / "chapters/nn/first.md").write_bytes(good)
    change(root / "chapters/en/first.md", "This is another paragraph.", "This is a paragraph.")  # nn follows it again
    assert set(made(root, "--edition", "print,screen")) == again
    assert report(root)["nn"]["failures"] == []


def test_words_that_are_wrong_stop_their_language_before_anything_is_laid_out(root: Path) -> None:
    before = contents(root / "dist")
    with (root / "chapters/nn/first.md").open("a") as file:
        file.write("\n::: story a-walk\n:::\n")
    said = hefte("build", cwd=root)
    assert (said.code, said.err) == (1, "")
    assert said.out.splitlines()[0] == (
        "chapters/nn/first.md:26: error: the story `a-walk` is placed a second time (first in first.md:9); take one "
        "of the two "
        "out [story-twice]"
    )
    assert said.out.endswith("\nnothing was made; 1 error, 3 warnings; see dist/report.html\n")
    after = contents(root / "dist")
    assert {name for name in after if after[name] != before[name]} == {"report.json", "report.html"}
    assert hefte("build", "-q", cwd=root).code == 1  # nothing has changed, and it is still wrong


SVG = '<svg xmlns="http://www.w3.org/2000/svg"><g opacity="x"><rect width="9" height="9"/></g></svg>'


def test_what_the_layout_engine_complains_of_and_what_runs_over_is_an_error(root: Path) -> None:
    """A style that it passes over, a picture that it cannot draw when a file is written, a panel that is too full."""
    shutil.copytree(buildkit.ROOT / "layouts" / "brochure", root / "layouts" / "brochure")
    with (root / "layouts/brochure/brochure.css.j2").open("a") as file:
        file.write("p { colr: red }\n")
    (root / "chapters/en/a.svg").write_text(SVG)
    with (root / "chapters/en/first.md").open("a") as file:
        file.write("\n![A square](a.svg)\n")
    language = root / "chapters/en/language.toml"
    change(language, 'subtitle = "One chapter, one story"', f'subtitle = "{"So many words. " * 30}"')
    said = hefte("build", "--quiet", "--lang", "en", "--edition", "print,screen", cwd=root)
    assert (said.code, said.err) == (1, "")
    layout, picture, panel = said.out.splitlines()
    assert re.match(r"error: WeasyPrint: Ignored `colr: red ` at \d+:5, unknown property; ", layout)
    assert picture.startswith("error: WeasyPrint: Failed to render SVG image project:///chapters/en/a.svg; ")
    where = r"en/small-brochure-en-print\.pdf page 1: "
    over = r"error: the fixed panel cover in en reaches \d+ mm down the page, of 92 mm; shorten "
    assert re.match(where + over, panel)


def test_a_folder_without_language_toml_is_not_passed_over(root: Path) -> None:
    (root / "chapters/de").mkdir()
    expected = "hefte: chapters/de/language.toml:1: the file is missing; write it, or restore it\n"
    for words in ((), ("--lang", "de")):
        said = hefte("build", *words, cwd=root)
        assert (said.code, said.err) == (3, expected)


@pytest.mark.parametrize(("profile", "code", "err", "lost"), [
    (None, 4, "the output profile {here}/own.icc is missing; put the FOGRA39 profile there, or name another under "
     "`[print]` as "
     "`profile`", True),
    (b"", 1, "", False), (b"no profile", 1, "", False),
])
def test_a_profile_that_is_missing_or_broken_stops_print_and_nothing_else(
    root: Path, profile: bytes | None, code: int, err: str, lost: bool
) -> None:
    before = contents(root / "dist")
    with (root / "chapters/publication.toml").open("a") as file:
        file.write('\n[print]\nprofile = "own.icc"\n')
    if profile is not None:
        (root / "own.icc").write_bytes(profile)
    said = hefte("build", "--lang", "en", cwd=root)
    expected = f"hefte: chapters/publication.toml:1: {err.format(here=root)}\n" if err else ""
    assert (said.code, said.err) == (code, expected)
    after = contents(root / "dist")
    assert set(after) == set(before)
    changed = {name for name in after if after[name] != before[name]}
    if lost:
        assert changed == {"report.json", "report.html"}  # screen and EPUB were made again as they were
        assert made(root, "--lang", "en", code=4) == files("en")[2:]
    else:
        assert changed == {*files("en")[:2], "report.json", "report.html"}
        assert "the output intent's profile is no ICC profile" in said.out
        assert b"PDF/X" not in after["en/small-brochure-en-print.pdf"]  # nothing is claimed of it


def test_a_font_that_is_missing_changes_no_file(root: Path) -> None:
    before = contents(root / "dist", "*/*")
    (root / "layouts/shared").mkdir(parents=True)
    shutil.copy(buildkit.ROOT / "layouts/shared/theme.toml", root / "layouts/shared")
    change(root / "layouts/shared/theme.toml", "fonts/Literata-Medium.ttf", "fonts/Nope.ttf")
    said = hefte("build", cwd=root)
    assert (said.code, said.out) == (4, "nothing was made; no findings; see dist/report.html\n")
    line = r"hefte: layouts/shared/theme.toml:\d+: font file assets/fonts/Nope.ttf is missing; put it there "
    assert re.fullmatch(f"({line}.*\n){{2}}", said.err)
    assert contents(root / "dist", "*/*") == before


def blocked_whole(out: Path) -> None:
    shutil.rmtree(out)
    out.write_text("mine")


def blocked_language(out: Path) -> None:
    shutil.rmtree(out / "nn")
    (out / "nn").write_text("mine")


def blocked_report(out: Path) -> None:
    (out / "report.html").unlink()
    (out / "report.html").mkdir()


@pytest.mark.parametrize(("block", "said"), [
    (blocked_whole, "dist:1: cannot write the output: File exists"),
    (blocked_language, "dist/nn:1: cannot write the output: File exists"),
    (blocked_report, "dist/report.html:1: cannot write the output: Is a directory"),
])
def test_an_output_that_cannot_be_written(root: Path, block: Callable[[Path], None], said: str) -> None:
    block(root / "dist")
    before = contents(root)
    answer = hefte("build", "--force", "--lang", "nn", "--edition", "screen", cwd=root)
    remedy = "make room or choose another folder with --out; what was there before is untouched"
    assert (answer.code, answer.out, answer.err) == (4, "", f"hefte: {said}; {remedy}\n")
    assert contents(root) == before


FULL = "File too large; make room"


@pytest.mark.parametrize(("limit", "words", "said"), [
    (700_000, (), f"dist:1: cannot write the output: {FULL} or choose another folder with --out"),
    (300_000, (), f"cannot write a temporary file: {FULL}, or name another folder for them in TMPDIR"),
    (700_000, ("--validate",), f"cannot write a temporary file: {FULL}, or name another folder for them in TMPDIR"),
])
def test_a_full_disk_changes_nothing(root: Path, tmp_path: Path, limit: int, words: tuple[str, ...], said: str) -> None:
    before = contents(root / "dist")
    temporary = tmp_path / "tmp"
    temporary.mkdir()

    def nothing_larger() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    env = {"TMPDIR": str(temporary), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PATH": "/nowhere"}
    answer = hefte("build", "--force", "--lang", "en", *words, cwd=root, env=env, before=nothing_larger)
    assert (answer.code, answer.err) == (4, f"hefte: {said}; what was there before is untouched\n")
    after = contents(root / "dist")
    assert {name for name in after if after[name] != before.get(name)} <= {"report.json", "report.html"}
    assert set(after) == set(before)
    assert contents(temporary) == {}


# --- Ctrl-C, and what is seen meanwhile -----------------------------------------------------------------------------


class Terminal:
    """`hefte` with its standard error on a terminal, in a process group of its own."""

    def __init__(self, root: Path, *words: str, **env: str) -> None:
        self.reading, writing = pty.openpty()
        self.process = subprocess.Popen(
            buildkit.command(*words), cwd=root, env=buildkit.environment(TERM="xterm", COLUMNS="200", **env),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=writing, start_new_session=True,
        )
        os.close(writing)
        self.said = ""

    def wait_for(self, word: str) -> None:
        give_up = time.monotonic() + 60
        while word not in self.said:
            assert self._read() and time.monotonic() < give_up, f"{word!r} was never said: {self.said}"

    def end(self) -> int:
        """Its exit code, when it has said all that it says."""
        while self._read():
            pass
        assert self.process.stdout is not None
        self.process.stdout.close()
        os.close(self.reading)
        return self.process.wait(30)

    def _read(self) -> bool:
        ready, _, _ = select.select([self.reading], [], [], 30)
        try:
            more = os.read(self.reading, 10_000) if ready else b""
        except OSError:  # how Linux says that nobody holds the other end
            more = b""
        self.said += more.decode(errors="replace")
        return bool(more)

    def running(self) -> list[str]:
        """What is left of the group: state and command."""
        listed = subprocess.run(["ps", "-eo", "pgid=,stat=,args="], capture_output=True, text=True, check=True).stdout
        lines = [line.split(maxsplit=1) for line in listed.splitlines()]
        return [rest for group, rest in lines if int(group) == self.process.pid and not rest.startswith("Z")]


@pytest.mark.parametrize(("word", "words"), [
    ("laying out", ()), ("writing", ("--lang", "en", "--jobs", "3")), ("writing", ("--jobs", "6")),
    ("laying out", ("--lang", "en", "--jobs", "1")),
], ids=["languages", "editions", "both", "one process"])
@pytest.mark.parametrize("to_all", [True, False], ids=["terminal", "kill"])
def test_ctrl_c_leaves_nothing_but_what_was_there(
    root: Path, tmp_path: Path, word: str, words: tuple[str, ...], to_all: bool
) -> None:
    before, temporary = contents(root), tmp_path / "tmp"
    temporary.mkdir()
    terminal = Terminal(root, "build", "--force", *words, TMPDIR=str(temporary))
    terminal.wait_for(word)
    (os.killpg if to_all else os.kill)(terminal.process.pid, signal.SIGINT)
    # A shell says 130 of both. Python ends itself by the signal where an interrupt passed through an `exec`.
    assert terminal.end() in {130, -signal.SIGINT}
    assert terminal.said.endswith("hefte: interrupted; nothing that was there before has been changed\r\n")
    assert "Traceback" not in terminal.said and "Error" not in terminal.said
    assert terminal.running() == []
    assert contents(root) == before
    assert contents(temporary) == {}


SWALLOWED = """
import os, signal
from hefte import renderers  # tells WeasyPrint's fonts apart from the machine's
import weasyprint.svg
from hefte.cli import main

def draw(*given):
    os.kill(os.getpid(), signal.SIGINT)

weasyprint.svg.SVG.draw = draw
main()
"""


def test_ctrl_c_while_a_picture_is_drawn_is_no_broken_picture(root: Path) -> None:
    """WeasyPrint catches every exception there: the build went on without the picture."""
    before = contents(root)
    words = ("build", "--force", "--lang", "en", "--edition", "print", "--jobs", "1")
    done = subprocess.run(
        [sys.executable, "-c", SWALLOWED, *words], cwd=root, env=buildkit.environment(), capture_output=True, text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "\nhefte: interrupted; nothing that was there before has been changed\n"
    assert contents(root) == before


def test_progress_is_shown_on_a_terminal_and_gone_at_the_end(root: Path) -> None:
    terminal = Terminal(root, "build", "--force", "--quiet", "--lang", "en", "--edition", "screen")
    assert (terminal.end(), terminal.said) == (0, "")
    terminal = Terminal(root, "build", "--force", "--lang", "en", "--edition", "screen")
    assert terminal.end() == 0
    for word in ("en: reading", "en: laying out", "en: writing screen"):
        assert word in terminal.said
    assert terminal.said.endswith("\x1b[?25h\r\x1b[1A\x1b[2K")  # the cursor is back, the line is erased
