"""A draft says so on every page of every edition: across it, on the cover, in the metadata; and what a colophon says of
a translation."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from lxml import etree
from PIL import Image, ImageChops

import buildkit
import languagekit
from hefte import checks, editions, house, layout, publication, sources, transforms
from hefte.checks import epub_draft, pdf_text
from hefte.checks.epub import open_epub
from hefte.checks.frame import PdfFile
from hefte.checks.pdf import open_pdf
from hefte.checks.pdf_draft import CHECK
from hefte.model import Book, Publication
from hefte.renderers import pages

PDFS = ("print", "booklet", "screen")
WORD = "DRAFT"
NOTICE = "This is a draft."
MIST = (0xE2, 0xDE, 0xE4)


def job(root: Path, code: str, change: Callable[[Book], Book], **of_publication: Any) -> editions.Job:
    """Everything that the editions of a language are made from, the book changed before it is laid out."""
    loaded: Publication = replace(publication.load(root), **of_publication)
    book = change(sources.read(loaded, code))
    folders = layout.folders(root)
    theme = layout.for_language(layout.load_theme(folders, (root / "assets", house.assets())), code)
    printed, given = transforms.apply(book, "print"), {"assets": house.assets(), "layouts": house.layouts()}
    rendering = pages.render(layout.lay_out(printed, theme, folders), code, root, given)
    assert (rendering.overflows, rendering.complaints) == ((), ())
    wanted = ("print", "booklet", "screen", "epub")
    return editions.Job(printed, transforms.apply(book, "epub"), theme, folders, rendering, wanted, False)


def drafted(book: Book) -> Book:
    return replace(book, draft=True)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return buildkit.new(tmp_path_factory.mktemp("draft") / "tiny")


@pytest.fixture(scope="module")
def draft(root: Path) -> editions.Made:
    return made(root, "draft")


@pytest.fixture(scope="module")
def finished(root: Path) -> editions.Made:
    return made(root, "finished")


@cache
def made(root: Path, state: str) -> editions.Made:
    done = editions.make(job(root, "en", drafted if state == "draft" else lambda book: book), 1, lambda said: None)
    assert (done.findings, done.failures) == ((), ())
    return done


def content(of: editions.Made, edition: str) -> bytes:
    return next(file.content for file in of.files if file.edition == edition)


def found(data: bytes, edition: str | None, word: str | None) -> list[tuple[int | None, str]]:
    """What the check says of a PDF; of anybody's where no word is given."""
    file = open_pdf(io.BytesIO(data), Path("x.pdf"), edition, None if word is None else {"draft": word})
    return [(finding.page, finding.message) for finding in CHECK.run(file)]


# --- PDFs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", PDFS)
def test_the_word_is_on_every_page(draft: editions.Made, edition: str) -> None:
    """As pdfium reads it: each of the letters stands by itself on a slope, twice on a sheet of the booklet."""
    with pdfium.PdfDocument(content(draft, edition)) as pdf:
        count = len(pdf)
        for page in pdf:
            text = "".join(page.get_textpage().get_text_range().split())
            assert text.count(WORD) >= (2 if edition == "booklet" else 1), page
    assert count == {"print": 8, "booklet": 4, "screen": 8}[edition]


@pytest.mark.parametrize("edition", PDFS)
def test_the_word_runs_aslant_in_one_tint(draft: editions.Made, edition: str) -> None:
    with pikepdf.open(io.BytesIO(content(draft, edition))) as pdf:
        for page in pdf.pages:
            marks = [piece for piece in pdf_text.pieces(page, page.obj.Resources) if piece.angle]
            assert {(mark.text, mark.angle) for mark in marks} == {(WORD, 45)}
            assert len(marks) == (2 if edition == "booklet" else 1)


def test_a_voice_passes_over_the_mark(draft: editions.Made) -> None:
    """All that runs aslant is drawn as an artifact (ISO 32000-1, 14.8.2.2)."""
    with pikepdf.open(io.BytesIO(content(draft, "screen"))) as pdf:
        for page in pdf.pages:
            assert list(kinds(page)) == ["/Artifact"]


def kinds(page: pikepdf.Page) -> Iterator[str]:
    """What the marked content is, in which a page shows text aslant."""
    around: list[str] = []
    slants = [False]
    for instruction in pikepdf.parse_content_stream(page):
        match str(instruction.operator):
            case "BDC" | "BMC":
                around.append(str(instruction.operands[0]))
            case "EMC":
                around.pop()
            case "q":
                slants.append(slants[-1])
            case "Q":
                slants.pop()
            case "cm":
                slants[-1] = slants[-1] or abs(float(instruction.operands[1])) > 0.5
            case "TJ" if slants[-1]:
                yield around[-1]


@pytest.mark.parametrize("edition", PDFS)
def test_the_metadata_say_it(draft: editions.Made, finished: editions.Made, edition: str) -> None:
    with pikepdf.open(io.BytesIO(content(draft, edition))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "DRAFT: Small brochure – One chapter, one story"
        assert str(pdf.docinfo["/Keywords"]) == "draft, DRAFT"
        assert b"draft, DRAFT" in pdf.Root.Metadata.read_bytes()
    with pikepdf.open(io.BytesIO(content(finished, edition))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Small brochure – One chapter, one story"
        assert "/Keywords" not in pdf.docinfo


def test_the_cover_and_the_colophon_say_it_in_words(draft: editions.Made, finished: editions.Made) -> None:
    with pdfium.PdfDocument(content(draft, "screen")) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    assert NOTICE in texts[0] and "Translated by a machine" in texts[1]
    with pdfium.PdfDocument(content(finished, "screen")) as pdf:
        assert NOTICE not in "".join(page.get_textpage().get_text_range() for page in pdf)


def test_pdf_x_1a_needs_no_transparency_for_it(root: Path) -> None:
    spec = replace(publication.load(root).print, standard="pdf/x-1a")
    wish = replace(job(root, "en", drafted, print=spec), wanted=("print",))
    done = editions.make(wish, 1, lambda said: None)
    assert done.findings == ()
    with pikepdf.open(io.BytesIO(content(done, "print"))) as pdf:
        assert str(pdf.docinfo["/GTS_PDFXVersion"]) == "PDF/X-1a:2003"


@pytest.mark.parametrize("edition", PDFS)
def test_pages_without_the_word_are_found(finished: editions.Made, edition: str) -> None:
    said = found(content(finished, edition), edition, WORD)
    count = {"print": 8, "booklet": 4, "screen": 8}[edition]
    sides = 2 if edition == "booklet" else 1
    assert said == [
        (None, "the title does not begin with DRAFT"), (None, "the keywords do not say draft, DRAFT"),
        *((page, "DRAFT does not stand across the page") for page in range(1, count + 1) for _ in range(sides)),
    ]


def test_one_page_without_the_word_is_found(draft: editions.Made) -> None:
    with pikepdf.open(io.BytesIO(content(draft, "screen"))) as pdf:
        pdf.pages[3].obj.Contents = pdf.make_stream(b"BT ET")
        out = io.BytesIO()
        pdf.save(out)
    assert found(out.getvalue(), "screen", WORD) == [(4, "DRAFT does not stand across the page")]
    assert found(out.getvalue(), None, None) == [(4, "DRAFT does not stand across the page")], "what it claims itself"


@pytest.mark.parametrize("edition", PDFS)
def test_a_draft_is_passed_and_so_is_a_finished_file(
    draft: editions.Made, finished: editions.Made, edition: str
) -> None:
    assert found(content(draft, edition), edition, WORD) == found(content(draft, edition), None, None) == []
    assert found(content(finished, edition), edition, "") == found(content(finished, edition), None, None) == []


def test_an_upright_word_is_no_mark(finished: editions.Made) -> None:
    """The letters of DRAFT stand on every page; only what runs aslant counts."""
    with pikepdf.open(io.BytesIO(content(finished, "screen"))) as pdf:
        page = pdf.pages[3]
        words = "".join(piece.text for piece in pdf_text.pieces(page, page.obj.Resources))
    assert {"d", "r", "a", "f", "t"} <= set(words)


@pytest.mark.parametrize("code", ["ur", "ar", "th", "vi"])
def test_every_script_has_its_word_aslant(tmp_path: Path, code: str) -> None:
    root = languagekit.publication_in(tmp_path, code)
    wish = replace(job(root, code, drafted), wanted=("screen",))
    done = editions.make(wish, 1, lambda said: None)
    assert [finding for finding in done.findings if finding.check == CHECK.id] == []
    word = wish.printed.language.labels["draft"]
    file: PdfFile = open_pdf(io.BytesIO(content(done, "screen")), Path("x.pdf"), "screen", {"draft": word})
    slants = {
        piece.angle for page in file.pdf.pages for piece in pdf_text.pieces(page, page.obj.Resources) if piece.angle
    }
    assert slants == {315.0 if code in ("ur", "ar") else 45.0}, "it rises the way that one reads"


# --- EPUB -------------------------------------------------------------------------------------------------------------


def test_each_document_of_the_ebook_begins_with_it(draft: editions.Made, finished: editions.Made) -> None:
    with zipfile.ZipFile(io.BytesIO(content(draft, "epub"))) as book:
        names = [name for name in book.namelist() if name.endswith(".xhtml")]
        assert len(names) == 5
        for name in names:
            first = etree.fromstring(book.read(name)).find("{*}body/*")
            assert first is not None
            assert (first.get("role"), "".join(first.itertext())[:22]) == ("note", f"{WORD} {NOTICE}")
        package = book.read("EPUB/content.opf").decode()
    assert '<dc:title id="title">Small brochure (DRAFT)</dc:title>' in package
    assert '<meta property="schema:creativeWorkStatus">Draft</meta>' in package
    with zipfile.ZipFile(io.BytesIO(content(finished, "epub"))) as book:
        assert "creativeWorkStatus" not in book.read("EPUB/content.opf").decode()
        assert b'class="draft"' not in b"".join(book.read(name) for name in book.namelist())


def test_the_word_lies_across_the_picture_of_the_cover(draft: editions.Made, finished: editions.Made) -> None:
    shares = []
    for of in (draft, finished):
        with zipfile.ZipFile(io.BytesIO(content(of, "epub"))) as book, Image.open(
            io.BytesIO(book.read("EPUB/images/cover.png"))
        ) as picture:
            small = picture.convert("RGB").resize((148, 210))
        apart = ImageChops.difference(small, Image.new("RGB", small.size, MIST)).convert("L")
        shares.append(sum(apart.histogram()[:6]) / (148 * 210))
    assert shares[0] > 0.01 and shares[1] < 0.003


def test_a_document_without_it_is_found(draft: editions.Made, finished: editions.Made) -> None:
    def said(data: bytes, word: str | None) -> list[str]:
        file = open_epub(io.BytesIO(data), Path("x.epub"), None if word is None else {"draft": word})
        return [finding.message for finding in epub_draft.CHECK.run(file)]

    assert said(content(draft, "epub"), WORD) == said(content(draft, "epub"), None) == []
    assert said(content(finished, "epub"), "") == said(content(finished, "epub"), None) == []
    spoilt = without(content(draft, "epub"), "EPUB/chapter-first.xhtml", r'<p class="draft".*?</p>')
    assert said(spoilt, None) == ["EPUB/chapter-first.xhtml does not begin with DRAFT"]
    everywhere = said(content(finished, "epub"), WORD)
    assert everywhere[:2] == [
        "the title does not end in (DRAFT)",
        "the metadata do not say that it is a draft (schema:creativeWorkStatus)",
    ]
    assert len(everywhere) == 2 + 5


def without(data: bytes, name: str, pattern: str) -> bytes:
    """An EPUB with something cut from one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(out, "w") as copy:
        for info in book.infolist():
            text = book.read(info)
            if info.filename == name:
                text = re.sub(pattern, "", text.decode(), flags=re.DOTALL).encode()
            copy.writestr(info, text)
    return out.getvalue()


# --- the colophon -----------------------------------------------------------------------------------------------------


def facts(root: Path, change: Callable[[Book], Book]) -> list[tuple[str, str]]:
    """The terms and values of the colophon."""
    book = transforms.apply(change(sources.read(publication.load(root), "en")), "print")
    text = buildkit.lay_out(book).frame(buildkit.render(book).facts)
    tree = etree.HTML(text)
    pairs = zip(tree.iterfind(".//dl[@class='facts']/dt"), tree.iterfind(".//dl[@class='facts']/dd"), strict=True)
    return [("".join(term.itertext()), "".join(value.itertext())) for term, value in pairs]


def test_a_colophon_names_translator_and_reviewers_and_the_day_it_follows(root: Path) -> None:
    def translated(book: Book) -> Book:
        language = replace(
            book.language, origin="human", translator="Ada Lovelace", reviewers=("Grete Roede", "Nadia Khan"),
        )
        return replace(book, language=language, follows=dt.date(2026, 10, 3))

    said = facts(root, translated)
    assert said[3:6] == [
        ("Translated by", "Ada Lovelace"), ("Reviewed by", "Grete Roede, Nadia Khan"),
        ("Follows the original as of", "October 3, 2026"),
    ]


def test_a_draft_s_colophon_says_that_nobody_has_checked_it(root: Path) -> None:
    assert ("DRAFT", "Translated by a machine, not checked") in facts(root, drafted)


def test_the_original_s_colophon_says_nothing_of_translation(root: Path) -> None:
    said = dict(facts(root, lambda book: book))
    assert not {"DRAFT", "Translated by", "Reviewed by", "Follows the original as of"} & set(said)


def test_the_checks_run_on_what_is_built(draft: editions.Made) -> None:
    assert all(("epub-draft" if file.edition == "epub" else "pdf-draft") in file.checks for file in draft.files)
    ids = checks.on_built("screen", content(draft, "screen"), "en/x.pdf", {"draft": WORD, "pages": 8}).ids
    assert "pdf-draft" in ids
