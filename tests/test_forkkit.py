"""What the tests are run with: a forked process does and says what a new one does."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import forkkit
from buildkit import Said, contents, hefte


def both(root: Path, *words: str, **env: str) -> Said:
    """How a new process ended, and a forked one in the same place, where they end alike and leave the same."""
    kept = root.with_name("kept")
    shutil.copytree(root, kept)
    new = hefte(*words, cwd=root, env=env, fresh=True)
    made = contents(root / "dist")
    shutil.rmtree(root)
    kept.rename(root)
    said = forkkit.run(list(words), root, {**forkkit.given(), **env})
    assert said is not None and Said(*said) == new
    assert contents(root / "dist") == made
    return new


@pytest.fixture
def root(tmp_path: Path, two_languages: Path) -> Path:
    return Path(shutil.copytree(two_languages, tmp_path / "two"))


@pytest.mark.parametrize(("words", "code"), [
    (("build", "--force", "--lang", "en"), 0), (("check",), 0), (("build", "--lang", "de"), 2),
    (("check", "nowhere"), 2), (("--version",), 0), ((), 2), (("status", "--json"), 0),
])
def test_a_forked_process_does_and_says_what_a_new_one_does(root: Path, words: tuple[str, ...], code: int) -> None:
    assert both(root, *words).code == code


def test_what_is_read_late_of_the_environment_is_the_callers(root: Path) -> None:
    said = both(root, "check", SOURCE_DATE_EPOCH="tomorrow")
    assert said.code == 2 and "SOURCE_DATE_EPOCH" in said.err


@pytest.mark.parametrize("name", ["TZ", "PYTHONHASHSEED", "FONTCONFIG_PATH", "LC_ALL", "HOME", "FONTCONFIG_FILE"])
def test_what_may_be_read_early_wants_a_new_process(tmp_path: Path, name: str) -> None:
    assert forkkit.run(["--version"], tmp_path, {**forkkit.given(), name: "x"}) is None


def test_forked_processes_are_nobodys_children(tmp_path: Path) -> None:
    from hefte import family

    assert forkkit.run(["--version"], tmp_path, forkkit.given()) is not None
    assert family.below(os.getpid()) == {}
