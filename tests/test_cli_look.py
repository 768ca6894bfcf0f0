"""The commands that only look: `hefte check`, `hefte status`, `hefte schema`."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

import buildkit
from buildkit import Said, hefte, unapproved
from hefte import checks
from hefte.checks import spelling

BOTH = unapproved("en", "nn")


@pytest.fixture
def root(tmp_path: Path, two_languages: Path) -> Path:
    return Path(shutil.copytree(two_languages, tmp_path / "two"))


@pytest.fixture(scope="module")
def unchanged(two_languages: Path) -> Path:
    """For commands that only look."""
    return two_languages


# --- check ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("dictionaries")
def test_check_looks_at_the_words_of_every_language(unchanged: Path) -> None:
    spelt = "".join(f".: spelling of {language}: {spelling.looked(language)}\n" for language in ("en", "nn"))
    looked = f".: {source_checks()} checks\n{spelt}"
    assert hefte("check", cwd=unchanged) == Said(0, f"{BOTH}{looked}2 warnings\n", "")
    assert hefte("check", "--quiet", cwd=unchanged) == Said(0, "", "")
    released = BOTH.replace("warning:", "error:")
    assert hefte("check", "--release", cwd=unchanged) == Said(1, f"{released}{looked}2 errors\n", "")


def source_checks() -> int:
    return len(checks.source_checks())


def test_check_in_json(unchanged: Path) -> None:
    said = hefte("check", "--json", unchanged, cwd=unchanged.parent)
    answer = json.loads(said.out)
    assert (said.code, said.err, list(answer["asked"])) == (0, "", [str(unchanged)])
    assert [(found["check"], found["severity"], found["line"], found["language"],
             found["path"]) for found in answer["findings"]] == [
        ("story-unapproved", "warning", 4, language, f"{unchanged.name}/chapters/stories.toml") for language in ("en",
            "nn")
    ]


def test_check_takes_finished_files(unchanged: Path) -> None:
    print_file, screen = (unchanged / f"dist/en/small-brochure-en-{edition}.pdf" for edition in ("print", "screen"))
    said = hefte("check", print_file, screen, cwd=unchanged)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[-1] == "no findings"
    assert f"{screen}: page-validation 0.11.0" in said.out and f"{print_file}: page-validation" not in said.out


def test_check_of_a_book_where_validators_are_missing_says_so(unchanged: Path) -> None:
    epub = "dist/en/small-brochure-en.epub"
    said = hefte("check", epub, cwd=unchanged, env={
        "PATH": "/nowhere", "HEFTE_ACE": "/nowhere", "HEFTE_AXE": "/nowhere",
    })
    assert (said.code, said.err) == (0, "")
    counted, checker, ace, axe, found = said.out.splitlines()
    assert re.fullmatch(rf"{epub}: \d+ checks", counted)
    assert checker.startswith(f"{epub}: EPUBCheck not run: EPUBCheck needs a Java development kit, version 17 or newer")
    assert ace.startswith(f"{epub}: Ace by DAISY not run: Ace by DAISY is not complete here")
    assert axe.startswith(f"{epub}: axe-core not run: axe-core is not complete here")
    assert found == "no findings"


def test_check_of_a_foreign_file(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(tmp_path / "foreign.pdf")
    said = hefte("check", "foreign.pdf", cwd=tmp_path)
    assert (said.code, said.err, said.out.splitlines()[-1]) == (0, "", "no findings")


@pytest.mark.parametrize(("name", "content", "said"), [
    ("a.pdf", b"hello", "a.pdf:1: a.pdf is not a PDF that can be read ("),
    ("a.pdf", b"", "a.pdf:1: a.pdf is not a PDF that can be read ("),
    ("a.epub", b"hello", "a.epub:1: this is no readable EPUB: File is not a zip file; "),
    ("a.txt", b"hello", "a.txt:1: a.txt is neither a PDF nor an EPUB; name a .pdf or .epub file\n"),
])
def test_check_of_what_is_no_file_of_the_kind(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    answer = hefte("check", name, cwd=tmp_path)
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith(f"hefte: {said}") and answer.err.count("\n") == 1


# --- status and schema ----------------------------------------------------------------------------------------------


def test_status(unchanged: Path) -> None:
    said = hefte("status", "--findings", cwd=unchanged)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == f"small-brochure 1, {buildkit.today()}, in {unchanged}"
    assert [line.split()[0] for line in lines[1:4]] == ["first", "en", "nn"]  # more of it: test_status.py
    assert lines[3].split()[3:9] == ["●", "●", "●", "●", "●", "ready"]
    assert lines[5].split() == ["language", "chapter", "words", "findings"]
    assert [line.split() for line in lines[6:14]] == [
        ["en", "first", "49"], ["en", "colophon", "16"], ["en", "help", "5"], ["en", "back-cover", "5"],
        ["nn", "first", "57"], ["nn", "colophon", "13"], ["nn", "help", "5"], ["nn", "back-cover", "5"],
    ]
    assert lines[14:] == [
        "en: 102 words, 1 story, origin original, 1 warning", "nn: 104 words, 1 story, origin human, 1 warning",
        "stories: 1 recorded, 0 approved, 0 withdrawn", f"{due()}: the publication is to be reviewed",
        f"{due()}: 1 story is to be reviewed",
    ]
    assert hefte("status", cwd=unchanged).out.splitlines() == lines[:5] + lines[16:]


def due() -> str:
    return (buildkit.today() + dt.timedelta(days=365)).isoformat()


def test_status_in_json(unchanged: Path) -> None:
    answer = json.loads(hefte("status", "--findings", "--json", cwd=unchanged).out)
    assert answer["languages"]["en"]["chapters"]["first"] == {"words": 49, "findings": 0}
    assert [finding["severity"] for finding in answer["languages"]["nn"]["findings"]] == ["warning"]
    assert answer["stories"] == {
        "a-walk": {"voice": "retold", "withdrawn": False, "consent": True, "approved": [], "review_by": due()}
    }


def test_status_of_a_broken_language_shows_the_others(root: Path) -> None:
    (root / "chapters/nn/help.md").unlink()
    said = hefte("status", "--findings", cwd=root)
    assert (said.code, said.err) == (3, "hefte: chapters/nn/help.md:1: the file is missing; write it, or restore it\n")
    assert "en: 102 words, 1 story, origin original, 1 warning\n" in said.out
    answer = json.loads(hefte("status", "--findings", "--json", cwd=root).out)["languages"]["nn"]
    assert answer["problem"] == ["chapters/nn/help.md:1: the file is missing; write it, or restore it"]


FILES = ("glossary", "language", "publication", "references", "report", "stories")


def test_schema(tmp_path: Path) -> None:
    answer = json.loads(hefte("schema", cwd=tmp_path).out)
    named = {name: "report.json" if name == "report" else f"{name}.toml" for name in FILES}
    assert sorted(answer) == list(named.values())
    said = hefte("schema", "--out", "schemas", cwd=tmp_path)
    assert said == Said(0, "".join(f"schemas/{name}.schema.json\n" for name in FILES), "")
    for name, of in named.items():
        assert json.loads((tmp_path / "schemas" / f"{name}.schema.json").read_text()) == answer[of]
    assert answer["publication.toml"]["additionalProperties"] is False
    assert "chapters" in answer["publication.toml"]["required"]


def test_a_reader_who_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            buildkit.command("schema"), cwd=tmp_path, env=buildkit.environment(), stdout=closed, stderr=subprocess.PIPE,
            text=True, check=False,
        )
    assert (done.returncode, done.stderr) == (1, "")
