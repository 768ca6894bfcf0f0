"""`hefte new`: a small complete publication, or an error and nothing."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

import buildkit
from buildkit import Said, hefte

FILES = {
    "chapters/publication.toml", "chapters/references.toml", "chapters/stories.toml", "chapters/glossary.toml",
    "chapters/en/language.toml", "chapters/en/first.md", "chapters/en/colophon.md", "chapters/en/help.md",
    "chapters/en/back-cover.md", "chapters/en/stories/a-walk.md",
}


def test_new_makes_a_publication_dated_today(tmp_path: Path) -> None:
    said = hefte("new", "my brochure", cwd=tmp_path)
    assert said == Said(0, "made my brochure with 10 files; build it with: hefte build 'my brochure'\n", "")
    made = buildkit.contents(tmp_path / "my brochure")
    assert set(made) == FILES
    publication = tomllib.loads(made["chapters/publication.toml"].decode())
    today = dt.date.today()
    assert publication["date"] == today
    assert publication["review_by"] == today + dt.timedelta(days=365)
    assert not any(b"@TODAY@" in content or b"@NEXT-YEAR@" in content for content in made.values())


def test_what_it_made_has_no_fault_but_that_nobody_has_approved_the_story(tmp_path: Path) -> None:
    assert hefte("new", "a", "--quiet", cwd=tmp_path) == Said(0, "", "")
    said = hefte("check", cwd=tmp_path / "a")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(buildkit.unapproved("en")) and said.out.endswith("\n1 warning\n")


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    assert hefte("new", ".", "-q", cwd=tmp_path) == Said(0, "", "")
    assert set(buildkit.contents(tmp_path)) == FILES


@pytest.mark.parametrize("there", ["notes.txt", ".hidden"])
def test_a_folder_with_anything_in_it_is_left_alone(there: str, tmp_path: Path) -> None:
    (tmp_path / there).write_text("mine")
    said = hefte("new", str(tmp_path), cwd=tmp_path)
    expected = f"hefte: {tmp_path} is there already and is not empty; name a folder that does not exist yet\n"
    assert said == Said(2, "", expected)
    assert buildkit.contents(tmp_path) == {there: b"mine"}


def test_a_file_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    said = hefte("new", "a", cwd=tmp_path)
    assert said == Said(2, "", "hefte: a is there already and is not empty; name a folder that does not exist yet\n")
    assert (tmp_path / "a").read_text() == "mine"


def test_a_place_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    said = hefte("new", "file/below", cwd=tmp_path)
    assert (said.code, said.out) == (4, "")
    assert said.err.startswith("hefte: file/below:1: cannot write the output: Not a directory; ")
    assert buildkit.contents(tmp_path) == {"file": b"mine"}
