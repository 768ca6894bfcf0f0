"""A language begun, recorded, and brought up to its source."""

from __future__ import annotations

from pathlib import Path

import pytest

import buildkit
import wordkit
from hefte import publication, sources
from hefte.errors import SourceError, UsageError
from hefte.model import State
from hefte.translation import memory, workspace
from hefte.translation.recording import record
from hefte.translation.start import start
from hefte.translation.update import update
from hefte.translation.writing import Change, accept
from translatekit import BODY, begun, loaded, source, states, target

# --- start


def test_a_language_begins_with_its_source_beside_each_gap(tmp_path: Path) -> None:
    report = start(loaded(tmp_path), "pl")
    assert target(tmp_path, "first.md") == (
        '---\n# Tittel\ntitle: "[…]"\n# Kort sagt.\nsummary: "[…]"\n---\n\n%% Første avsnitt.\n[…]\n\n'
        "::: story lost\n:::\n\n"
        "%% punkt [@brown2019]\n- […]\n%% {{ helpline.113 }}\n- […]\n\n%% Siste avsnitt.\n[…]\n"
    )
    said = target(tmp_path, "language.toml")
    assert said.startswith(
        "# polski (Polish), written from left to right.\n# Quotation marks: „…”, and within a quotation «…». "
        "Any others become these.\n"
    )
    assert '\n# (contents)\ncontents = "[…]"\n' in said
    assert '\n[helplines.113]\n# Nødhjelp\nname = "[…]"\n' in said
    assert 'origin = "human"\n' in said
    assert set(report.written) == {
        "first.md", "second.md", "colophon.md", "help.md", "back-cover.md", "stories/lost.md", "language.toml",
        "review.toml",
    }
    state = workspace.open(publication.load(tmp_path), "pl")
    assert {unit.state for unit in state.units} == {State.MISSING}
    assert {each.state for unit in state.units for each in unit.pairs} == {State.MISSING}


@pytest.mark.parametrize(
    ("tag", "what"),
    [
        ("no", "cannot be `no`"), ("PL", "cannot be `PL`"), ("xx", "CLDR knows no language `xx`"),
        ("nb", "is there already"),
    ],
)
def test_what_is_no_new_language_is_refused(tmp_path: Path, tag: str, what: str) -> None:
    with pytest.raises(UsageError, match=what):
        start(loaded(tmp_path), tag)


def test_a_region_that_cldr_lacks_is_told_the_near_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        start(loaded(tmp_path), "pl-DE")
    assert refused.value.remedy == "CLDR has pl-PL"


def test_a_memory_fills_in_what_it_knows(tmp_path: Path) -> None:
    known = memory.Memory("nb", "pl")
    known.add("Første avsnitt.", "Pierwszy akapit.")
    known.add("Nødhjelp", "Pogotowie")
    start(loaded(tmp_path), "pl", known)
    assert "---\n\nPierwszy akapit.\n\n::: story lost" in target(tmp_path, "first.md")
    assert '[helplines.113]\nname = "Pogotowie"\n' in target(tmp_path, "language.toml")
    said = memory.load(tmp_path / "chapters/pl/memory.tmx")
    assert {entry.target for entry in said.entries.values()} == {"Pierwszy akapit.", "Pogotowie"}


def test_pictures_are_reached_from_the_new_folder(tmp_path: Path) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1"/></svg>'
    text = wordkit.text("![En strek](figures/d.svg)\n\nTekst.\n")
    start(loaded(tmp_path, **{"chapters/nb/second.md": text, "chapters/nb/figures/d.svg": picture}), "pl")
    assert "%% En strek\n![[…]](../nb/figures/d.svg)\n" in target(tmp_path, "second.md")
    now = publication.load(tmp_path)
    accept(now, "pl", {"second.alt.1": Change("Kreska")})
    assert 'src="project:///chapters/nb/figures/d.svg" alt="Kreska"' in sources.read(now, "pl").chapters[1].body


def test_what_was_begun_and_filled_in_by_hand_can_be_read_and_is_ready(tmp_path: Path) -> None:
    now = begun(tmp_path)
    state = workspace.open(now, "pl")
    assert states(state) == {}
    assert {unit.state for unit in state.units} == {State.UNSIGNED}
    assert {unit.translator for unit in state.units} == {"Ada Lovelace"}
    book = sources.read(now, "pl")
    assert book.chapters[0].title == "~Tittel"
    assert "Første avsnitt" in book.chapters[0].body
    assert "%%" not in book.chapters[0].body
    buildkit.change(tmp_path / "chapters/pl/first.md", "~Første avsnitt.", "Pierwszy akapit.")
    assert states(workspace.open(now, "pl")) == {}


# --- the source goes on


def test_one_changed_paragraph_is_stale_and_the_memory_has_its_old_text(tmp_path: Path) -> None:
    begun(tmp_path)
    state = workspace.open(source(tmp_path, "first.md", "Første avsnitt.", "Første avsnitt, endret."), "pl")
    assert states(state) == {"first.1": "stale"}
    pair = next(each for each in state.units[0].pairs if each.state is State.STALE)
    assert (pair.previous, pair.source and pair.source.text) == ("Første avsnitt.", "Første avsnitt, endret.")
    assert [unit.state.value for unit in state.units[:2]] == ["stale", "unsigned"]


def test_a_moved_paragraph_makes_nothing_stale(tmp_path: Path) -> None:
    begun(tmp_path)
    moved = "Siste avsnitt.\n\n" + BODY.replace("\nSiste avsnitt.\n", "")
    (tmp_path / "chapters/nb/first.md").write_text(wordkit.text(moved), encoding="utf-8")
    state = workspace.open(publication.load(tmp_path), "pl")
    assert states(state) == {}
    assert [unit.moved for unit in state.units[:2]] == [True, False]


def test_a_missing_chapter_has_no_pairs_and_a_missing_story_has_gaps(tmp_path: Path) -> None:
    now = begun(tmp_path)
    (tmp_path / "chapters/pl/second.md").unlink()
    (tmp_path / "chapters/pl/stories/lost.md").unlink()
    state = workspace.open(now, "pl")
    assert [(unit.id, unit.state.value, bool(unit.pairs)) for unit in state.units[:2]] == [
        ("first", "missing", True), ("second", "missing", False),
    ]
    assert states(state) == {"story-lost.title": "missing", "story-lost.1": "missing"}


def test_a_story_that_may_not_be_translated_belongs_to_no_translation(tmp_path: Path) -> None:
    now = loaded(tmp_path, **{"chapters/stories.toml": wordkit.STORIES})
    start(now, "pl")
    assert not (tmp_path / "chapters/pl/stories").exists()
    assert workspace.open(publication.load(tmp_path), "pl").units[0].files == ("first.md",)


def test_of_the_source_language_everything_is_ready(tmp_path: Path) -> None:
    state = workspace.open(loaded(tmp_path), "nb")
    assert {unit.state for unit in state.units} == {State.READY}
    assert (state.origin, state.draft, states(state)) == ("original", False, {})


# --- record


def test_recording_makes_a_dropped_in_folder_current(tmp_path: Path) -> None:
    now = publication.load(buildkit.with_languages(begun(tmp_path).root))
    (tmp_path / "chapters/pl/review.toml").unlink()
    assert set(states(workspace.open(now, "pl")).values()) == {"unrecorded"}
    report = record(now, "pl", ["first"], by="Grete")
    assert set(states(report.translation).values()) == {"unrecorded"}
    assert not any(id.startswith(("first", "story")) for id in states(report.translation))
    report = record(now, "pl")
    assert states(report.translation) == {}
    assert [unit.translator for unit in report.translation.units[:2]] == ["Grete", ""]


def test_recording_confirms_what_was_stale_or_fuzzy(tmp_path: Path) -> None:
    begun(tmp_path)
    now = source(tmp_path, "first.md", "Første avsnitt.", "Første avsnitt, endret.")
    accept(now, "pl", {"second.1": Change("~Mer [@web]!", fuzzy=True)})
    assert states(workspace.open(now, "pl")) == {"first.1": "stale", "second.1": "fuzzy"}
    assert record(now, "pl").recorded == 2
    assert states(workspace.open(now, "pl")) == {}


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("~En.\n\n::: story lost\n:::\n\n- a\n- b\n", 12, "the text has 3 blocks, and has in its source 4"),
        ("~En.\n\n::: story lost\n:::\n\na\n\nb\n\nc\n", 11, "`paragraph` where the source has `list`"),
        ("~En.\n\n- a\n- b\n\nc\n", 8, "`list` where the source has `::: story lost`"),
    ],
)
def test_a_text_that_is_built_otherwise_is_not_recorded(tmp_path: Path, body: str, line: int, what: str) -> None:
    now = begun(tmp_path)
    (tmp_path / "chapters/pl/first.md").write_text(wordkit.text(body), encoding="utf-8")
    with pytest.raises(SourceError) as refused:
        record(now, "pl")
    assert what in refused.value.what
    assert refused.value.place is not None
    assert refused.value.place.line == line


def test_a_paragraph_that_both_have_got_is_recorded_by_order(tmp_path: Path) -> None:
    begun(tmp_path)
    now = source(tmp_path, "first.md", "Første avsnitt.", "Nytt.\n\nFørste avsnitt.")
    buildkit.change(tmp_path / "chapters/pl/first.md", "~Første avsnitt.", "Nowe.\n\n~Første avsnitt.")
    with pytest.raises(SourceError, match="5 blocks, and was recorded with 4"):
        workspace.open(now, "pl")
    assert states(record(now, "pl").translation) == {}


def test_tidying_takes_the_source_away_and_leaves_a_translators_own_remarks(tmp_path: Path) -> None:
    now = begun(tmp_path)
    buildkit.change(tmp_path / "chapters/pl/first.md", "%% Siste", "%% Ask the midwife.\n%% Siste")
    accept(now, "pl", {"first.2": Change("")})
    record(now, "pl", tidy=True)
    assert target(tmp_path, "first.md") == (
        "---\ntitle: \"~Tittel\"\nsummary: \"~Kort sagt.\"\n---\n\n~Første avsnitt.\n\n::: story lost\n:::\n\n"
        "%% punkt [@brown2019]\n- […]\n- ~{{ helpline.113 }}\n\n%% Ask the midwife.\n~Siste avsnitt.\n"
    )
    assert "# (contents)" not in target(tmp_path, "language.toml")
    assert "# polski (Polish)" in target(tmp_path, "language.toml")


# --- update


def test_an_update_follows_the_source_and_loses_nothing(tmp_path: Path) -> None:
    begun(tmp_path)
    buildkit.change(tmp_path / "chapters/pl/first.md", "- ~{{", "%% My own note.\n- ~{{")
    new = "Siste avsnitt.\n\nEt nytt.\n\n::: story lost\n:::\n\n- {{ helpline.113 }}\n- punkt [@brown2019]\n"
    (tmp_path / "chapters/nb/first.md").write_text(wordkit.text(new), encoding="utf-8")
    now = publication.load(tmp_path)
    report, done = update(now, "pl")
    assert target(tmp_path, "first.md").partition("---\n\n")[2] == (
        "~Siste avsnitt.\n\n%% Et nytt.\n[…]\n\n::: story lost\n:::\n\n%% My own note.\n- ~{{ helpline.113 }}\n"
        "- ~punkt [@brown2019]\n"
    )
    assert (done.added, done.removed, done.moved) == (["first.2"], ["~Første avsnitt."], ["first.md"])
    assert states(report.translation) == {"first.2": "missing"}
    assert not report.translation.units[0].moved
    known = memory.load(tmp_path / "chapters/pl/memory.tmx")
    assert known.target(memory.digest("Første avsnitt.")) == "~Første avsnitt."
    again = buildkit.contents(tmp_path / "chapters/pl")
    update(now, "pl")
    assert buildkit.contents(tmp_path / "chapters/pl") == again


def test_a_paragraph_that_comes_back_is_filled_in_from_the_memory(tmp_path: Path) -> None:
    begun(tmp_path)
    update(source(tmp_path, "first.md", "Første avsnitt.\n\n", ""), "pl")
    report, _ = update(source(tmp_path, "first.md", "::: story lost", "Første avsnitt.\n\n::: story lost"), "pl")
    assert "---\n\n~Første avsnitt.\n" in target(tmp_path, "first.md")
    assert states(report.translation) == {}


def test_an_update_makes_the_files_and_strings_that_are_not_there(tmp_path: Path) -> None:
    begun(tmp_path)
    (tmp_path / "chapters/pl/second.md").unlink()
    buildkit.change(tmp_path / "chapters/pl/language.toml", '# (page)\npage = "~(page)"\n', "")
    buildkit.change(tmp_path / "chapters/pl/first.md", '# Kort sagt.\nsummary: "~Kort sagt."\n', "")
    report, done = update(publication.load(tmp_path), "pl")
    assert (done.made, sorted(done.added)) == (["second.md"], ["first.summary", "language.labels.page"])
    assert '\n# (page)\npage = "[…]"\n\n[editions]\n' in target(tmp_path, "language.toml")
    assert 'title: "~Tittel"\n# Kort sagt.\nsummary: "[…]"\n---\n' in target(tmp_path, "first.md")
    assert states(report.translation) == {"first.summary": "missing", "language.labels.page": "missing"}


def test_what_may_be_left_out_is_not_begun(tmp_path: Path) -> None:
    begun(tmp_path, **{"chapters/publication.toml": wordkit.PUBLICATION + '\n[translation]\nmissing = "leave-out"\n'})
    (tmp_path / "chapters/pl/second.md").unlink()
    _, done = update(publication.load(tmp_path), "pl")
    assert done.made == []
