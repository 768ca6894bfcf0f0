"""What runs, plays or hides in a PDF, put into a good file and found; boxes that do not nest; fonts that are drawn."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

import pdfkit
from hefte.checks import pdf as checks
from hefte.checks import pdf_active, pdf_boxes, pdf_fonts
from hefte.model import Severity
from pdf_faults import Mutation, after, both, content, findings_after, on_page, on_root, resource

FIXTURES = Path(__file__).parent / "fixtures" / "pdf"
ERROR, WARNING = Severity.ERROR, Severity.WARNING
SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def added(value: dict[str, Any]) -> Mutation:
    """Something that hangs on the catalogue."""
    return lambda pdf: on_root("/Extra", pdf.make_indirect(Dictionary(value)))(pdf)


def note(**entries: Any) -> Mutation:
    return on_page("/Annots", Array([Dictionary(Type=Name.Annot, Rect=[9, 9, 20, 20], **entries)]))


# --- what acts --------------------------------------------------------------------------------------------------------

ACTIVE: dict[str, tuple[Mutation, str, Severity]] = {
    "a script when it is opened": (
        on_root("/Names", Dictionary(JavaScript=Dictionary(Names=[]))), "there is JavaScript in the file", ERROR,
    ),
    "an opening action": (on_root("/OpenAction", SCRIPT), "there is JavaScript in the file", ERROR),
    "a script on a page": (on_page("/AA", Dictionary(O=SCRIPT)), "there is JavaScript in the file", ERROR),
    "a script behind a link": (note(Subtype=Name.Link, A=SCRIPT), "there is JavaScript in the file", ERROR),
    "a script after another action": (
        note(Subtype=Name.Link, A=Dictionary(S=Name.GoTo, D=String("a"), Next=Array([SCRIPT]))),
        "there is JavaScript in the file", ERROR,
    ),
    "a program": (
        note(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("calc.exe"))),
        "there is an action that reaches out of the file (Launch)", ERROR,
    ),
    "a form that is sent": (
        added({"/S": Name.SubmitForm}), "there is an action that reaches out of the file (SubmitForm)", ERROR,
    ),
    "a file inside": (
        on_root("/Names", Dictionary(EmbeddedFiles=Dictionary(Names=[]))), "other files lie in the file", WARNING,
    ),
    "a file pinned to a page": (
        note(Subtype=Name.FileAttachment, FS=Dictionary(Type=Name.Filespec, EF=Dictionary())),
        "other files lie in the file", WARNING,
    ),
    "a link into another file": (
        note(Subtype=Name.Link, A=Dictionary(S=Name.GoToR, F=String("b.pdf"))),
        "a link leads into another file (GoToR)", WARNING,
    ),
    "a film": (note(Subtype=Name.Movie), "something plays: a film", WARNING),
    "rich media": (note(Subtype=Name.RichMedia), "something plays: rich media", WARNING),
    "a sound that starts": (
        on_page("/AA", Dictionary(O=Dictionary(S=Name.Sound))), "something plays: an action (Sound)", WARNING,
    ),
}


def active(mutate: Mutation, edition: str | None, **save: Any) -> list[tuple[str, Severity, str]]:
    with pikepdf.open(FIXTURES / "plain.pdf") as pdf:
        mutate(pdf)
        out = io.BytesIO()
        pdf.save(out, **save)
    file = checks.open_pdf(out, Path("x.pdf"), edition, {} if edition else None)
    return [(one.check, one.severity, one.message) for one in pdf_active.CHECK.run(file)]


@pytest.mark.parametrize("fault", ACTIVE)
def test_what_acts_is_found_in_any_pdf(fault: str) -> None:
    mutate, message, severity = ACTIVE[fault]
    assert active(mutate, None) == [("pdf-active", severity, message)]
    assert active(mutate, "screen") == [("pdf-active", ERROR, message)]


def test_encryption_with_an_empty_password_is_found() -> None:
    found = active(lambda pdf: None, None, encryption=pikepdf.Encryption(owner="a", user=""))
    assert found == [("pdf-active", ERROR, "the file is encrypted, if with an empty password")]


@pytest.mark.parametrize(
    "mutate",
    [
        lambda pdf: None,
        on_root("/OpenAction", Dictionary(S=Name.GoTo, D=String("a"))),
        on_root("/OpenAction", Array([])),
        note(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://ammehjelpen.no"))),
        note(Subtype=Name.Link, A=Dictionary(S=Name.Named, N=Name.NextPage)),
        on_root("/AcroForm", Dictionary(Fields=[])),
        added({"/S": Name.Sound, "/P": Dictionary()}),  # A structure element of that name.
    ],
)
def test_what_only_leads_about_is_passed(mutate: Mutation) -> None:
    assert active(mutate, None) == []


def test_actions_that_follow_each_other_in_a_ring_come_to_an_end() -> None:
    def mutate(pdf: Pdf) -> None:
        one = pdf.make_indirect(Dictionary(S=Name.Launch))
        one.Next = one
        on_root("/OpenAction", one)(pdf)

    assert [row[2] for row in active(mutate, None)] == ["there is an action that reaches out of the file (Launch)"]


def test_what_pdf_x_says_is_not_said_twice() -> None:
    mutate = on_root("/Names", Dictionary(JavaScript=Dictionary(Names=[])))
    assert after("print", mutate) == [("pdf-x", None, "there is JavaScript")]
    assert after("screen", mutate) == [("pdf-active", None, "there is JavaScript in the file")]
    assert after("booklet", mutate) == [("pdf-active", None, "there is JavaScript in the file")]


# --- boxes ------------------------------------------------------------------------------------------------------------

BOXES: dict[str, tuple[Mutation, list[tuple[int | None, str]]]] = {
    "crop beyond medium": (
        on_page("/CropBox", [-20, -20, 500, 700]), [(1, "the CropBox reaches beyond the MediaBox")],
    ),
    "art beyond bleed": (
        both(on_page("/ArtBox", [-9, 9, 400, 500]), lambda pdf: pdf.pages[0].obj.__delitem__("/TrimBox")),
        [
            (1, "the ArtBox reaches beyond the BleedBox"),
            (None, "the pages are not all of one size: compare pages 1 and 2"),
        ],
    ),
    "an empty bleed": (
        on_page("/BleedBox", [50, 50, 50, 600]),
        [(1, "the TrimBox reaches beyond the BleedBox"), (1, "a page box is empty")],
    ),
    "a scaled page": (on_page("/UserUnit", 2), [(1, "the page is scaled by 2 (UserUnit)")]),
    "a trim a little larger": (
        on_page("/TrimBox", [8.504, 8.504, 428.4, 603.78], 2),
        [(None, "the pages are not all of one size: compare pages 1 and 2")],
    ),
    "a page lying down": (
        on_page("/Rotate", 90, 2), [(None, "the pages are not all of one size: compare pages 1 and 2")],
    ),
}


@pytest.mark.parametrize("fault", BOXES)
def test_boxes_of_a_foreign_file_that_do_not_nest_are_found(fault: str) -> None:
    mutate, expected = BOXES[fault]
    with pdfkit.opened(pdfkit.print_bytes()) as pdf:
        mutate(pdf)
        out = io.BytesIO()
        pdf.save(out)
    found = pdf_boxes.CHECK.run(checks.open_pdf(out, Path("x.pdf")))
    assert [(one.check, one.page, one.message) for one in found] == [("pdf-boxes", *row) for row in expected]


def test_pages_turned_alike_are_of_one_size() -> None:
    def mutate(pdf: Pdf) -> None:
        for page in pdf.pages:
            page.obj.Rotate = 270

    assert after("print", mutate) == []


# --- fonts ------------------------------------------------------------------------------------------------------------


def drawn_font(pdf: Pdf) -> Any:
    glyph = pdf.make_stream(b"500 0 d0 0 0 500 500 re f")
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type3, Name=Name.Bitmap, FontBBox=[0, 0, 500, 500],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=97, LastChar=97, Widths=[500],
        CharProcs=Dictionary(a=glyph), Encoding=Dictionary(Type=Name.Encoding, Differences=[97, Name.a]),
        Resources=Dictionary(),
    )


def test_letters_that_are_drawn_are_found() -> None:
    mutate = resource("/Font", "/New", drawn_font)
    for foreign, severity in ((False, ERROR), (True, WARNING)):
        found = findings_after("print", mutate, foreign=foreign)
        assert [(one.check, one.severity, one.message) for one in found] == [
            ("pdf-font", severity, "the font Bitmap is drawn letter by letter (Type 3)")
        ]


def test_drawn_letters_are_anybodys_choice_on_a_screen() -> None:
    assert after("screen", resource("/Font", "/New", drawn_font), foreign=True) == []


def test_a_font_in_a_form_alone_is_seen() -> None:
    def mutate(pdf: Pdf) -> None:
        simple = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
        form = pdf.make_stream(
            b"BT /F 9 Tf (a) Tj ET", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9],
            Resources=Dictionary(Font=Dictionary(F=simple)),
        )
        both(resource("/XObject", "/New", lambda _: form), content("q 0 0 0 0.5 k 1 0 0 1 90 90 cm /New Do Q"))(pdf)

    assert after("print", mutate, foreign=True) == [("pdf-font", None, "the font Courier is not embedded")]


def test_each_font_is_listed_once_with_what_it_is() -> None:
    with pdfkit.opened(pdfkit.print_bytes()) as pdf:
        listed = pdf_fonts.fonts(pdf)
    plain = sorted(font.plain.strip(",") for font in listed)
    assert plain == ["Literata", "Source-Sans-3", "Source-Sans-3-Italic", "Source-Sans-3-Semi-Bold"]
    assert {(font.kind, font.embedded, font.subset) for font in listed} == {("CID TrueType", True, True)}
