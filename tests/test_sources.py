"""One language folder, to the Book as written: its words, chapters, stories, and what the reader met on the way."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import wordkit
from hefte import publication, sources, transforms
from hefte.errors import SourceError
from hefte.model import Chapter, HelplineText, Place, Problem, Story
from hefte.records.schema import ChapterFront
from hefte.sources.front_matter import front_matter
from wordkit import text

ROOT = Path(__file__).resolve().parents[1]
FIRST = "chapters/nb/first.md"


def test_the_small_book_is_read_whole(tmp_path: Path) -> None:
    book = wordkit.read(tmp_path)
    at = tmp_path / "chapters/nb"
    body = (
        '<p data-key="first.1" data-line="6">Noe er skrevet '
        '<hefte-cite data-ref="brown2019" data-line="6"></hefte-cite>, noe annet '
        '<hefte-cite data-ref="web" data-line="6"></hefte-cite>.</p>\n'
        '<hefte-story data-ref="lost" data-line="8"></hefte-story>'
    )
    assert book.chapters[0] == Chapter("first", "Tittel", "Tittel", "Kort sagt.", body, Place(at / "first.md"))
    assert [chapter.id for chapter in book.chapters] == ["first", "second"]
    assert list(book.matter) == ["colophon", "help", "back-cover"]
    assert book.matter["help"].body == '<hefte-helplines data-line="6"></hefte-helplines>'
    told = '<p data-key="story-lost.1" data-line="5">Hun fortalte at det var tungt.</p>'
    assert book.stories == {"lost": Story("lost", "Nærheten", "nb", told, Place(at / "stories/lost.md"))}
    assert (book.references, book.problems) == ((), ())


def test_a_language_knows_its_name_and_its_words(tmp_path: Path) -> None:
    language = wordkit.read(tmp_path).language
    assert (language.code, language.name, language.direction) == ("nb", "norsk bokmål", "ltr")
    assert (language.title, language.subtitle, language.audience) == ("Et lite hefte", "Om ingenting", "Til alle")
    assert (language.origin, language.translator, language.reviewers) == ("original", "", ())
    assert list(language.labels) == list(wordkit.LABELS)
    assert language.labels["skip_story"] == "(skip_story)"
    assert language.helplines["113"] == HelplineText("Nødhjelp", "Når det er akutt.", "Hele døgnet")


@pytest.mark.parametrize(
    ("code", "name", "direction"),
    [
        ("ar", "العربية", "rtl"), ("fa", "فارسی", "rtl"), ("fa-AF", "دری", "rtl"), ("ckb", "کوردیی ناوەندی", "rtl"),
        ("se", "davvisámegiella", "ltr"), ("ti", "ትግርኛ", "ltr"), ("uk", "українська", "ltr"),
    ],
)
def test_cldr_says_a_language_s_own_name_and_direction(tmp_path: Path, code: str, name: str, direction: str) -> None:
    files = {key.replace("/nb/", f"/{code}/"): value for key, value in wordkit.FILES.items() if "/nb/" in key}
    words = files[f"chapters/{code}/language.toml"]
    translated = words.replace('"original"', '"human"\ntranslator = "A. B."\nreviewers = ["C. D.", "E"]')
    language = wordkit.read(tmp_path, {**files, f"chapters/{code}/language.toml": translated}, lang=code).language
    assert (language.name, language.direction) == (name, direction)
    assert (language.origin, language.translator, language.reviewers) == ("human", "A. B.", ("C. D.", "E"))


def test_front_matter_is_text_whatever_yaml_makes_of_it(tmp_path: Path) -> None:
    front = "---\ntitle: No\nshort_title: 2026\nsummary: >\n  In two\n  lines.\nkeywords: [1.10, yes]\n---\nx"
    chapter = wordkit.read(tmp_path, {FIRST: front}).chapters[0]
    assert (chapter.title, chapter.short_title, chapter.summary) == ("No", "2026", "In two lines.")
    assert chapter.keywords == ("1.10", "yes")


def test_a_story_says_its_own_language(tmp_path: Path) -> None:
    nynorsk = "---\ntitle: Nærleiken\nlang: nn\n---\n\nHo fortalde.\n"
    assert wordkit.read(tmp_path, {"chapters/nb/stories/lost.md": nynorsk}).stories["lost"].language == "nn"


def test_hidden_files_are_not_texts(tmp_path: Path) -> None:
    hidden: dict[str, wordkit.Change] = {"chapters/nb/._first.md": b"\0", "chapters/nb/stories/.lost.md": "x"}
    assert list(wordkit.read(tmp_path, hidden).stories) == ["lost"]


def test_matter_needs_no_summary(tmp_path: Path) -> None:
    book = wordkit.read(tmp_path, {"chapters/nb/colophon.md": "---\ntitle: Om\n---\nx"})
    assert book.matter["colophon"].summary == ""


def test_windows_and_macos_write_the_same_text(tmp_path: Path) -> None:
    plain = text("Å lese.\n\nMer.")
    other = b"\xef\xbb\xbf" + unicodedata.normalize("NFD", plain).replace("\n", "\r\n").encode()
    assert other.count(b"\r\n") == plain.count("\n")
    expected = '<p data-key="first.1" data-line="6">Å lese.</p>\n<p data-key="first.2" data-line="8">Mer.</p>'
    assert wordkit.read(tmp_path / "a", {FIRST: plain}).chapters[0].body == expected
    assert wordkit.read(tmp_path / "b", {FIRST: other}).chapters[0].body == expected


def test_problems_come_in_reading_order_and_stop_nothing(tmp_path: Path) -> None:
    story = "---\ntitle: A\n---\n\n::: remember\nx\n:::\n"
    book = wordkit.read(tmp_path, {FIRST: text("a <b>\n\n{{ x }}"), "chapters/nb/stories/lost.md": story})
    at, told = tmp_path / FIRST, tmp_path / "chapters/nb/stories/lost.md"
    assert book.problems == (
        Problem("raw-html", Place(at, 6), "`<b>`"),
        Problem("placeholder-bad", Place(at, 8), "`{{ x }}`"),
        Problem("directive-unknown", Place(told, 5), "`::: remember` stands inside a story"),
    )


# --- front matter, whatever it is

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])
WORDS = st.text(alphabet=LETTERS, min_size=1, max_size=20).filter(lambda words: bool(words.strip()))


@given(WORDS, WORDS, st.lists(WORDS, max_size=3))
def test_what_yaml_writes_is_read_back(title: str, summary: str, keywords: list[str]) -> None:
    said = {"title": title, "summary": summary, "keywords": keywords}
    dumped = yaml.safe_dump(said, allow_unicode=True, sort_keys=False)
    front, end = front_matter(f"---\n{dumped}---\nbody", Path("x.md"), ChapterFront)
    assert (front.title, front.summary) == (" ".join(title.split()), " ".join(summary.split()))
    assert front.keywords == [" ".join(word.split()) for word in keywords]
    assert end == dumped.count("\n") + 2


YAML = st.sampled_from([
    "title: x\n", "summary: y\n", "title", ": ", "- ", "[", "]", "{", "}", "&a ", "*a", "!!python/object:os.system ",
    "|\n", ">\n", "  ", "\n", "'", '"', "#", "---\n", "...\n", "%", "@", "`", "? ", "é", "\t", "<<: *a\n", "null", "1",
])


@given(st.lists(YAML, max_size=12).map("".join))
def test_any_front_matter_is_read_or_refused_on_a_line_of_it(source: str) -> None:
    whole = f"---\n{source}\n---\nbody"
    try:
        front, _ = front_matter(whole, Path("x.md"), ChapterFront)
    except SourceError as error:
        for one in (error, *error.also):
            assert one.place is not None
            assert 1 <= one.place.line <= whole.count("\n") + 1
            assert "\n" not in one.line()
    else:
        assert front.title
        assert front.summary


# --- the shipped publication


def test_the_shipped_words_are_read_and_transformed_in_under_150_ms_of_cpu() -> None:
    loaded = publication.load(ROOT)
    spent = []
    for _ in range(4):
        start = time.process_time()
        book = sources.read(loaded, "nb")
        transforms.apply(book, "print")
        spent.append(time.process_time() - start)
    assert book.problems == ()
    assert min(spent) < 0.150
