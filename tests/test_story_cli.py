"""`hefte story`: what is known of each story, its approval, and taking it back, as an editor types it."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from pathlib import Path

import pytest

import buildkit
import languagekit
import releasekit
from buildkit import Said, change
from hefte import publication
from hefte.release import record

STORIES = "chapters/stories.toml"
COMMENTED = """\
# Who told what.

[heard]  # the sister
channel = "letter"
received = "2024-09"
language = "nb"
voice = "retold"
scopes = [ "print",   "epub", "translation" ]  # asked twice
review_by = 2027-01-01

[heard.consent]
wording = "1"
date = 2024-09-30
evidence = "binder 1"

# Nobody has asked her yet.
[other]
channel = "letter"
received = "2024-10"
language = "nb"
voice = "quote"
scopes = ["print"]
tags = ["grief", "anger"]
identifiers.age = false
edits.names = "the child's name left out"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = languagekit.publication_in(tmp_path / "talk", "vi")
    (root / STORIES).write_text(COMMENTED, "utf-8")
    (root / "chapters/nb/stories/other.md").write_text("---\ntitle: Den andre\n---\n\n«Jeg var sint.»\n", "utf-8")
    return root


def hefte(root: Path, *words: str) -> Said:
    """`hefte story …`, with a cache of its own, on 1 June 2026."""
    env = {"XDG_CACHE_HOME": str(root.parent / "cache"), "SOURCE_DATE_EPOCH": "1780315200"}
    return buildkit.hefte("story", *words, cwd=root, env=env)


def test_list_tells_what_is_known_of_each(root: Path) -> None:
    assert hefte(root, "approve", "heard", "--lang", "nb", "--by", "Grete Roede").code == 0
    said = hefte(root, "list")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "heard: retold, in talk",
        "  came by letter, 2024-09, in nb",
        "  consent: 1 (2024-09-30)",
        "  covers: print, epub, translation",
        "  to be asked again by 2027-01-01",
        "  nb: approved by Grete Roede on 2026-06-01",
        "  vi: not approved",
        "other: quote, placed nowhere",
        "  came by letter, 2024-10, in nb",
        "  consent: none",
        "  covers: print",
        "  no day to ask again is set",
        "  nb: not approved",
        "  could point to a person: age (NOT JUDGED)",
        "  edits: names: the child's name left out",
        "  may be hard to read: grief, anger",
    ]


def test_list_for_scripts_says_the_same(root: Path) -> None:
    hefte(root, "approve", "heard", "--lang", "nb", "--by", "Grete Roede")
    change(root / "chapters/nb/stories/heard.md", "Søsteren kom", "Ei søster kom")
    said = json.loads(hefte(root, "list", "--json").out)
    assert said["problems"] == []
    assert said["stories"]["heard"] == {
        "voice": "retold", "channel": "letter", "received": "2024-09", "language": "nb",
        "scopes": ["print", "epub", "translation"], "consent": {"wording": "1", "date": "2024-09-30"},
        "review_by": "2027-01-01", "due": False, "withdrawn": None, "tags": [], "edits": {}, "identifiers": {},
        "chapter": "talk",
        "approved": {
            "nb": {"state": "changed", "by": "Grete Roede", "on": "2026-06-01"},
            "vi": {"state": "none", "by": "", "on": None},
        },
    }
    assert (said["stories"]["other"]["due"], said["stories"]["other"]["chapter"]) == (True, None)


def test_list_names_a_language_that_cannot_be_read(root: Path) -> None:
    (root / "chapters/vi/help.md").unlink()
    said = hefte(root, "list")
    assert said.code == 3 and "heard: retold" in said.out and "chapters/vi/help.md" in said.err


def test_an_approval_is_one_line_a_language_and_changes_nothing_else(root: Path) -> None:
    said = hefte(root, "approve", "heard", "--lang", "nb,vi", "--by", "  Grete   Roede ")
    assert (said.code, said.out.splitlines()) == (0, [
        "heard: nb: approved by Grete Roede: “En mor fortalte at hun gråt om natten.…”",
        f"heard: vi: approved by Grete Roede: “{first(root, 'vi')}…”",
    ])
    text = (root / STORIES).read_text("utf-8")
    old, new = ([line for line in each.splitlines() if line] for each in (COMMENTED, text))
    assert [line for line in new if line in old] == old
    new = [line for line in new if line not in old]
    assert new[0] == "[heard.approved]" and len(new) == 3
    approved = tomllib.loads(text)["heard"]["approved"]
    loaded = publication.load(root).stories["heard"]
    assert {language: (one["digest"], one["by"]) for language, one in approved.items()} == {
        language: (loaded.approved[language], "Grete Roede") for language in ("nb", "vi")
    }
    checked = buildkit.hefte("check", cwd=root, env={"SOURCE_DATE_EPOCH": "1780315200"}).out
    assert "`heard` is not approved" not in checked and "`heard` was changed" not in checked


def first(root: Path, language: str) -> str:
    text = (root / f"chapters/{language}/stories/heard.md").read_text("utf-8").partition("---\n\n")[2]
    return " ".join(text.split()[:8])


def test_another_text_is_approved_anew(root: Path) -> None:
    hefte(root, "approve", "heard", "--lang", "nb", "--by", "Grete Roede")
    change(root / "chapters/nb/stories/heard.md", "Søsteren kom", "Ei søster kom")
    said = hefte(root, "approve", "heard", "--lang", "nb", "--by", "Ada")
    assert said.out == "heard: nb: approved by Ada: “En mor fortalte at hun gråt om natten.…”; another text was " \
        "approved before\n"
    assert (root / STORIES).read_text("utf-8").count("digest") == 1


REFUSED = [
    (("approve", "hered", "--lang", "nb", "--by", "Ada"),
     "there is no story `hered` in stories.toml; did you mean `heard`?"),
    (("approve", "other", "--lang", "nb", "--by", "Ada"),
     "the story `other` has no record of consent; add [other.consent] with wording, date and evidence first"),
    (("approve", "heard", "--lang", "nb,xx", "--by", "Ada"),
     "the publication has no language `xx`; known here: nb, vi"),
    (("approve", "heard", "--lang", ",", "--by", "Ada"),
     "Invalid value for '--lang': is empty; name what you mean, or leave it out; see hefte --help"),
    (("approve", "heard", "--lang", "nb", "--by", "7"), '`7` is no name; name the reviewer: --by "Grete Roede"'),
    (("withdraw", "hered"), "there is no story `hered` in stories.toml; did you mean `heard`?"),
    (("where", "hered"), "there is no story `hered` in stories.toml; did you mean `heard`?"),
]


@pytest.mark.parametrize(("words", "expected"), REFUSED, ids=[" ".join(words) for words, _ in REFUSED])
def test_what_cannot_be_is_refused_and_nothing_is_written(root: Path, words: tuple[str, ...], expected: str) -> None:
    before = releasekit.tree(root)
    said = hefte(root, *words)
    assert (said.code, said.out, said.err) == (2, "", f"hefte: {expected}\n")
    assert releasekit.tree(root) == before


def test_neither_what_is_withdrawn_nor_what_is_not_there_nor_what_may_not_be_translated(root: Path) -> None:
    change(root / STORIES, '"print",   "epub", "translation"', '"print",   "epub"')
    assert "does not cover translation, so it is not told in vi" in hefte(
        root, "approve", "heard", "--lang", "vi", "--by", "Ada").err
    (root / "chapters/nb/stories/heard.md").unlink()
    assert "there is no text of the story `heard` in nb; write stories/heard.md" in hefte(
        root, "approve", "heard", "--lang", "nb", "--by", "Ada").err
    assert hefte(root, "withdraw", "heard", "--on", "2026-05-01", "--quiet").out == ""
    assert "the story `heard` was withdrawn on 2026-05-01" in hefte(
        root, "approve", "heard", "--lang", "nb", "--by", "Ada").err


def test_withdrawal_writes_one_line_into_the_record(root: Path) -> None:
    assert hefte(root, "withdraw", "heard", "--on", "2026-05-01").code == 0
    old, new = COMMENTED.splitlines(), (root / STORIES).read_text("utf-8").splitlines()
    assert [line for line in new if line not in old] == ["withdrawn = 2026-05-01"]
    assert tomllib.loads("\n".join(new))["heard"]["withdrawn"].isoformat() == "2026-05-01"
    again = hefte(root, "withdraw", "heard")
    assert again.out.splitlines()[0] == "heard: withdrawn on 2026-05-01"  # the day stays
    assert (root / STORIES).read_text("utf-8").splitlines() == new


def test_withdrawal_tells_of_releases_and_of_the_history(root: Path) -> None:
    (root / ".git").mkdir()
    day, path = dt.date(2026, 1, 1), "nb/talk-nb-print.pdf"
    one = record.Released("1", day, "nb", "print", path, "a" * 64, ("heard",), "b" * 64)
    (root / record.FILE).write_bytes(record.dump([one]))
    where = hefte(root, "where", "heard").out.splitlines()
    assert where[-1] == "nb/talk-nb-print.pdf: released, version 1 of 2026-01-01, SHA-256 aaaaaaaaaaaa…"
    said = hefte(root, "withdraw", "heard", "--json")
    done = json.loads(said.out)
    assert done["history"] is True and done["released"][0]["path"] == "nb/talk-nb-print.pdf"
    lines = hefte(root, "withdraw", "heard").out.splitlines()
    assert "by hand: call back nb/talk-nb-print.pdf, version 1 of 2026-01-01, as far as you can" in lines
    assert lines[-2].startswith("by hand: the history of this folder (git) keeps every earlier text")


def test_a_memory_that_cannot_be_read_is_told_and_the_rest_is_done(root: Path) -> None:
    (root / "chapters/vi/memory.tmx").write_text("<tmx", "utf-8")
    said = hefte(root, "withdraw", "heard")
    assert said.code == 3 and "chapters/vi/memory.tmx" in said.err
    assert "withdrawn = 2026-06-01" in (root / STORIES).read_text("utf-8")


def test_a_text_that_stands_elsewhere_too_stays_in_the_memory(root: Path) -> None:
    """A title that is also a heading is not the story's own."""
    for language, words in (("nb", "Å være der"), ("vi", "Có mặt")):
        for file, mark in ((f"{language}/stories/heard.md", "title: "), (f"{language}/talk.md", "## ")):
            path = root / "chapters" / file
            lines = path.read_text("utf-8").splitlines()
            at = next(number for number, line in enumerate(lines) if line.startswith(mark))
            path.write_text("\n".join([*lines[:at], mark + words, *lines[at + 1:], ""]), "utf-8")
    buildkit.hefte("translate", "record", "vi", "--by", "Ada", cwd=root)
    memory = root / "chapters/vi/memory.tmx"
    assert "Có mặt" in memory.read_text("utf-8") and first(root, "vi") in memory.read_text("utf-8")
    assert hefte(root, "withdraw", "heard").code == 0
    assert "Có mặt" in memory.read_text("utf-8") and first(root, "vi") not in memory.read_text("utf-8")


def test_erasing_takes_the_place_out_and_leaves_every_other_line(root: Path) -> None:
    before = {language: (root / f"chapters/{language}/talk.md").read_text("utf-8") for language in ("nb", "vi")}
    assert hefte(root, "withdraw", "heard", "--erase").code == 0
    for language, text in before.items():
        now = (root / f"chapters/{language}/talk.md").read_text("utf-8")
        assert now == text.replace("::: story heard\n:::\n\n", "")
        assert not (root / f"chapters/{language}/stories/heard.md").exists()
    assert (root / "chapters/nb/stories/other.md").exists()
