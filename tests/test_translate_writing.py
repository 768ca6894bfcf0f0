"""What comes from outside into a language folder, and what is kept there: memory, snapshot, signatures."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import buildkit
from hefte import publication, sources
from hefte.errors import SourceError, UsageError
from hefte.model import State
from hefte.translation import memory, review, signing, snapshot, workspace
from hefte.translation.recording import record
from hefte.translation.writing import Change, accept
from translatekit import begun, source, states, target

# --- accept


def test_what_comes_from_outside_is_filled_in_recorded_and_remembered_at_once(tmp_path: Path) -> None:
    now = begun(tmp_path)
    old = memory.digest("Gammelt avsnitt.")
    report = accept(now, "pl", {
        "first.1": Change("Nowy.", source_digest=old, source_text="Gammelt avsnitt."),
        "language.labels.page": Change("Strona"),
    })
    assert report.changed == ("first.1", "language.labels.page")
    assert 'page = "Strona"\n' in target(tmp_path, "language.toml")
    assert review.load(tmp_path, "pl").records("first.md")["1"].source == old  # type: ignore[index]
    state = workspace.open(now, "pl")
    assert states(state) == {"first.1": "stale"}
    assert next(each.previous for each in state.units[0].pairs if each.state is State.STALE) == "Gammelt avsnitt."


def test_what_is_there_already_changes_no_byte(tmp_path: Path) -> None:
    now = begun(tmp_path)
    before = buildkit.contents(tmp_path)
    same = {
        each.target.id: Change(each.target.text, each.source.digest) for unit in workspace.open(now, "pl").units
        for each in unit.pairs if each.source and each.target
    }
    assert accept(now, "pl", same).written == ()
    assert buildkit.contents(tmp_path) == before


def test_nothing_is_written_where_one_text_is_strange(tmp_path: Path) -> None:
    now = begun(tmp_path)
    before = buildkit.contents(tmp_path)
    with pytest.raises(SourceError, match=r"there is no text `first\.9`"):
        accept(now, "pl", {"first.1": Change("x"), "first.9": Change("y")})
    with pytest.raises(SourceError, match="would be read as something else") as refused:
        accept(now, "pl", {"first.1": Change("[x]: y"), "second.1": Change("y")})
    assert refused.value.place is not None
    assert refused.value.place.path.name == "first.md"
    with pytest.raises(UsageError, match="`nb` is the language that is translated from"):
        accept(now, "nb", {"first.1": Change("x")})
    assert buildkit.contents(tmp_path) == before


# --- what is kept, and what may not be kept


def test_a_snapshot_holds_the_last_moment_when_everything_was_current(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")  # 2026-11-22
    begun(tmp_path)
    first = snapshot.load(tmp_path, "pl")
    assert first is not None
    assert first.date == dt.date(2026, 11, 22)
    kept = buildkit.contents(first.folder)
    assert kept["target/first.md"] == (tmp_path / "chapters/pl/first.md").read_bytes()
    assert kept["source/stories/lost.md"] == (tmp_path / "chapters/nb/stories/lost.md").read_bytes()
    assert sources.read(publication.load(tmp_path), "pl", first.folder / "target").chapters[0].title == "~Tittel"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795435200")
    record(publication.load(tmp_path), "pl", by="B")
    assert snapshot.load(tmp_path, "pl") == first  # the same texts keep their day
    kept = buildkit.contents(first.folder)
    now = source(tmp_path, "first.md", "Første avsnitt.", "Endret.")
    accept(now, "pl", {"second.1": Change("~Mer? [@web]")})
    assert buildkit.contents(first.folder) == kept  # not everything is current
    record(now, "pl")
    second = snapshot.load(tmp_path, "pl")
    assert second is not None
    assert second.date == dt.date(2026, 11, 23)
    assert b"Endret." in buildkit.contents(second.folder)["source/first.md"]


def test_nothing_is_written_or_removed_where_a_link_leads(tmp_path: Path) -> None:
    now = begun(tmp_path / "tiny")
    outside = tmp_path / "outside"
    (tmp_path / "tiny/chapters/pl/snapshot").rename(outside)
    (tmp_path / "tiny/chapters/pl/snapshot").symlink_to(outside)
    (outside / "mine.txt").write_text("mine", encoding="utf-8")
    before = buildkit.contents(outside)
    with pytest.raises(SourceError, match="leads out of the publication"):
        accept(now, "pl", {"second.1": Change("~Mer? [@web]")})
    assert buildkit.contents(outside) == before
    (tmp_path / "tiny/chapters/pl/snapshot").unlink()
    memory_file = tmp_path / "tiny/chapters/pl/memory.tmx"
    memory_file.rename(tmp_path / "memory.tmx")
    memory_file.symlink_to(tmp_path / "memory.tmx")
    with pytest.raises(SourceError, match="leads out of the publication"):
        record(now, "pl")


@pytest.mark.parametrize("bad", ["a\u202eb", "a\x08b"])
def test_a_text_that_nobody_could_read_again_is_not_written(tmp_path: Path, bad: str) -> None:
    now = begun(tmp_path)
    before = buildkit.contents(tmp_path)
    with pytest.raises(SourceError, match="character U") as refused:
        accept(now, "pl", {"second.1": Change(bad)})
    assert refused.value.place is not None
    assert (refused.value.place.path.name, refused.value.place.line) == ("second.md", 9)
    assert buildkit.contents(tmp_path) == before


def test_nothing_of_a_withdrawn_story_is_kept(tmp_path: Path) -> None:
    begun(tmp_path)
    words = ("Hun fortalte at det var tungt.", "Nærheten")
    folder = tmp_path / "chapters/pl"
    assert all(word in target(tmp_path, "memory.tmx") for word in words)
    assert (folder / "snapshot/target/stories/lost.md").exists()
    buildkit.change(tmp_path / "chapters/stories.toml", 'voice = "', 'withdrawn = 2026-11-01\nvoice = "')
    (folder / "stories/lost.md").unlink()
    now = source(tmp_path, "first.md", "Siste avsnitt.", "Endret.")
    accept(now, "pl", {"second.1": Change("~Mer? [@web]")})
    kept = {name: content.decode() for name, content in buildkit.contents(folder).items()}
    assert not any(word in content for content in kept.values() for word in words)
    assert not any("lost.md" in name for name in kept)
    assert "story-lost" not in kept["review.toml"]


def test_a_signature_holds_until_one_character_changes(tmp_path: Path) -> None:
    now = begun(tmp_path)
    unit = workspace.open(now, "pl").units[1]
    signing.sign(now, "pl", ["second"], by="Grete Roede")
    after = workspace.open(now, "pl").units[1]
    assert (unit.state, after.state) == (State.UNSIGNED, State.READY)
    assert after.signature
    assert after.signature.by == "Grete Roede"
    buildkit.change(tmp_path / "chapters/pl/second.md", "~Mer [@web].", "~Mer [@web]!")
    voided = workspace.open(now, "pl").units[1]
    assert (voided.state, voided.signature) == (State.UNSIGNED, None)
