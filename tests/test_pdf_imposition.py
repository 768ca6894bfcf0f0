"""A booklet's sheets: silent where they fold into the right order, and found where they do not."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

import pdfkit
from hefte.checks import pdf as checks
from hefte.checks import pdf_imposition, pdf_sheets
from hefte.model import Severity
from hefte.renderers.pdf import booklet
from pdf_faults import Mutation, after, both, content, on_root

ID = "pdf-imposition"
FLIP = Dictionary(Duplex=Name.DuplexFlipShortEdge)
FOREIGN = [False, True]


def findings(pdf: Pdf, edition: str | None = None, **expect: Any) -> list[tuple[Severity, int | None, str]]:
    """What the check finds in a file: severity, page, message."""
    out = io.BytesIO()
    pdf.save(out)
    file = checks.open_pdf(out, Path("x.pdf"), edition, expect or None)
    return [(one.severity, one.page, one.message) for one in pdf_imposition.CHECK.run(file)]


def sides(pdf: Pdf, *order: int) -> None:
    """The same sheets with their sides in another order, counted from 0."""
    held = [(page.obj.Contents, page.obj.Resources) for page in pdf.pages]
    for page, source in zip(pdf.pages, order, strict=True):
        page.obj.Contents, page.obj.Resources = held[source]


def halves(*sides: int) -> Mutation:
    """What stands on the left of these sides goes to their right, and the other way round."""

    def mutate(pdf: Pdf) -> None:
        for side in sides:
            page = pdf.pages[side]
            lines = page.obj.Contents.read_bytes().split(b"Q\n")
            left, right = (line.split(b" cm ")[-1] for line in lines[:2])
            swapped = lines[0].replace(left, right) + b"Q\n" + lines[1].replace(right, left) + b"Q\n"
            page.obj.Contents = pdf.make_stream(swapped)

    return mutate


FAULTS: dict[str, tuple[Mutation, list[tuple[int | None, str]]]] = {
    "two sides swapped": (
        lambda pdf: sides(pdf, 0, 2, 1, 3, 4, 5),
        [
            (2, "this side shows pages 10 and 3, and 2 and 11 belong on it"),
            (3, "this side shows pages 2 and 11, and 10 and 3 belong on it"),
        ],
    ),
    "the halves of a side swapped": (
        halves(3),
        [(4, "this side shows pages 9 and 4, and 4 and 9 belong on it")],
    ),
    "the wrong direction": (
        halves(0, 1, 2, 3, 4, 5),
        [(None, "the sheets are laid out for reading from right to left, and the text is read from left to right")],
    ),
    "another language": (
        on_root("/Lang", pikepdf.String("ar")),
        [(None, "the sheets are laid out for reading from left to right, and the text is read from right to left")],
    ),
    "no word of both sides": (
        on_root("/ViewerPreferences", Dictionary()),
        [(None, "the file does not ask to be printed on both sides, flipped on the short edge")],
    ),
    "one side only": (
        on_root("/ViewerPreferences", Dictionary(Duplex=Name.Simplex)),
        [(None, "the file does not ask to be printed on both sides, flipped on the short edge")],
    ),
    "the long edge": (
        on_root("/ViewerPreferences", Dictionary(Duplex=Name.DuplexFlipLongEdge)),
        [(None, "the sheets are to be flipped on the long edge: every second page will stand on its head")],
    ),
    "ink at the sheet's edge": (
        content("0 0 0 0.5 k 300 2 9 9 re f", 3),
        [(3, "something is printed 0.7 mm from the sheet's edge, where 5 mm are to stay empty")],
    ),
    "ink beyond the sheet": (
        content("0 0 0 0.5 k -5 300 90 9 re f", 3),
        [(3, "something is printed 0.0 mm from the sheet's edge, where 5 mm are to stay empty")],
    ),
}


@pytest.mark.parametrize("foreign", FOREIGN)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_booklet_that_folds_wrongly_is_found(fault: str, foreign: bool) -> None:
    mutate, expected = FAULTS[fault]
    severity = Severity.WARNING if foreign else Severity.ERROR
    with pdfkit.opened(pdfkit.booklet_bytes()) as pdf:
        mutate(pdf)
        found = findings(pdf) if foreign else findings(pdf, "booklet", pages=6)
    assert found == [(severity, page, message) for page, message in expected]


def test_the_covers_carry_no_number_and_are_told_by_what_was_imposed() -> None:
    """In ours alone: anybody's sheets have other names."""
    message = "this side shows pages 1 and 12, and 12 and 1 belong on it"
    assert after("booklet", halves(0)) == [(ID, 1, message)]


@pytest.mark.parametrize("foreign", FOREIGN)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_booklet_in_either_direction_is_passed(direction: str, foreign: bool) -> None:
    language = "ar" if direction == "rtl" else "nb"
    data = pdfkit.impose(pdfkit.print_bytes(), direction=direction, language=language)
    with pdfkit.opened(data) as pdf:
        assert (findings(pdf) if foreign else findings(pdf, "booklet", pages=6, language=language)) == []


def test_white_at_the_sheets_edge_is_no_ink() -> None:
    assert after("booklet", content("0 0 0 0 k 0 0 900 900 re f", 3)) == []


@pytest.mark.parametrize("pages", [4, 8, 12, 16])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_where_pages_belong_is_what_the_imposition_does(pages: int, direction: str) -> None:
    """Both were worked out on their own."""
    expected = booklet.imposition(pages, direction)
    seen = [tuple(pdf_sheets.belongs((side, half), pages, direction) for half in (0, 1)) for side in range(pages // 2)]
    assert seen == expected


# --- anybody's sheets: told by the numbers on them alone --------------------------------------------------------------


def sheets(*numbers: tuple[str, str], size: tuple[int, int] = (842, 595), preferences: Any = FLIP) -> Pdf:
    """A file whose sides show these numbers at the foot of each half."""
    pdf = Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for pair in numbers:
        page = pdf.add_blank_page(page_size=size)
        page.obj.Resources = Dictionary(Font=Dictionary(F=font))
        left, right = (f"BT /F 9 Tf {x} 30 Td" for x in (size[0] / 4, size[0] * 3 / 4))
        page.obj.Contents = pdf.make_stream(f"{left} ({pair[0]}) Tj ET {right} ({pair[1]}) Tj ET".encode())
    pdf.Root.ViewerPreferences = preferences
    return pdf


FOLDS = [("8", "1"), ("2", "7"), ("6", "3"), ("4", "5")]


def test_a_foreign_booklet_that_folds_is_passed() -> None:
    assert findings(sheets(*FOLDS)) == []


def test_a_foreign_booklet_whose_numbers_begin_later_is_passed() -> None:
    """Page 3 is numbered 1: front matter is not counted."""
    assert findings(sheets(("6", ""), ("", "5"), ("4", "1"), ("2", "3"))) == []


def test_a_foreign_booklet_that_does_not_fold_is_told() -> None:
    found = findings(sheets(FOLDS[0], FOLDS[1], ("3", "6"), FOLDS[3]))
    assert found == [(Severity.WARNING, 3, "this side shows pages 3 and 6, and 6 and 3 belong on it")]


def test_a_foreign_booklet_from_right_to_left_says_so_or_is_told() -> None:
    turned = [(right, left) for left, right in FOLDS]
    said = Dictionary(Duplex=Name.DuplexFlipShortEdge, Direction=Name.R2L)
    assert findings(sheets(*turned, preferences=said)) == []
    message = "the sheets are laid out for reading from right to left, and the text is read from left to right"
    assert findings(sheets(*turned)) == [(Severity.WARNING, None, message)]


@pytest.mark.parametrize(
    "numbers",
    [
        [("2", "3"), ("4", "5"), ("6", "7"), ("8", "9")],  # Spreads, as they are read.
        [("1", ""), ("2", ""), ("3", ""), ("4", "")],  # Slides.
        [("", ""), ("", "")],
        [("8", "1")],
        [("2024", "1"), ("2024", "2"), ("2024", "3"), ("2024", "4")],  # A year and a number.
    ],
)
def test_what_is_no_booklet_is_not_judged_as_one(numbers: list[tuple[str, str]]) -> None:
    assert findings(sheets(*numbers, preferences=Dictionary())) == []


def test_upright_pages_are_no_sheets() -> None:
    assert findings(sheets(*FOLDS, size=(595, 842), preferences=Dictionary())) == []


def test_our_booklet_is_known_again_without_its_preference() -> None:
    with pdfkit.opened(pdfkit.booklet_bytes()) as pdf:
        both(on_root("/ViewerPreferences", Dictionary(Direction=Name.L2R)))(pdf)
        out = io.BytesIO()
        pdf.save(out)
    assert checks.edition_of(checks.open_pdf(out, Path("x.pdf"))) == "booklet"


def test_an_array_in_the_place_of_the_content_is_read_too() -> None:
    with pdfkit.opened(pdfkit.booklet_bytes()) as pdf:
        pdf.pages[0].obj.Contents = Array([pdf.pages[0].obj.Contents])
        assert findings(pdf, "booklet", pages=6) == []
