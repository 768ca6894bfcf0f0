"""Conditions of PDF/X beyond those of the file as a whole: layers, halftones, spot colours, transparency before X-4."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

import pdfkit
from hefte.checks import pdf as checks
from hefte.checks import pdf_rgb, pdf_x
from pdf_faults import (
    Mutation,
    annotation,
    both,
    content,
    drawn,
    drawn_in,
    form,
    icc,
    image,
    info,
    intent,
    on_page,
    on_root,
    resource,
    state,
)

CMYK = Name.DeviceCMYK
GREY = image(Name.DeviceGray, b"\x80", (900, 900))


def tint(end: list[float]) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * len(end), C1=end, N=1)


def spot(name: str, end: list[float], alternate: Any = CMYK) -> Callable[[Pdf], Any]:
    return lambda pdf: Array([Name.Separation, Name(f"/{name}"), alternate, tint(end)])


@functools.cache
def small(standard: str) -> bytes:
    """The first two pages of a good print file that claims one or the other."""
    spec = replace(pdfkit.SPEC, standard=standard)
    made = pdfkit.write_print(pdfkit.document(), spec=spec, preflight=lambda _: ())
    with pdfkit.opened(made.content) as pdf:
        del pdf.pages[2:]
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def broken(mutate: Mutation, standard: str = "pdf/x-4") -> list[str]:
    """What the check says of a foreign file after a change."""
    with pdfkit.opened(small(standard)) as pdf:
        mutate(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return [one.message for one in pdf_x.CHECK.run(checks.open_pdf(out, Path("x.pdf")))]


LAYERS = {"/OCGs": Array([]), "/D": Dictionary()}
SCRIPT = Dictionary(S=Name.JavaScript, JS=String("1"))

X4: dict[str, tuple[Mutation, list[str]]] = {
    "nothing": (lambda pdf: None, []),
    "a halftone of a strange type": (
        state(HT=Dictionary(HalftoneType=6)), ["there is a halftone of the type 6"],
    ),
    "a shared halftone of a strange type": (
        lambda pdf: state(HT=pdf.make_indirect(Dictionary(HalftoneType=6)))(pdf), ["there is a halftone of the type 6"],
    ),
    "a named halftone": (
        lambda pdf: state(HT=pdf.make_indirect(Dictionary(HalftoneType=1, HalftoneName=String("Fine"))))(pdf),
        ["a halftone is asked for by its name"],
    ),
    "an unknown blend mode": (state(BM=Name.Sparkle), ["the blend mode /Sparkle is not known"]),
    "one among several": (
        state(BM=Array([Name.Sparkle, Name.Multiply])), ["the blend mode /Sparkle is not known"],
    ),
    "a known one": (state(BM=Name.Multiply), []),
    "a picture's strange intent": (
        drawn(image(CMYK, b"\0\0\0\0", (900, 900), Intent=Name.Nice)),
        ["a picture's rendering intent /Nice is not known"],
    ),
    "a slide show": (on_page("/PresSteps", Dictionary()), ["there are presentations of the pages beside the pages"]),
    "another show of it": (
        on_root("/Names", Dictionary(AlternatePresentations=Dictionary())),
        ["there are presentations of the pages beside the pages"],
    ),
    "layers": (on_root("/OCProperties", Dictionary(LAYERS)), []),
    "layers that switch themselves": (
        on_root("/OCProperties", Dictionary({**LAYERS, "/D": Dictionary(AS=Array([]))})),
        ["layers are switched by whether they are seen or printed (AS)"],
    ),
    "layers that switch themselves otherwise": (
        on_root("/OCProperties", Dictionary({**LAYERS, "/Configs": Array([Dictionary(AS=Array([]))])})),
        ["layers are switched by whether they are seen or printed (AS)"],
    ),
    "PostScript in a form": (
        drawn(lambda pdf: form("", PS=pdf.make_stream(b""))(pdf)), ["there is a PostScript XObject"],
    ),
    "a file pinned to a page": (annotation([0, 0, 1, 1], Subtype=Name.FileAttachment), ["files are embedded"]),
    "a script behind a link": (
        annotation([0, 0, 1, 1], Subtype=Name.Link, A=SCRIPT), ["there is an action of the kind JavaScript"],
    ),
    "another program": (
        info("/Creator", "Somebody"), ["Creator in the Info dictionary is not xmp:CreatorTool in the XMP packet"],
    ),
    "another producer": (
        info("/Producer", "Somebody"), ["Producer in the Info dictionary is not pdf:Producer in the XMP packet"],
    ),
    "trapped and not": (
        info("/Trapped", "/True"),
        ["Trapped in the Info dictionary is not pdf:Trapped in the XMP packet"],
    ),
    "a spot colour with two meanings": (
        both(
            resource("/ColorSpace", "/One", spot("Gold", [0, 0.2, 0.6, 0])),
            resource("/ColorSpace", "/Two", spot("Gold", [0, 0.3, 0.6, 0])),
        ),
        ["the spot colour Gold is described in two ways"],
    ),
    "a spot colour described twice alike": (
        both(
            resource("/ColorSpace", "/One", spot("Gold", [0, 0.2, 0.6, 0])),
            resource("/ColorSpace", "/Two", spot("Gold", [0, 0.2, 0.6, 0]), 2),
        ),
        [],
    ),
    "the intent's own profile": (
        drawn_in(lambda pdf: Array([Name.ICCBased, pdf.Root.OutputIntents[0].DestOutputProfile]), "0 0 0 1"),
        ["colours are given with the output intent's own profile"],
    ),
    "another profile": (drawn_in(icc(4), "0 0 0 1"), []),
}


@pytest.mark.parametrize("fault", X4)
def test_a_condition_of_pdf_x4_that_is_not_met_is_found(fault: str) -> None:
    mutate, expected = X4[fault]
    assert broken(mutate) == expected


X1A: dict[str, tuple[Mutation, list[str]]] = {
    "nothing": (lambda pdf: None, []),
    "layers": (on_root("/OCProperties", Dictionary(LAYERS)), ["there are layers (optional content)"]),
    "a picture that shines through": (
        both(state(ca=0.5), drawn(GREY, "99 0 0 99 50 50"), content("q /New gs 9 0 0 9 50 50 cm /New Do Q")),
        ["something on page 1 is transparent"],
    ),
    "a page that is a group": (
        on_page("/Group", Dictionary(S=Name.Transparency, CS=CMYK)), ["there is a transparency group"],
    ),
    "a blend mode for lines": (
        both(state(BM=Name.Darken), content("q /New gs 0 0 0 0.5 K 50 50 m 90 90 l S Q", 1)),
        ["something on page 1 is transparent"],
    ),
    "a soft mask in force": (
        both(state(SMask=Dictionary(S=Name.Luminosity)), content("q /New gs 0 0 0 0.5 k 50 50 9 9 re f Q")),
        ["something on page 1 is transparent"],
    ),
    "transparency that is only declared": (
        state(CA=0.5), ["a graphics state is transparent, though nothing is painted with it"],
    ),
    "no transparency, said at length": (state(ca=1, CA=1, BM=Name.Normal, SMask=Name("/None")), []),
    "inks with a profile": (
        drawn_in(icc(4), "0 0 0 0.5"), ["a colour on page 1 is given with a profile (ICCBased)"],
    ),
    "grey with a profile": (drawn_in(icc(1), "0.5"), ["a colour on page 1 is given with a profile (ICCBased)"]),
    "a spot colour told as light": (
        resource("/ColorSpace", "/New", spot("Gold", [0.8, 0.7, 0.2], Name.DeviceRGB)),
        ["the spot colour Gold is described in DeviceRGB, not in inks"],
    ),
    "a spot colour told in inks": (resource("/ColorSpace", "/New", spot("Gold", [0, 0.2, 0.6, 0])), []),
}


@pytest.mark.parametrize("fault", X1A)
def test_a_condition_of_pdf_x1a_that_is_not_met_is_found(fault: str) -> None:
    mutate, expected = X1A[fault]
    assert broken(mutate, "pdf/x-1a") == expected


def test_pdf_x1a_of_2001_is_known_by_its_two_names() -> None:
    of_2001 = both(info("/GTS_PDFXVersion", "PDF/X-1:2001"), info("/GTS_PDFXConformance", "PDF/X-1a:2001"))
    assert broken(of_2001, "pdf/x-1a") == []
    assert broken(both(of_2001, on_page("/Group", Dictionary(S=Name.Transparency))), "pdf/x-1a") == [
        "there is a transparency group"
    ]


def test_in_a_file_for_an_rgb_condition_rgb_is_no_fault_and_ink_is() -> None:
    def mutate(pdf: Pdf) -> None:
        data = bytearray(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes())
        data[16:20] = b"RGB "
        intent("/DestOutputProfile", pdf.make_stream(bytes(data), N=3))(pdf)
        content("1 0 0 rg 50 50 9 9 re f")(pdf)

    assert broken(mutate) == ["colours are given in inks, and the output intent is for RGB"]
    with pdfkit.opened(small("pdf/x-4")) as pdf:
        mutate(pdf)
        out = io.BytesIO()
        pdf.save(out)
    assert list(pdf_rgb.CHECK.run(checks.open_pdf(out, Path("x.pdf")))) == []
