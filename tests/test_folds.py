"""Folded sheets: their marks, letters at the folds, and an office printer's edge, each measured on a finished file."""

from __future__ import annotations

import functools
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import pdfkit
import sightkit
from hefte.checks import figures, pdf_crop_marks, pdf_fold_marks, pdf_folds, pdf_office_edge, pdf_panels
from hefte.checks import pdf as checks
from hefte.checks.frame import Check, PdfFile
from sightkit import MM, text

FOLDS = ((97.0, 197.0), (100.0, 200.0))
CSS = "@page { size: 297mm 210mm; @bottom-center { content: none } } section { break-before: page }"
BODY = '<section><p style="margin-left: 84mm">Ring</p></section><section><p>Baksiden</p></section>'


@functools.cache
def leaflet(**changes: Any) -> bytes:
    """A sheet of two sides for the press."""
    given = {"edition": "leaflet", "folds": FOLDS, **changes}
    content: bytes = pdfkit.write_print(pdfkit.lay_out(BODY, CSS), **given).content
    return content


def opened(content: bytes, folds: Any = FOLDS, kind: str = "press", **expect: Any) -> PdfFile:
    told = {"kind": kind, "folds": folds, **expect}
    return checks.open_pdf(io.BytesIO(content), Path("x.pdf"), "leaflet", told)


def found(check: Check, file: PdfFile) -> list[tuple[int | None, str]]:
    return [(finding.page, finding.message) for finding in check.run(file)]


def test_each_fold_has_a_dashed_mark_at_head_and_foot_outside_the_bleed() -> None:
    with pikepdf.open(io.BytesIO(leaflet())) as pdf:
        page = pdf.pages[1]
        media, trim = (tuple(round(float(at), 2) for at in page.obj[name]) for name in ("/MediaBox", "/TrimBox"))
        content = page.Contents.read_bytes().decode("latin-1")
    assert media == (0, 0, round(317 * MM, 2), round(230 * MM, 2))
    assert trim == (round(10 * MM, 2), round(10 * MM, 2), round(307 * MM, 2), round(220 * MM, 2))
    assert "0.25 w [2] 0 d" in content
    with opened(leaflet()).pdf:
        head, foot = pdf_folds.ticks(opened(leaflet()), 2, trim)
    assert [round(pdf_folds.at_mm(line, trim), 2) for line in (*head, *foot)] == [100, 200, 100, 200]
    assert {tuple(round(at / MM, 2) for at in line.place[1::2]) for line in (*head, *foot)} == {
        (223.5, 228.5), (1.5, 6.5),
    }


def test_without_folds_the_medium_stays_as_it_is() -> None:
    with pikepdf.open(io.BytesIO(leaflet(folds=()))) as pdf:
        assert [round(float(at), 2) for at in pdf.pages[0].MediaBox] == [0, 0, round(303 * MM, 2), round(216 * MM, 2)]


@pytest.mark.parametrize(
    ("folds", "messages"),
    [
        (FOLDS, []),
        (None, []),
        ((FOLDS[0], (100.05, 199.95)), []),
        ((FOLDS[0], (100.0, 201.0)), [
            (2, "there is no mark at the head for the fold 201 mm from the left"),
            (2, "a mark at the head stands 200.0 mm from the left, where nothing is folded"),
            (2, "there is no mark at the foot for the fold 201 mm from the left"),
            (2, "a mark at the foot stands 200.0 mm from the left, where nothing is folded"),
        ]),
    ],
)
def test_marks_are_where_the_sheet_is_folded(folds: Any, messages: list[tuple[int, str]]) -> None:
    assert found(pdf_fold_marks.CHECK, opened(leaflet(), folds)) == messages


def test_crop_marks_and_fold_marks_go_together() -> None:
    spec = replace(pdfkit.SPEC, crop_marks=True)
    file = opened(pdfkit.write_print(pdfkit.lay_out(BODY, CSS), spec=spec, folds=FOLDS).content)
    assert found(pdf_fold_marks.CHECK, file) == found(pdf_crop_marks.CHECK, file) == []


def drawn_on(content: bytes, operators: str) -> bytes:
    """The file with something more on its first page."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.pages[0].contents_add(operators.encode())
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("operators", "message"),
    [
        ("q /hefte-registration CS 1 SCN 300 200 m 300 230 l S Q",
         "a mark in the registration colour stands within the bleed"),
        ("q /hefte-registration CS 1 SCN 400 5 m 400 15 l S Q",
         "a mark at the foot stands 131.1 mm from the left, where nothing is folded"),
    ],
)
def test_a_mark_that_is_none_is_seen(operators: str, message: str) -> None:
    assert found(pdf_fold_marks.CHECK, opened(drawn_on(leaflet(), operators))) == [(1, message)]


def test_a_mark_in_black_alone_is_no_mark() -> None:
    plain = leaflet(folds=())
    ticks = "q 0 0 0 1 K 283.46 634 m 283.46 640 l S Q"
    file = opened(drawn_on(plain, ticks), ((97.0,),))
    assert found(pdf_fold_marks.CHECK, file)[0] == (1, "there is no mark at the head for the fold 97 mm from the left")


def sheet(*placed: tuple[str, float], trim: float = 297, **page: Any) -> bytes:
    """A sheet of A4 with words whose left edge is so many millimetres from its own."""
    words = "".join(text(said, at=f"{at * MM:.2f} 300") for said, at in placed)
    return sightkit.drawn(words, (trim * MM, 210 * MM), **page)


@pytest.mark.parametrize(
    ("placed", "expect", "messages"),
    [
        ((("Ring", 20), ("Ring", 101.5), ("Ring", 180)), {}, []),
        ((("Ring", 20), ("Ring", 96)), {}, ["“Ring” reaches 0.6 mm across the fold between panels 1 and 2"]),
        ((("Ring", 99),), {},
         ["“Ring” on panel 2 stands 2.4 mm from the fold between panels 1 and 2, less than 4 mm"]),
        ((("Ring", 99),), {"fold_clear_mm": 2.0}, []),
        ((("Ring", 187),), {},
         ["“Ring” on panel 2 stands 1.5 mm from the fold between panels 2 and 3, less than 4 mm"]),
        ((("Ring", 99), ("Ring her", 192)), {"folds": None}, []),
    ],
)
def test_letters_stay_clear_of_the_folds(
    placed: tuple[tuple[str, float], ...], expect: dict[str, Any], messages: list[str]
) -> None:
    file = opened(sheet(*placed), **{"folds": FOLDS[:1], "kind": "office", **expect})
    assert found(pdf_panels.CHECK, file) == [(1, message) for message in messages]


def test_a_draft_may_have_its_mark_across_the_folds() -> None:
    mark = "BT 0.8 g /F 60 Tf 0.7071 0.7071 -0.7071 0.7071 150 100 Tm (KLADD) Tj ET"
    assert found(pdf_panels.CHECK, opened(sightkit.drawn(mark, (297 * MM, 210 * MM)), FOLDS[:1])) == []


def test_the_panels_are_measured_by_their_marks() -> None:
    assert figures.of(opened(leaflet()))["panels"] == {
        "pages": [
            {"page": 1, "widths_mm": [97.0, 100.0, 100.0], "clear_mm": 8.5},
            {"page": 2, "widths_mm": [100.0, 100.0, 97.0], "clear_mm": 63.6},
        ]
    }
    assert pdf_panels.figure(opened(sheet(("Ring", 20)), ((90.0, 190.0),), "office")) == {
        "pages": [{"page": 1, "widths_mm": [90.0, 100.0, 107.0], "clear_mm": 61.5}]
    }
    assert pdf_panels.figure(opened(leaflet(), None)) == {}


WISHES = {"/PrintScaling": pikepdf.Name("/None"), "/Duplex": pikepdf.Name.DuplexFlipShortEdge}


def for_office(content: str, sides: int = 1, **wishes: Any) -> list[tuple[int | None, str]]:
    """What is found in an office file of A4 across that asks for all that it should, but for what is changed."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.ViewerPreferences = pikepdf.Dictionary({**WISHES, **wishes})
        for _ in range(sides - 1):
            pdf.add_blank_page(page_size=(297 * MM, 210 * MM))

    file = sightkit.opened(
        sightkit.drawn(content, (297 * MM, 210 * MM), change=change), "leaflet-office", {"kind": "office"}
    )
    return found(pdf_office_edge.CHECK, file)


@pytest.mark.parametrize(
    ("content", "messages"),
    [
        (text("Ring", at="15 300"), []),
        (text("Ring", at="9 300"), [
            (1, "something is printed 3.2 mm from the sheet's edge, where 5 mm are to stay empty"),
        ]),
        ("1 g 0 0 900 600 re f", []),
        ("0.5 g 0 0 900 10 re f", [
            (1, "something is printed 0.0 mm from the sheet's edge, where 5 mm are to stay empty"),
        ]),
        (text("-", size=40, at="40 20"), []),
    ],
)
def test_the_outer_edge_of_an_office_sheet_stays_empty(content: str, messages: list[tuple[int, str]]) -> None:
    assert for_office(content) == messages


@pytest.mark.parametrize(
    ("sides", "wishes", "messages"),
    [
        (2, {}, []),
        (1, {"/Duplex": pikepdf.Name.Simplex}, []),
        (2, {"/Duplex": pikepdf.Name.DuplexFlipLongEdge},
         ["the file does not ask to be printed on both sides, flipped on the short edge"]),
        (1, {"/PrintScaling": pikepdf.Name.AppDefault},
         ["the file does not ask to be printed as large as it is (PrintScaling)"]),
    ],
)
def test_an_office_sheet_asks_for_both_sides_and_no_scaling(
    sides: int, wishes: dict[str, Any], messages: list[str]
) -> None:
    assert for_office(text("Ring", at="50 300"), sides, **wishes) == [(None, message) for message in messages]


def test_what_the_builder_writes_for_an_office_asks_for_it() -> None:
    content = pdfkit.write_screen(pdfkit.lay_out(BODY, CSS), edition="leaflet-office", kind="office")
    assert found(pdf_office_edge.CHECK, opened(content, kind="office")) == []
