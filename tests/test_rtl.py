"""A book that is read from the right: its pages, margins, sheets, pictures, tags, ebook, and what is copied from it."""

from __future__ import annotations

import contextlib
import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
import segno
from lxml import etree
from PIL import Image, ImageChops

import pdfkit
import rtlkit
from hefte import fragment
from hefte.checks import pdf_direction
from hefte.checks.epub import EPUB_CHECKS
from hefte.checks.epub_reading import open_epub
from hefte.checks.frame import PdfFile
from hefte.checks.pdf_reading import open_pdf
from hefte.renderers.pdf import letters

MM = 72 / 25.4
WIDTH, OUTER, INNER = 148 * MM, 17 * MM, 19 * MM


def page(content: bytes, number: int, per_mm: int = 2) -> Image.Image:
    """A picture of a page (from 1), so many pixels a millimetre."""
    with pdfium.PdfDocument(content) as pdf:
        picture: Image.Image = pdf[number - 1].render(scale=per_mm / MM).to_pil().convert("RGB")
    return picture


def colour(picture: Image.Image, x: float, y: float) -> tuple[int, int, int]:
    """Of a place in pixels."""
    red, green, blue = picture.crop((int(x), int(y), int(x) + 1, int(y) + 1)).tobytes()
    return red, green, blue


def near(found: tuple[int, ...], wanted: str) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(found, bytes.fromhex(wanted), strict=True))


# --- binding ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edition", "layout"), [("screen", "/SinglePage"), ("printed", "/TwoPageRight"), ("booklet", "/SinglePage")]
)
def test_every_file_says_that_its_pages_turn_from_the_right(edition: str, layout: str) -> None:
    with pikepdf.open(BytesIO(getattr(rtlkit, edition)("ar"))) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"
        assert pdf.Root.PageLayout == layout


@pytest.mark.parametrize(("edition", "bleed"), [("screen", 0.0), ("printed", 3 * MM)])
def test_margins_and_folios_lie_as_the_binding_on_the_right_wants(edition: str, bleed: float) -> None:
    """Page 4 is a right-hand page, bound at its left edge; page 5 lies on its left."""
    pages = rtlkit.seen(getattr(rtlkit, edition)("ar"))
    right_hand, left_hand = pages[3], pages[4]
    assert right_hand[-1].text == "4"
    assert right_hand[-1].right - bleed == pytest.approx(WIDTH - OUTER, abs=1)
    assert max(line.right for line in right_hand[5:-1]) - bleed == pytest.approx(WIDTH - OUTER, abs=1.5)
    assert min(line.left for line in right_hand[5:-1]) - bleed >= INNER - 1
    # the folio stands on the left edge of page 5, the running head at its spine
    assert re.fullmatch(r"5 ?30-40.*", left_hand[-1].text)
    assert left_hand[-1].left - bleed == pytest.approx(OUTER, abs=1)
    assert left_hand[-1].right - bleed == pytest.approx(WIDTH - INNER, abs=1)
    assert max(line.right for line in left_hand[:6]) - bleed == pytest.approx(WIDTH - INNER, abs=1.5)


def test_the_booklets_first_side_has_the_cover_on_its_left() -> None:
    (first, *_) = rtlkit.seen(rtlkit.booklet("ar"))
    middle = 297 / 2 * MM
    assert [line.right < middle for line in first if "21-22" in line.text] == [True]
    with pdfium.PdfDocument(rtlkit.booklet("ar")) as pdf:
        text = pdf[0].get_textpage()
        back = text.get_text_bounded(left=middle, bottom=0, right=2 * middle, top=600)
    assert "123" in back and "21" not in back


def test_a_file_that_turns_the_wrong_way_is_found() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(rtlkit.screen("ar"))) as pdf:
        del pdf.Root.ViewerPreferences.Direction
        pdf.save(out)
    for content, said in ((rtlkit.screen("ar"), []), (out.getvalue(), ["the pages turn L2R, and ar wants R2L"])):
        with open_pdf(BytesIO(content), Path("talk-ar-screen.pdf"), "screen", None).pdf as pdf:
            found = pdf_direction.CHECK.run(PdfFile(Path("talk-ar-screen.pdf"), pdf, "screen"))
            assert [finding.message for finding in found] == said


# --- what is drawn ----------------------------------------------------------------------------------------------------

ROSE, DUSK = "c9705f", "e9d3c4"


def test_the_cover_and_the_openers_are_mirrored() -> None:
    cover, opener = page(rtlkit.screen("ar"), 1), page(rtlkit.screen("ar"), 4)
    # the motif is 154 mm wide with its bleed of 3 mm; read from the left, its discs stand at 97 and 52.5 mm
    for x, y, wanted in ((154 - 97 - 3, 114, ROSE), (154 - 52.5 - 3, 126, DUSK)):
        assert near(colour(cover, 2 * x, 2 * y), wanted), (x, y)
    assert near(colour(opener, 2 * (154 - 124 - 3), 2 * 6), DUSK)


def test_the_code_is_not_mirrored() -> None:
    """Module by module as segno made it: a mirrored code is refused by many readers."""
    of = rtlkit.book("ar")
    rows = [list(row) for row in segno.make_qr(of.publication.source_url, error="m").matrix_iter(border=4)]
    count = len(rtlkit.rendering("ar").starts)
    picture = page(rtlkit.screen("ar"), count, per_mm=12)
    left, top, step = 148 - 17 - 30, 165, 30 / len(rows)
    seen = [
        [int(sum(colour(picture, (left + (x + 0.5) * step) * 12, (top + (y + 0.5) * step) * 12)) < 384)
         for x in range(len(rows))]
        for y in range(len(rows))
    ]
    assert seen == rows
    assert seen != [row[::-1] for row in rows]


def test_lists_tables_and_the_contents_begin_on_the_right() -> None:
    pages = rtlkit.seen(rtlkit.screen("ar"))
    texts = [line.text for page in pages for line in page]
    assert [text for text in texts if "13-14" in text and text.rstrip().endswith("•")]
    assert [text for text in texts if re.fullmatch(r"\+47\s22\s11\s33\s44 ?15-16", text)]
    entry = next(line for line in pages[2] if "10-20" in line.text)
    assert entry.text.endswith("4") and entry.right == pytest.approx(WIDTH - INNER, abs=1.5)


def test_the_mark_of_a_story_stands_where_its_text_begins() -> None:
    from dataclasses import replace

    from hefte import house, layout
    from hefte.renderers import pages
    from hefte.renderers.pdf import screen

    of = rtlkit.book("ar")
    story = '<aside class="story" id="s" lang="{0}" dir="{1}"><p data-key="s.1">{2}</p></aside>'
    right, left = WIDTH - OUTER - 2 * MM, INNER + 2 * MM
    for language, direction, words, at in (("ar", "rtl", "نعم", right), ("nb", "ltr", "Ja", left)):
        body = story.format(language, direction, words)
        book = replace(of, chapters=(replace(of.chapters[0], body=body),))
        folders = layout.folders(of.publication.root)
        theme = layout.for_language(layout.load_theme(folders, (house.assets(),)), "ar")
        given = {"assets": house.assets(), "layouts": house.layouts()}
        laid_out = pages.render(layout.lay_out(book, theme, folders), "ar", of.publication.root, given)
        content = screen.write(laid_out.document, **rtlkit.about("ar"))
        picture = page(content, 4)
        line = next(one for one in rtlkit.seen(content)[3] if one.text in (words, words[::-1]))
        row = int((210 * MM - line.bottom) / MM - 7) * 2
        places = [(x, y) for x in range(picture.width) for y in range(row - 6, row + 4)]
        columns = [x for x, y in places if near(colour(picture, x, y), ROSE)]
        assert columns and abs(sum(columns) / len(columns) / 2 * MM - at) < 3 * MM, language


# --- tags -------------------------------------------------------------------------------------------------------------


def test_tags_say_which_way_a_block_is_written() -> None:
    body = '<p>نعم</p><aside class="story" lang="nb" dir="ltr"><p>Ja.</p><p lang="ar" dir="rtl">نعم</p></aside>'
    pdf = pdfkit.opened(
        pdfkit.write_screen(
            pdfkit.lay_out(body, rtlkit.VAZIRMATN, lang="ar", direction="rtl"), language="ar", direction="rtl",
        )
    )
    (top,) = pdf.Root.StructTreeRoot.K

    def modes(element: pikepdf.Object) -> list[tuple[str, str]]:
        kids = [kid for kid in element.get("/K", []) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        own = [(str(element.S), str(element.A.WritingMode))] if "/A" in element and "/WritingMode" in element.A else []
        return own + [each for kid in kids for each in modes(kid)]

    assert modes(top) == [("/Document", "/RlTb"), ("/Art", "/LrTb"), ("/P", "/RlTb")]


# --- the ebook --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", rtlkit.LANGUAGES)
def test_the_ebook_is_read_from_the_right_throughout(language: str) -> None:
    content = rtlkit.ebook(language)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        package = etree.fromstring(archive.read("EPUB/content.opf"))
        documents = {n: etree.fromstring(archive.read(n)) for n in archive.namelist() if n.endswith(".xhtml")}
    assert package.xpath("string(*[local-name() = 'spine']/@page-progression-direction)") == "rtl"
    assert sorted(Path(name).stem for name in documents) == ["chapter-talk", "colophon", "cover", "help", "nav"]
    for name, root in documents.items():
        assert root.get("dir") == "rtl", name
        assert root.xpath("string(*[local-name() = 'body']/@dir)") == "rtl", name
        assert not root.xpath("//*[@dir='ltr']//*[@dir='ltr']"), name
    epub = open_epub(BytesIO(content), Path("talk.epub"), None)
    checks = [check for check in EPUB_CHECKS if check.id in ("epub-direction", "epub-page-list")]
    assert [finding for check in checks for finding in check.run(epub)] == []


# --- what is copied and read aloud ------------------------------------------------------------------------------------


def words(language: str) -> set[str]:
    """The words of the book's chapters in the language's own letters, without what stands beside them."""
    of = rtlkit.book(language)
    trees = [fragment.parse(text.body) for text in (*of.chapters, *of.matter.values())]
    said = " ".join(piece for tree in trees for piece in tree.itertext())
    return set(re.findall(r"[\u0620-\u065f\u066e-\u06d3\u06fa-\u06ff]+", said))


@pytest.mark.parametrize("edition", ["screen", "printed"])
@pytest.mark.parametrize("language", rtlkit.LANGUAGES)
def test_the_letters_come_out_in_the_order_in_which_they_are_read(language: str, edition: str) -> None:
    with pdfium.PdfDocument(getattr(rtlkit, edition)(language)) as pdf:
        said = " ".join(each.get_textpage().get_text_range() for each in pdf)
    assert {word for word in words(language) if word not in said} == set()


@pytest.mark.parametrize("language", rtlkit.LANGUAGES)
def test_poppler_reads_the_same(language: str, tmp_path: Path) -> None:
    said = said_by_poppler(rtlkit.screen(language), tmp_path)
    assert {word for word in words(language) if word not in said} == set()


LATIN = '<p lang="en" dir="ltr">Amy Brown (2019): [see] {both} here</p>'
ARABIC = "<p>نعم (نعم) «نعم» [نعم] {نعم}</p>" + "<p>نعم نعم نعم نعم</p>" * 3
"""More of it than of the Latin text: Poppler asks what most letters of a page are."""


def said_by_poppler(content: bytes, folder: Path) -> str:
    """The text, without the marks of direction that Poppler puts around it."""
    (folder / "a.pdf").write_bytes(content)
    said = subprocess.run(["pdftotext", folder / "a.pdf", "-"], capture_output=True, check=True).stdout.decode()
    return re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", said)


@pytest.mark.parametrize("body", [LATIN + ARABIC, ARABIC + LATIN], ids=["Latin first", "Arabic first"])
def test_brackets_come_out_as_they_were_written(body: str, tmp_path: Path) -> None:
    """One glyph closes a bracket here and opens one there, and each reader takes its text as it stands."""
    laid_out = pdfkit.lay_out(body, rtlkit.VAZIRMATN, lang="ar", direction="rtl")
    content = pdfkit.write_screen(laid_out, language="ar", direction="rtl")
    lines = said_by_poppler(content, tmp_path).splitlines()
    assert {"Amy Brown (2019): [see] {both} here", "نعم (نعم) «نعم» [نعم] {نعم}"} <= set(lines)
    assert "Amy Brown (2019): [see] {both} here" in [line.text for line in rtlkit.seen(content)[0]]


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_letters_put_together_look_as_they_were_drawn(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from hefte.renderers.pdf import screen

    document, about = rtlkit.rendering(language).document, rtlkit.about(language)
    told = screen.write(document, **about)
    monkeypatch.setattr(letters, "told", contextlib.nullcontext)
    plain = screen.write(document, **about)
    assert told != plain
    for number in range(1, len(document.pages) + 1):
        difference = ImageChops.difference(page(told, number, 6).convert("L"), page(plain, number, 6).convert("L"))
        # a place rounded to a unit of the font: the rim of a letter, never a dot that is elsewhere
        assert sum(difference.histogram()[160:]) < 60, number


def test_latin_text_is_written_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    written = pdfkit.write_screen(pdfkit.document())
    monkeypatch.setattr(letters, "told", contextlib.nullcontext)
    assert pdfkit.write_screen(pdfkit.document()) == written
