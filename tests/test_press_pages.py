"""What no press can hold, put into a good print file and found with its place: rich black, hairlines, spot colours,
text at the cut; and what is allowed."""

from __future__ import annotations

import functools
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

import pdfkit
import sightkit
from hefte.checks import pdf as checks
from hefte.checks import pdf_hairline, pdf_inks, pdf_rgb, pdf_rich_black, pdf_safe_zone, pdf_spot
from hefte.checks.pdf_faces import face
from hefte.model import Finding, Severity
from pdf_faults import Mutation, both, content, drawn, drawn_in, form, icc, resource, state

ERROR, WARNING = Severity.ERROR, Severity.WARNING
Whole = tuple[str, Severity, int | None, str, tuple[float, ...] | None]
FOREIGN = {"ours": False, "anybody's": True}
TINT = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.2, 0.6, 0], N=1)


CHECKS = (pdf_rgb, pdf_spot, pdf_rich_black, pdf_hairline, pdf_safe_zone)


@functools.cache
def two_pages() -> bytes:
    """The first two pages of a good print file."""
    with pdfkit.opened(pdfkit.print_bytes()) as pdf:
        del pdf.pages[2:]
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def findings(mutate: Mutation, *, foreign: bool = False, **expect: Any) -> list[Finding]:
    """What these checks find on two pages after a change, as ours or as anybody's."""
    with pdfkit.opened(two_pages()) as pdf:
        mutate(pdf)
        out = io.BytesIO()
        pdf.save(out)
    expected = None if foreign else {**pdfkit.EXPECT, **expect}
    file = checks.open_pdf(out, Path("x.pdf"), None if foreign else "print", expected)
    return [finding for one in CHECKS for finding in one.CHECK.run(file)]


def whole(mutate: Mutation, *, foreign: bool = False, **expect: Any) -> list[Whole]:
    """The same: check, severity, page, message, and the place to a tenth of a point."""
    return [
        (one.check, one.severity, one.page, one.message, one.box and tuple(round(side, 1) for side in one.box))
        for one in findings(mutate, foreign=foreign, **expect)
    ]


def text(colour: str, size: float, at: str = "100 300", words: str = "Hei") -> Mutation:
    """Text in a face of the file, whose letters' widths are known. Black overprints."""

    def mutate(pdf: Pdf) -> None:
        page = pdf.pages[1]
        held = page.obj.Resources.Font
        name = next(key for key in held.keys() if "Literata" in str(held[key].BaseFont))  # noqa: SIM118
        codes = _codes(held[name], words)
        state(op=True, OP=True, OPM=1)(pdf)
        resource("/ExtGState", "/New", lambda pdf: Dictionary(op=True, OP=True, OPM=1), 2)(pdf)
        content(f"q /New gs {colour} BT {name} {size} Tf {at} Td <{codes}> Tj ET Q", 2)(pdf)

    return mutate


def _codes(font: object, words: str) -> str:
    """The first glyphs of the face that are as wide as letters: which they are does not matter."""
    wide = sorted(code for code, width in face(font).widths.items() if width > 300)
    return "".join(f"{code:04x}" for code in wide[: len(words)])


def colorants(*names: str) -> Array:
    """A DeviceN space."""
    return Array([Name.DeviceN, Array([Name(f"/{name}") for name in names]), Name.DeviceCMYK, TINT])


def separation(name: str) -> Array:
    return Array([Name.Separation, Name(f"/{name}"), Name.DeviceCMYK, TINT])


# --- text in several inks ---------------------------------------------------------------------------------------------


RICH: dict[str, tuple[str, float, str, Severity]] = {
    "rich black": ("0.6 0.4 0.4 1 k", 9, "black text of 9 pt is made of 4 inks: 60 C 40 M 40 Y 100 K", ERROR),
    "black as RGB becomes it": (
        "0.75 0.68 0.67 0.9 k", 11.5, "black text of 11.5 pt is made of 4 inks: 75 C 68 M 67 Y 90 K", ERROR,
    ),
    "black without black": ("1 0.9 0.9 0 k", 9, "black text of 9 pt is made of 3 inks: 100 C 90 M 90 Y", ERROR),
    "a tiny colour of three inks": (
        "0.32 0.68 0 0.68 k", 7, "coloured text of 7 pt is made of 3 inks: 32 C 68 M 68 K", WARNING,
    ),
}


@pytest.mark.parametrize("whose", FOREIGN)
@pytest.mark.parametrize("fault", RICH)
def test_small_text_in_several_inks_is_found(fault: str, whose: str) -> None:
    colour, size, message, severity = RICH[fault]
    (found,) = whole(text(colour, size), foreign=FOREIGN[whose])
    assert found[:4] == ("pdf-rich-black", severity, 2, message)
    assert found[4] is not None
    assert found[4][:2] == (100.0, round(300 - 0.2 * size, 1)) and found[4][3] == round(300 + 0.75 * size, 1)


def test_large_rich_black_is_an_error_in_ours_alone() -> None:
    message = "black text of 30 pt is made of 2 inks: 50 C 100 K"
    assert [row[:4] for row in whole(text("0.5 0 0 1 k", 30))] == [("pdf-rich-black", ERROR, 2, message)]
    assert whole(text("0.5 0 0 1 k", 30), foreign=True) == []


def test_the_size_is_the_one_on_the_page() -> None:
    mutate = text("0.5 0 0 1 k", 1, "0 0 Td 8 0 0 8 100 75 Tm 0 0")
    rows = findings(mutate)
    assert [row.message for row in rows] == ["black text of 8 pt is made of 2 inks: 50 C 100 K"]
    assert rows[0].box is not None and rows[0].box[0] == 100.0


@pytest.mark.parametrize(
    "colour",
    ["0 0 0 1 k", "0 0 0 0.4 k", "0 g", "0.6 g", "0 1 0 0 k", "0.2 0.9 0 0 k", "0.002 0.003 0 1 k", "0.8 0.9 0 0 k"],
)
def test_small_text_in_one_or_two_inks_is_passed(colour: str) -> None:
    assert whole(text(colour, 7)) == []


@pytest.mark.parametrize(
    ("colour", "size", "message"),
    [
        ("0.5 0 0 1 k", 11.9, "black text of 11.9 pt is made of 2 inks: 50 C 100 K"),
        ("0.5 0 0 1 k", 12, ""),
        ("0.3 0.7 0 0.7 k", 7.9, "coloured text of 7.9 pt is made of 3 inks: 30 C 70 M 70 K"),
        ("0.3 0.7 0 0.7 k", 8, ""),
        # As dark as black: each of red, green and blue at 0.15 at the most.
        ("0 0 0.1 0.86 k", 9, "black text of 9 pt is made of 2 inks: 10 Y 86 K"),
        ("0 0 0.1 0.84 k", 9, ""),
        ("0.6 0.6 0.6 0.63 k", 9, "black text of 9 pt is made of 4 inks: 60 C 60 M 60 Y 63 K"),
        # Half a percent leaves no dot.
        ("0.004 0 0.004 1 k", 7, ""),
        ("0.01 0 0 1 k", 7, "black text of 7 pt is made of 2 inks: 1 C 100 K"),
    ],
)
def test_where_small_dark_and_little_end(colour: str, size: float, message: str) -> None:
    found = [one.message for one in findings(text(colour, size), foreign=True) if one.check == "pdf-rich-black"]
    assert found == ([message] if message else [])


def test_inks_with_a_profile_are_inks() -> None:
    def inked(components: int, operands: str) -> list[str]:
        spaced = both(resource("/ColorSpace", "/S", icc(components), 2), text(f"/S cs {operands} scn", 9))
        return [one.message for one in findings(spaced, foreign=True)]

    assert inked(4, "0.6 0.4 0.4 1") == ["black text of 9 pt is made of 4 inks: 60 C 40 M 40 Y 100 K"]
    assert inked(4, "0 0 0 1") == inked(1, "0") == []


def test_the_registration_colour_is_no_text_in_four_inks() -> None:
    marks = resource("/ColorSpace", "/S", lambda pdf: colorants("Cyan", "Magenta", "All"), 2)
    spaced = both(marks, text("/S cs 1 1 1 scn", 7))
    assert findings(spaced, foreign=True) == []


@pytest.mark.parametrize(
    ("colour", "inks"),
    [
        (("DeviceGray", (0.25,)), {"Black": 0.75}),
        (("CalGray", (0.25,)), {"Black": 0.75}),
        (("ICCBased/1", (1.0,)), {}),
        (("ICCBased/4", (0.1, 0, 0, 0.5)), {"Cyan": 0.1, "Black": 0.5}),
        (("Separation/All", (1.0,)), {}),
        (("Separation/Gold", (0.3,)), {"Gold": 0.3}),
        (("DeviceRGB", (0.0, 0.0, 0.0)), {}),
        (("DeviceCMYK", ()), {}),
    ],
)
def test_a_colour_lays_down_its_inks(colour: tuple[str, tuple[float, ...]], inks: dict[str, float]) -> None:
    assert pdf_inks.amounts(*colour) == inks


@pytest.mark.parametrize("whose", ["somebody's who claims nothing", "our screen edition"])
def test_what_goes_to_no_press_is_not_asked(whose: str) -> None:
    """The same faults that are found above, in a file that nobody will print on a press."""
    gold = resource("/ColorSpace", "/S", lambda pdf: separation("Gold"), 2)
    painted = content("q 0 0 0 1 K 0 w 50 50 m 90 90 l S /S cs 1 scn 50 50 9 9 re f 1 0 0 rg 60 60 9 9 re f Q", 2)
    spoilt = both(gold, text("0.6 0.4 0.4 1 k", 9), painted)
    assert {row[0] for row in whole(spoilt)} == {"pdf-rich-black", "pdf-hairline", "pdf-spot", "pdf-rgb"}
    with pdfkit.opened(two_pages()) as pdf:
        spoilt(pdf)
        del pdf.Root.Metadata
        out = io.BytesIO()
        pdf.save(out)
    file = checks.open_pdf(out, Path("x.pdf"), "screen" if whose == "our screen edition" else None)
    assert [finding for one in CHECKS for finding in one.CHECK.run(file)] == []


def test_a_spot_colour_is_one_ink_and_two_with_black_are_two() -> None:
    spot = both(resource("/ColorSpace", "/S", lambda pdf: separation("Gold"), 2), text("/S cs 1 scn", 7))
    assert [row[0] for row in whole(spot, foreign=True)] == ["pdf-spot"]
    three = both(
        resource("/ColorSpace", "/S", lambda pdf: colorants("Gold", "Black", "Cyan"), 2), text("/S cs 1 0.2 1 scn", 7)
    )
    assert "coloured text of 7 pt is made of 3 inks: 100 Gold 20 K 100 C" in [row[3] for row in whole(three)]


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


# --- spot colours -----------------------------------------------------------------------------------------------------

SPOTS: dict[str, tuple[Array, str, list[str]]] = {
    "a separation": (separation("PANTONE 123 C"), "1", ["the spot colour PANTONE 123 C is used"]),
    "two of them": (
        colorants("Gold", "Silver"), "1 0", ["the spot colour Gold is used", "the spot colour Silver is used"],
    ),
    "one with process inks": (colorants("Cyan", "Gold", "Black"), "1 1 0", ["the spot colour Gold is used"]),
}


@pytest.mark.parametrize("fault", SPOTS)
def test_a_spot_colour_is_an_error_in_ours_and_a_warning_in_others(fault: str) -> None:
    space, operands, messages = SPOTS[fault]
    for foreign, severity in ((False, ERROR), (True, WARNING)):
        rows = whole(drawn_in(lambda pdf: space, operands), foreign=foreign)
        assert rows == [("pdf-spot", severity, 1, message, (50, 50, 59, 59)) for message in messages]


@pytest.mark.parametrize("name", ["All", "None", "Black", "Cyan"])
def test_process_inks_and_registration_are_no_spot_colours(name: str) -> None:
    assert [row for row in whole(drawn_in(lambda pdf: separation(name), "1")) if row[0] == "pdf-spot"] == []


def test_lab_is_told_where_pdf_rgb_lets_it_pass() -> None:
    lab = drawn_in(lambda pdf: Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82])]), "50 0 0")
    assert whole(lab, foreign=True) == [("pdf-spot", WARNING, 1, "a colour is given as Lab", (50, 50, 59, 59))]
    assert {row[0] for row in whole(lab)} == {"pdf-rgb"}


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
