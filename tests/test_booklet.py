"""The imposed booklet: which page stands where, how far it creeps, what stays empty, what the printer is told."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pdfkit
from hefte.errors import SourceError
from hefte.renderers.pdf import booklet
from hefte.renderers.pdf.booklet import Side, imposition

PT_PER_MM = 72 / 25.4


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


# --- the order ------------------------------------------------------------------------------------------------------


def test_twelve_pages_from_left_to_right() -> None:
    assert imposition(12, "ltr") == [(12, 1), (2, 11), (10, 3), (4, 9), (8, 5), (6, 7)]


def test_twelve_pages_from_right_to_left() -> None:
    assert imposition(12, "rtl") == [(1, 12), (11, 2), (3, 10), (9, 4), (5, 8), (7, 6)]


@pytest.mark.parametrize(
    ("pages", "sides"),
    [
        (0, []),
        (1, [(None, 1), (None, None)]),
        (4, [(4, 1), (2, 3)]),
        (6, [(None, 1), (2, None), (6, 3), (4, 5)]),
    ],
)
def test_missing_pages_are_blank_at_the_end(pages: int, sides: list[Side]) -> None:
    assert imposition(pages, "ltr") == sides


def read_through(sides: list[Side], direction: str) -> list[int | None]:
    """The pages as somebody turns them in the folded booklet: into the middle and out again."""
    first, second = (1, 0) if direction == "ltr" else (0, 1)
    outer, inner = sides[::2], sides[1::2]
    into = [page for front, back in zip(outer, inner, strict=True) for page in (front[first], back[second])]
    out = [
        page
        for front, back in zip(reversed(outer), reversed(inner), strict=True)
        for page in (back[first], front[second])
    ]
    return [*into, *out]


@given(st.integers(0, 400), st.sampled_from(["ltr", "rtl"]))
def test_folded_it_reads_in_order(pages: int, direction: str) -> None:
    read = read_through(imposition(pages, direction), direction)
    assert len(read) % 4 == 0
    assert read == [*range(1, pages + 1), *[None] * (len(read) - pages)]


@given(st.integers(1, 100).map(lambda sheets: 4 * sheets), st.sampled_from(["ltr", "rtl"]))
def test_a_side_holds_a_verso_and_a_recto_that_add_up(pages: int, direction: str) -> None:
    for left, right in imposition(pages, direction):
        assert left is not None and right is not None
        assert left + right == pages + 1
        recto = right if direction == "ltr" else left
        assert recto % 2 == 1


# --- the sheets -----------------------------------------------------------------------------------------------------


def halves(content: bytes) -> list[tuple[str, str]]:
    """The folio in the left and the right half of each side; `cover` for the cover, which has none."""
    rows = []
    for page in pypdfium2.PdfDocument(content):
        width, height = page.get_size()
        texts = page.get_textpage()
        left = texts.get_text_bounded(left=0, bottom=0, right=width / 2, top=height)
        right = texts.get_text_bounded(left=width / 2, bottom=0, right=width, top=height)
        rows.append((_folio(left), _folio(right)))
    return rows


def _folio(text: str) -> str:
    if "Ørene" in text:
        return "cover"
    return text.split()[-1] if text.strip() else ""


def test_each_page_lands_in_its_half() -> None:
    assert halves(pdfkit.booklet_bytes()) == [
        ("12", "cover"),
        ("2", "11"),
        ("10", "3"),
        ("4", "9"),
        ("8", "5"),
        ("6", "7"),
    ]


def test_from_right_to_left_the_cover_is_on_the_left() -> None:
    assert halves(pdfkit.impose(pdfkit.print_bytes(), direction="rtl"))[:2] == [("cover", "12"), ("11", "2")]


def test_a_foreign_page_count_is_filled_up() -> None:
    with opened(pdfkit.print_bytes()) as pdf:
        del pdf.pages[6:]
        out = io.BytesIO()
        pdf.save(out)
    assert halves(pdfkit.impose(out.getvalue())) == [("", "cover"), ("2", ""), ("6", "3"), ("4", "5")]


def placements(content: bytes, side: int) -> dict[str, tuple[list[float], list[float]]]:
    """Per page on a side (from 1): the clip (x, y, width, height) and the shift (x, y) of its form, pt."""
    with opened(content) as pdf:
        found, clip, shift = {}, [0.0], [0.0]
        for *operands, operator in (op.split() for op in pdfkit.operators(pdf, side)):
            if operator == "re":
                clip = [float(value) for value in operands]
            elif operator == "cm":
                shift = [float(value) for value in operands[4:]]
            elif operator == "Do":
                found[operands[0]] = (clip, shift)
        return found


def test_pages_meet_at_the_spine_and_inner_sheets_creep_towards_it() -> None:
    content = pdfkit.impose(pdfkit.print_bytes(), creep_mm=0.5)
    # A4 is 841.890 pt wide: the spine is at 420.945. A page is 419.528 wide, its trim begins at 8.504.
    right = [placements(content, side)[f"/Page{page}"][1][0] for side, page in ((1, 1), (3, 3), (5, 5))]
    left = [placements(content, side)[f"/Page{page}"][1][0] for side, page in ((1, 12), (3, 10), (5, 8))]
    step = 0.5 * PT_PER_MM
    assert right == pytest.approx([412.441, 412.441 - step, 412.441 - 2 * step], abs=0.002)
    assert left == pytest.approx([-7.087, -7.087 + step, -7.087 + 2 * step], abs=0.002)
    # Both sides of a sheet move alike, or the pages would not lie back to back.
    assert placements(content, 4)["/Page9"][1] == placements(content, 3)["/Page3"][1]


def test_creep_grows_from_sheet_to_sheet() -> None:
    assert booklet.creep(imposition(12, "ltr"), 0.1) == pytest.approx([0, 0, 0.1, 0.1, 0.2, 0.2])


def test_the_outer_five_millimetres_stay_empty() -> None:
    (left, _), (right, _) = (placements(pdfkit.booklet_bytes(), 1)[name] for name in ("/Page12", "/Page1"))
    edge = 5 * PT_PER_MM
    assert left == pytest.approx([edge, edge, 420.945 - edge, 595.276 - 2 * edge], abs=0.001)
    assert right == pytest.approx([420.945, edge, 420.945 - edge, 595.276 - 2 * edge], abs=0.001)
    picture = pypdfium2.PdfDocument(pdfkit.booklet_bytes())[0].render(scale=1).to_pil()
    # The cover's ground is plum up to the right half's edge, which stays white.
    assert picture.getpixel((800, 300)) != (255, 255, 255)
    for x, y in ((835, 300), (600, 5), (600, 590)):
        assert picture.getpixel((x, y)) == (255, 255, 255)


# --- what it says to the printer --------------------------------------------------------------------------------------


def test_the_print_dialogue_is_filled_in() -> None:
    with opened(pdfkit.booklet_bytes()) as pdf:
        preferences = pdf.Root.ViewerPreferences
        assert preferences.Duplex == "/DuplexFlipShortEdge"
        assert preferences.PrintScaling == "/None"
        assert preferences.Direction == "/L2R"
        assert pdf.pdf_version == "1.7"
        assert [[round(float(corner), 2) for corner in page.obj.MediaBox] for page in pdf.pages] == [
            [0, 0, 841.89, 595.28]
        ] * 6
    with opened(pdfkit.impose(pdfkit.print_bytes(), direction="rtl")) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"


def test_inks_and_intent_are_kept_and_the_label_is_not() -> None:
    with opened(pdfkit.booklet_bytes()) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert intent.DestOutputProfile.read_bytes() == pdfkit.PROFILE.read_bytes()
        assert b"GTS_PDFX" not in pdf.Root.Metadata.read_bytes()
        assert "/GTS_PDFXVersion" not in pdf.docinfo
        forms = [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"]
        assert len([form for form in forms if "/PieceInfo" not in form]) == 12
        assert not any(str(one.operator) == "rg" for form in forms for one in pikepdf.parse_content_stream(form))


def test_fonts_are_shared_by_the_pages() -> None:
    def files(content: bytes) -> int:
        with opened(content) as pdf:
            return sum("/FontFile2" in item for item in pdf.objects if isinstance(item, pikepdf.Dictionary))

    assert files(pdfkit.booklet_bytes()) == files(pdfkit.print_bytes()) == 4


def test_the_file_says_what_it_is() -> None:
    with opened(pdfkit.impose(pdfkit.print_bytes(), title="Sorg & trøst", language="nn")) as pdf:
        assert str(pdf.Root.Lang) == "nn"
        assert str(pdf.docinfo["/Title"]) == "Sorg & trøst"
        assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"]) == "D:20261122000000Z"
        with pdf.open_metadata() as xmp:
            assert (xmp["dc:title"], xmp["xmp:CreatorTool"]) == ("Sorg & trøst", "hefte")


# --- the same bytes, and bad input ------------------------------------------------------------------------------------


def test_the_same_bytes_again_and_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        assert pdfkit.impose(pdfkit.print_bytes()) == pdfkit.booklet_bytes()
    finally:
        monkeypatch.undo()
        time.tzset()


def test_pages_that_do_not_fit_are_refused() -> None:
    with opened(pdfkit.print_bytes()) as pdf:
        pdf.pages[4].obj.TrimBox = [0, 0, 595, 842]
        out = io.BytesIO()
        pdf.save(out)
    with pytest.raises(SourceError, match="page 5 is 210 × 297 mm, too large for half a sheet of A4"):
        pdfkit.impose(out.getvalue())


@pytest.mark.parametrize("content", [b"", b"not a PDF", b"%PDF-1.6\ntrailer<<>>"])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(SourceError, match="the print file cannot be read"):
        pdfkit.impose(content)
