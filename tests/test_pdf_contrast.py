"""Text that stands out too little, measured on rendered pages: in colour for the screen, in grey for the office."""

from __future__ import annotations

import pytest

from hefte.checks import pdf_contrast, pdf_grey
from sightkit import Found, box_of, drawn, found, grey, opened, tagged, text

DARK = "0.2 0.1 0.3 rg 0 0 300 200 re f\n"
HALVES = "1 g 0 0 75 200 re f 0.3 g 75 0 225 200 re f\n"
MARK = "/Artifact BMC BT 0.9 g /F 60 Tf 0.7071 0.7071 -0.7071 0.7071 60 0 Tm (UTKAST) Tj ET EMC\n"

SEEN: dict[str, tuple[str, list[Found]]] = {
    "enough": (text("Akkurat nok", grey(118)), []),
    "too little": (text("Nesten nok", grey(119)), [
        ("error", 1, "“Nesten nok”, 12 pt, in #777777 on #ffffff, has a contrast of 4.47 : 1, less than 4.5 : 1"),
    ]),
    "the same colours again": (text("En", grey(160)) + text("To", grey(160), at="20 60"), [
        ("error", 1, "“En”, 12 pt, in #a0a0a0 on #ffffff, has a contrast of 2.61 : 1, less than 4.5 : 1 "
         "(and so have 1 more pieces of text in these colours)"),
    ]),
    "large": (text("Stor", grey(148), 18), []),
    "large, too little": (text("Stor", grey(150), 18), [
        ("error", 1, "“Stor”, 18 pt, in #969696 on #ffffff, has a contrast of 2.95 : 1, less than 3 : 1"),
    ]),
    "bold": (text("Halvfet", grey(148), 14, font="/B"), []),
    "not bold enough": (text("Halvfet", grey(148), 13, font="/B"), [
        ("error", 1, "“Halvfet”, 13 pt, in #949494 on #ffffff, has a contrast of 3.03 : 1, less than 4.5 : 1"),
    ]),
    "scaled by the page": (f"q 2 0 0 2 0 0 cm {text('Stor', grey(148), 9, '10 50')} Q", []),
    "light on dark": (DARK + text("Lys", "1 g"), []),
    "dark on dark": (DARK + text("Natt", "0 g"), [
        ("error", 1, "“Natt”, 12 pt, in #000000 on #331a4d, has a contrast of 1.39 : 1, less than 4.5 : 1"),
    ]),
    "half of it on white": (HALVES + text("Hvit over kanten", "1 g", 12, "40 100"), [
        ("error", 1, "“Hvit over kanten”, 12 pt, in #ffffff on #ffffff, has a contrast of 1.00 : 1, less than 4.5 : 1"),
    ]),
    "white on white": (text("Skjult", "1 g"), [
        ("error", 1, "“Skjult”, 12 pt, in #ffffff on #ffffff, has a contrast of 1.00 : 1, less than 4.5 : 1"),
    ]),
    "covered": (text("Dekket") + "1 g 0 0 300 200 re f", []),
    "not to be seen": ("3 Tr " + text("Lest av en maskin", grey(240)), []),
    "blank": (text("   ", "1 g"), []),
    "off the page": (text("Utenfor", grey(240), at="20 900"), []),
    "something shows through": ("q /Thin gs " + text("Tynn", "0 g", 40) + " Q", [
        ("error", 1, "“Tynn”, 40 pt, in #b3b3b3 on #ffffff, has a contrast of 2.09 : 1, less than 3 : 1"),
    ]),
    "a draft's mark": (MARK + text("Under det star teksten", at="60 40"), []),
    "on a draft's mark": (MARK + text("Oppa", grey(110), 12, "70 28"), [
        ("error", 1, "“Oppa”, 12 pt, in #6e6e6e on #e6e6e6, has a contrast of 4.08 : 1, less than 4.5 : 1"),
    ]),
    "upright it is no mark": (text("UTKAST", "0.9 g", 60), [
        ("error", 1, "“UTKAST”, 60 pt, in #e6e6e6 on #ffffff, has a contrast of 1.24 : 1, less than 3 : 1"),
    ]),
}


@pytest.mark.parametrize("case", SEEN)
def test_contrast_is_measured_on_the_page(case: str) -> None:
    content, expected = SEEN[case]
    assert found(pdf_contrast.CHECK, drawn(content), "screen") == expected


def test_a_finding_says_where() -> None:
    assert box_of(pdf_contrast.CHECK, drawn(text("H", grey(160), 20, "50 80")), "screen") == [52, 80, 63, 94]


def test_the_place_is_the_same_on_a_page_that_is_turned_and_cropped() -> None:
    content = drawn(text("H", grey(160), 20, "50 80"), Rotate=90, CropBox=[10, 10, 290, 190])
    assert box_of(pdf_contrast.CHECK, content, "screen") == [52, 80, 63, 94]


def test_somebody_elses_file_is_asked_where_it_has_tags() -> None:
    content = text("Nesten nok", grey(119))
    said = "“Nesten nok”, 12 pt, in #777777 on #ffffff, has a contrast of 4.47 : 1, less than 4.5 : 1"
    assert found(pdf_contrast.CHECK, drawn(content, change=tagged)) == [("warning", 1, said)]
    assert found(pdf_contrast.CHECK, drawn(content)) == []
    assert found(pdf_contrast.CHECK, drawn(content), "print") == []


def test_the_figure_is_the_least() -> None:
    content = drawn(text("Mest") + text("Minst", grey(119), at="20 50"))
    assert pdf_contrast.figure(opened(content, "screen")) == {"least": 4.47, "page": 1, "text": "Minst"}
    assert pdf_contrast.figure(opened(content, "print")) == {}
    assert pdf_contrast.figure(opened(drawn(""), "screen")) == {}


RED_ON_GREEN = "0 0.55 0 rg 0 0 300 200 re f\n" + text("Se opp", "1 0.06 0 rg", 12)


def test_red_on_green_is_grey_on_grey() -> None:
    said = "“Se opp”, 12 pt, in #ff0f00 on #008c00, has a contrast of 1.04 : 1 in grey, less than 4.5 : 1"
    assert found(pdf_grey.CHECK, drawn(RED_ON_GREEN), "print") == [("error", 1, said)]
    assert found(pdf_grey.CHECK, drawn(RED_ON_GREEN), "booklet") == [("error", 1, said)]
    assert box_of(pdf_grey.CHECK, drawn(RED_ON_GREEN), "print") == [21, 98, 58, 109]


def test_grey_is_asked_of_what_goes_to_a_press() -> None:
    assert found(pdf_grey.CHECK, drawn(RED_ON_GREEN), "screen") == []
    assert found(pdf_grey.CHECK, drawn(text("Svart", "0 0 0 1 k")), "print") == []


def test_words_in_a_form_are_where_the_form_is_drawn() -> None:
    """As on an imposed sheet: a form in a form, moved and turned."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name

    def nested(pdf: pikepdf.Pdf) -> None:
        def form(content: str, **resources: object) -> object:
            return pdf.make_stream(
                content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 300, 200]),
                Resources=Dictionary({f"/{name}": value for name, value in resources.items()}),
            )

        page = pdf.pages[0].obj
        inner = form(text("H", grey(160), 20, "0 0"), Font=page.Resources.Font)
        outer = form("q 1 0 0 1 0 50 cm /Inner Do Q", XObject=Dictionary(Inner=inner))
        page.Resources.XObject = Dictionary(Outer=outer)

    content = drawn("q 0 1 -1 0 200 30 cm /Outer Do Q", change=nested)
    assert box_of(pdf_contrast.CHECK, content, "screen") == [136, 32, 150, 43]
