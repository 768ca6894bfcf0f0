"""Faults on the pages of a print file, each put into a good file and found: RGB, ink, overprint, pictures, marks."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

import pdfkit
from hefte.checks import pdf as checks
from hefte.checks.frame import PdfFile
from hefte.model import Severity
from pdf_faults import (
    Found,
    Mutation,
    after,
    annotation,
    both,
    content,
    drawn,
    drawn_in,
    fonts,
    form,
    gradient,
    icc,
    image,
    on_page,
    renamed,
    resource,
    state,
    tiling,
)

LAB = Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82])])
BLACK = "BT 0 0 0 1 k /F 9 Tf 50 50 Td (a) Tj ET"
WHITE_OVER = both(state(op=True, OPM=1), content("q /New gs 0 0 0 0 k 50 50 9 9 re f Q"))
FONT_ID, X, RGB = "pdf-font", "pdf-x", "pdf-rgb"


def _nameless(form: pikepdf.Object) -> pikepdf.Object:
    del form["/Resources"]
    return form


PAGE_FAULTS: dict[str, tuple[Mutation, list[Found]]] = {
    # --- RGB
    "an area in RGB": (content("1 0 0 rg 50 50 9 9 re f", 3), [(RGB, 3, "an area in DeviceRGB 1 0 0")]),
    "a line in RGB": (content("0 0.5 0 RG 50 50 m 90 90 l S"), [(RGB, 1, "a line in DeviceRGB 0 0.5 0")]),
    "text in RGB": (content("BT 0 0 1 rg /F 9 Tf (a) Tj ET"), [(RGB, 1, "text in DeviceRGB 0 0 1")]),
    "RGB in a form": (drawn(form("1 0 0 rg 0 0 9 9 re f")), [(RGB, 1, "an area in DeviceRGB 1 0 0")]),
    "RGB in a pattern": (
        both(resource("/Pattern", "/New", tiling), content("q /Pattern cs /New scn 50 50 9 9 re f Q")),
        [(RGB, 1, "an area in DeviceRGB 1 0 0")],
    ),
    "an area in RGB with a line round it": (
        content("1 0 0 rg 0 0 0 0.5 K 50 50 9 9 re B"), [(RGB, 1, "an area in DeviceRGB 1 0 0")],
    ),
    "a gradient in RGB as a pattern": (
        both(
            resource("/Pattern", "/New", lambda pdf: Dictionary(PatternType=2, Shading=gradient(pdf))),
            content("q /Pattern cs /New scn 50 50 9 9 re f Q"),
        ),
        [(RGB, 1, "a gradient in DeviceRGB")],
    ),
    "calibrated RGB": (
        drawn_in(lambda pdf: Array([Name.CalRGB, Dictionary(WhitePoint=[0.96, 1, 0.82])]), "1 0 0"),
        [
            (RGB, 1, "an area in CalRGB 1 0 0"),
            *((RGB, page, "the colour space New is declared as CalRGB") for page in range(1, 13)),
        ],
    ),
    "RGB in a form that takes its names from the page": (
        both(
            resource("/ColorSpace", "/New", icc(3)),
            drawn(lambda pdf: _nameless(form("/New cs 1 0 0 scn 0 0 9 9 re f")(pdf))),
        ),
        [
            (RGB, 1, "an area in ICCBased 1 0 0"),
            *((RGB, page, "the colour space New is declared as ICCBased") for page in range(1, 13)),
        ],
    ),
    "a gradient in RGB": (
        both(resource("/Shading", "/New", gradient), content("/New sh")),
        [
            (RGB, 1, "a gradient in DeviceRGB"),
        ],
    ),
    "a picture in RGB": (
        drawn(image(Name.DeviceRGB, b"\xff\0\0", (900, 900)), "99 0 0 99 50 50"),
        [
            (RGB, 1, "a picture in DeviceRGB"),
        ],
    ),
    "an indexed picture": (
        drawn(image(Array([Name.Indexed, Name.DeviceRGB, 0, String("abc")]), b"\0", (900, 900)), "99 0 0 99 50 50"),
        [(RGB, 1, "a picture in DeviceRGB")],
    ),
    "a picture in the text": (
        content("q 0.2 0 0 0.2 50 50 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc\nEI Q"),
        [
            (RGB, 1, "a picture in DeviceRGB"),
        ],
    ),
    "Lab": (
        drawn_in(lambda pdf: LAB, "50 0 0"),
        [
            (RGB, 1, "an area in Lab 50 0 0"),
            *((RGB, page, "the colour space New is declared as Lab") for page in range(1, 13)),
        ],
    ),
    "RGB with a profile": (
        drawn_in(icc(3), "1 0 0"),
        [
            (RGB, 1, "an area in ICCBased 1 0 0"),
            *((RGB, page, "the colour space New is declared as ICCBased") for page in range(1, 13)),
        ],
    ),
    "transparency in RGB": (
        drawn(form("", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))),
        [
            (RGB, None, "transparency is blended in RGB"),
        ],
    ),
    # --- ink
    "too much ink": (
        content("0.8 0.8 0.8 0.7 k 50 50 9 9 re f", 2),
        [
            ("pdf-ink", 2, "the colour 80 80 80 70 lays down 310 % of ink, more than 300 %"),
        ],
    ),
    "a picture with too much ink": (
        drawn(image(Name.DeviceCMYK, b"\xff\xff\xff\x80", (900, 900)), "99 0 0 99 50 50"),
        [("pdf-ink", 1, "a picture lays down 350 % of ink, more than 300 %")],
    ),
    # --- overprint
    "black that knocks out": (
        content(BLACK),
        [
            ("pdf-overprint", 1, "text in 100 % black knocks out of what is below it"),
        ],
    ),
    "white that overprints as lines do": (
        both(state(OP=True, OPM=1), content("q /New gs 0 0 0 0 k 50 50 9 9 re f Q")),
        [("pdf-overprint", 1, "white overprints: it will not be seen in print")],
    ),
    "white that overprints": (WHITE_OVER, [("pdf-overprint", 1, "white overprints: it will not be seen in print")]),
    # --- pictures
    "a picture of 150 ppi": (
        drawn(image(Name.DeviceCMYK, b"\0\0\0\0", (150, 150)), "72 0 0 72 50 50"),
        [
            ("pdf-resolution", 1, "a picture is printed at 150 ppi, less than 200"),
        ],
    ),
    "a picture of 250 ppi, turned": (
        drawn(image(Name.DeviceCMYK, b"\0\0\0\0", (250, 300)), "0 72 -72 0 200 50"),
        [("pdf-resolution", 1, "a picture is printed at 250 ppi, less than 300")],
    ),
    # --- annotations and marks
    "a link": (
        annotation([50, 50, 90, 90], Subtype=Name.Link),
        [
            ("pdf-annotation", 1, "an annotation (Link) lies on the page"),
        ],
    ),
    "something in the slug": (
        both(on_page("/MediaBox", [-30, -30, 470, 640]), content("0 0 0 0.5 K -20 -20 m -10 -20 l S")),
        [("pdf-crop-marks", 1, "something outside the bleed is in DeviceCMYK, not in the registration colour")],
    ),
}


@pytest.mark.parametrize("fault", PAGE_FAULTS)
def test_a_fault_on_a_page_is_found(fault: str) -> None:
    mutate, expected = PAGE_FAULTS[fault]
    assert sorted(after("print", mutate), key=str) == sorted(expected, key=str)


HARMLESS: dict[str, Mutation] = {
    "grey": content("0.5 g 50 50 9 9 re f"),
    "CMYK with a profile": drawn_in(icc(4), "0 0 0 1"),
    "RGB that is clipped away": content("q 0 0 1 1 re W n 900 900 5 5 re W n 1 0 0 rg 900 900 9 9 re f Q"),
    "RGB that is never used": content("q 1 0 0 rg Q"),
    "a printer's mark": annotation([50, 50, 90, 90], Subtype=Name.PrinterMark),
    "black text that overprints": both(state(op=True, OPM=1), content(f"q /New gs {BLACK} Q")),
    "a picture of 300 ppi": drawn(image(Name.DeviceCMYK, b"\0\0\0\0", (300, 300)), "72 0 0 72 50 50"),
    "a stencil": drawn(
        lambda pdf: pdf.make_stream(
            b"\0" * 38 * 300,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=300,
            Height=300,
            ImageMask=True,
            BitsPerComponent=1,
        ),
        "72 0 0 72 50 50",
    ),
}


@pytest.mark.parametrize("change", HARMLESS)
def test_what_is_allowed_is_passed(change: str) -> None:
    assert after("print", HARMLESS[change]) == []


def test_severities() -> None:
    def severity(edition: str | None, mutate: Mutation) -> list[Severity]:
        with pikepdf.open(io.BytesIO(pdfkit.print_bytes())) as pdf:
            mutate(pdf)
            expect = pdfkit.EXPECT if edition else None
            return [finding.severity for finding in checks.run(PdfFile(Path("x.pdf"), pdf, edition, expect))]

    coarse = PAGE_FAULTS["a picture of 150 ppi"][0]
    coarser = PAGE_FAULTS["a picture of 250 ppi, turned"][0]
    assert severity("print", coarse) == [Severity.ERROR]
    assert severity("print", coarser) == [Severity.WARNING]
    assert severity("print", content(BLACK)) == [Severity.ERROR]
    assert severity(None, content(BLACK)) == [Severity.WARNING]
    assert severity("print", fonts(renamed("/Literata"))) == [Severity.WARNING]
