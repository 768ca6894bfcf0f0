"""Rows that came back and do not fit: doubled, renamed, altered, of another language, or with something lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from buildkit import change
from exchangekit import (
    FORMATS,
    edited,
    export,
    hostile_and_recorded,
    looked_at,
    recorded,
    refused_rows,
    row,
    states,
    take_in,
    target_of,
    written,
)
from hefte import publication
from hefte.errors import UsageError
from hefte.exchange import detect
from hefte.exchange.table import Row, Table, digest
from hefte.model.translation import State
from hefte.translation import workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The hostile publication, all of it recorded."""
    return hostile_and_recorded(tmp_path)


# --- rows and segments that do not fit -------------------------------------------------------------------------------


def back(id: str, source: str, target: str) -> Row:
    """A row as a translator sends it who has kept neither digest."""
    return replace(row(id, source, target), digest="", sent="")


def rows_of(root: Path, *rows: Row) -> Path:
    """A file with rows made by hand."""
    return written(root.parent / "fa-po.po", Table("en", "fa", rows))


def test_doubled_rows_with_different_targets_name_both(root: Path) -> None:
    path = export(root, "fa", "xlsx")
    read = detect.read(path)
    first = next(one for one in read.rows if one.id == "first.2")
    again = replace(first, target="واژه دیگر")
    assert first.place is not None
    said = refused_rows(root, written(path, replace(read, rows=(*read.rows, again))))
    line = len(read.rows) + 2
    assert said == [(line, f"`first.2` stands here and in line {first.place.line} with different targets")]


def test_doubled_rows_with_the_same_target_or_none_are_fine(root: Path) -> None:
    new = back("first.2", "Word 5 1. not a list", "واژه نو")
    brought = looked_at(root, rows_of(root, replace(new, target=""), new, new))
    assert [change.text for change in brought.changes.values()] == ["واژه نو"]


def test_an_unknown_id_is_matched_by_its_source(root: Path) -> None:
    brought = looked_at(root, rows_of(root, back("old.99", "Word 5 1. not a list", "واژه نو")))
    assert list(brought.changes) == ["first.2"]


def test_an_id_that_belongs_to_another_text_today_is_matched_by_its_source(root: Path) -> None:
    brought = looked_at(root, rows_of(root, back("first.6", "Word 5 1. not a list", "واژه نو")))
    assert list(brought.changes) == ["first.2"]


def test_an_unknown_id_with_an_unknown_source_is_an_error(root: Path) -> None:
    path = rows_of(root, back("old.1", "Word 6", "واژه"), back("old.99", "Never was there", "نبود"))
    [(line, what)] = refused_rows(root, path)
    assert path.read_text(encoding="utf-8").splitlines()[line - 1] == 'msgctxt "old.99"'
    assert what == "`old.99` is no segment of today, and not exactly one has the source text of this row"


def test_a_known_id_where_quite_another_text_stands_is_an_error(root: Path) -> None:
    [(_, what)] = refused_rows(root, rows_of(root, back("first.2", "A whole other sentence, really", "واژه")))
    assert what == "`first.2`: another text stands there today, and none has the source text of this row"


def test_a_segment_whose_source_changed_since_comes_in_as_stale(root: Path) -> None:
    path = edited(export(root, "fa", "po"), {"first.2": "واژه نو"})
    change(root / "chapters" / "en" / "first.md", "Word 5 1.", "Word five, 1.")
    brought = looked_at(root, path)
    assert [(one.check, one.severity.value) for one in brought.findings] == [("source-changed", "note")]
    take_in(root, "fa", path)
    [pair] = [pair for unit in workspace.open(publication.load(root), "fa").units for pair in unit.pairs
              if pair.source and pair.source.id == "first.2"]
    assert (pair.state, pair.previous, pair.target and pair.target.text) == (
        State.STALE, "Word 5 1. not a list", "واژه نو",
    )


@pytest.mark.parametrize("format", FORMATS)
def test_a_source_that_the_translator_altered_is_told_and_changes_nothing(format: str, root: Path) -> None:
    path = edited(export(root, "fa", format), {"first.2": "واژه نو"}, source="Word five, corrected")
    brought = looked_at(root, path)
    assert [(one.check, one.severity.value) for one in brought.findings] == [("source-altered", "warning")]
    assert brought.changes["first.2"].source_digest == digest("Word 5 1. not a list")
    take_in(root, "fa", path)
    assert states(root)["first.2"] is State.READY


def test_a_withdrawn_story_neither_leaves_nor_comes_back(root: Path) -> None:
    path = edited(export(root, "fa", "po"), {"story-a-walk.1": "یک روز دیگر"})
    change(root / "chapters" / "stories.toml", '[a-walk]\n', '[a-walk]\nwithdrawn = 2026-11-23\n')
    brought = looked_at(root, path)
    assert (dict(brought.changes), brought.counts["withheld"]) == ({}, 2)
    assert b"a-walk" not in export(root, "fa", "po").read_bytes()
    assert b"One morning" not in export(root, "fa", "po").read_bytes()


# --- what may not be lost, and what may not be there -----------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_a_lost_token_stops_everything(format: str, root: Path) -> None:
    good = target_of(root, "first.1")
    path = edited(export(root, "fa", format), {
        "first.1": good.replace("[@handbook]", "").replace("a_(b)", "a_b"), "first.2": "واژه نو",
    })
    said = refused_rows(root, path)
    assert [what for _, what in said] == [
        "`first.1`: `[@handbook]` is missing", "`first.1`: `](https://example.org/a_(b))` is missing",
        "`first.1`: `](https://example.org/a_b)` is not in the source",
    ]
    [place] = [one.place for one in detect.read(path).rows if one.id == "first.1"]
    assert place is not None
    assert {line for line, _ in said} == {place.line}


def test_a_target_for_which_there_is_no_place_yet(root: Path) -> None:
    change(root / "chapters" / "fa" / "help.md", "summary: ", "short_title: ")
    path = export(root, "fa", "xliff")
    [(_, what)] = refused_rows(root, edited(path, {"help.summary": "کمک"}))
    assert what == "`help.summary`: the language has no place for it yet"


def test_tokens_in_another_order_are_fine(root: Path) -> None:
    new = "[آنجا](https://example.org/a_(b)) [@handbook] [^n]"
    take_in(root, "fa", edited(export(root, "fa", "po"), {"first.1": new}))
    assert target_of(root, "first.1") == new


def test_a_character_that_hides_text_is_an_error(root: Path) -> None:
    [(_, what)] = refused_rows(root, edited(export(root, "fa", "xlsx"), {"first.2": "واژه \u202eabc\u202c"}))
    assert what.startswith("`first.2`: invisible character U+202E (right-to-left override), which can hide")


def test_a_text_that_would_be_read_as_something_else_names_the_row(root: Path) -> None:
    path = edited(export(root, "fa", "xlsx"), {"first.3": "[x]: /y"})
    [line] = [one.place.line for one in detect.read(path).rows if one.id == "first.3" and one.place]
    [(at, what)] = refused_rows(root, path)
    assert (at, what) == (line, "the text of `first.3` would be read as something else: '[x]: /y'")


def test_a_target_that_is_its_source_is_a_warning(root: Path) -> None:
    brought = looked_at(root, edited(export(root, "fa", "po"), {
        "first.2": "Word 5 1. not a list", "first.10": "{{ contact.web }} Word 9",
    }))
    assert [(one.check, one.severity.value) for one in brought.findings] == [("same-as-source", "warning")] * 2


@pytest.mark.parametrize("mark", ["po", "xlsx"])
def test_a_target_that_is_meant_to_be_its_source_is_none(mark: str, root: Path) -> None:
    path = edited(export(root, "fa", mark), {"first.2": "Word 5 1. not a list"}, same=True)
    assert looked_at(root, path).findings == ()


def test_two_rows_that_belong_to_one_segment(root: Path) -> None:
    path = rows_of(root, back("first.2", "Word 5 1. not a list", "یک"), back("old.9", "Word 5 1. not a list", "دو"))
    [(_, what)] = refused_rows(root, path)
    first = next(one.place.line for one in detect.read(path).rows if one.place)
    assert what == f"`first.2`: other targets stand here and in line {first}"


def test_a_keyword_that_is_there_twice_is_one_row(root: Path) -> None:
    change(root / "chapters" / "fa" / "first.md", ", plain]", ", plain, plain, plain]")
    recorded(root, "fa")
    path = export(root, "fa", "po")
    ids = [one.id for one in detect.read(path).rows]
    assert len(ids) == len(set(ids))
    assert dict(looked_at(root, path).changes) == {}


@pytest.mark.parametrize("said", ["fa", "FA", "fa_IR", "fa-IR", ""])
def test_a_file_that_says_the_language_with_a_country(said: str, root: Path) -> None:
    rows = (back("first.2", "Word 5 1. not a list", "واژه نو"),)
    assert list(looked_at(root, written(root.parent / "fa-xliff.xlf", Table("en", said, rows))).changes) == ["first.2"]


def test_a_file_of_another_language(root: Path) -> None:
    path = written(root.parent / "fa-po.po", Table("en", "ur", (back("first.2", "Word 5 1. not a list", "x"),)))
    assert [what for _, what in refused_rows(root, path)] == ["this file is a translation into `ur`, not `fa`"]


@pytest.mark.parametrize(("lang", "what"), [
    ("en", "`en` is the language that the others are translated from"), ("fr", "the publication has no language `fr`"),
])
def test_languages_that_nothing_can_be_imported_into(lang: str, what: str, root: Path) -> None:
    path = export(root, "fa", "po")
    with pytest.raises(UsageError) as raised:
        take_in(root, lang, path)
    assert raised.value.what == what
