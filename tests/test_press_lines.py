"""Hairlines and text at the cut, put into a good print file and found with their place; and what is allowed."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from pikepdf import Dictionary, Name, Pdf

import pdfkit
import sightkit
from hefte.checks import pdf as checks
from hefte.checks import pdf_safe_zone
from pdf_faults import Mutation, both, content, drawn, form, resource, state
from presskit import (
    ERROR,
    FOREIGN,
    WARNING,
    separation,
    text,
    two_pages,
    whole,
)

# --- hairlines --------------------------------------------------------------------------------------------------------

LINE = "q 0 0 0 1 K {} w 100 300 m 200 300 l S Q"
HAIRLINES: dict[str, tuple[Mutation, str, tuple[float, ...]]] = {
    "a thin line": (content(LINE.format(0.1)), "a line is 0.10 pt thin, less than 0.25 pt", (100, 300, 200, 300)),
    "a line of no width": (content(LINE.format(0)), "a line is 0.00 pt thin, less than 0.25 pt", (100, 300, 200, 300)),
    "a line made smaller": (
        content("q 0.2 0 0 0.2 10 20 cm 0 0 0 1 K 1 w 100 300 m 200 300 l S Q"),
        "a line is 0.20 pt thin, less than 0.25 pt", (30, 80, 50, 80),
    ),
    "a line flattened and turned": (
        content("q 0 1 -0.1 0 200 200 cm 0 0 0 1 K 2 w 0 0 m 50 0 l S Q"),
        "a line is 0.20 pt thin, less than 0.25 pt", (200, 200, 200, 250),
    ),
    "a line's width in the graphics state": (
        both(state(LW=0.05), content("q /New gs 0 0 0 1 K 100 300 m 200 300 l S Q")),
        "a line is 0.05 pt thin, less than 0.25 pt", (100, 300, 200, 300),
    ),
    "a thin area": (
        content("q 0 0 0 1 k 100 300 80 0.2 re f Q"),
        "an area is 0.20 pt thin, less than 0.25 pt", (100, 300, 180, 300.2),
    ),
    "a thin area among others": (
        content("q 0 0 0 1 k 100 300 80 20 re 100 200 0.1 50 re f Q"),
        "an area is 0.10 pt thin, less than 0.25 pt", (100, 200, 180, 320),
    ),
    "an area with no height": (
        content("q 0 0 0 1 k 100 300 m 180 300 l f Q"),
        "an area is 0.00 pt thin, less than 0.25 pt", (100, 300, 180, 300),
    ),
    "an area cut to a line": (
        content("q 100 300 80 0.1 re W n 0 0 0 1 k 0 0 900 900 re f Q"),
        "an area is 0.10 pt thin, less than 0.25 pt", (100, 300, 180, 300.1),
    ),
    "letters drawn as outlines": (
        content("q 0 0 0 1 K 0.1 w BT 1 Tr /F 20 Tf 100 300 Td (ab) Tj ET Q"),
        "a line is 0.10 pt thin, less than 0.25 pt", (100, 296, 120, 315),
    ),
    "letters drawn as outlines and cut by": (
        content("q 0 0 0 1 K 0.1 w BT 5 Tr /F 20 Tf 100 300 Td (ab) Tj ET Q"),
        "a line is 0.10 pt thin, less than 0.25 pt", (100, 296, 120, 315),
    ),
    "a curve": (
        content("q 0 0 0 1 K 0.1 w 100 300 m 120 310 180 290 200 300 c S Q"),
        "a line is 0.10 pt thin, less than 0.25 pt", (100, 290, 200, 310),
    ),
    "a thin line round an area": (
        content("q 0 0 0 0.2 k 0 0 0 1 K 0.1 w 100 300 50 20 re b* Q"),
        "a line is 0.10 pt thin, less than 0.25 pt", (100, 300, 150, 320),
    ),
    "a line that is closed": (
        content("q 0 0 0 1 K 0.1 w 100 300 m 150 300 l 150 320 l s Q"),
        "a line is 0.10 pt thin, less than 0.25 pt", (100, 300, 150, 320),
    ),
    "a thin line in a form with a matrix": (
        drawn(form("0 0 0 1 K 1 w 0 0 m 90 0 l S", Matrix=[0.1, 0, 0, 0.1, 5, 0]), "1 0 0 1 100 300"),
        "a line is 0.10 pt thin, less than 0.25 pt", (105, 300, 114, 300),
    ),
    "a thin line in a form": (
        drawn(form("0 0 0 1 K 0.1 w 0 0 m 9 0 l S"), "1 0 0 1 100 300"),
        "a line is 0.10 pt thin, less than 0.25 pt", (100, 300, 109, 300),
    ),
}


@pytest.mark.parametrize("whose", FOREIGN)
@pytest.mark.parametrize("fault", HAIRLINES)
def test_a_hairline_is_found(fault: str, whose: str) -> None:
    mutate, message, place = HAIRLINES[fault]
    assert whole(mutate, foreign=FOREIGN[whose]) == [("pdf-hairline", ERROR, 1, message, place)]


@pytest.mark.parametrize(
    "drawing",
    [
        LINE.format(0.25),
        LINE.format(0.249),
        "q 2 0 0 2 0 0 cm 0 0 0 1 K 0.125 w 100 100 m 200 100 l S Q",
        "q 0 0 0 1 k 100 300 80 0.5 re f Q",
        "q 0 0 0 1 k 100 300 0.1 0.2 re f Q",  # A speck.
        "q 100 300 80 0.5 re W n 0 0 0 1 k 100 300 80 20 re 100 300.5 80 19.5 re f* Q",  # A border, as we draw it.
        "q 0 0 0 1 K 0 w 100 300 m 200 300 l n Q",
        "q 0 0 9 9 re W n 0 0 0 1 K 0 w 100 300 m 200 300 l S Q",  # Clipped away.
        "q /Nothing CS 1 SCN 0 w 100 300 m 200 300 l S Q",  # On no plate.
    ],
)
def test_a_line_that_can_be_printed_is_passed(drawing: str) -> None:
    nothing = resource("/ColorSpace", "/Nothing", lambda pdf: separation("None"))
    assert whole(both(nothing, content(drawing))) == []


def test_letters_made_bolder_by_a_thin_line_are_passed() -> None:
    grey = "q 0 0 0 0.5 k 0 0 0 0.5 K 0.02 w BT 2 Tr /F 20 Tf 100 300 Td (ab) Tj ET Q"
    assert whole(content(grey)) == []


# --- the safe zone ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "message"),
    [
        ("12 300", "text stands 1.4 mm from the trim, less than 3 mm"),  # From its ink: the trim begins at 8.5 pt.
        ("6 300", "text is cut by the trim"),
        ("100 10", "text stands 0.5 mm from the trim, less than 3 mm"),
        ("15.97 300", "text stands 2.8 mm from the trim, less than 3 mm"),
        ("420 300", "text is cut by the trim"),
        ("100 597", "text stands 0.1 mm from the trim, less than 3 mm"),
    ],
)
def test_text_at_the_cut_is_found(at: str, message: str) -> None:
    for foreign, severity in ((False, ERROR), (True, WARNING)):
        (found,) = whole(text("0 0 0 0.9 k", 9, at), foreign=foreign)
        assert found[:4] == ("pdf-safe-zone", severity, 2, message)


def test_the_theme_says_how_wide_the_safe_zone_is() -> None:
    near = text("0 0 0 0.9 k", 9, "20 300")
    assert whole(near) == []
    assert [row[:4] for row in whole(near, safe_mm=5.0)] == [
        ("pdf-safe-zone", ERROR, 2, "text stands 4.3 mm from the trim, less than 5 mm")
    ]


def test_what_is_not_cut_has_no_safe_zone() -> None:
    with pdfkit.opened(two_pages()) as pdf:
        text("0 0 0 0.9 k", 9, "12 300")(pdf)
        out = io.BytesIO()
        pdf.save(out)
    for edition, asked in (("print", 1), ("booklet", 0), ("screen", 0), ("bilingual", 0)):
        assert len(list(pdf_safe_zone.CHECK.run(checks.open_pdf(out, Path("x.pdf"), edition, {})))) == asked, edition


def test_without_pdfium_the_operators_tell_the_place() -> None:
    """A little further out than the ink: from below the line to above capitals."""
    with pdfkit.opened(two_pages()) as pdf:
        text("0 0 0 0.9 k", 9, "12 300")(pdf)
        out = io.BytesIO()
        pdf.save(out)
    whole_file = checks.open_pdf(out, Path("x.pdf"))
    for source in (b"", b"%PDF-1.7\nnothing"):
        (found,) = pdf_safe_zone.CHECK.run(replace(whole_file, source=source))
        assert (found.page, found.message) == (2, "text stands 1.2 mm from the trim, less than 3 mm")
        assert found.box is not None
        assert list(found.box[:2]) == pytest.approx([12, 298.2])


def test_letters_that_reach_higher_than_most_are_seen() -> None:
    """By its operators the text keeps the distance; the ring above the A does not."""
    page = sightkit.drawn(sightkit.text("\u00c5", size=20, at="100 166"), TrimBox=[10, 10, 290, 190])
    (found,) = sightkit.found(pdf_safe_zone.CHECK, page)
    assert found == ("warning", 1, "text stands 1.8 mm from the trim, less than 3 mm")


@pytest.mark.parametrize("at", ["2 300", "100 2", "25 300", "100 585"])
def test_text_outside_the_trim_or_far_enough_inside_is_passed(at: str) -> None:
    """The first two stand in the bleed, as a printer's mark or a slug does."""
    assert whole(text("0 0 0 0.9 k", 6, at, "H")) == []


def test_text_that_cannot_be_seen_is_passed() -> None:
    assert whole(text("3 Tr", 9, "12 300")) == []
    assert whole(text("300 300 9 9 re W n", 9, "12 300")) == []


def test_pages_without_a_trim_are_not_asked() -> None:
    def mutate(pdf: Pdf) -> None:
        for page in pdf.pages:
            del page.obj.TrimBox
        text("0 0 0 0.9 k", 9, "12 300")(pdf)

    assert "pdf-safe-zone" not in [row[0] for row in whole(mutate, foreign=True)]


def test_letters_that_are_drawn_in_colours_of_their_own_are_seen() -> None:
    """An emoji, say, in a font of the kind Type 3: its colours are those of text, its fine parts no hairlines."""

    def font(pdf: Pdf) -> Dictionary:
        letter = pdf.make_stream(b"500 0 d0 1 0 0 rg 0 0 500 5 re f")
        return Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 500, 500], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            FirstChar=97, Widths=[500], CharProcs=Dictionary(a=letter), Resources=Dictionary(),
        )

    mutate = both(
        resource("/Font", "/New", font), content("q 0 0 0 0.5 k BT /New 10 Tf 100 300 Td (aa) Tj ET Q"),
    )
    assert [row[:4] for row in whole(mutate)] == [("pdf-rgb", ERROR, 1, "text in DeviceRGB 1 0 0")]
