"""Inks that no press can hold, put into a good print file and found with their place: rich black and spot colours; and
what is allowed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name

import pdfkit
from hefte.checks import pdf as checks
from hefte.checks import pdf_inks
from hefte.model import Severity
from pdf_faults import both, content, drawn_in, icc, resource
from presskit import (
    CHECKS,
    ERROR,
    FOREIGN,
    WARNING,
    colorants,
    findings,
    separation,
    text,
    two_pages,
    whole,
)

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
