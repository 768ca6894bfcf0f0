"""Building for real: what is made again and what is not, what is kept and what goes, and releases."""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import buildkit
import goldenkit
from buildkit import change, contents, hefte, unapproved
from conftest import Outputs

ENDS = ("-print.pdf", "-booklet.pdf", "-screen.pdf", ".epub")
BOTH = unapproved("en", "nn")


@pytest.fixture
def root(tmp_path: Path, two_languages: Path) -> Path:
    """A publication in two languages, built."""
    return Path(shutil.copytree(two_languages, tmp_path / "two"))


def files(*languages: str) -> list[str]:
    return [f"{language}/small-brochure-{language}{end}" for language in languages for end in ENDS]


def made(root: Path, *words: str, code: int = 0, fresh: bool = False) -> list[str]:
    """What a build makes."""
    said = hefte("build", "--json", *words, cwd=root, fresh=fresh)
    assert said.code == code, said
    answer: list[str] = json.loads(said.out)["made"]
    return answer


def report(root: Path) -> dict[str, Any]:
    languages: dict[str, Any] = json.loads((root / "dist/report.json").read_text(encoding="utf-8"))["languages"]
    return languages


def inodes(folder: Path) -> dict[str, int]:
    """Path → number that changes whenever the file is written anew."""
    return {str(path): path.stat().st_ino for path in folder.rglob("*") if path.is_file()}


# --- what is made again ---------------------------------------------------------------------------------------------


def test_nothing_changed_nothing_is_made_again(root: Path) -> None:
    before = inodes(root / "dist")
    assert made(root) == []
    os.utime(root / "chapters/en/first.md")
    os.utime(root / "dist/nn/small-brochure-nn.epub", (0, 0))
    assert made(root) == []
    assert inodes(root / "dist") == before


SCRIPT = """
import sys
sys.argv = ["hefte", "build", "--quiet"]
from hefte.cli import main
try:
    main()
finally:
    print(*sorted({name.split(".")[0] for name in sys.modules}))
"""
HEAVY = {"weasyprint", "pydantic", "pikepdf", "lxml", "jinja2", "babel", "yaml", "markdown_it", "ebooklib", "PIL",
         "uharfbuzz"}


def test_a_build_with_nothing_to_do_imports_nothing_heavy_and_takes_less_than_half_a_second(root: Path) -> None:
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, cwd=root, env=buildkit.environment(), capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & HEAVY == set()
    taken = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert made(root, fresh=True) == []
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(taken) < 0.5


def test_one_word_makes_its_language_again_and_no_other(root: Path) -> None:
    before = contents(root / "dist/en")
    kept = inodes(root / "dist/en")
    change(root / "chapters/nn/first.md", "Dette er eit avsnitt.", "Dette er eit anna avsnitt.")
    assert made(root) == files("nn")
    assert inodes(root / "dist/en") == kept and contents(root / "dist/en") == before
    assert made(root) == []


def test_an_output_that_is_gone_or_changed_is_made_again_as_it_was(root: Path) -> None:
    before = contents(root / "dist")
    (root / "dist/en/small-brochure-en.epub").unlink()
    (root / "dist/nn/small-brochure-nn-screen.pdf").write_bytes(b"not what was built")
    assert made(root) == files("en", "nn")
    assert contents(root / "dist") == before


def test_on_another_day_dates_are_looked_at_again(root: Path) -> None:
    text = (root / "dist/report.json").read_text(encoding="utf-8")
    today = dt.date.today().isoformat()
    yesterday = (dt.date.today() - dt.timedelta(days=1)).isoformat()
    (root / "dist/report.json").write_text(text.replace(f'"looked_on": "{today}"', f'"looked_on": "{yesterday}"', 1))
    assert made(root) == files("en")
    later = {"SOURCE_DATE_EPOCH": str(int(time.time()) + 400 * 86_400)}
    said = hefte("check", cwd=root, env=later)
    assert "chapters/publication.toml:1: warning: the publication was to be looked at again by " in said.out


def test_force_makes_everything_again(root: Path) -> None:
    before = contents(root / "dist")
    assert made(root, "--force", "--lang", "nn") == files("nn")
    assert contents(root / "dist") == before


def test_a_report_of_another_program_is_no_reason_to_stop(root: Path) -> None:
    (root / "dist/report.json").write_text('{"languages": {"en": 3}}')
    assert made(root, "--lang", "en", "--edition", "screen") == ["en/small-brochure-en-screen.pdf"]


def test_some_editions_only(root: Path) -> None:
    before = contents(root / "dist")
    change(root / "chapters/nn/first.md", "Dette er eit avsnitt.", "Dette er eit anna avsnitt.")
    assert made(root, "--lang", "nn", "--edition", "epub,booklet") == [
        "nn/small-brochure-nn-booklet.pdf", "nn/small-brochure-nn.epub",
    ]
    after = contents(root / "dist")
    assert {name for name in after if after[name] != before[name]} == {
        "nn/small-brochure-nn-booklet.pdf", "nn/small-brochure-nn.epub", "report.json", "report.html",
    }
    assert made(root) == files("nn")


def test_an_edition_that_is_taken_out_goes_and_nothing_else(root: Path) -> None:
    (root / "dist/en/notes.txt").write_text("mine")
    change(root / "chapters/publication.toml", '["print", "booklet", "screen", "epub"]', '["screen", "epub"]')
    assert made(root) == [f"{code}/small-brochure-{code}{end}" for code in ("en", "nn") for end in ENDS[2:]]
    assert sorted(contents(root / "dist")) == [
        "en/notes.txt", "en/small-brochure-en-screen.pdf", "en/small-brochure-en.epub",
        "nn/small-brochure-nn-screen.pdf",
        "nn/small-brochure-nn.epub", "report.html", "report.json",
    ]


def test_what_the_renderer_was_given_can_be_looked_at(root: Path) -> None:
    assert made(root, "--keep-html", "html", "--lang", "nn", "--edition",
                "screen") == ["nn/small-brochure-nn-screen.pdf"]
    assert sorted(contents(root / "html")) == ["nn/body.html", "nn/frame.html", "nn/style.css"]
    assert '<html class="chapters" lang="nn" dir="ltr">' in (root / "html/nn/body.html").read_text()


def test_a_cache_that_is_broken_or_missing_changes_nothing(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    env = {"XDG_CACHE_HOME": str(cache)}
    before = contents(root / "dist", "*/*")
    for state in ("empty", "filled", "damaged", "a file"):
        if state == "damaged":
            for path in [path for path in cache.rglob("*") if path.is_file()]:
                path.write_bytes(path.read_bytes()[:40])
        if state == "a file":
            shutil.rmtree(cache)
            cache.write_text("mine")
        said = hefte("build", "--force", "--quiet", "--lang", "en", "--edition", "epub", cwd=root, env=env)
        assert (said.code, said.out, said.err) == (0, "", ""), state
        assert contents(root / "dist", "*/*") == before, state
    assert cache.read_text() == "mine"


# --- releases -------------------------------------------------------------------------------------------------------


def test_a_release_is_refused_with_every_reason_once(root: Path) -> None:
    before, kept = contents(root / "dist"), inodes(root / "dist")
    change(root / "chapters/nn/first.md", "Dette er eit avsnitt.", "Ring 22 33 44 55.")
    said = hefte("build", "--release", "--edition", "print,epub", cwd=root, env={
        "PATH": "/nowhere", "HEFTE_ACE": "/nowhere", "HEFTE_AXE": "/nowhere",
    })
    assert (said.code, said.out) == (5, "")
    first, *reasons = said.err.splitlines()
    remedy = "mend what is listed below; the last release is untouched"
    assert first == f"hefte: the release is refused for 8 reasons; {remedy}"
    assert [reason.split("; ")[0] for reason in reasons] == [
        "hefte: chapters/stories.toml:4: the story `a-walk` is not approved in en (story-unapproved)",
        "hefte: Ghostscript was not run: install Ghostscript (the package is called ghostscript)",
        "hefte: EPUBCheck was not run: EPUBCheck needs a Java development kit, version 17 or newer, and none was found",
        "hefte: Ace by DAISY was not run: Ace by DAISY is not complete here: it needs Node, the npm package "
        "@daisy/ace-cli, and "
        "Chromium",
        "hefte: axe-core was not run: axe-core is not complete here: it needs Node, the npm packages axe-core and "
        "playwright-core, and Chromium",
        "hefte: chapters/nn/language.toml:1: a reviewer has signed not first of nn (translation-unsigned)",
        "hefte: chapters/nn/first.md:7: the number 22 33 44 55 stands in the text (number-naked)",
        "hefte: chapters/stories.toml:4: the story `a-walk` is not approved in nn (story-unapproved)",
    ]
    assert contents(root / "dist") == before and inodes(root / "dist") == kept


def test_a_release_of_what_everybody_has_approved_is_made(tiny: Outputs, tmp_path: Path) -> None:
    root = Path(shutil.copytree(tiny.root, tmp_path / "tiny"))
    assert hefte("story", "approve", "a-walk", "--lang", "en", "--by", "Grete Roede", cwd=root).code == 0
    said = hefte("build", "--release", cwd=root)
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith("\n5 files made; no findings; see dist/report.html\n")
    entry = report(root)["en"]
    assert entry["validators"] == goldenkit.validators()
    assert (entry["validated"], entry["findings"], entry["failures"]) == (True, [], [])
    print_file, *others = files("en")
    assert [file["path"] for file in entry["files"]] == [print_file, "en/small-brochure-en-print-job.pdf", *others]
    looked = hefte("check", "dist", cwd=root)
    assert (looked.code, looked.out) == (0, "dist: 5 checks\nno findings\n")
