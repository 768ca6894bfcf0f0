"""`hefte status`: languages × chapters, each text that is not ready, and what is read again when something changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from rich.text import Text

import followkit
from buildkit import Said, hefte
from followkit import UNITS, change, recorded, signed
from hefte.cli import segments, status, status_table
from hefte.model import Pair, Place, Segment, State, Translation, Unit
from hefte.translation import recording, workspace
from hefte.translation.differences import Piece, differences, marked
from hefte.translation.split import split

LEGEND = (
    "✗ missing  ≠ stale  ~ fuzzy  ? unrecorded  ○ unsigned  ● ready; a number counts the texts in that state"
)


# --- the table ------------------------------------------------------------------------------------------------------


def facts(state: State, **numbers: int) -> dict[str, Any]:
    return {"state": str(state), **{str(each): 0 for each in State if each is not State.UNSIGNED}, **numbers}


TABLE: Mapping[str, Mapping[str, Any]] = {
    "nb": {"called": "norsk bokmål", "name": "norsk bokmål", "standing": "source", "chapters": {}},
    "ar": {
        "called": "arabisk", "name": "العربية", "standing": "draft, missing",
        "chapters": {"one": facts(State.MISSING, missing=2, stale=13), "two": facts(State.UNSIGNED, ready=3)},
    },
    "ti": {
        "called": "tigrinja", "name": "ትግርኛ", "standing": "fuzzy",
        "chapters": {"one": facts(State.FUZZY, fuzzy=1), "two": facts(State.MISSING)},
    },
    "uk": {
        "called": "ukrainsk", "name": "українська", "standing": "ready",
        "chapters": {"one": facts(State.READY, ready=9), "two": facts(State.READY, ready=3)},
    },
    "xx": {"standing": "cannot be read", "chapters": {}},
}


def table(width: int | None) -> list[str]:
    return [line.plain for line in status_table.lines(TABLE, ("one", "two"), width)]


def test_a_wide_terminal_shows_every_name() -> None:
    assert table(None) == [
        "                  one    two",
        "nb  norsk bokmål              source          norsk bokmål",
        "ar  arabisk       ✗2≠13  ○    draft, missing  العربية",
        "ti  tigrinja      ~1     ✗    fuzzy           ትግርኛ",
        "uk  ukrainsk      ●      ●    ready           українська",
        "xx                            cannot be read",
        LEGEND,
    ]


def test_a_narrow_one_shows_numbers_then_tags_then_puts_columns_below() -> None:
    assert table(58) == table(None)
    assert table(57)[:2] == ["                  1      2", "nb  norsk bokmål            source          norsk bokmål"]
    assert table(57)[-2] == "1 one · 2 two"
    assert table(55)[:2] == ["                  1      2", "nb  norsk bokmål            source"]
    assert table(41)[:3] == ["    1      2", "nb            source", "ar  ✗2≠13  ○  draft, missing"]
    assert table(27) == [
        "    1", "nb", "ar  ✗2≠13", "ti  ~1", "uk  ●", "xx",
        "    2", "nb     source", "ar  ○  draft, missing", "ti  ✗  fuzzy", "uk  ●  ready", "xx     cannot be read",
        "1 one · 2 two", LEGEND,
    ]


@pytest.mark.parametrize("width", range(24, 70))
def test_no_row_is_wider_than_the_terminal(width: int) -> None:
    from rich.cells import cell_len

    assert max(cell_len(line) for line in table(width)[:-2]) <= width


def test_each_state_has_a_sign_and_a_colour_of_its_own() -> None:
    assert set(status_table.SIGNS) == set(status_table.STYLES) == set(State)
    assert len(set(status_table.SIGNS.values())) == len(State)
    cell = status_table.cell(facts(State.MISSING, missing=2, stale=1))
    assert (cell.plain, [str(span.style) for span in cell.spans]) == ("✗2≠1", ["bold red", "red"])


# --- what is not ready ----------------------------------------------------------------------------------------------


def segment(id: str, text: str, line: int, lang: str = "uk") -> Segment:
    file = f"{id.partition('.')[0]}.md"
    return Segment(id, file, "paragraph", text, Place(Path(f"/p/chapters/{lang}/{file}"), line))


def waiting(*pairs: Pair) -> list[dict[str, Any]]:
    unit = Unit("one", ("one.md",), pairs, State.STALE)
    return segments.waiting(Translation("uk", "human", (unit,), {}), Path("/p/chapters/uk"))


OLD, NEW = "Hvil når barnet sover.", "Hvil gjerne når barnet sover, [@a]."
STALE = Pair(segment("one.1", NEW, 8, "nb"), segment("one.1", "Спи.", 9), State.STALE, OLD)
FORGOTTEN = Pair(segment("one.2", NEW, 8, "nb"), segment("one.2", "Спи.", 11), State.STALE)
NOT_THERE = Pair(segment("one.3", "Ny.", 10, "nb"), None, State.MISSING)
GONE = Pair(None, segment("one.4", "Старе.", 15), State.STALE, "Gammelt.")
GAP = Pair(segment("one.5", "Ny.", 10, "nb"), segment("one.5", "", 17), State.MISSING)
READY = Pair(segment("one.6", "Ny.", 10, "nb"), segment("one.6", "Нове.", 19), State.READY)


def test_what_is_not_ready_as_records() -> None:
    common = {"kind": "paragraph", "path": "/p/chapters/uk/one.md"}
    assert waiting(STALE, FORGOTTEN, NOT_THERE, GONE, GAP, READY) == [
        {
            "id": "one.1", "state": "stale", "line": 9, "previous": OLD, "source": NEW, "target": "Спи.",
            "difference": "Hvil{+ gjerne+} når barnet sover{+, [@a]+}.", **common,
        },
        {"id": "one.2", "state": "stale", "line": 11, "source": NEW, "target": "Спи.", **common},
        {"id": "one.3", "state": "missing", "line": 1, "source": "Ny.", **common},
        {"id": "one.4", "state": "stale", "line": 15, "previous": "Gammelt.", "target": "Старе.", **common},
        {"id": "one.5", "state": "missing", "line": 17, "source": "Ny.", **common},
    ]


def test_what_is_not_ready_as_lines() -> None:
    lines = list(segments.lines(waiting(STALE, FORGOTTEN, NOT_THERE, GONE)))
    assert [line.plain for line in lines] == [
        "/p/chapters/uk/one.md:9: stale: one.1",
        f"    was:    {OLD}", "    is:     Hvil{+ gjerne+} når barnet sover{+, [@a]+}.", "    target: Спи.",
        "/p/chapters/uk/one.md:11: stale: one.2",
        "    was:    (not in the memory)", f"    is:     {NEW}", "    target: Спи.",
        "/p/chapters/uk/one.md:1: missing: one.3",
        "    is:     Ny.",
        "/p/chapters/uk/one.md:15: stale: one.4",
        "    was:    Gammelt.", "    is:     (gone)", "    target: Старе.",
    ]
    assert styles(lines[2]) == {"{+ gjerne+}": "green", "{+, [@a]+}": "green"}


def styles(line: Text) -> dict[str, str]:
    return {line.plain[span.start : span.end]: str(span.style) for span in line.spans if span.style}


@pytest.mark.parametrize(("old", "new", "said"), [
    ("", "", ""),
    ("a b", "a b", "a b"),
    ("a b", "", "[-a b-]"),
    ("", "a b", "{+a b+}"),
    ("Mat på bordet.", "Varm mat på bordet.", "[-Mat-]{+Varm mat+} på bordet."),
    ("ring 116 117", "ring 116 123", "ring 116 [-117-]{+123+}"),
    ("ความรัก", "ความเศร้า", "[-ความรัก-]{+ความเศร้า+}"),
])
def test_differences(old: str, new: str, said: str) -> None:
    pieces = differences(old, new)
    assert marked(pieces) == said
    assert "".join(piece.text for piece in pieces if piece.kind != "+") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "-") == new


def test_a_piece_is_marked_by_its_kind() -> None:
    assert [marked((Piece(kind, "x"),)) for kind in " -+"] == ["x", "[-x-]", "{+x+}"]


# --- the command ----------------------------------------------------------------------------------------------------


def test_status_of_languages_that_are_ready_draft_and_behind(tmp_path: Path) -> None:
    root = signed(tmp_path, "se", "vi")
    change(root, "vi/language.toml", 'origin = "human"', 'origin = "machine"')
    change(root, "vi/rest.md", "Không khí", "không khí")
    change(root, "nb/talk.md", "Det er ikke din feil.", "Det er aldri din feil.")
    said = hefte("status", cwd=root)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[1:7] == [
        "                  talk  rest  colophon  help  back-cover  language",
        "nb  norsk bokmål                                                    source        norsk bokmål",
        "se  nordsamisk    ≠1    ●     ●         ●     ●           ●         stale         davvisámegiella",
        "vi  vietnamesisk  ≠1    ○     ●         ●     ●           ●         draft, stale  Tiếng Việt",
        LEGEND,
        "stories: 1 recorded, 0 approved, 0 withdrawn",
    ]


def test_status_in_json(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se", policy='stale = "warn"')
    recording.record(followkit.load(root), "se", ("rest",), by="Per")
    change(root, "nb/rest.md", "Luft i rommet.", "Frisk luft i rommet.")
    answer = json.loads(hefte("status", "--json", cwd=root).out)
    assert answer["publication"]["source_language"] == "nb"
    entry = answer["languages"]["se"]
    chapters = entry.pop("chapters")
    assert entry == {
        "exit_code": 0, "name": "davvisámegiella", "called": "nordsamisk", "origin": "human", "draft": False,
        "policy": {"stale": "warn", "missing": "stop"}, "snapshot": followkit.today(), "standing": "stale",
    }
    assert list(chapters) == list(UNITS)
    assert chapters["rest"] == {
        "state": "stale", "missing": 0, "stale": 1, "fuzzy": 0, "unrecorded": 0, "ready": 5, "moved": False,
        "translator": "Per",
    }
    assert answer["languages"]["nb"]["chapters"] == {}


def test_a_signature_is_told_while_it_holds(tmp_path: Path) -> None:
    root = signed(tmp_path, "se")
    change(root, "se/rest.md", "Áibmu lanjas.", "áibmu lanjas.")
    chapters = json.loads(hefte("status", "--json", "--lang", "se", cwd=root).out)["languages"]["se"]["chapters"]
    assert (chapters["talk"]["signed_by"], chapters["talk"]["signed_on"]) == (followkit.REVIEWER, followkit.today())
    assert "signed_by" not in chapters["rest"]


def test_status_of_a_language_lists_what_is_not_ready(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se", "vi")
    change(root, "nb/rest.md", "Mat på bordet.", "Varm mat på bordet.")
    said = hefte("status", "--lang", "se", cwd=root)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[4:] == [
        "se: 1 of 72 segments is not ready",
        "chapters/se/rest.md:10: stale: rest.3",
        "    was:    Mat på bordet.",
        "    is:     [-Mat-]{+Varm mat+} på bordet.",
        "    target: Borramuš beavddis.",
        "se: not signed: talk, colophon, help, back-cover, language",
    ]
    answer = json.loads(hefte("status", "--lang", "se,vi", "--json", cwd=root).out)["languages"]
    assert {name: [each["id"] for each in entry["segments"]] for name, entry in answer.items()} == {
        "se": ["rest.3"], "vi": ["rest.3"],
    }


def test_status_of_a_language_that_is_not_there(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se")
    assert hefte("status", "--lang", "see", cwd=root) == Said(
        2, "", "hefte: the publication has no language `see`; did you mean `se`?\n"
    )


def test_a_language_that_cannot_be_read_is_shown_with_the_others(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se", "vi")
    change(root, "se/rest.md", "- Borramuš beavddis.\n", "- Borramuš beavddis.\n- Lasi.\n")
    said = hefte("status", cwd=root)
    assert said.code == 3
    assert said.err.startswith("hefte: chapters/se/rest.md:") and said.err.count("\n") == 1
    rows = said.out.splitlines()
    assert rows[3] == f"se  nordsamisk{'cannot be read':>68}  davvisámegiella"
    assert rows[4].endswith("unsigned        Tiếng Việt")
    [problem] = json.loads(hefte("status", "--json", cwd=root).out)["languages"]["se"]["problem"]
    assert said.err == f"hefte: {problem}\n"


def test_words_and_findings_are_counted_where_asked_for(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se")
    lines = hefte("status", "--findings", cwd=root).out.splitlines()
    at = lines.index("language  chapter     words  findings")
    assert lines[at + 1 : at + 3] == ["nb        talk           87", "nb        rest           22"]
    assert lines[at + 12] == "se: 104 words, 1 story, origin human, 2 warnings"
    chapters = json.loads(hefte("status", "--findings", "--json", cwd=root).out)["languages"]["se"]["chapters"]
    assert (chapters["rest"]["words"], chapters["rest"]["findings"], chapters["rest"]["state"]) == (16, 0, "unsigned")


# --- how much is read -----------------------------------------------------------------------------------------------


def test_many_languages_are_shared_among_processes_and_told_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = recorded(tmp_path, "se", "vi")
    alone = status._languages(followkit.load(root), ("nb", "se", "vi"), segments=True)
    monkeypatch.setattr(status, "_AT_ONCE", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    shared = status._languages(followkit.load(root), ("nb", "se", "vi"), segments=True)
    assert shared == alone and list(shared) == ["nb", "se", "vi"]


def test_a_changed_chapter_is_read_again_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = recorded(tmp_path, "se", "vi")
    publication, read = followkit.load(root), []

    def counted(text: str, path: Path, file: str, unit: str) -> tuple[Segment, ...]:
        read.append(path.relative_to(root / "chapters").as_posix())
        return split(text, path, file, unit)

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("hefte.translation.split.split", counted)
    workspace.states(publication)
    files = ("talk.md", "rest.md", "colophon.md", "help.md", "back-cover.md", "stories/heard.md")
    assert sorted(read) == sorted(f"{code}/{file}" for code in ("nb", "se", "vi") for file in files)
    read.clear()
    workspace.states(publication)
    assert read == []
    change(root, "nb/rest.md", "Mat på bordet.", "Varm mat på bordet.")
    states = workspace.states(publication)
    assert read == ["nb/rest.md"]
    for code in ("se", "vi"):
        found = states[code]
        assert isinstance(found, Translation)
        assert [unit.id for unit in found.units if unit.state is State.STALE] == ["rest"]


def test_the_table_needs_no_memory_and_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = recorded(tmp_path, "se")
    change(root, "nb/rest.md", "Mat på bordet.", "Varm mat på bordet.")
    whole = workspace.states(followkit.load(root))["se"]
    monkeypatch.setattr("hefte.translation.memory.load", lambda *_: pytest.fail("the memory was read"))
    quick = workspace.states(followkit.load(root), previous=False)["se"]
    assert isinstance(whole, Translation) and isinstance(quick, Translation)
    one, other = (
        [(unit.id, unit.state, [pair.state for pair in unit.pairs]) for unit in each.units] for each in (whole, quick)
    )
    assert one == other
    assert [pair.previous for unit in quick.units for pair in unit.pairs if pair.previous] == []
    assert [pair.previous for unit in whole.units for pair in unit.pairs if pair.previous] == ["Mat på bordet."]
