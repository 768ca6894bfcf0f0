"""A named file in which nothing was found is known again, and nothing of its words is kept."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from hefte import cache, digests, foreign, passed
from hefte.checks import Look
from hefte.model import Finding, Severity

PLAIN = Path(__file__).parent / "fixtures" / "pdf" / "plain.pdf"
FOUND = Finding("pdf-font", Severity.WARNING, "a font is missing", "embed it")
GOOD = Look(("pdf-damage", "pdf-font"), (), {"Ghostscript": "10"}, {"contrast": {"least": 9.1, "text": "her words"}})


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Path(shutil.copy(PLAIN, tmp_path / "a.pdf"))


def test_what_passed_is_known_again_without_a_word_of_it(file: Path) -> None:
    assert passed.recall(file) is None
    passed.keep(file, GOOD)
    assert passed.recall(file) == Look(GOOD.ids, (), GOOD.validators, {"contrast": {"least": 9.1}})
    kept = b"".join(path.read_bytes() for path in cache.folder().rglob("*") if path.is_file())
    assert b"pdf-font" in kept and b"her words" not in kept


def test_what_has_findings_is_not_kept(file: Path) -> None:
    passed.keep(file, Look(GOOD.ids, (FOUND,)))
    assert passed.recall(file) is None and not list(cache.folder().rglob("*.*"))


def test_another_file_another_builder_and_other_programs_are_looked_at(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hefte.tools import ghostscript

    passed.keep(file, GOOD)
    with monkeypatch.context() as patch:
        patch.setattr(digests, "of_hefte", lambda: "another builder")
        assert passed.recall(file) is None
    with monkeypatch.context() as patch:
        patch.setattr(ghostscript, "probe", lambda: "99")
        assert passed.recall(file) is None
    assert passed.recall(file) is not None
    file.write_bytes(file.read_bytes() + b"\n")
    assert passed.recall(file) is None


@pytest.mark.parametrize("name", ["missing.pdf", ".", "x\0.pdf"])
def test_what_is_no_file_is_not_known(name: str, file: Path) -> None:
    assert passed.recall(file.parent / name) is None


def test_it_is_looked_at_once_and_again_where_that_is_forced(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Path] = []

    def alone(path: Path, say: Any) -> Any:
        looked.append(path)
        return foreign.Seen(path, GOOD), True

    monkeypatch.setattr(foreign, "_alone", alone)
    again = Look(GOOD.ids, (), GOOD.validators, {"contrast": {"least": 9.1}})
    assert [one.look for one in foreign.look([file], print)] == [GOOD]
    assert [one.look for one in foreign.look([file], print)] == [again]
    assert looked == [file]
    assert [one.look for one in foreign.look([file], print, force=True)] == [GOOD]
    assert looked == [file, file]
