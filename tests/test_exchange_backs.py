"""Back-translations: kept beside the translation as long as it says what they were written of."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buildkit import hefte
from exchangekit import edited, export, hostile_and_recorded
from hefte.errors import SourceError
from hefte.exchange import backs, detect
from hefte.exchange.table import digest


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return hostile_and_recorded(tmp_path)


def kept(root: Path) -> dict[str, str]:
    """Id → words."""
    return {id: says for id, (_, says) in backs.load(root, "fa").items()}


def take_in(root: Path, path: Path, *words: str) -> None:
    said = hefte("translate", "import", "fa", path, "--by", "Ada", *words, cwd=root)
    assert (said.code, said.err) == (0, ""), said


def given_out(root: Path) -> dict[str, str]:
    path = export(root, "fa", "xlsx")
    return {row.id: row.back_translation for row in detect.read(path).rows if row.back_translation}


def test_a_back_translation_is_kept_given_out_again_and_dropped_with_its_text(root: Path) -> None:
    path = edited(export(root, "fa", "xlsx"), {"first.2": "واژه نو"}, back_translation='A "new" word\\')
    take_in(root, path, "--dry-run")
    assert kept(root) == {}
    take_in(root, path)
    assert kept(root) == {"first.2": 'A "new" word\\'}
    before = (root / "chapters/fa" / backs.FILE).read_bytes()
    assert given_out(root) == {"first.2": 'A "new" word\\'}
    take_in(root, export(root, "fa", "xlsx"))
    assert (root / "chapters/fa" / backs.FILE).read_bytes() == before
    take_in(root, edited(export(root, "fa", "po"), {"first.2": "چیزی دیگر"}))
    assert (kept(root), given_out(root)) == ({}, {})


@given(st.dictionaries(st.from_regex(r"[a-z-]+\.[0-9]{1,3}", fullmatch=True), st.tuples(
    st.from_regex("[0-9a-f]{20}", fullmatch=True),
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff"), min_size=1),
)))
def test_what_is_written_is_toml_and_comes_back(said: dict[str, tuple[str, str]]) -> None:
    text = backs.dump(said).decode()
    assert {id: (each["of"], each["says"]) for id, each in tomllib.loads(text).items()} == said
    assert len(text.splitlines(keepends=False)) >= len(said) + 1


def test_only_what_still_says_the_same_stays() -> None:
    one, two = digest("one"), digest("two")
    today = {"a.1": one, "a.2": one, "a.3": one}
    kept = backs.merged({"a.1": (one, "x"), "a.2": (two, "y")}, {"a.3": (one, "z")}, today)
    assert kept == {"a.1": (one, "x"), "a.3": (one, "z")}
    assert backs.merged({"story-gone.1": (one, "x")}, {}, {}) == {}


@pytest.mark.parametrize("text", ["x = ", '"a.1" = 3\n', '"a.1" = { of = "x" }\n'])
def test_a_damaged_file_is_one_clear_error(root: Path, text: str) -> None:
    path = root / "chapters/fa" / backs.FILE
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as raised:
        backs.load(root, "fa")
    assert raised.value.line(root) == (
        f"chapters/fa/{backs.FILE}:1: the back-translations cannot be read; delete the file, or restore it"
    )
