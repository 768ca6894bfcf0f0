"""The shipped publication in the languages that it is translated into: every edition built, validated, looked into."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from functools import cache

import pikepdf
import pypdfium2 as pdfium
import pytest

import goldenkit
import readers
from buildkit import ROOT, squeezed
from conftest import Outputs
from goldenkit import Ebook, plain
from hefte import fragment, publication, sources, transforms
from hefte.model import Book
from hefte.scripts import script, script_of, scripts_in

COMPLETE, DRAFTS = ("en", "nn"), ("ar", "pl", "so", "uk")
LANGUAGES = sorted((*COMPLETE, *DRAFTS))


@cache
def written(language: str) -> Book:
    return sources.read(publication.load(ROOT), language)


@cache
def book(language: str) -> Book:
    return transforms.apply(written(language), "print")


def path(language: str, edition: str) -> str:
    return f"{language}/ammesorg-{language}" + (".epub" if edition == "epub" else f"-{edition}.pdf")


def test_every_language_is_there(translated: Outputs) -> None:
    assert sorted(translated.report["languages"]) == LANGUAGES
    assert {language: written(language).language.origin for language in LANGUAGES} == {
        "ar": "machine", "en": "human", "nn": "human", "pl": "machine", "so": "machine", "uk": "machine",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_edition_without_an_error(translated: Outputs, language: str) -> None:
    entry = translated.report["languages"][language]
    assert [file["path"] for file in entry["files"]] == [
        path(language, edition) for edition in (
            "print", "print-job", "booklet", "bilingual", "large-print", "leaflet", "leaflet-job", "leaflet-office",
            "poster-a3", "poster-a3-job", "poster-a4", "screen", "epub",
        )
    ]
    assert entry["failures"] == []
    assert entry["validators"] == goldenkit.validators()
    found = Counter((finding["check"], finding["severity"]) for finding in entry["findings"])
    own = {("translation-unsigned", "warning"): 1, ("helpline-unverified", "warning"): 4}
    own |= {("address-reserved", "warning"): 2}
    if language in DRAFTS:
        own |= {("translation-draft", "note"): 1, ("story-unapproved", "warning"): 1}
    else:
        own |= {("story-unapproved", "warning"): 10}
    assert found == own


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_blocks_and_stories_as_the_source(language: str) -> None:
    source, target = written("nb"), written(language)
    for text, other in zip((*source.chapters, *source.matter.values()), (*target.chapters, *target.matter.values()),
                           strict=True):
        keys = [(leaf.tag, leaf.get("data-key")) for leaf in fragment.leaves(fragment.parse(text.body))]
        assert [(leaf.tag, leaf.get("data-key")) for leaf in fragment.leaves(fragment.parse(other.body))] == keys
    assert target.stories.keys() == source.stories.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_are_whole_and_bound_on_the_right_side(translated: Outputs, language: str) -> None:
    direction = "/R2L" if language == "ar" else "/L2R"
    for edition in ("print", "booklet", "screen", "bilingual"):
        with pikepdf.open(translated.dist / path(language, edition)) as pdf:
            wishes = pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary())
            assert (edition, str(wishes.get("/Direction", "/L2R"))) == (edition, direction)
            assert str(pdf.Root.Lang) == language
            if edition in {"print", "screen"}:
                assert len(pdf.pages) % 4 == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_screen_and_ebook_have_the_same_words(translated: Outputs, language: str) -> None:
    """Direction is no part of the words: what a reader of the PDF gives in the order of the eye is not asked for."""
    ebook = Ebook(translated.dist / path(language, "epub")).sections()
    screen = goldenkit.sections(translated.dist / path(language, "screen"))
    titles = [plain(text.title) for text in (*book(language).chapters, book(language).matter["help"])]
    assert set(titles) <= set(ebook)
    labels = book(language).language.labels
    notice = squeezed(labels["draft"] + labels["draft_notice"]) if language in DRAFTS else ""
    if language != "ar":
        for title in titles:
            assert notice + squeezed(screen[title]) == squeezed(ebook[title])
    letters = [sign for title in titles for sign in ebook[title] if sign.isalpha()]
    own = scripts_in(script_of(language))
    assert len(letters) > 9_000
    assert sum(script(sign) in own for sign in letters) > 0.9 * len(letters)


def test_numbers_and_names_stand_beside_what_is_theirs(translated: Outputs) -> None:
    """In two columns each work cited has its own number, and no line of the colophon slips below its name."""
    made = translated.dist / path("uk", "bilingual")
    said = subprocess.run(["pdftotext", "-layout", made, "-"], capture_output=True, text=True, check=True).stdout
    lines = [" ".join(line.split()) for line in said.splitlines()]
    assert [line for line in lines if line[:3] in ("1. ", "2. ", "3. ")] == [
        "1. Amy Brown (2019): Why Breastfeeding Grief 1. Amy Brown (2019): Why Breastfeeding Grief",
        "2. Kelly Bonyata: Sadness and depression during 2. Kelly Bonyata: Sadness and depression during",
    ]
    assert [line[line.index("Джерело "):] for line in lines if "Джерело " in line] == [
        "Джерело Ammehjelpens artikkel om",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_of_the_colophon_has_its_words_beside_it(translated: Outputs, language: str) -> None:
    """Where the source is named, too: it is Norwegian, and runs the other way than Arabic."""
    with pdfium.PdfDocument(translated.dist / path(language, "print")) as pdf:
        page = pdf[1].get_textpage()
        label, words = (_middles(page, said)[-1] for said in (book(language).language.labels["source"], "artikkel"))
        assert words == pytest.approx(label, abs=3)


def _middles(page: pdfium.PdfTextPage, said: str) -> list[float]:
    """How high it stands, each time that it does, pt."""
    search, found = page.search(said), list[float]()
    while match := search.get_next():
        _, bottom, _, top = page.get_charbox(match[0], loose=True)
        found.append((bottom + top) / 2)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_finds_everything_in_the_ebook(translated: Outputs, language: str) -> None:
    seen = readers.foliate(translated.dist / path(language, "epub"))
    direction = "rtl" if language == "ar" else "ltr"
    assert {(visit["lang"], visit["direction"]) for visit in seen["visits"]} == {(language, direction)}
    assert [visit["href"] for visit in seen["visits"] if not visit["exists"]] == []
    assert (seen["missed"], seen["errors"]) == ([], [])
    pages = [page["label"] for page in seen["pages"]]
    assert len(pages) % 4 == 0 and len(pages) >= 20


@pytest.mark.parametrize("language", DRAFTS)
def test_a_draft_says_so_wherever_it_is_opened(translated: Outputs, language: str) -> None:
    word = book(language).language.labels["draft"]
    with pikepdf.open(translated.dist / path(language, "screen")) as pdf:
        assert word in str(pdf.docinfo["/Title"]) + str(pdf.docinfo.get("/Subject", ""))
    package = Ebook(translated.dist / path(language, "epub"))
    assert word.encode() in package.files[next(name for name in package.files if name.endswith(".opf"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_to_translate(language: str) -> None:
    """Texts are whole: no placeholder of a translator is left."""
    for name in (ROOT / "chapters" / language).rglob("*.md"):
        assert not re.search(r"\[(…|\.\.\.)\]|^%%", name.read_text(encoding="utf-8"), re.MULTILINE), name
