"""The checks of finished PDFs: silent on good files; each finds the fault put into one; damage is no crash."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, String

import pdfkit
from hefte.checks import pdf as checks
from hefte.checks.frame import PdfFile
from hefte.checks.pdf import PDF_CHECKS
from hefte.errors import SourceError
from hefte.model import Severity
from pdf_faults import (
    Mutation,
    annotation,
    both,
    content,
    drawn,
    drawn_in,
    fonts,
    forget,
    form,
    gradient,
    icc,
    image,
    info,
    intent,
    links,
    on_page,
    on_root,
    pages,
    profile,
    renamed,
    resource,
    state,
    stream,
    tags,
    tiling,
    unembed,
    without,
    xmp,
)

FIXTURES = Path(__file__).parent / "fixtures" / "pdf"
PLAIN = (FIXTURES / "plain.pdf").read_bytes()
GOOD = {"print": pdfkit.print_bytes, "booklet": pdfkit.booklet_bytes, "screen": pdfkit.screen_bytes}
PAGES = {"print": 12, "booklet": 6, "screen": 12}

Found = tuple[str, int | None, str]


def found(file: PdfFile) -> list[Found]:
    return [(finding.check, finding.page, finding.message) for finding in checks.run(file)]


def after(edition: str, mutate: Mutation, *, foreign: bool = False, **save: Any) -> list[Found]:
    """What the checks find in a good file after a change, as ours or as anybody's."""
    with pikepdf.open(io.BytesIO(GOOD[edition]())) as pdf:
        mutate(pdf)
        out = io.BytesIO()
        pdf.save(out, **save)
    expect = None if foreign else {**pdfkit.EXPECT, "pages": PAGES[edition]}
    return found(checks.open_pdf(out, Path(f"{edition}.pdf"), None if foreign else edition, expect))


# --- good files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", GOOD)
def test_good_files_are_passed_in_silence(edition: str) -> None:
    assert after(edition, lambda pdf: None) == []


@pytest.mark.parametrize("edition", GOOD)
def test_good_files_are_good_for_anybody(edition: str) -> None:
    assert after(edition, lambda pdf: None, foreign=True) == []


@pytest.mark.parametrize("edition", GOOD)
def test_our_editions_are_known_again(edition: str) -> None:
    file = checks.open_pdf(io.BytesIO(GOOD[edition]()), Path("x.pdf"))
    assert (file.edition, checks.edition_of(file)) == (None, edition)


def test_ids_are_unique_and_each_check_says_why() -> None:
    assert len({check.id for check in PDF_CHECKS}) == len(PDF_CHECKS)
    for check in PDF_CHECKS:
        assert check.id.startswith("pdf-")
        assert check.rationale.endswith(".") and check.source and check.remedy and check.title


# --- print ------------------------------------------------------------------------------------------------------------

LAB = Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82])])
BLACK = "BT 0 0 0 1 k /F 9 Tf 50 50 Td (a) Tj ET"
WHITE_OVER = both(state(op=True, OPM=1), content("q /New gs 0 0 0 0 k 50 50 9 9 re f Q"))
FONT_ID, X, RGB = "pdf-font", "pdf-x", "pdf-rgb"

PRINT_FAULTS: dict[str, tuple[Mutation, list[Found]]] = {
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
        ],
    ),
    # --- RGB
    "an area in RGB": (content("1 0 0 rg 50 50 9 9 re f", 3), [(RGB, 3, "an area in DeviceRGB 1 0 0")]),
    "a line in RGB": (content("0 0.5 0 RG 50 50 m 90 90 l S"), [(RGB, 1, "a line in DeviceRGB 0 0.5 0")]),
    "text in RGB": (content("BT 0 0 1 rg /F 9 Tf (a) Tj ET"), [(RGB, 1, "text in DeviceRGB 0 0 1")]),
    "RGB in a form": (drawn(form("1 0 0 rg 0 0 9 9 re f")), [(RGB, 1, "an area in DeviceRGB 1 0 0")]),
    "RGB in a pattern": (
        both(resource("/Pattern", "/New", tiling), content("q /Pattern cs /New scn 50 50 9 9 re f Q")),
        [(RGB, 1, "an area in DeviceRGB 1 0 0")],
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
        content("q 1 0 0 1 50 50 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc\nEI Q"),
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


@pytest.mark.parametrize("fault", PRINT_FAULTS)
def test_a_fault_in_the_print_file_is_found(fault: str) -> None:
    mutate, expected = PRINT_FAULTS[fault]
    assert sorted(after("print", mutate), key=str) == sorted(expected, key=str)


HARMLESS: dict[str, Mutation] = {
    "grey": content("0.5 g 50 50 9 9 re f"),
    "a spot colour's tint": drawn_in(
        lambda pdf: Array(
            [
                Name.Separation,
                Name.Gold,
                Name.DeviceCMYK,
                Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.2, 0.6, 0], N=1),
            ]
        ),
        "1",
    ),
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


def test_severities() -> None:
    def severity(edition: str | None, mutate: Mutation) -> list[Severity]:
        with pikepdf.open(io.BytesIO(pdfkit.print_bytes())) as pdf:
            mutate(pdf)
            expect = pdfkit.EXPECT if edition else None
            return [finding.severity for finding in checks.run(PdfFile(Path("x.pdf"), pdf, edition, expect))]

    coarse = PRINT_FAULTS["a picture of 150 ppi"][0]
    coarser = PRINT_FAULTS["a picture of 250 ppi, turned"][0]
    assert severity("print", coarse) == [Severity.ERROR]
    assert severity("print", coarser) == [Severity.WARNING]
    assert severity("print", content(BLACK)) == [Severity.ERROR]
    assert severity(None, content(BLACK)) == [Severity.WARNING]
    assert severity("print", fonts(renamed("/Literata"))) == [Severity.WARNING]


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


# --- booklet ----------------------------------------------------------------------------------------------------------


BOOKLET_FAULTS: dict[str, tuple[Mutation, list[Found]]] = {
    "half a sheet": (
        pages(5),
        [
            ("pdf-page-count", None, "there are 5 sides of sheets, which is not a multiple of 2"),
            ("pdf-page-count", None, "there are 5 pages, and 6 were laid out"),
        ],
    ),
    "RGB": (content("1 0 0 rg 50 50 9 9 re f"), [(RGB, 1, "an area in DeviceRGB 1 0 0")]),
    "no intent": (without("Root.OutputIntents"), [("pdf-output-intent", None, "there is no output intent for PDF/X")]),
}


@pytest.mark.parametrize("fault", BOOKLET_FAULTS)
def test_a_fault_in_the_booklet_is_found(fault: str) -> None:
    mutate, expected = BOOKLET_FAULTS[fault]
    assert after("booklet", mutate) == expected


# --- screen -----------------------------------------------------------------------------------------------------------

TAGGED = "pdf-tagged"
SCREEN_FAULTS: dict[str, tuple[Mutation, list[Found]]] = {
    "no tags": (
        both(without("Root.StructTreeRoot"), without("Root.MarkInfo")),
        [
            (TAGGED, None, "there are no tags"),
            (TAGGED, None, "the file does not say that it is tagged (MarkInfo)"),
        ],
    ),
    "no language": (without("Root.Lang"), [(TAGGED, None, "the file does not name its language")]),
    "another language": (on_root("/Lang", String("en")), [(TAGGED, None, "the file says that it is in en, not nb")]),
    "no title": (xmp("dc:title", "dc:other"), [(TAGGED, None, "there is no title")]),
    "the file's name shown": (
        without("Root.ViewerPreferences.DisplayDocTitle"),
        [
            (TAGGED, None, "readers show the file's name instead of its title (DisplayDocTitle)"),
        ],
    ),
    "no claim": (xmp("pdfuaid:part", "pdfuaid:other"), [(TAGGED, None, "the file does not claim to be PDF/UA-1")]),
    "tab order": (
        lambda pdf: forget("/Tabs")(pdf.pages[1].obj),
        [
            (TAGGED, 2, "the tab key does not follow the reading order (Tabs)"),
        ],
    ),
    "a nameless link": (links(forget("/Contents")), [(TAGGED, 2, "a link has no name (Contents)")]),
    "a link outside the tags": (links(forget("/StructParent")), [(TAGGED, 2, "a link stands outside the tags")]),
    "a figure without words": (tags("/Figure", forget("/Alt")), [(TAGGED, 5, "a figure has no alternative text")]),
    "no bookmarks": (
        without("Root.Outlines"),
        [
            ("pdf-bookmarks", None, "there are 0 bookmarks for 9 headings of the first level"),
        ],
    ),
    "a bookmark to nowhere": (
        lambda pdf: forget("/Dest")(pdf.Root.Outlines.First),
        [
            ("pdf-bookmarks", None, "the bookmark Ørene på kryss leads nowhere"),
        ],
    ),
    "a larger page": (
        on_page("/MediaBox", [-9, -9, 430, 605], 4),
        [("pdf-boxes", 4, "the page is larger than its trim")],
    ),
}


@pytest.mark.parametrize("fault", SCREEN_FAULTS)
def test_a_fault_in_the_screen_file_is_found(fault: str) -> None:
    mutate, expected = SCREEN_FAULTS[fault]
    assert after("screen", mutate) == expected


# --- anybody's files --------------------------------------------------------------------------------------------------


def test_a_foreign_file_is_asked_for_its_fonts_and_for_nothing_that_it_does_not_claim() -> None:
    file = checks.open_pdf(FIXTURES / "plain.pdf", FIXTURES / "plain.pdf")
    assert checks.edition_of(file) is None
    assert found(file) == [("pdf-font", None, "the font Helvetica is not embedded")]


def test_a_foreign_pdf_x4_may_have_rgb_with_a_profile_and_none_without() -> None:
    assert after("print", drawn_in(icc(3), "1 0 0"), foreign=True) == []
    by_default = both(resource("/ColorSpace", "/DefaultRGB", icc(3)), content("1 0 0 rg 50 50 9 9 re f"))
    assert after("print", by_default, foreign=True) == []
    assert after("print", content("1 0 0 rg 50 50 9 9 re f"), foreign=True) == [(RGB, 1, "an area in DeviceRGB 1 0 0")]


def test_a_foreign_pdf_ua_is_asked_for_its_tags() -> None:
    assert after("screen", without("Root.Lang"), foreign=True) == [
        (TAGGED, None, "the file does not name its language")
    ]


def test_what_is_no_pdf_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "garbage.pdf"
    path.write_bytes(b"this is not a PDF")
    with pytest.raises(SourceError) as refused:
        checks.open_pdf(path, path)
    assert refused.value.line(tmp_path).startswith("garbage.pdf:1: garbage.pdf is not a PDF that can be read (")
    assert refused.value.line(tmp_path).endswith("; export it again")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone\.pdf cannot be read: No such file or directory"):
        checks.open_pdf(tmp_path / "gone.pdf", tmp_path / "gone.pdf")


def test_a_locked_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    with pikepdf.open(FIXTURES / "plain.pdf") as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(SourceError, match=r"locked\.pdf is locked with a password"):
        checks.open_pdf(path, path)


def test_damaged_content_is_a_finding() -> None:
    rows = after("print", content("q /Gone Do Q", 2), foreign=True)
    assert [row[:2] for row in rows] == [("pdf-damage", 2)]
    assert rows[0][2].startswith("operator Do: ")


def test_a_file_that_had_to_be_repaired_is_told() -> None:
    file = checks.open_pdf(io.BytesIO(PLAIN[:-60]), Path("cut.pdf"))
    assert found(file)[:2] == [
        ("pdf-damage", None, "the file had to be repaired: file is damaged"),
        ("pdf-damage", None, "the file had to be repaired: can't find startxref"),
    ]


def test_forms_that_draw_each_other_come_to_an_end() -> None:
    def mutate(pdf: Pdf) -> None:
        one = form("/Me Do /Me Do")(pdf)
        one.Resources = Dictionary(XObject=Dictionary(Me=one))
        drawn(lambda _: one)(pdf)

    rows = after("print", mutate, foreign=True)
    assert ("pdf-damage", 1, "operator Do: forms are nested too deeply or drawn too often") in rows


@given(
    st.lists(st.tuples(st.integers(0, len(PLAIN) - 1), st.integers(0, 255)), max_size=12), st.integers(0, len(PLAIN))
)
def test_no_damage_ends_in_a_traceback(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(PLAIN)
    for place, value in changes:
        data[place] = value
    for damaged in (bytes(data), bytes(data[:length])):
        try:
            file = checks.open_pdf(io.BytesIO(damaged), Path("x.pdf"))
        except SourceError:
            continue
        for finding in checks.run(file):
            assert finding.check.startswith("pdf-")
