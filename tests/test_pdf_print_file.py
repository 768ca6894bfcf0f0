"""Faults of a print file as a whole, each put into a good file and found: boxes, pages, fonts, PDF/X, output intent."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

import pdfkit
from hefte.checks.frame import PdfFile
from pdf_faults import (
    Found,
    Mutation,
    after,
    both,
    content,
    drawn,
    drawn_in,
    fonts,
    form,
    found,
    icc,
    image,
    info,
    intent,
    on_page,
    on_root,
    pages,
    profile,
    renamed,
    state,
    stream,
    unembed,
    without,
    xmp,
)

X, FONT_ID, RGB = "pdf-x", "pdf-font", "pdf-rgb"

FILE_FAULTS: dict[str, tuple[Mutation, list[Found]]] = {
    # --- boxes
    "no trim": (
        without("Page.TrimBox"),
        [
            ("pdf-boxes", 1, "there is no TrimBox"),
            ("pdf-boxes", 1, "the trim is 154.0 × 216.0 mm, not 148 × 210 mm"),
            ("pdf-boxes", None, "the pages are not all of one size: compare pages 1 and 2"),
        ],
    ),
    "trim and art": (
        on_page("/ArtBox", [9, 9, 400, 600]),
        [("pdf-boxes", 1, "there are both a TrimBox and an ArtBox")],
    ),
    "trim beyond bleed": (
        on_page("/BleedBox", [9, 9, 400, 600]),
        [
            ("pdf-boxes", 1, "the TrimBox reaches beyond the BleedBox"),
            ("pdf-boxes", 1, "the bleed is 0.2 mm, not 3 mm"),
        ],
    ),
    "bleed beyond medium": (
        on_page("/BleedBox", [-9, -9, 500, 700]),
        [
            ("pdf-boxes", 1, "the BleedBox reaches beyond the MediaBox"),
            ("pdf-boxes", 1, "the bleed is 6.2 mm, not 3 mm"),
        ],
    ),
    "bleed cut off": (
        on_page("/CropBox", [8.504, 8.504, 428.031, 603.78]),
        [
            ("pdf-boxes", 1, "the CropBox cuts the bleed off"),
        ],
    ),
    "bleed of 10 pt": (
        on_page("/TrimBox", [10, 10, 429.528, 605.276]),
        [
            ("pdf-boxes", 1, "the bleed is 2.5 mm, not 3 mm"),
        ],
    ),
    "another size": (
        both(*[on_page("/TrimBox", [8.504, 8.504, 425, 600], page) for page in range(1, 13)]),
        [
            row
            for page in range(1, 13)
            for row in (
                ("pdf-boxes", page, "the trim is 146.9 × 208.7 mm, not 148 × 210 mm"),
                ("pdf-boxes", page, "the bleed is 3.0 mm, not 3 mm"),
            )
        ],
    ),
    # --- pages
    "a page too few": (
        pages(11),
        [
            ("pdf-page-count", None, "there are 11 pages, which is not a multiple of 4"),
            ("pdf-page-count", None, "there are 11 pages, and 12 were laid out"),
        ],
    ),
    # --- fonts
    "a font not embedded": (fonts(unembed), [(FONT_ID, None, "the font Literata is not embedded")]),
    "a whole font": (fonts(renamed("/Literata")), [(FONT_ID, None, "the font Literata is embedded whole, not subset")]),
    "a stranger": (
        fonts(renamed("/ABCDEF+DejaVu-Sans")),
        [
            (FONT_ID, None, "the font DejaVu-Sans is not among the declared families"),
        ],
    ),
    # --- PDF/X
    "no label": (
        xmp("<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>", ""),
        [
            (X, None, "the file does not claim to be PDF/X: its conditions were not proven"),
        ],
    ),
    "another label": (
        xmp("PDF/X-4", "PDF/X-3:2003"),
        [
            (X, None, "the file claims PDF/X-3, not PDF/X-4"),
            (X, None, "the file is PDF 1.6, later than 1.4"),
        ],
    ),
    "a document id missing": (
        xmp("xmpMM:DocumentID", "xmpMM:Other"),
        [(X, None, "the XMP packet has no xmpMM:DocumentID")],
    ),
    "another title": (
        info("/Title", "Noe annet"),
        [
            (X, None, "Title in the Info dictionary is not dc:title in the XMP packet"),
        ],
    ),
    "another date": (
        info("/ModDate", "D:20261122000001Z"),
        [
            (X, None, "ModDate in the Info dictionary is not xmp:ModifyDate in the XMP packet"),
        ],
    ),
    "superfluous conformance": (
        info("/GTS_PDFXConformance", "PDF/X-4"),
        [
            (X, None, "GTS_PDFXConformance belongs to PDF/X-1:2001 and to no other"),
        ],
    ),
    "trapped unknown": (
        xmp("<pdf:Trapped>False", "<pdf:Trapped>Unknown"),
        [
            (X, None, "the XMP packet does not say True or False for Trapped"),
        ],
    ),
    "a script": (on_root("/Names", Dictionary(JavaScript=Dictionary(Names=[]))), [(X, None, "there is JavaScript")]),
    "an action": (
        lambda pdf: on_root("/Extra", pdf.make_indirect(Dictionary(S=Name.Launch)))(pdf),
        [
            (X, None, "there is an action of the kind Launch"),
        ],
    ),
    "an action on a page": (on_page("/AA", Dictionary()), [(X, None, "there are actions that an event starts (AA)")]),
    "an opening action": (
        on_root("/OpenAction", Dictionary(S=Name.GoTo)),
        [
            (X, None, "an action starts when the file is opened"),
        ],
    ),
    "a form": (on_root("/AcroForm", Dictionary(Fields=[])), [(X, None, "there is a form to fill in")]),
    "a file inside": (
        on_root("/Names", Dictionary(EmbeddedFiles=Dictionary(Names=[]))),
        [(X, None, "files are embedded")],
    ),
    "content elsewhere": (stream(b"", F=String("x.dat")), [(X, None, "a stream's content stands in another file")]),
    "OPI": (drawn(form("", OPI=Dictionary())), [(X, None, "a picture is to be replaced by another (OPI)")]),
    "alternates": (
        drawn(image(Name.DeviceCMYK, b"\0\0\0\0", Alternates=Array([]))),
        [
            (X, None, "a picture has alternates"),
            ("pdf-resolution", 1, "a picture is printed at 72 ppi, less than 200"),
        ],
    ),
    "a page elsewhere": (drawn(form("", Ref=Dictionary())), [(X, None, "a form stands for a page of another file")]),
    "PostScript": (stream(b"", Subtype=Name.PS), [(X, None, "there is a PostScript XObject")]),
    "a transfer curve": (state(TR=Name.Identity), [(X, None, "a graphics state has a transfer curve (TR)")]),
    "a second transfer curve": (state(TR2=Name.Identity), [(X, None, "a graphics state has a transfer curve (TR2)")]),
    "a halftone phase": (state(HTP=[0, 0]), [(X, None, "a graphics state has a halftone phase (HTP)")]),
    "a rendering intent": (state(RI=Name("/Nice")), [(X, None, "the rendering intent /Nice is not known")]),
    "the view cut": (
        on_root("/ViewerPreferences", Dictionary(PrintArea=Name.TrimBox)),
        [
            (X, None, "PrintArea is neither the MediaBox nor the BleedBox"),
        ],
    ),
    # --- output intent
    "no intent": (without("Root.OutputIntents"), [("pdf-output-intent", None, "there is no output intent for PDF/X")]),
    "two intents": (
        lambda pdf: pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0]),
        [
            ("pdf-output-intent", None, "there are 2 output intents for PDF/X, not one"),
        ],
    ),
    "another condition": (
        intent("/OutputConditionIdentifier", String("FOGRA51")),
        [
            ("pdf-output-intent", None, "the output intent names FOGRA51, not FOGRA39"),
        ],
    ),
    "an unnamed condition": (
        without("Root.OutputIntents.0.OutputConditionIdentifier"),
        [
            ("pdf-output-intent", None, "the output intent does not name its printing condition"),
        ],
    ),
    "no profile": (
        without("Root.OutputIntents.0.DestOutputProfile"),
        [
            ("pdf-output-intent", None, "the output intent has no ICC profile"),
        ],
    ),
    "no ICC profile": (
        profile(lambda data: b"nothing"),
        [
            ("pdf-output-intent", None, "the output intent's profile is no ICC profile"),
        ],
    ),
    "a monitor's profile": (
        profile(lambda data: data[:12] + b"mntrRGB " + data[20:]),
        [
            ("pdf-output-intent", None, "the output intent's profile is not one of an output device"),
            ("pdf-output-intent", None, "the output intent's profile is for RGB, not CMYK"),
            ("pdf-output-intent", None, "the output intent's profile has another number of channels than its /N, 4"),
            (X, None, "colours are given in inks, and the output intent is for RGB"),
        ],
    ),
}


@pytest.mark.parametrize("fault", FILE_FAULTS)
def test_a_fault_in_the_file_is_found(fault: str) -> None:
    mutate, expected = FILE_FAULTS[fault]
    assert sorted(after("print", mutate), key=str) == sorted(expected, key=str)


def test_an_encrypted_file_is_no_pdf_x() -> None:
    rows = after("print", lambda pdf: None, encryption=pikepdf.Encryption(owner="a", user=""))
    assert (X, None, "the file is encrypted") in rows


@pytest.mark.parametrize(
    ("mutate", "message"),
    [
        (without("trailer.ID"), "the trailer has no ID"),
        (stream(b"", Filter=Name.LZWDecode), "a stream is compressed with LZWDecode"),
    ],
)
def test_what_saving_would_mend_is_no_pdf_x(mutate: Mutation, message: str) -> None:
    with pikepdf.open(io.BytesIO(pdfkit.print_bytes())) as pdf:
        mutate(pdf)
        assert found(PdfFile(Path("x.pdf"), pdf, "print", pdfkit.EXPECT)) == [(X, None, message)]


# --- PDF/X-1a ---------------------------------------------------------------------------------------------------------


def x1a(mutate: Mutation) -> list[Found]:
    """What is found in a foreign PDF/X-1a after a change."""
    from dataclasses import replace

    spec = replace(pdfkit.SPEC, standard="pdf/x-1a")
    result = pdfkit.write_print(pdfkit.document(), spec=spec, preflight=lambda _: ())
    with pikepdf.open(io.BytesIO(result.content)) as pdf:
        mutate(pdf)
        return found(PdfFile(Path("x1a.pdf"), pdf))


X1A_FAULTS: dict[str, tuple[Mutation, list[Found]]] = {
    "nothing": (lambda pdf: None, []),
    "no creator": (without("Info.Creator"), [(X, None, "the Info dictionary has no Creator")]),
    "trapped unknown": (
        info("/Trapped", "/Unknown"),
        [
            (X, None, "the Info dictionary does not say True or False for Trapped"),
        ],
    ),
    "alpha": (
        both(state(ca=0.5), content("q /New gs 0 0 0 0.5 k 50 50 9 9 re f Q")),
        [
            (X, None, "something on page 1 is transparent"),
        ],
    ),
    "a blend mode": (
        both(state(BM=Name.Multiply), content("q /New gs 0 0 0 0.5 k 50 50 9 9 re f Q")),
        [
            (X, None, "something on page 1 is transparent"),
        ],
    ),
    "a group": (drawn(form("", Group=Dictionary(S=Name.Transparency))), [(X, None, "there is a transparency group")]),
    "a soft mask": (
        lambda pdf: drawn(
            image(Name.DeviceGray, b"\0", (900, 900), SMask=image(Name.DeviceGray, b"\0")(pdf)), "99 0 0 99 50 50"
        )(pdf),
        [(X, None, "a picture has a soft mask")],
    ),
    "JPEG 2000": (stream(b"", Filter=Name.JPXDecode), [(X, None, "a stream is compressed with JPXDecode")]),
    "RGB with a profile": (drawn_in(icc(3), "1 0 0"), [(RGB, 1, "an area in ICCBased 1 0 0")]),
}


@pytest.mark.parametrize("fault", X1A_FAULTS)
def test_a_fault_in_a_foreign_x1a_is_found(fault: str) -> None:
    mutate, expected = X1A_FAULTS[fault]
    assert x1a(mutate) == expected
