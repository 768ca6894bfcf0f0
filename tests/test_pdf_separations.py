"""Ink that comes together on the sheet, measured on Ghostscript's plates, and what was not looked at at all."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import ImageCms

import pdfkit
from hefte.checks import pdf_bleed, pdf_grey, pdf_plates, pdf_separations, pdf_sight, pdf_unseen
from hefte.tools import ghostscript
from hefte.tools.process import Outcome
from sightkit import Found, box_of, drawn, found, opened, text

LIMIT = {"ink_limit": 300}
GROUND = "1 1 0 0 k 50 50 100 60 re f\n"


def too_much(percent: int, size: str, limit: int = 300, page: int = 1) -> Found:
    return "error", page, f"{percent} % of ink lie on a place of {size} mm, more than {limit} %"


def spot(pdf: pikepdf.Pdf) -> None:
    """A spot colour as /Spot: PANTONE 300 C, whose name is that of no file."""
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([1, 0.4, 0, 0]), N=1)
    space = Array([Name.Separation, Name("/PANTONE 300/../C"), Name.DeviceCMYK, tint])
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(Spot=space)


def press(pdf: pikepdf.Pdf) -> None:
    """Somebody's PDF/X with a profile of 300 %."""
    intent = Dictionary(S=Name.GTS_PDFX, DestOutputProfile=pdf.make_stream(pdfkit.PROFILE.read_bytes(), N=4))
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    pdf.docinfo["/GTS_PDFXVersion"] = "PDF/X-4"


SEEN: dict[str, tuple[str, Any, dict[str, int], list[Found]]] = {
    "little": (GROUND, None, LIMIT, []),
    "too much": ("0.8 0.8 0.8 0.8 k 50 50 100 60 re f", None, LIMIT, [too_much(320, "35 × 21")]),
    # 193 of 255 in each
    "a little too much": ("0.755 0.755 0.755 0.755 k 50 50 100 60 re f", None, LIMIT, [too_much(303, "35 × 21")]),
    "just enough": ("0.75 0.75 0.75 0.75 k 50 50 100 60 re f", None, LIMIT, []),
    "uncoated paper": ("0.75 0.75 0.75 0.75 k 50 50 100 60 re f", None, {"ink_limit": 280},
                       [too_much(300, "35 × 21", 280)]),
    "overprinting": (GROUND + "/Over gs 0 0 0.6 0.8 k 80 60 40 30 re f", None, LIMIT, [too_much(340, "14 × 11")]),
    "the same, knocking out": (GROUND + "0 0 0.6 0.8 k 80 60 40 30 re f", None, LIMIT, []),
    "letters over it": (GROUND + "/Over gs " + text("Svart", "0 0 0.6 0.8 k", 9, "60 70"), None, LIMIT, []),
    "a large letter over it": (GROUND + "/Over gs " + text("I", "0 0 0.6 0.8 k", 80, "80 52", "/B"), None, LIMIT, [
        too_much(340, "4 × 20")]),
    "a spot colour over it": (GROUND + "/Over gs /Spot cs 1 scn 80 60 40 30 re f\n"
                              "0 0 0.4 0 k 80 60 40 30 re f", spot, LIMIT, [too_much(340, "14 × 11")]),
    "transparent": (GROUND + "/Thin gs 1 1 1 1 k 80 60 40 30 re f", None, {"ink_limit": 250},
                    [too_much(260, "14 × 11", 250)]),
}


@pytest.mark.parametrize("case", SEEN)
def test_inks_add_up_where_they_lie_together(case: str) -> None:
    content, change, expect, expected = SEEN[case]
    assert found(pdf_separations.CHECK, drawn(content, change=change), "print", expect) == expected


def test_the_worst_spot_has_its_place() -> None:
    content = "0.8 0.8 0.8 0.8 k 50 50 100 60 re f 0.9 0.9 0.9 0.9 k 200 150 40 30 re f"
    left, bottom, right, top = box_of(pdf_separations.CHECK, drawn(content), "print")
    assert abs(left - 200) <= 2 and abs(bottom - 150) <= 2 and abs(right - 240) <= 2 and abs(top - 180) <= 2
    turned = drawn(content, Rotate=90, MediaBox=Array([10, 20, 310, 220]))
    left, bottom, right, top = box_of(pdf_separations.CHECK, turned, "print")
    assert abs(left - 200) <= 2 and abs(bottom - 150) <= 2 and abs(right - 240) <= 2 and abs(top - 180) <= 2


def test_a_turn_that_all_pages_inherit_is_allowed_for() -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Rotate = 90

    content = "0.9 0.9 0.9 0.9 k 200 150 40 30 re f"
    left, bottom, right, top = box_of(pdf_separations.CHECK, drawn(content, change=turn), "print")
    assert abs(left - 200) <= 2 and abs(bottom - 150) <= 2 and abs(right - 240) <= 2 and abs(top - 180) <= 2


def test_a_profile_that_is_torn_is_left_aside() -> None:
    def torn(pdf: pikepdf.Pdf) -> None:
        press(pdf)
        stream = pdf.Root.OutputIntents[0].DestOutputProfile
        stream.write(stream.read_bytes()[:2000])

    content = drawn("0 0 0 1 k 0 0 300 180 re f", (300, 180), change=torn)
    (ink,) = pdf_plates.measured(opened(content, None)).pages
    assert ink.means == {"Cyan": 0, "Magenta": 0, "Yellow": 0, "Black": 100}


def test_rgb_of_somebody_elses_file_becomes_ink_through_its_profile() -> None:
    """Black of a screen is four inks on the press, as many as its profile allows; black of the press stays black."""
    ink = pdf_plates.measured(opened(drawn("0 0 0 rg 0 0 300 200 re f", change=press), None)).pages[0]
    profile = ImageCms.getOpenProfile(str(pdfkit.PROFILE))
    from PIL import Image

    to_press = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), profile, "RGB", "CMYK")
    wanted = ImageCms.applyTransform(Image.new("RGB", (1, 1)), to_press)
    assert wanted is not None
    for name, level in zip(ghostscript.PROCESS, wanted.getpixel((0, 0)), strict=True):  # type: ignore[arg-type]
        assert abs(ink.means[name] - 100 * level / 255) < 5
    black = pdf_plates.measured(opened(drawn("0 0 0 1 k 0 0 300 180 re f", (300, 180), change=press), None)).pages[0]
    assert black.means == {"Cyan": 0, "Magenta": 0, "Yellow": 0, "Black": 100}


def test_a_spot_colour_has_a_plate_of_its_own() -> None:
    ink = pdf_plates.measured(opened(drawn("/Spot cs 0.5 scn 0 0 150 200 re f", change=spot), "print")).pages[0]
    (name,) = set(ink.means) - set(ghostscript.PROCESS)
    assert name.startswith("PANTONE 300") and abs(ink.means[name] - 25) < 0.5
    assert abs(ink.most - 50) < 0.5


def test_what_goes_to_no_press_has_no_ink() -> None:
    content = drawn("1 1 1 0.6 k 50 50 100 60 re f")
    assert found(pdf_separations.CHECK, content) == []
    assert found(pdf_separations.CHECK, content, "screen") == []
    assert pdf_separations.figure(opened(content, "screen")) == {}
    # Just imposed, it is the print file's pages again; found on a disk, it may be anything.
    assert found(pdf_separations.CHECK, content, "booklet", LIMIT) == []
    assert found(pdf_separations.CHECK, content, "booklet") == [too_much(360, "35 × 21")]


def test_the_figure_has_each_page() -> None:
    figure = dict(pdf_separations.figure(opened(drawn("0.2 0.4 0 0.6 k 0 0 150 180 re f", (300, 180)), "print", LIMIT)))
    (page,) = figure.pop("pages")
    assert page == pytest.approx({"page": 1, "c": 10, "m": 20, "y": 0, "k": 30, "most": 120}, abs=0.1)
    assert figure == {"most": 120.0, "page": 1, "box": [0.0, 0.0, 150.0, 180.0]}


def test_a_very_large_page_is_looked_at_coarsely() -> None:
    content = drawn("0.8 0.8 0.8 0.8 k 1000 1000 9000 9000 re f", (14400, 14400), UserUnit=10)
    (finding,) = pdf_separations.CHECK.run(opened(content, "print"))
    assert finding.message.startswith("320 % of ink lie on a place of 31")
    assert found(pdf_unseen.CHECK, content) == []


def test_many_pages_of_somebody_elses_are_not_all_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_sight, "MOST_PAGES", 2)
    monkeypatch.setattr(pdf_plates, "MOST_PAGES", 2)

    def more(pdf: pikepdf.Pdf) -> None:
        press(pdf)
        for _ in range(4):
            pdf.add_blank_page(page_size=(30, 20))

    content = drawn("", change=more)
    said = "pages 3 to 5 were not looked at: no more than 2 are looked at"
    assert found(pdf_unseen.CHECK, content) == [("note", 3, said)]
    assert found(pdf_separations.CHECK, content) == [
        ("note", None, "Ghostscript drew 2 of 5 pages: no more than 2 are looked at"),
    ]
    assert found(pdf_unseen.CHECK, content, "screen", {}) == []


def test_a_file_that_pdfium_cannot_read() -> None:
    file = opened(drawn(""), None)
    broken = type(file)(file.path, file.pdf, None, None, b"%PDF-1.7\nnothing")
    (finding,) = pdf_unseen.CHECK.run(broken)
    said = "page 1 was not looked at: PDFium cannot read the file (Failed to load document"
    assert finding.message.startswith(said)
    ours = type(file)(file.path, file.pdf, "print", {}, b"%PDF-1.7\nnothing")
    (finding,) = pdf_unseen.CHECK.run(ours)
    assert (finding.severity.value, finding.page) == ("error", 1)


def test_a_page_that_is_damaged_is_said_once() -> None:
    content = drawn(text("Sa lite", "0.9 g"), change=press, TrimBox=Array([Name.A, Name.B, Name.C, Name.D]))
    (seen,) = found(pdf_unseen.CHECK, content)
    assert seen[:2] == ("note", 1) and seen[2].startswith("page 1 was not looked at: it is damaged (")
    assert found(pdf_bleed.CHECK, content) == found(pdf_grey.CHECK, content) == []


@pytest.mark.parametrize(
    ("outcome", "why"),
    [
        (Outcome(None, ""), "it took longer than 20 s"),
        (Outcome(None, "", greedy=True), "it took too much memory"),
        (Outcome(1, "\n   **** Error: Cannot find a %%EOF marker\n"), "Error: Cannot find a %%EOF marker"),
        (Outcome(1, ""), "it did not say why"),
    ],
)
def test_pages_that_ghostscript_did_not_draw(outcome: Outcome, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ghostscript, "separate", lambda *_, **__: outcome)
    said = f"Ghostscript drew 0 of 1 pages: {why}"
    assert found(pdf_separations.CHECK, drawn("", change=press)) == [("note", None, said)]


def test_pages_of_ours_that_were_not_drawn_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ghostscript, "separate", lambda *_, **__: Outcome(1, ""))
    said = "Ghostscript drew 0 of 1 pages: it did not say why"
    for expect in (LIMIT, {}):
        assert found(pdf_separations.CHECK, drawn(""), "print", expect) == [("error", None, said)]


def test_ghostscript_reads_no_other_file(tmp_path: Path) -> None:
    """A PDF is a program: one that opens a file is stopped by the sandbox."""
    secret = tmp_path / "secret"
    secret.write_text("0 0 0 1 k 0 0 999 999 re f")
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "program.ps").write_text(f"({secret}) (r) file cvx exec showpage")
    outcome = ghostscript.separate(tmp_path / "program.ps", out, pages=1, ppi=20, profile=None, timeout_s=60)
    assert "invalidfileaccess" in outcome.said
    assert ghostscript.plates(out, 1) == {}


def test_without_ghostscript_or_with_an_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert ghostscript.probe.__wrapped__() is None
    monkeypatch.setattr(shutil, "which", lambda _: "gs")
    monkeypatch.setattr(ghostscript, "run", lambda *_, **__: Outcome(0, "9.27"))
    assert ghostscript.probe.__wrapped__() is None
    monkeypatch.setattr(ghostscript, "run", lambda *_, **__: Outcome(0, "10.02.1"))
    assert ghostscript.probe.__wrapped__() == "10.02.1"
