"""Paint that touches the trim and stops before the bleed's edge, put into small files for the press and found."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Name
from PIL import Image

import pdfkit
from hefte.checks import pdf_bleed
from sightkit import MM, Found, box_of, drawn, found

TRIM = (8.0, 8.0, 308.0, 208.0)
BLEED = 3 * MM
BOXES: dict[str, Any] = {
    "TrimBox": Array(TRIM),
    "BleedBox": Array([8 - BLEED, 8 - BLEED, 308 + BLEED, 208 + BLEED]),
    "MediaBox": Array([-1, -1, 317, 217]),
}
EXPECT = {"bleed_mm": 3.0}


def at_left(reach_mm: float, low: float = 60, high: float = 140, colour: str = "0 0.3 0.3 0 k") -> str:
    """A tint that touches the trim on the left and reaches so far beyond it."""
    left = 8 - reach_mm * MM
    return f"{colour} {left} {low} {60 - left} {high - low} re f\n"


def ends(side: str, where: str, page: int = 1) -> Found:
    return "error", page, f"what touches the trim on the {side} ends {where}, before the edge of the bleed"


def circle(x: float, y: float, radius: float) -> str:
    arm = radius * 0.5523
    return (
        f"0 0.4 0.4 0 k {x + radius} {y} m {x + radius} {y + arm} {x + arm} {y + radius} {x} {y + radius} c "
        f"{x - arm} {y + radius} {x - radius} {y + arm} {x - radius} {y} c "
        f"{x - radius} {y - arm} {x - arm} {y - radius} {x} {y - radius} c "
        f"{x + arm} {y - radius} {x + radius} {y - arm} {x + radius} {y} c f\n"
    )


EVERYWHERE = "0 0 0.1 0 k -1 -1 320 220 re f\n"
EDGES: dict[str, tuple[str, list[Found]]] = {
    "nothing": ("", []),
    "nothing near the trim": ("0 g 40 40 200 100 re f", []),
    "out to the bleed": (at_left(3), []),
    "over the bleed": (at_left(3.2), []),
    "everywhere": (EVERYWHERE, []),
    "to the trim": (at_left(0), [ends("left", "there")]),
    "1 mm beyond": (at_left(1), [ends("left", "about 1 mm beyond it")]),
    "2.5 mm beyond": (at_left(2.5), [ends("left", "about 2.5 mm beyond it")]),
    "a narrow one": (at_left(1, 60, 72), [ends("left", "about 1 mm beyond it")]),
    "a rule": ("0 G 0.5 w 8 100 m 100 100 l S", [ends("left", "there")]),
    "a rule out to the bleed": ("0 G 0.5 w -1 100 m 100 100 l S", []),
    "to the trim on a tint that goes on": (EVERYWHERE + at_left(0), [ends("left", "there")]),
    "a rectangle to the trim on each side": (
        "0 0.3 0.3 0 k 8 8 300 200 re f",
        [ends("left", "there"), ends("bottom", "there"), ends("right", "there"), ends("top", "there")],
    ),
    "a disc across the trim": (circle(20, 100, 60), []),
    "a disc that ends in the bleed": (circle(8 - 1.5 * MM + 60, 100, 60), []),
    "a slope": ("0 0.3 0.3 0 k 60 20 m -1 60 l -1 140 l 60 170 l f", []),
    "a slope that ends in the bleed": ("0 0.3 0.3 0 k 60 20 m 2 100 l 60 180 l f", []),
    "something beyond the trim": ("0 g 0 60 5 40 re f", []),
    "white": (at_left(0, colour="0 0 0 0 k"), []),
}


@pytest.mark.parametrize("case", EDGES)
def test_paint_at_the_trim_goes_on_to_the_edge_of_the_bleed(case: str) -> None:
    content, expected = EDGES[case]
    assert found(pdf_bleed.CHECK, drawn(content, **BOXES), "print", EXPECT) == expected


def test_the_place_lies_between_trim_and_bleed() -> None:
    assert box_of(pdf_bleed.CHECK, drawn(at_left(0), **BOXES), "print") == [-1, 60, 9, 140]


def test_a_page_without_room_for_bleed() -> None:
    """Somebody else's PDF/X with the trim at the edge of the medium: bleed is wanted all the same."""
    trim: dict[str, Any] = {"MediaBox": Array([0, 0, 300, 200]), "TrimBox": Array([0, 0, 300, 200])}
    content = "0 0.3 0.3 0 k 0 60 60 80 re f"

    def claim(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/GTS_PDFXVersion"] = "PDF/X-4"

    assert found(pdf_bleed.CHECK, drawn(content, change=claim, **trim)) == [ends("left", "there")]
    assert found(pdf_bleed.CHECK, drawn(content, **trim)) == []


def test_somebody_elses_boxes_say_how_much_bleed_there_is() -> None:
    narrow = {**BOXES, "BleedBox": Array([8 - MM, 8 - MM, 308 + MM, 208 + MM])}
    assert found(pdf_bleed.CHECK, drawn(at_left(1), **narrow)) == []
    assert found(pdf_bleed.CHECK, drawn(at_left(0), **narrow)) == [ends("left", "there")]
    assert found(pdf_bleed.CHECK, drawn(at_left(0), **BOXES), "screen") == []


def test_a_photograph_that_ends_at_the_trim_and_one_that_does_not() -> None:
    noise = Image.effect_noise((400, 300), 90).convert("RGB")

    def photograph(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Photo=pdf.make_stream(
            noise.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=400, Height=300, BitsPerComponent=8,
            ColorSpace=Name.DeviceRGB,
        ))

    def placed(left: float) -> bytes:
        return drawn(f"q {150 - left} 0 0 120 {left} 50 cm /Photo Do Q", change=photograph, **BOXES)

    assert found(pdf_bleed.CHECK, placed(8), "print", EXPECT) == [ends("left", "there")]
    assert found(pdf_bleed.CHECK, placed(8 - BLEED), "print", EXPECT) == []


def test_a_whole_print_file_bleeds_and_is_found_out_without() -> None:
    content = pdfkit.print_bytes()
    assert found(pdf_bleed.CHECK, content, "print", pdfkit.EXPECT) == []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        cover = pdf.pages[0]
        left, bottom, right, top = (float(at) for at in cover.TrimBox)
        clip = pdf.make_stream(f"q {left} {bottom} {right - left} {top - bottom} re W n".encode())
        cover.obj.Contents = Array([clip, *_contents(cover)])
        cover.contents_add(pdf.make_stream(b"Q"))
        out = io.BytesIO()
        pdf.save(out)
    sides = ("left", "bottom", "right", "top")
    assert found(pdf_bleed.CHECK, out.getvalue(), "print", pdfkit.EXPECT) == [ends(side, "there") for side in sides]


def _contents(page: pikepdf.Page) -> list[pikepdf.Object]:
    contents = page.obj.Contents
    return list(contents) if isinstance(contents, Array) else [contents]
