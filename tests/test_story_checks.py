"""The checks of stories, in the words and in the finished ebook: each with what fails it, and silent where nothing is
wrong."""

from __future__ import annotations

import datetime as dt
import functools
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import epubkit
import wordkit
from hefte import checks, transforms
from hefte.checks.book import BOOK_CHECKS
from hefte.model import Book, Place, Severity, Story, StoryRecord
from wordkit import Change, text

STORY, STORIES = "chapters/nb/stories/lost.md", "chapters/stories.toml"
LANGUAGE, BACK = "chapters/nb/language.toml", "chapters/nb/back-cover.md"
MINE = {"source-draft", "consent-doubtful", "story-voice", "story-edits", "story-on-cover", "story-review-due"}
QUOTED = wordkit.STORIES.replace('"retold"', '"quote"')
LONG = wordkit.STORY.replace("Hun fortalte at det var tungt.", "Hun fortalte at det var tungt å gi seg.")


def told(words: str) -> str:
    return wordkit.STORY.replace("Hun fortalte at det var tungt.", words)


@pytest.fixture(autouse=True)
def first_of_june(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC).timestamp())))


def found(book: Book) -> list[tuple[str, str]]:
    """`path:line` and what is said there, of the checks that are tested here."""
    findings = [one for check in BOOK_CHECKS if check.id in MINE for one in check.run(book)]
    root = book.publication.root
    return [(f"{one.check} {one.path.relative_to(root)}:{one.line}", one.message) for one in findings if one.path]


FAILING: list[tuple[str, dict[str, Change], list[tuple[str, str]]]] = [
    ("a consent from the future", {STORIES: ("2024-09-30", "2026-06-02")}, [(
        f"consent-doubtful {STORIES}:1",
        "the consent for the story `lost` is dated 2026-06-02, which is yet to come",
    )]),
    ("evidence that is published", {STORIES: ('"binder 1"', '"chapters/signed.pdf"'), "chapters/signed.pdf": "%PDF"}, [(
        f"consent-doubtful {STORIES}:1",
        "the consent for the story `lost` is proved by `chapters/signed.pdf`, in this folder",
    )]),
    ("no day to ask again", {STORIES: ("review_by = 2027-01-01\n", "")}, [(
        f"story-review-due {STORIES}:1",
        "the story `lost` has no day by which its consent is to be looked at again",
    )]),
    ("a quotation without marks", {STORIES: QUOTED}, [(
        f"story-voice {STORY}:5", "the story `lost` is quoted, and its words do not stand in quotation marks",
    )]),
    ("a quotation with marks round a part", {STORIES: QUOTED, STORY: told("Hun sa: «Det var så tungt.»")}, [(
        f"story-voice {STORY}:5", "the story `lost` is quoted, and its words do not stand in quotation marks",
    )]),
    ("a retelling that quotes", {STORY: told("Hun sa at\n«det var så tungt» da.")}, [(
        f"story-voice {STORY}:6", "the story `lost` is retold, and 4 words of it stand in quotation marks",
    )]),
    ("two labels that say the same", {LANGUAGE: ('quoted = "(quoted)"', 'quoted = "(Retold)"')}, [(
        f"story-voice {LANGUAGE}:1", "the labels `quoted` and `retold` both say “(Retold)”",
    )]),
    ("shortened without leave", {STORIES: wordkit.STORIES + '\n[lost.edits]\nshortened = "the birth left out"\n'}, [(
        f"story-edits {STORIES}:1", "the story `lost` was shortened, and its consent does not cover shortening",
    )]),
    ("shortened in secret", {STORY: told("Hun fortalte\nat det […] var tungt.")}, [(
        f"story-edits {STORY}:6", "the story `lost` leaves words out at `[…]`, and no edit is recorded",
    )]),
    ("a machine's text as the source", {LANGUAGE: ('origin = "original"', 'origin = "machine"')}, [(
        f"source-draft {LANGUAGE}:1", "nb was translated by a machine, and publication.toml names it as the source",
    )]),
    ("on the back cover", {BACK: text("a\n\n::: story lost\n:::\n")}, [(
        f"story-on-cover {BACK}:8",
        "the story `lost` stands on the back cover, and may be hard to read (grief, depression)",
    )]),
    ("its sentence on the back cover", {
        STORY: LONG, BACK: text("a\n\n«Hun *fortalte* at det\nvar tungt å gi seg!»"),
    }, [(
        f"story-on-cover {BACK}:8",
        "a cover holds words of the story `lost`, which may be hard to read (grief, depression)",
    )]),
    ("its sentence on the front cover", {
        STORY: LONG, LANGUAGE: ("Om ingenting", "Hun fortalte at det var tungt å gi seg"),
    }, [(
        f"story-on-cover {LANGUAGE}:1",
        "a cover holds words of the story `lost`, which may be hard to read (grief, depression)",
    )]),
]


@pytest.mark.parametrize(("name", "changes", "expected"), FAILING, ids=[each[0] for each in FAILING])
def test_what_is_wrong_with_a_story_is_found(
    tmp_path: Path, name: str, changes: dict[str, Change], expected: list[tuple[str, str]]
) -> None:
    assert found(wordkit.read(tmp_path, changes)) == expected


FINE: list[tuple[str, dict[str, Change]]] = [
    ("as it is", {}),
    ("quoted", {STORIES: QUOTED, STORY: told("«Det var tungt. Legen sa ‘hvil’.»")}),
    ("quoted with other marks", {STORIES: QUOTED, STORY: told('"Det var tungt".')}),
    ("retold with a word held at arm's length", {STORY: told("Det var en «krise», sa hun.")}),
    ("shortened with leave", {
        STORIES: wordkit.STORIES.replace('"epub"]', '"epub", "shortening"]')
        + '\n[lost.edits]\nshortened = "the birth left out"\n',
        STORY: told("Det […] var tungt."),
    }),
    ("names left out", {STORIES: wordkit.STORIES + '\n[lost.edits]\nnames = "the child\'s"\n'}),
    ("no hard story on a cover", {
        STORIES: ('tags = ["grief", "depression"]\n', ""), BACK: text("::: story lost\n:::\n"),
    }),
    ("withdrawn, whatever is wrong", {
        STORIES: wordkit.STORIES.replace("review_by = 2027-01-01", "withdrawn = 2026-05-01").replace("2024-", "2027-"),
        STORY: told("«Det […] var tungt og trist.»"), BACK: text("::: story lost\n:::\n"),
    }),
]


@pytest.mark.parametrize(("name", "changes"), FINE, ids=[each[0] for each in FINE])
def test_what_is_right_is_passed_over(tmp_path: Path, name: str, changes: dict[str, Change]) -> None:
    assert found(wordkit.read(tmp_path, changes)) == []


def test_none_of_them_can_be_waived() -> None:
    by_id = {check.id: check for check in BOOK_CHECKS}
    assert not any(by_id[id].waivable for id in ("consent-doubtful", "story-edits", "story-on-cover"))
    assert {by_id[id].severity for id in MINE - {"story-review-due", "source-draft"}} == {Severity.ERROR}


def test_nothing_is_said_of_the_words_of_a_withdrawn_story(tmp_path: Path) -> None:
    """A finding quotes what it found, and stands in the report."""
    changes: dict[str, Change] = {STORY: told("Hun <b>fortalte</b> at det det var 116 117 tungt.")}
    loud = checks.on_book(wordkit.read(tmp_path / "a", changes))
    assert [one for one in loud if one.path and one.path.name == "lost.md"]
    changes[STORIES] = ("scopes", "withdrawn = 2026-05-01\nscopes")
    quiet = wordkit.read(tmp_path / "b", changes)
    assert [one.message for one in checks.on_book(quiet) if one.path and one.path.name == "lost.md"] == []
    said = checks.left_out(transforms.apply(quiet, "print"), transforms.apply(quiet, "epub"))
    assert {one.message for one in said} == {
        f"the story `lost` is left out of {medium}: withdrawn on 2026-05-01" for medium in ("print", "epub")
    }


# --- in the ebook ---------------------------------------------------------------------------------------------------

START, VEIEN = "EPUB/chapter-start.xhtml", "EPUB/chapter-veien.xhtml"


@functools.cache
def book() -> Book:
    """The kit's book, which knows what is recorded of its two stories."""
    place = Place(Path("/book/chapters/stories.toml"))
    records = {
        id: StoryRecord(id, "letter", "2026-01", "nb", voice, place, scopes=("print", "epub"), tags=tags)
        for id, voice, tags in (("kveld", "retold", ("sorg",)), ("morgen", "quote", ()))
    }
    stories = {id: Story(id, id, "nb", "", place) for id in records}
    base = epubkit.book()
    return replace(base, stories=stories, publication=replace(base.publication, stories=records))


def in_ebook(content: bytes, expect: Book | None = None) -> list[tuple[str, str]]:
    told = epubkit.said(content, {"book": expect or book()})
    return [(check, re.sub(r"(xhtml):\d+", r"\1", said)) for check, said in told
            if check in ("epub-skip-link", "epub-story-voice")]


def changed(file: str, pattern: str, new: str) -> bytes:
    def change(data: bytes) -> bytes:
        now, number = re.subn(pattern.encode(), new.encode(), data, count=1)
        assert number == 1, pattern
        return now

    parts = epubkit.files(epubkit.good())
    parts[file] = change(parts[file])
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


IN_EBOOK = [
    ("no link", START, '<p class="skip">.*?</p>', "",
     ("epub-skip-link", f"{START}: the story `kveld` (sorg) has no link past it before it")),
    ("a link that says nothing", START, "Hopp over historien", " ",
     ("epub-skip-link", f"{START}: the story `kveld` (sorg) has a link past it that says nothing")),
    ("a link to elsewhere", START, 'href="#after-story-kveld"', 'href="#start-h1"',
     ("epub-skip-link",
      f"{START}: the story `kveld` (sorg) has a link before it that does not lead to what comes after it (#start-h1)")),
    ("a link into the story", START, 'href="#after-story-kveld"', 'href="#story-kveld"',
     ("epub-skip-link",
      f"{START}: the story `kveld` (sorg) has a link before it that does not lead to what comes after it "
      "(#story-kveld)")),
    ("a quotation that is none", VEIEN, "(?s)<blockquote>(.*?)</blockquote>", r"<div>\1</div>",
     ("epub-story-voice", f"{VEIEN}: the story `morgen` is quoted, and is no blockquote")),
    ("a retelling in a blockquote", START, "(?s)<p([^>]*)>(Ho sat[^<]*)</p>", r"<blockquote><p\1>\2</p></blockquote>",
     ("epub-story-voice", f"{START}: the story `kveld` is retold, and stands in a blockquote as if it were quoted")),
    ("no label", VEIEN, "Egne ord", "Noe",
     ("epub-story-voice", f"{VEIEN}: the story `morgen` does not end with “Egne ord”")),
    ("the other label", START, "Gjenfortalt", "Egne ord",
     ("epub-story-voice", f"{START}: the story `kveld` does not end with “Gjenfortalt”, but with the other label")),
]


@pytest.mark.parametrize(("name", "file", "old", "new", "expected"), IN_EBOOK, ids=[each[0] for each in IN_EBOOK])
def test_what_is_wrong_with_a_story_in_the_ebook(
    name: str, file: str, old: str, new: str, expected: tuple[str, str]
) -> None:
    assert in_ebook(changed(file, old, new)) == [expected]


def test_the_ebook_as_it_is_made_is_right() -> None:
    assert in_ebook(epubkit.good()) == []
    anybodys = epubkit.said(epubkit.good())
    assert [one for one in anybodys if one[0].startswith(("epub-s", "epub-story"))] == []


def test_a_story_that_should_not_be_there_and_one_that_is_missing() -> None:
    stories = {"morgen": book().stories["morgen"], "natt": replace(book().stories["morgen"], id="natt")}
    assert in_ebook(epubkit.good(), replace(book(), stories=stories)) == [
        ("epub-story-voice", f"{START}: the story `kveld` may not be told here"),
        ("epub-story-voice", "the story `natt` is not in the ebook"),
    ]
