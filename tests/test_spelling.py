"""Words in no dictionary: what Hunspell is asked, what it says, and what happens where it is not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import wordkit
from hefte import cache, publication, sources
from hefte.checks import spelling
from hefte.model import Book, Severity
from hefte.tools import hunspell
from wordkit import Change, text

ROOT = Path(__file__).resolve().parents[1]
COLOPHON = "chapters/nb/colophon.md"
LABELS = "".join(f"{name}\n" for name in sorted({part for label in wordkit.LABELS for part in label.split("_")}))
"""The small publication's labels are in no language."""
with_dictionaries = pytest.mark.usefixtures("dictionaries")


def book(folder: Path, body: str, words: str = "", changes: Mapping[str, Change] | None = None) -> Book:
    said: dict[str, Change] = {COLOPHON: text(body), "chapters/nb/words.txt": LABELS + words}
    return wordkit.read(folder, {**said, **(changes or {})})


def found(read: Book) -> list[tuple[int | None, str]]:
    return [(finding.line, finding.message) for finding in spelling.CHECK.run(read)]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@with_dictionaries
def test_a_misspelt_word_is_found_where_it_first_stands(tmp_path: Path) -> None:
    read = book(tmp_path, "Barnet sover.\nBarnet soover, og moren soover ikke.")
    [finding] = spelling.CHECK.run(read)
    assert (finding.check, finding.severity, finding.blocks_release) == ("spelling", Severity.WARNING, False)
    assert finding.path == tmp_path / COLOPHON
    assert (finding.line, finding.message) == (7, "“soover” is in no dictionary (2 times)")
    assert finding.remedy.startswith("did you mean ") and "sover" in finding.remedy
    assert finding.remedy.endswith("? If it is right, add it to words.txt")


@with_dictionaries
def test_titles_summaries_and_labels_are_read_too(tmp_path: Path) -> None:
    changes: dict[str, Change] = {"chapters/nb/language.toml": ('"Om ingenting"', '"Om ingenntting"')}
    read = book(tmp_path, "Barnet sover.", changes=changes)
    [finding] = spelling.CHECK.run(read)
    assert (finding.path, finding.message) == (
        tmp_path / "chapters/nb/language.toml", "“ingenntting” is in no dictionary",
    )


@with_dictionaries
def test_what_is_said_for_a_picture_is_read_too(tmp_path: Path) -> None:
    body = 'Barnet.\n\n![To stooler](figures/a.svg "Tre stoooler")\n\n![Two chairss](figures/a.svg){lang=en}'
    assert found(book(tmp_path, body, changes={"chapters/nb/figures/a.svg": wordkit.PICTURE})) == [
        (8, "“stooler” is in no dictionary"), (8, "“stoooler” is in no dictionary"),
        (10, "“chairss” is in no dictionary"),
    ]


@with_dictionaries
def test_what_is_known_is_let_be(tmp_path: Path) -> None:
    body = """\
Noen og noe, e-post og barneverntjeneste; fødselsforberedelseskurs; leppe- og ganespalte.
Se hefte.example.org/abcd, a@qwrtz.no og `qwrtz`; BUP, 5xy, X. Pinter ammehjelpene.
"""
    assert found(book(tmp_path, body, "ammehjelp/hjelp\n")) == []


@with_dictionaries
def test_words_txt_lists_words_and_how_they_are_inflected(tmp_path: Path) -> None:
    body = "Qwrtz qwrtzen flirp flirpen."
    assert [message for _, message in found(book(tmp_path / "a", body))] == [
        "“Qwrtz” is in no dictionary", "“qwrtzen” is in no dictionary", "“flirp” is in no dictionary",
        "“flirpen” is in no dictionary",
    ]
    assert found(book(tmp_path / "b", body, "# ord\nflirp/sorg   # som sorg\nqwrtz/sorg\n")) == []


@with_dictionaries
def test_a_word_is_asked_in_its_own_language(tmp_path: Path) -> None:
    read = book(tmp_path, "Hun sa [breastfeeding grief]{lang=en} og [breastfeding]{lang=en}, [kvifor]{lang=nn}.")
    assert found(read) == [(6, "“breastfeding” is in no dictionary")]


@with_dictionaries
def test_the_terms_of_the_glossary_are_right(tmp_path: Path) -> None:
    changes: dict[str, Change] = {"chapters/glossary.toml": '[x]\nnb = ["flirp", "zwirb"]\n'}
    assert found(book(tmp_path, "Flirp og zwirb. Kwirb.", changes=changes)) == [(6, "“Kwirb” is in no dictionary")]


@with_dictionaries
def test_two_words_in_one_are_a_word_in_norwegian_only(tmp_path: Path) -> None:
    ways = list(spelling._ways("barseltreff", "nb"))
    assert ("barsel", "treff") in ways and ("barse", "ltreff") in ways
    assert list(spelling._ways("hvorrdan", "nb")) == list(spelling._ways("barseltreff", "en")) == []
    assert found(book(tmp_path, "Barseltreffet var hvorrdan.")) == [(6, "“hvorrdan” is in no dictionary")]


@with_dictionaries
def test_of_a_text_in_another_language_a_hundred_words_are_told(tmp_path: Path) -> None:
    letters = "bcdfghjklm"
    body = " ".join(f"zq{a}x{b}w" for a in letters for b in letters) + " zqo zqu. " + "b" * 20_000 + "@" + "c" * 20_000
    told = found(book(tmp_path, body))
    assert len(told) == 100
    assert told[98:] == [
        (6, "“zqmxlw” is in no dictionary"), (6, "“zqmxmw” is in no dictionary, nor are 2 other words"),
    ]


@with_dictionaries
def test_no_word_is_kept_in_the_cache(tmp_path: Path) -> None:
    read = book(tmp_path, "Barnet soover.")
    assert found(read) == [(6, "“soover” is in no dictionary")] == found(read)
    kept = sorted(cache.folder().glob("*.spelling"))
    [numbers] = [json.loads(path.read_bytes()[32:]) for path in kept]
    assert len(numbers) == 1 and isinstance(numbers[0], int)
    assert b"soover" not in b"".join(path.read_bytes() for path in kept)


@with_dictionaries
@pytest.mark.parametrize("language", ["nb", "nn", "en", "ar", "pl", "uk", "so"])
def test_the_shipped_texts_are_spelt_as_the_dictionaries_have_it(language: str) -> None:
    read = sources.read(publication.load(ROOT), language)
    assert [f"{finding.path}:{finding.line}: {finding.message}" for finding in spelling.CHECK.run(read)] == []


def test_every_list_of_words_is_sorted_and_names_no_word_twice() -> None:
    for path in sorted((ROOT / "chapters").glob("*/words.txt")):
        listed = [line.lower() for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        assert listed == sorted(set(listed)), path


def test_words_are_asked_as_dictionaries_write_them() -> None:
    asked = [spelling._plain(word) for word in ("п’ять", "пʼять", "قَلْبـــي", "e\N{NON-BREAKING HYPHEN}bok")]
    assert asked == ["п'ять", "п'ять", "قلبي", "e-bok"]


def test_a_word_has_its_marks_and_joiners_and_no_digits() -> None:
    text = "हिन्दी می\N{ZERO WIDTH NON-JOINER}روم GP’s og BUP-en, K-vitamin 5xy x5 B; ABCDEFG e‑bok’en www.a.no/å"
    assert list(spelling.words_in(text)) == [
        (0, "हिन्दी"), (7, "می\N{ZERO WIDTH NON-JOINER}روم"), (19, "og"), (30, "K-vitamin"), (50, "ABCDEFG"),
        (58, "e‑bok’en"),
    ]


@pytest.mark.parametrize(
    ("language", "there", "expected"),
    [
        ("en", "en_US en_GB en_AU", "en_GB"), ("en-US", "en_US en_GB", "en_US"), ("en", "en_US en_AU", "en_AU"),
        ("pt", "pt_BR pt_PT", "pt_PT"), ("nb", "nb_NO nn_NO", "nb_NO"), ("nn", "nb_NO", None), ("eo", "eo", "eo"),
        ("sr", "srx_RS", None), ("fa-AF", "fa_IR", "fa_IR"),
    ],
)
def test_of_several_dictionaries_one_is_taken(
    forgotten: None, monkeypatch: pytest.MonkeyPatch, language: str, there: str, expected: str | None,
) -> None:
    monkeypatch.setattr(hunspell, "_dictionaries", lambda: {name: Path("/d") / name for name in there.split()})
    found = hunspell.dictionary(language)
    assert found == (Path("/d") / expected if expected else None)


def test_dictionaries_are_those_with_their_words_and_the_first_of_a_name_counts(
    forgotten: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("a/nb_NO", "b/nb_NO", "b/en_GB"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.dic").touch()
    (tmp_path / "relative.dic").touch()
    lines = ("relative", *(f"{tmp_path}/{name}" for name in ("a/nb_NO", "b/nb_NO", "b/en_GB", "b/de_DE")))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(hunspell, "probe", lambda: "1.7.1")
    monkeypatch.setattr(hunspell, "_said", lambda _: "\n".join(("SEARCH PATH:", "AVAILABLE DICTIONARIES", *lines)))
    assert hunspell._dictionaries() == {
        "nb_NO": tmp_path / "a/nb_NO", "en_GB": tmp_path / "b/en_GB",
    }


@with_dictionaries
def test_three_words_are_offered_at_most(tmp_path: Path) -> None:
    at = hunspell.dictionary("nb")
    assert at is not None
    said = hunspell.suggestions(at, ["soover", "sover", "barnt"])
    assert set(said) == {"soover", "barnt"}
    assert {len(meant) for meant in said.values()} == {3}


def test_what_was_said_counts_no_more_when_the_dictionary_is_another(tmp_path: Path) -> None:
    before = spelling._stamp(tmp_path / "nb_NO")
    (tmp_path / "nb_NO.dic").write_text("1\nord\n", "utf-8")
    one = spelling._stamp(tmp_path / "nb_NO")
    (tmp_path / "nb_NO.aff").write_text("SET UTF-8\n", "utf-8")
    assert len({json.dumps(stamp) for stamp in (before, one, spelling._stamp(tmp_path / "nb_NO"))}) == 3


# --- where it is not


@pytest.fixture
def forgotten(dictionaries: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What was learnt of this machine's Hunspell is forgotten, before and after."""
    learnt = (hunspell.probe, hunspell.dictionary, hunspell._dictionaries)
    monkeypatch.setattr(hunspell, "_LIMIT_S", 1)
    for each in learnt:
        each.cache_clear()
    yield
    monkeypatch.undo()
    for each in learnt:
        each.cache_clear()


def fake(folder: Path, script: str) -> None:
    """Another program of that name."""
    path = folder / "hunspell"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


DEAD = {
    "absent": None, "fails": "exit 3", "says nothing": "exit 0", "says no text": "printf '\\377\\376'",
    "hangs": "sleep 60",
}


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("script", DEAD.values(), ids=DEAD)
def test_without_hunspell_nothing_is_found_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None,
) -> None:
    (tmp_path / "bin").mkdir()
    if script:
        fake(tmp_path / "bin", script)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin" if script else str(tmp_path / "bin"))
    assert found(book(tmp_path / "book", "Barnet soover.")) == []
    assert spelling.looked("nb") == f"not run: {hunspell.MISSING}"


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("answer", ["exit 1", "sleep 60"])
def test_a_hunspell_that_gives_no_answer_finds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str,
) -> None:
    """It tells its version and its dictionaries, and then no more."""
    for ending in ("aff", "dic"):
        (tmp_path / f"nb_NO.{ending}").write_text("0\n", encoding="utf-8")
    there = f"case $1 in --version) echo Hunspell 1.7.1;; -D) echo AVAILABLE DICTIONARIES; echo {tmp_path}/nb_NO;;"
    fake(tmp_path / "bin", f"{there} *) {answer};; esac")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin")
    assert spelling.looked("nb") == "Hunspell 1.7.1, nb_NO"
    assert found(book(tmp_path / "book", "Barnet soover.")) == []
    assert list((tmp_path / "cache").rglob("*.spelling")) == []


@with_dictionaries
def test_a_language_without_a_dictionary_is_not_looked_at_and_that_is_said(tmp_path: Path) -> None:
    assert spelling.looked("xx") == "not run: no dictionary for xx"
    assert spelling.looked("nb").endswith(", nb_NO")
    assert found(book(tmp_path, "[soover]{lang=xx}")) == []
