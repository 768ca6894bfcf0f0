"""The checks of finished PDFs: silent on good files; booklet, screen and anybody's files; damage is no crash."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Dictionary, Pdf, String

from hefte.checks import on_file
from hefte.checks import pdf as checks
from hefte.checks.frame import PdfFile
from hefte.checks.pdf import PDF_CHECKS
from hefte.errors import SourceError
from hefte.model import Severity
from pdf_faults import (
    GOOD,
    Found,
    Mutation,
    after,
    both,
    content,
    drawn,
    drawn_in,
    forget,
    form,
    found,
    icc,
    links,
    on_page,
    on_root,
    pages,
    resource,
    tags,
    without,
    xmp,
)

FIXTURES = Path(__file__).parent / "fixtures" / "pdf"
PLAIN = (FIXTURES / "plain.pdf").read_bytes()
X, FONT_ID, RGB, TAGGED = "pdf-x", "pdf-font", "pdf-rgb", "pdf-tagged"

# --- good files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", GOOD)
def test_good_files_are_passed_in_silence(edition: str) -> None:
    assert after(edition, lambda pdf: None) == []


@pytest.mark.parametrize("edition", GOOD)
def test_good_files_are_good_for_anybody(edition: str) -> None:
    assert after(edition, lambda pdf: None, foreign=True) == []


@pytest.mark.parametrize("edition", GOOD)
def test_our_editions_are_known_again(edition: str) -> None:
    file = checks.open_pdf(io.BytesIO(GOOD[edition]()), Path("x.pdf"))
    assert (file.edition, checks.edition_of(file)) == (None, edition)


def test_ids_are_unique_and_each_check_says_why() -> None:
    assert len({check.id for check in PDF_CHECKS}) == len(PDF_CHECKS)
    for check in PDF_CHECKS:
        assert check.id.startswith("pdf-") or check.id == "edition-parity"
        assert check.rationale.endswith(".") and check.source and check.remedy and check.title


# --- booklet ----------------------------------------------------------------------------------------------------------


BOOKLET_FAULTS: dict[str, tuple[Mutation, list[Found]]] = {
    "half a sheet": (
        pages(5),
        [
            ("pdf-page-count", None, "there are 5 sides of sheets, which is not a multiple of 2"),
            ("pdf-page-count", None, "there are 5 pages, and 6 were laid out"),
        ],
    ),
    "RGB": (content("1 0 0 rg 50 50 9 9 re f"), [(RGB, 1, "an area in DeviceRGB 1 0 0")]),
    "no intent": (without("Root.OutputIntents"), [("pdf-output-intent", None, "there is no output intent for PDF/X")]),
}


@pytest.mark.parametrize("fault", BOOKLET_FAULTS)
def test_a_fault_in_the_booklet_is_found(fault: str) -> None:
    mutate, expected = BOOKLET_FAULTS[fault]
    assert after("booklet", mutate) == expected


# --- screen -----------------------------------------------------------------------------------------------------------

SCREEN_FAULTS: dict[str, tuple[Mutation, list[Found]]] = {
    "no tags": (
        both(without("Root.StructTreeRoot"), without("Root.MarkInfo")),
        [
            (TAGGED, None, "there are no tags"),
            (TAGGED, None, "the file does not say that it is tagged (MarkInfo)"),
        ],
    ),
    "no language": (without("Root.Lang"), [(TAGGED, None, "the file does not name its language")]),
    "another language": (on_root("/Lang", String("en")), [(TAGGED, None, "the file says that it is in en, not nb")]),
    "no title": (xmp("dc:title", "dc:other"), [(TAGGED, None, "there is no title")]),
    "the file's name shown": (
        without("Root.ViewerPreferences.DisplayDocTitle"),
        [
            (TAGGED, None, "readers show the file's name instead of its title (DisplayDocTitle)"),
        ],
    ),
    "no claim": (xmp("pdfuaid:part", "pdfuaid:other"), [(TAGGED, None, "the file does not claim to be PDF/UA-1")]),
    "tab order": (
        lambda pdf: forget("/Tabs")(pdf.pages[1].obj),
        [
            (TAGGED, 2, "the tab key does not follow the reading order (Tabs)"),
        ],
    ),
    "a nameless link": (links(forget("/Contents")), [(TAGGED, 2, "a link has no name (Contents)")]),
    "a link outside the tags": (links(forget("/StructParent")), [(TAGGED, 2, "a link stands outside the tags")]),
    "a figure without words": (tags("/Figure", forget("/Alt")), [(TAGGED, 5, "a figure has no alternative text")]),
    "no bookmarks": (
        without("Root.Outlines"),
        [
            ("pdf-bookmarks", None, "there are 0 bookmarks for 9 headings of the first level"),
        ],
    ),
    "a bookmark to nowhere": (
        lambda pdf: forget("/Dest")(pdf.Root.Outlines.First),
        [
            ("pdf-bookmarks", None, "the bookmark Ørene på kryss leads nowhere"),
        ],
    ),
    "a larger page": (
        on_page("/MediaBox", [-9, -9, 430, 605], 4),
        [("pdf-boxes", 4, "the page is larger than its trim")],
    ),
}


@pytest.mark.parametrize("fault", SCREEN_FAULTS)
def test_a_fault_in_the_screen_file_is_found(fault: str) -> None:
    mutate, expected = SCREEN_FAULTS[fault]
    assert after("screen", mutate) == expected


# --- anybody's files --------------------------------------------------------------------------------------------------


def test_a_foreign_file_is_asked_for_its_fonts_and_for_nothing_that_it_does_not_claim() -> None:
    file = checks.open_pdf(FIXTURES / "plain.pdf", FIXTURES / "plain.pdf")
    assert checks.edition_of(file) is None
    assert found(file) == [("pdf-font", None, "the font Helvetica is not embedded")]


def test_a_file_without_pages_is_told_so_once(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    with pikepdf.Pdf.new() as pdf:
        pdf.save(path)
    look = on_file(path)
    assert [(one.check, one.severity, one.message) for one in look.findings] == [
        ("pdf-damage", Severity.ERROR, "the file has no pages")
    ]


def test_a_file_that_pdfium_alone_cannot_read_is_told_so_once() -> None:
    whole = checks.open_pdf(FIXTURES / "plain.pdf", Path("x.pdf"))
    broken = replace(whole, source=b"%PDF-1.7\nnothing")
    said = [(one.check, one.message) for check in PDF_CHECKS for one in check.run(broken) if "PDFium" in one.message]
    assert said == [("pdf-unseen", "page 1 was not looked at: PDFium cannot read the file (Failed to load document "
                     "(PDFium: Data format error))")]


def test_a_foreign_pdf_x4_may_have_rgb_with_a_profile_and_none_without() -> None:
    assert after("print", drawn_in(icc(3), "1 0 0"), foreign=True) == []
    by_default = both(resource("/ColorSpace", "/DefaultRGB", icc(3)), content("1 0 0 rg 50 50 9 9 re f"))
    assert after("print", by_default, foreign=True) == []
    assert after("print", content("1 0 0 rg 50 50 9 9 re f"), foreign=True) == [(RGB, 1, "an area in DeviceRGB 1 0 0")]


def test_a_foreign_pdf_ua_is_asked_for_its_tags() -> None:
    assert after("screen", without("Root.Lang"), foreign=True) == [
        (TAGGED, None, "the file does not name its language")
    ]


def test_what_is_no_pdf_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "garbage.pdf"
    path.write_bytes(b"this is not a PDF")
    with pytest.raises(SourceError) as refused:
        checks.open_pdf(path, path)
    assert refused.value.line(tmp_path).startswith("garbage.pdf:1: garbage.pdf is not a PDF that can be read (")
    assert refused.value.line(tmp_path).endswith("; export it again")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone\.pdf cannot be read: No such file or directory"):
        checks.open_pdf(tmp_path / "gone.pdf", tmp_path / "gone.pdf")


def test_a_locked_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    with pikepdf.open(FIXTURES / "plain.pdf") as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(SourceError, match=r"locked\.pdf is locked with a password"):
        checks.open_pdf(path, path)


@pytest.mark.parametrize("edition", GOOD)
def test_a_damaged_file_of_ours_is_no_crash_either(edition: str) -> None:
    with pikepdf.open(io.BytesIO(GOOD[edition]())) as pdf:
        pdf.pages[0].obj.MediaBox = String("no box")
        file = PdfFile(Path("x.pdf"), pdf, edition)
        assert ("pdf-damage", None) in [row[:2] for row in found(file)]


def test_damaged_content_is_a_finding() -> None:
    rows = after("print", content("q /Gone Do Q", 2), foreign=True)
    assert [row[:2] for row in rows] == [("pdf-damage", 2)]
    assert rows[0][2].startswith("operator Do: ")


def test_a_file_that_had_to_be_repaired_is_told() -> None:
    file = checks.open_pdf(io.BytesIO(PLAIN[:-60]), Path("cut.pdf"))
    assert found(file)[:2] == [
        ("pdf-damage", None, "the file had to be repaired: file is damaged"),
        ("pdf-damage", None, "the file had to be repaired: can't find startxref"),
    ]


def test_forms_that_draw_each_other_come_to_an_end() -> None:
    def mutate(pdf: Pdf) -> None:
        one = form("/Me Do /Me Do")(pdf)
        one.Resources = Dictionary(XObject=Dictionary(Me=one))
        drawn(lambda _: one)(pdf)

    with pytest.raises(SourceError) as caught:
        after("print", mutate, foreign=True)
    assert caught.value.what == "page 1 paints more than anybody can look at"


@given(
    st.lists(st.tuples(st.integers(0, len(PLAIN) - 1), st.integers(0, 255)), max_size=12), st.integers(0, len(PLAIN))
)
def test_no_damage_ends_in_a_traceback(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(PLAIN)
    for place, value in changes:
        data[place] = value
    for damaged in (bytes(data), bytes(data[:length])):
        try:
            file = checks.open_pdf(io.BytesIO(damaged), Path("x.pdf"))
        except SourceError:
            continue
        for finding in checks.run(file):
            assert finding.check.startswith("pdf-")
