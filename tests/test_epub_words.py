"""The same words in the ebook, in the book and in the PDF; printed pages marked where they begin; notes both ways."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import epubkit
import tagkit
from conftest import Outputs
from epubkit import FOOTNOTE, PAGES, changed, good, with_first, write
from hefte import checks, pairs
from hefte.checks import epub_page_list, epub_words
from hefte.checks.epub import open_epub
from hefte.checks.epub_note import CHECK as NOTE
from hefte.checks.frame import Check
from hefte.model import Book, PageStart

Change = Callable[[bytes], bytes]
START, VEIEN, HELP, COLOPHON = (
    f"EPUB/{name}.xhtml" for name in ("chapter-start", "chapter-veien", "help", "colophon")
)
SIT = "<li>Sett deg ned.</li>"
STORY = "Ho sat lenge oppe. Så sov dei."


def swap(old: str, new: str) -> Change:
    return lambda data: data.replace(old.encode(), new.encode(), 1)


def said(check: Check, content: bytes, of: Book | None = None, starts: tuple[PageStart, ...] = PAGES) -> list[str]:
    """What one check says of an ebook, as of one just built."""
    expect = {"book": of or epubkit.book(), "starts": starts, "pages": [start.label for start in starts]}
    return [finding.message for finding in check.run(open_epub(io.BytesIO(content), epubkit.NAME, expect))]


def test_the_good_ebook_has_the_books_words_and_its_pages_begin_where_they_should() -> None:
    assert said(epub_words.CHECK, good()) == []
    assert said(epub_page_list.CHECK, good()) == []
    assert said(NOTE, good()) == []


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        (START, swap(SIT, ""), ["“Sett deg ned.” (start.3) is not in the ebook"]),
        (START, swap("116\u00a0123", "116\u00a0132"), [
            "“Ring 116 123. Se veien.” (start.5) is not in the ebook",
            f"“Ring 116 132. Se veien.” stands in the ebook ({START}) and not in the book",
        ]),
        (HELP, lambda data: data.replace("Hele døgnet".encode(), b"Alltid"), [
            "“Hele døgnet” (helpline-113) is not in the ebook, and 1 more",
        ]),
        (VEIEN, swap("Egne ord</p>", f"Egne ord</p><p>{STORY}</p>"), [
            f"“{STORY}” stands twice in the ebook ({VEIEN})",
        ]),
        (START, lambda data: swap('<p class="lead">', "<p>Sett deg ned.</p><p>")(swap(SIT, "")(data)), [
            f"“Sett deg ned.” (start.3) stands elsewhere in the ebook ({START})",
        ]),
        (START, swap(SIT, f"{SIT}<li>Dette er det bare eboken som sier.</li>"), [
            f"“Dette er det bare eboken som sier.” stands in the ebook ({START}) and not in the book",
        ]),
        (COLOPHON, swap("Skrevet for en prøve.", "Skrevet."), [
            "“Skrevet for en prøve.” (colophon.1) is not in the ebook",
        ]),
    ],
    ids=[
        "one left out", "a digit turned", "two helplines' hours", "a story twice", "one moved", "one added",
        "the colophon's",
    ],
)
def test_words_that_differ_are_found(name: str, change: Change, expected: list[str]) -> None:
    assert said(epub_words.CHECK, changed(good(), {name: change})) == expected


def test_a_book_may_be_called_as_its_first_chapter_is() -> None:
    base = epubkit.book()
    namesake = replace(base, language=replace(base.language, title=base.chapters[0].title))
    content = write(namesake)
    assert said(epub_words.CHECK, content, namesake) == []
    moved = swap('<p class="lead">', "<p>Sett deg ned.</p><p>")
    assert said(epub_words.CHECK, changed(content, {START: lambda data: moved(swap(SIT, "")(data))}), namesake) == [
        f"“Sett deg ned.” (start.3) stands elsewhere in the ebook ({START})",
    ]


def _moved(label: str, before: str) -> Change:
    """The mark of a page put elsewhere."""
    mark = f'<span role="doc-pagebreak" epub:type="pagebreak" id="page-{label}" aria-label="{label}"></span>'

    def change(data: bytes) -> bytes:
        text = data.decode()
        assert mark in text and before in text
        return text.replace(mark, "").replace(before, mark + before, 1).encode()

    return change


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        (START, _moved("4", '<p class="lead">'), [
            f"{START}:12: page 4 begins with “åbegynne” in print, and its mark stands before "
            "“detførsteeråsettesegnoenordomr”",
        ]),
        (START, _moved("5", "Noen ord om ro"), [
            f"{START}:13: page 5 begins with “erfåogdeermålt1slikgårdet” in print, and its mark stands before "
            "“noenordomrodeerfåogdeermålt1sl”",
        ]),
        (START, _moved("5", "og de er"), [
            f"{START}:13: page 5 begins with “erfåogdeermålt1slikgårdet” in print, and its mark stands before "
            "“ogdeermålt1slikgårdethosatleng”",
        ]),
        (VEIEN, _moved("10", "<p>Veien er lang"), [
            f"{VEIEN}:13: page 10 has no text here, and its mark stands before “veienerlangmendenerd”",
        ]),
        (HELP, _moved("11", "</section>"), [
            f"{HELP}:15: page 11 begins with “noenåringe” in print, and its mark stands at the end",
        ]),
    ],
    ids=["after the heading", "a line too early", "a word too late", "a page without words", "at the end"],
)
def test_a_mark_in_the_wrong_place_is_found(name: str, change: Change, expected: list[str]) -> None:
    found = said(epub_page_list.CHECK, changed(good(), {name: change}))
    assert [each for each in found if "at place" not in each] == expected


def test_a_page_may_begin_within_a_word_or_a_link() -> None:
    starts = (*PAGES[:3], replace(PAGES[3]), replace(PAGES[4], offset=2), replace(PAGES[5], key="start.5", offset=6))
    assert said(epub_page_list.CHECK, write(page_starts=starts), starts=starts) == []


def test_a_page_that_a_callout_begins_begins_with_its_title() -> None:
    starts = (*PAGES[:6], replace(PAGES[6], key="start.5"), *PAGES[7:])
    content = write(page_starts=starts)
    assert said(epub_page_list.CHECK, content, starts=starts) == []
    late = changed(content, {START: _moved("7", "Ring <a")})
    assert said(epub_page_list.CHECK, late, starts=starts) == []
    early = changed(content, {START: _moved("7", '<h2 id="start-h1">')})
    assert said(epub_page_list.CHECK, early, starts=starts) == [
        f"{START}:15: page 7 begins with “ring116123seveien” in print, and its mark stands before "
        "“nårdeterstillesettdegnedpusthu”",
    ]


BACK = '<a class="back" role="doc-backlink" epub:type="backlink" href="chapter-start.xhtml#cite-berg2019-1" ' \
    'aria-label="Tilbake til teksten 1">↑</a>'
LOST = f"{START}:13: the note mark 1 leads to a note that does not lead back"
ASTRAY = f"{VEIEN}:16: a link back leads to no mark of this note"


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        (VEIEN, swap(BACK, ""), [LOST]),
        (VEIEN, swap("chapter-start.xhtml#cite-berg2019-1", "chapter-veien.xhtml#cite-berg2019-1"), [LOST, ASTRAY]),
        (VEIEN, swap("chapter-start.xhtml#cite-berg2019-1", "chapter-start.xhtml#start"), [LOST, ASTRAY]),
        (START, swap(' id="cite-berg2019-1"', ""), [LOST, ASTRAY]),
        (START, swap(' role="doc-biblioref" epub:type="biblioref"', ""), [ASTRAY]),
        (START, swap("chapter-veien.xhtml#ref-berg2019", "chapter-veien.xhtml#veien-h1"), [LOST, ASTRAY]),
        (START, swap("chapter-veien.xhtml#ref-berg2019", "help.xhtml#help-title"), [LOST, ASTRAY]),
    ],
    ids=[
        "no way back", "back into the wrong file", "back to no mark", "a mark without a name", "a mark that is a link",
        "to another place", "into another file",
    ],
)
def test_notes_across_files_lead_both_ways(name: str, change: Change, expected: list[str]) -> None:
    assert said(NOTE, changed(good(), {name: change})) == expected


def test_notes_within_a_file_lead_both_ways() -> None:
    content = write(with_first(FOOTNOTE))
    assert said(NOTE, content, with_first(FOOTNOTE)) == []
    lost = changed(content, {START: swap('href="chapter-start.xhtml#fnref-start-1-2"', 'href="chapter-start.xhtml"')})
    assert said(NOTE, lost, with_first(FOOTNOTE)) == [
        f"{START}:13: the note mark a leads to a note that does not lead back",
        f"{START}:14: a link back leads to no mark of this note",
    ]


# --- two finished files -----------------------------------------------------------------------------------------------

SIX = tuple(
    PageStart(str(number), key)
    for number, key in enumerate(["@cover", "@colophon", "start.title", "veien.title", "@help", "@back-cover"], 1)
)
"""Where the pages of tagkit's PDF begin."""


def pdf_of(change: tagkit.Change = tagkit.same) -> bytes:
    """The PDF of the book, with what the ebook's colophon says of the publication."""
    colophon = epubkit.files(good())["EPUB/colophon.xhtml"].decode()
    facts = colophon[colophon.index('<dl class="facts">') : colophon.index("</section>")]
    book = epubkit.book()
    matter = {**book.matter, "colophon": replace(book.matter["colophon"], body=f"<p>Skrevet for en prøve.</p>{facts}")}
    return tagkit.made(replace(book, matter=matter), change)


def differences(tmp_path: Path, pdf: bytes, epub: bytes) -> list[tuple[str, str, int | None, str]]:
    """What is found of two files: check, file, page, message."""
    (tmp_path / "ro.pdf").write_bytes(pdf)
    (tmp_path / "ro.epub").write_bytes(epub)
    found = checks.on_pair(tmp_path / "ro.pdf", tmp_path / "ro.epub")
    return [(each.check, each.path.name if each.path else "", each.page, each.message) for each in found]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return pdf_of()


@pytest.fixture(scope="module")
def ebook() -> bytes:
    return write(page_starts=SIX)


def test_a_pdf_and_an_ebook_of_the_same_book_say_the_same(tmp_path: Path, pdf: bytes, ebook: bytes) -> None:
    assert differences(tmp_path, pdf, ebook) == []


def test_words_that_only_one_of_two_files_has(tmp_path: Path, pdf: bytes, ebook: bytes) -> None:
    less = changed(ebook, {START: swap(SIT, "")})
    assert differences(tmp_path, pdf, less) == [
        ("epub-words", "ro.pdf", 3, "“Sett deg ned.” stands in ro.pdf and not in the ebook"),
    ]
    more = changed(ebook, {START: swap(SIT, f"{SIT}<li>Drikk vann.</li>")})
    assert differences(tmp_path, pdf, more) == [
        ("epub-words", "ro.epub", None, f"“Drikk vann.” ({START}) is not in ro.pdf"),
    ]
    twice = pdf_of(tagkit.swap('<h2 id="veien-h1"', f'<p>{STORY}</p><h2 id="veien-h1"'))
    assert differences(tmp_path, twice, ebook) == [
        ("epub-words", "ro.pdf", 4, f"“{STORY}” stands more often in ro.pdf than in the ebook"),
    ]


def test_a_story_that_one_edition_may_not_tell_is_no_difference(tmp_path: Path, pdf: bytes, ebook: bytes) -> None:
    story = epubkit.FIRST[epubkit.FIRST.index("<aside") : epubkit.FIRST.index("</aside>") + len("</aside>")]
    assert differences(tmp_path, pdf_of(tagkit.swap(story, "")), ebook) == []
    without = write(with_first(epubkit.FIRST.replace(story, "")), page_starts=SIX)
    assert differences(tmp_path, pdf, without) == []
    # Half a story is one.
    half = pdf_of(tagkit.swap(f'<p data-key="story-kveld.1" data-line="4">{STORY}</p>', ""))
    assert differences(tmp_path, half, ebook) == [
        ("epub-words", "ro.epub", None, f"“{STORY}” ({START}) is not in ro.pdf"),
    ]


def test_pages_that_begin_elsewhere_in_the_finished_pdf(tmp_path: Path, pdf: bytes, ebook: bytes) -> None:
    wrong = changed(ebook, {START: _moved("3", '<h2 id="start-h1">')})
    assert differences(tmp_path, pdf, wrong) == [
        ("epub-page-list", "ro.epub", None,
         f"{START}:15: page 3 begins with “åbegynnedetførsteeråsettesegno” in print, and its mark stands before "
         "“nårdeterstillesettdegnedpusthu”"),
    ]


def test_files_of_other_books_or_languages_are_not_compared(tmp_path: Path, pdf: bytes, ebook: bytes) -> None:
    base = epubkit.book()
    other = write(replace(base, language=replace(base.language, title="Uro")), page_starts=SIX)
    assert differences(tmp_path, pdf, changed(other, {START: swap(SIT, "")})) == []
    danish = changed(ebook, {"EPUB/content.opf": swap("<dc:language>nb", "<dc:language>da")})
    assert differences(tmp_path, pdf, changed(danish, {START: swap(SIT, "")})) == []


def test_what_ships_says_the_same_in_all_its_editions(shipped: Outputs, translated: Outputs) -> None:
    """Words, and where the pages begin, in each language; the bilingual edition has the ebook's words too."""
    for outputs in (shipped, translated):
        for epub in sorted(outputs.dist.glob("*/*.epub")):
            for pdf in sorted(epub.parent.glob("*-screen.pdf")) + sorted(epub.parent.glob("*-bilingual.pdf")):
                assert checks.on_pair(pdf, epub) == ()


def test_two_files_named_together_are_compared(tmp_path: Path, pdf: bytes, ebook: bytes) -> None:
    (tmp_path / "ro.pdf").write_bytes(pdf)
    (tmp_path / "ro.epub").write_bytes(changed(ebook, {START: swap(SIT, "")}))
    looks = {path: checks.on_file(path) for path in (tmp_path / "ro.pdf", tmp_path / "ro.epub")}
    compared, failures = pairs.compared(looks)
    assert failures == []
    more = [each for path, look in compared.items() for each in look.findings if each not in looks[path].findings]
    assert [(each.check, each.message) for each in more] == [
        ("epub-words", "“Sett deg ned.” stands in ro.pdf and not in the ebook"),
    ]
