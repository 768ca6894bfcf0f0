"""What a translator sends back: nothing edited changes nothing, an edit one segment, one error stops it all."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from buildkit import change, contents
from exchangekit import (
    FORMATS,
    edited,
    export,
    hostile,
    hostile_and_recorded,
    looked_at,
    refused_rows,
    states,
    take_in,
    target_of,
    written,
)
from hefte import publication
from hefte.exchange import detect
from hefte.model.translation import State

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = tuple(publication.load(ROOT).languages[1:])


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the publication that ships here, its words only. Not to be changed."""
    folder = tmp_path_factory.mktemp("shipped") / "copy"
    shutil.copytree(ROOT / "chapters", folder / "chapters")
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The hostile publication, all of it recorded."""
    return hostile_and_recorded(tmp_path)


# --- nothing edited --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("lang", SHIPPED)
def test_the_shipped_languages_come_back_as_they_were(lang: str, format: str, shipped: Path) -> None:
    before = contents(shipped)
    path = export(shipped, lang, format)
    assert len(detect.read(path).rows) > 150
    assert take_in(shipped, lang, path) == 0
    assert contents(shipped) == before


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("known", [False, True], ids=["unrecorded", "recorded"])
def test_a_hostile_publication_comes_back_as_it_was(known: bool, format: str, tmp_path: Path) -> None:
    root = hostile_and_recorded(tmp_path) if known else hostile(tmp_path)
    before = contents(root)
    assert take_in(root, "fa", export(root, "fa", format)) == 0
    assert contents(root) == before


@pytest.mark.parametrize("format", FORMATS)
def test_stale_and_fuzzy_segments_come_back_as_they_were(format: str, root: Path) -> None:
    take_in(root, "fa", edited(export(root, "fa", "po"), {"first.3": "واژه"}, state=State.FUZZY))
    change(root / "chapters" / "en" / "first.md", "Word 5 1.", "Word five, 1.")
    assert (states(root)["first.3"], states(root)["first.2"]) == (State.FUZZY, State.STALE)
    before = contents(root)
    path = export(root, "fa", format)
    rows = {one.id: one for one in detect.read(path).rows}
    assert (rows["first.2"].source, rows["first.2"].previous) == ("Word five, 1. not a list", "Word 5 1. not a list")
    assert take_in(root, "fa", path) == 0
    assert contents(root) == before


# --- edits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(("id", "file", "new"), [
    ("first.2", "first.md", "واژه ۵ فهرست نیست"), ("first.title", "first.md", "عنوان «نو»: دو"),
    ("first.8", "first.md", "می\u200cخواهم\u00a0\u2014 \U0001f600"), ("story-a-walk.1", "stories/a-walk.md", "یک روز"),
    ("language.labels.page", "language.toml", 'صفحه "x" \\'),
])
def test_one_edited_target_changes_that_segment_only(id: str, file: str, new: str, format: str, root: Path) -> None:
    before, were = contents(root / "chapters" / "fa"), states(root)
    take_in(root, "fa", edited(export(root, "fa", format), {id: new}))
    after = contents(root / "chapters" / "fa")
    ours = {name for name in after if after[name] != before.get(name) and not name.startswith("snapshot/")}
    assert ours == {file, "memory.tmx"}
    assert states(root) == were
    assert target_of(root, id) == new
    old, now = before[file].split(b"\n"), after[file].split(b"\n")
    assert len(old) == len(now)
    assert sum(one != other for one, other in zip(old, now, strict=True)) == 1
    assert after[file].count(b"\r") == before[file].count(b"\r")


@pytest.mark.parametrize("format", FORMATS)
def test_rows_in_another_order_and_missing_ones(format: str, root: Path) -> None:
    path = edited(export(root, "fa", format), {"first.2": "واژه نو"})
    read = detect.read(path)
    rows = [one for one in reversed(read.rows) if one.id in ("first.2", "first.3", "first.summary")]
    brought = looked_at(root, written(path, replace(read, rows=tuple(rows))))
    assert list(brought.changes) == ["first.2"]
    assert (brought.counts["unchanged"], brought.counts["absent"]) == (2, len(read.rows) - 3)


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_target_leaves_what_is_there(format: str, root: Path) -> None:
    path = edited(export(root, "fa", format), {"first.2": "", "first.3": "[…]", "first.4": "[...]"}, state=None)
    brought = looked_at(root, path)
    assert (dict(brought.changes), brought.counts["empty"]) == ({}, 3)


@pytest.mark.parametrize("format", FORMATS)
def test_a_mark_set_and_taken_away_again(format: str, root: Path) -> None:
    path = export(root, "fa", format)
    take_in(root, "fa", edited(path, {"first.2": target_of(root, "first.2")}, state=State.FUZZY))
    assert states(root)["first.2"] is State.FUZZY
    take_in(root, "fa", edited(export(root, "fa", format), {"first.2": target_of(root, "first.2")}, state=State.READY))
    assert states(root)["first.2"] is State.READY


@pytest.mark.parametrize("format", FORMATS)
def test_a_stale_segment_is_ready_when_its_translator_says_so(format: str, root: Path) -> None:
    change(root / "chapters" / "en" / "first.md", "Word 5 1.", "Word five, 1.")
    take_in(root, "fa", edited(export(root, "fa", format), {"first.2": target_of(root, "first.2")}, state=State.READY))
    assert states(root)["first.2"] is State.READY


def test_a_new_target_beside_stale_in_a_spreadsheet_answers_it(root: Path) -> None:
    change(root / "chapters" / "en" / "first.md", "Word 5 1.", "Word five, 1.")
    take_in(root, "fa", edited(export(root, "fa", "xlsx"), {"first.2": "واژه نو"}, state=State.STALE))
    assert states(root)["first.2"] is State.READY


@pytest.mark.parametrize("format", FORMATS)
def test_what_was_written_in_the_language_since_is_not_undone(format: str, root: Path) -> None:
    path = edited(export(root, "fa", format), {"first.2": "واژه نو"})
    change(root / "chapters" / "fa" / "first.md", "واژه Word 6", "واژه شش")
    assert list(looked_at(root, path).changes) == ["first.2"]
    take_in(root, "fa", path)
    assert (target_of(root, "first.2"), target_of(root, "first.3")) == ("واژه نو", "واژه شش")


@pytest.mark.parametrize("format", FORMATS)
def test_what_was_edited_on_both_sides_is_an_error_until_somebody_decides(format: str, root: Path) -> None:
    path = edited(export(root, "fa", format), {"first.3": "واژه نو"})
    change(root / "chapters" / "fa" / "first.md", "واژه Word 6", "واژه شش")
    [(_, what)] = refused_rows(root, path)
    assert what == (
        "`first.3`: edited in the file, and since the export in the language too, where it is now: واژه شش"
    )
    take_in(root, "fa", path, overwrite=True)
    assert target_of(root, "first.3") == "واژه نو"
