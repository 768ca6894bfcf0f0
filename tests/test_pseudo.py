"""The pseudo-language: words two fifths longer, everything else as it was; and what the command line makes of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import buildkit
import wordkit
from hefte import fragment, house, letters, numerals, transforms
from hefte.directions import of_language
from hefte.model import Book
from hefte.pseudo import lengthened, pseudo, tag
from hefte.scripts import script_of
from hefte.tools import epubcheck

LATIN = "abcdefghijklmnopqrstuvwxyzæøåéüABCÆØÅ"
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
REST = " \u00a0,;:!?«»()–0123456789²½"
WORDS = st.lists(st.text(LATIN, min_size=1, max_size=18), min_size=1, max_size=30)


def count(text: str) -> int:
    return sum(map(str.isalpha, text))


def without_letters(text: str) -> str:
    return "".join(sign for sign in text if not sign.isalpha())


def is_within(words: str, longer: str) -> bool:
    """Whether all letters of `words` stand in `longer`, in their order."""
    left = iter(longer)
    return all(letter in left for letter in words)


# --- a text -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "longer"), [
    ("", ""), ("17", "17"), ("i", "ií"), ("sorg", "soórgg"), ("HUSK", "HUÚSKK"),
    ("Sorgen kan komme i bølger.", "Sorrgeén kann koómmeé ií bøølggerr."),
    ("Ring {{ helpline.116123 }} nå", "Rinng {{ helpline.116123 }} nååå"),
    ("Se ammehjelpen.no/ammesorg i dag", "Se ammehjelpen.no/ammesorg ií daágg"),
    ("Skriv til post@example.org.", "Skrrivv tiíll post@example.org."),
    ("kl. 9–15, 116\u00a0123", "kll. 9–15, 116\u00a0123"),
    ("100 m²", "100 mm²"),
])
def test_a_text(text: str, longer: str) -> None:
    assert lengthened(text) == longer


@given(WORDS, st.sampled_from(REST))
def test_two_letters_more_for_each_five(words: list[str], between: str) -> None:
    text = between.join(words)
    longer, before = lengthened(text), count(text)
    assert count(longer) == -(-7 * before // 5)
    assert before <= 20 or 1.4 * before <= count(longer) < 1.5 * before


@given(st.text(LATIN + REST, max_size=200))
def test_only_letters_are_added_and_the_words_are_still_there(text: str) -> None:
    longer = lengthened(text)
    assert without_letters(longer) == without_letters(text)
    assert is_within(text, longer)
    assert set(longer) <= set(text) | set("áéíóúýÁÉÍÓÚÝ")


@given(st.text(ARABIC + REST, max_size=200))
def test_another_script_repeats_its_own_letters(text: str) -> None:
    longer = lengthened(text)
    assert set(longer) == set(text)
    assert count(longer) == -(-7 * count(text) // 5)


def test_marks_stay_with_their_letter() -> None:
    assert lengthened("ที่นี่มี") == "ที่นี่มมมี"


def test_the_fonts_for_latin_letters_have_every_accent(tmp_path: Path) -> None:
    for family in ("SourceSans3", "Literata"):
        files = frozenset((house.assets() / "fonts").glob(f"{family}-*.ttf"))
        assert files
        assert set(map(ord, "áéíóúýÁÉÍÓÚÝ")) <= letters.covered(files)


# --- a book -----------------------------------------------------------------------------------------------------------


def shapes(body: str) -> list[tuple[str, dict[str, str]]]:
    return [(str(each.tag), dict(each.attrib)) for each in fragment.parse(body).iter()]


def bodies(book: Book) -> list[str]:
    written = [text.body for text in (*book.chapters, *book.matter.values())]
    return [*written, *(story.body for story in book.stories.values())]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    body = (
        "Noe er skrevet [@brown2019], *noe* annet [@web].\n\n"
        "- Ring {{ helpline.113 }} nå,\n- `kode` og\u00a0mer[^1].\n\n"
        "| Dag | Tid |\n|---|---|\n| mandag | 9–15 |\n\n[^1]: En note.\n\n::: story lost\n:::\n"
    )
    return wordkit.read(tmp_path, {"chapters/nb/first.md": wordkit.text(body)})


def test_markup_and_records_are_the_same(book: Book) -> None:
    longer = pseudo(book)
    assert list(map(shapes, bodies(longer))) == list(map(shapes, bodies(book)))
    assert longer.publication == book.publication
    assert [text.id for text in longer.chapters] == [text.id for text in book.chapters]
    [first, _] = longer.chapters
    assert '<code>kode</code>' in first.body
    assert "9–15" in first.body


def test_every_block_grows_by_itself(book: Book) -> None:
    before, after = (fragment.parse(each.chapters[0].body) for each in (book, pseudo(book)))
    grown = 0
    for old, new in zip(fragment.leaves(before), fragment.leaves(after), strict=True):
        for code in (*old.iter("code", "sup"), *new.iter("code", "sup")):
            code.text = ""
            for child in code:
                child.text = ""
        was, now = count(fragment.own_text(old)), count(fragment.own_text(new))
        assert now == -(-7 * was // 5)
        grown += now - was
    assert grown > 20


def test_its_language_is_a_draft_with_a_tag_of_its_own(book: Book) -> None:
    language = pseudo(book).language
    assert (language.code, language.name, language.origin) == ("nb-XA", "norsk bokmål (pseudo)", "machine")
    assert pseudo(book).draft
    assert language.title == "Et liíteé heéftteé"
    assert language.labels["draft"] == "(draáftt)"
    assert language.editions["epub"] == "E-boókk"
    assert language.helplines["113"].name == "Nøødhhjeélpp"
    assert pseudo(book).stories["lost"].language == "nb-XA"


def test_twice_is_as_once_but_for_the_letters(book: Book) -> None:
    once, twice = pseudo(book), pseudo(pseudo(book))
    assert list(map(shapes, bodies(once))) == list(map(shapes, bodies(twice)))
    assert twice.language.code == "nb-XA"


def test_the_transforms_do_with_it_what_they_do_with_its_language(book: Book) -> None:
    done = transforms.apply(pseudo(book), "print")
    assert done.references == transforms.apply(book, "print").references
    assert 'href="tel:113"' in done.chapters[0].body


@pytest.mark.parametrize(("language", "made", "direction", "script", "digits"), [
    ("nb", "nb-XA", "ltr", "Latn", "0123456789"), ("ar", "ar-XA", "rtl", "Arab", "0123456789"),
    ("fa-AF", "fa-XA", "rtl", "Arab", "۰۱۲۳۴۵۶۷۸۹"), ("zh-Hant", "zh-Hant-XA", "ltr", "Hant", "0123456789"),
    ("nb-XA", "nb-XA", "ltr", "Latn", "0123456789"),
])
def test_cldr_knows_it_as_the_language_that_it_was_made_of(
    language: str, made: str, direction: str, script: str, digits: str
) -> None:
    assert tag(language) == made
    assert (of_language(made), script_of(made), numerals.digits(made)) == (direction, script, digits)


def test_nobody_may_name_a_language_so(tmp_path: Path) -> None:
    wordkit.write(tmp_path, {"chapters/nb-XA/language.toml": ""})
    assert wordkit.complaints(tmp_path, {}) == [
        "chapters/nb-XA:1: the folder cannot be `nb-XA`; nobody speaks that: `hefte build --pseudo` makes it of the "
        "source language",
    ]


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("other", [("--release",), ("--lang", "en")])
def test_what_does_not_go_with_it(tmp_path: Path, other: tuple[str, ...]) -> None:
    said = buildkit.hefte("build", buildkit.new(tmp_path / "tiny"), "--pseudo", *other, cwd=tmp_path)
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        f"hefte: --pseudo and {other[0]} exclude each other; leave one out: what --pseudo makes is to be looked at, in "
        "one language\n"
    )
    assert not (tmp_path / "tiny" / "dist-pseudo").exists()


def test_an_error_in_the_words_stops_it(tmp_path: Path) -> None:
    root = buildkit.new(tmp_path / "tiny")
    buildkit.change(root / "chapters/en/first.md", "::: story a-walk", "::: story a-wlak")
    said = buildkit.hefte("build", root, "--pseudo", "--edition", "screen", cwd=tmp_path)
    assert said.code == 1
    assert "there is no story `a-wlak` in en" in said.out


def test_every_edition_is_built_into_a_folder_of_its_own(tmp_path: Path) -> None:
    root = buildkit.new(tmp_path / "tiny")
    said = buildkit.hefte("build", root, "--pseudo", "--jobs", "1", cwd=tmp_path)
    assert (said.code, said.err) == (0, "")
    out = root / "dist-pseudo"
    assert not (root / "dist").exists()
    [(code, entry)] = json.loads((out / "report.json").read_text(encoding="utf-8"))["languages"].items()
    assert (code, entry["standing"]) == ("en-XA", None)
    assert [file["path"] for file in entry["files"]] == [
        f"en-XA/small-brochure-en-XA{end}" for end in ("-print.pdf", "-booklet.pdf", "-screen.pdf", ".epub")
    ]
    assert {finding["severity"] for finding in entry["findings"]} <= {"warning", "note"}
    pages = buildkit.pages(out / "en-XA/small-brochure-en-XA-screen.pdf")
    assert all("pdf-draft" in file["checks"] for file in entry["files"] if file["path"].endswith(".pdf"))
    assert "PDFF forr sccrreennss" in re.sub(r"\s+", " ", " ".join(line.text for line in pages[1]))
    ebook = out / "en-XA/small-brochure-en-XA.epub"
    assert epubcheck.check([ebook]) == {ebook: []}
    lies = f"dist-pseudo/{entry['files'][2]['path']}"
    held = buildkit.hefte("story", "where", "a-walk", cwd=root)
    assert f"{lies}: the last build of a pseudo-language, version 1 of " in held.out
    gone = buildkit.hefte("story", "withdraw", "a-walk", cwd=root)
    assert f"still holds it: {lies}; delete it\n" in gone.out
