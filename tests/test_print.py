"""The file for the press: its boxes, inks, overprint, pictures, marks, intent and label, read back with pikepdf."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import weasyprint

import pdfkit
from hefte.errors import MissingToolError, SourceError, UsageError
from hefte.model import Finding, Severity
from hefte.renderers.pdf import metadata
from pdfkit import one_page, opened


def box(page: pikepdf.Page, name: str) -> list[float]:
    return [float(corner) for corner in page.obj[name]]


# --- boxes ----------------------------------------------------------------------------------------------------------


def test_boxes_are_a5_with_bleed_and_begin_at_the_corner() -> None:
    with opened(pdfkit.print_bytes()) as pdf:
        for page in pdf.pages:
            # 148 mm = 419.528 pt, 210 mm = 595.276 pt, 3 mm = 8.504 pt
            assert box(page, "/MediaBox") == [0, 0, 436.535, 612.283]
            assert box(page, "/BleedBox") == [0, 0, 436.535, 612.283]
            assert box(page, "/TrimBox") == [8.504, 8.504, 428.031, 603.78]
            assert "/CropBox" not in page.obj and "/ArtBox" not in page.obj


def test_crop_marks_make_the_medium_larger_and_stand_outside_the_bleed_on_every_plate() -> None:
    _, pdf = one_page("<p>Tekst", spec=replace(pdfkit.SPEC, crop_marks=True))
    page = pdf.pages[0]
    # 10 mm = 28.346 pt around the trim
    assert box(page, "/MediaBox") == [0, 0, 476.22, 651.969]
    assert box(page, "/TrimBox") == [28.346, 28.346, 447.874, 623.622]
    assert box(page, "/BleedBox") == [19.843, 19.843, 456.378, 632.126]
    ops = pdfkit.operators(pdf, 1)
    marks = ops[ops.index("/hefte-registration CS") :]
    assert marks[:3] == ["/hefte-registration CS", "1 SCN", "0.25 w"]
    # The lower left corner: gap of 3.5 mm (9.921 pt), length 5 mm (14.173 pt).
    assert marks[3:7] == ["18.425 28.346 m", "4.252 28.346 l", "28.346 18.425 m", "28.346 4.252 l"]
    assert [op.split()[-1] for op in marks].count("l") == 8
    space = page.obj.Resources.ColorSpace["/hefte-registration"]
    assert [str(part) for part in space[:3]] == ["/Separation", "/All", "/DeviceCMYK"]
    assert [int(ink) for ink in space[3].C1] == [1, 1, 1, 1]


def test_content_is_moved_to_the_corner_and_clipped_to_the_bleed() -> None:
    _, pdf = one_page("<p>Tekst", spec=replace(pdfkit.SPEC, crop_marks=True))
    assert pdfkit.operators(pdf, 1)[:5] == [
        "q",
        "19.843 19.843 436.535 612.283 re",
        "W",
        "n",
        "1 0 0 1 28.346 28.346 cm",
    ]


def test_tilings_move_with_the_content() -> None:
    css = ".tiled { width: 50mm; height: 50mm; background: url(project:///grey.png); background-size: 5mm }"
    html = '<div class="tiled"></div>'
    _, pdf = one_page(html, css)
    plain = opened(pdfkit.lay_out(html, css).write_pdf())
    after, before = (
        next(item for item in file.objects if isinstance(item, pikepdf.Stream) and "/PatternType" in item)
        for file in (pdf, plain)
    )
    assert float(after.Matrix[4]) == pytest.approx(float(before.Matrix[4]) + 8.504, abs=0.001)
    assert float(after.Matrix[5]) == pytest.approx(float(before.Matrix[5]) + 8.504, abs=0.001)


# --- what the file says of itself -----------------------------------------------------------------------------------


def test_the_output_intent_names_fogra39_and_carries_the_profile() -> None:
    with opened(pdfkit.print_bytes()) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert {key: str(value) for key, value in intent.items() if key != "/DestOutputProfile"} == {
            "/Type": "/OutputIntent",
            "/S": "/GTS_PDFX",
            "/OutputConditionIdentifier": "FOGRA39",
            "/OutputCondition": "FOGRA39",
            "/RegistryName": "http://www.color.org",
            "/Info": "FOGRA39",
        }
        assert intent.DestOutputProfile.read_bytes() == pdfkit.PROFILE.read_bytes()
        assert int(intent.DestOutputProfile.N) == 4


def test_info_and_xmp_agree_and_are_in_utc() -> None:
    when = dt.datetime(2026, 11, 22, 1, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    result = pdfkit.write_print(pdfkit.lay_out("<p>a"), when=when, title="Sorg & <trøst>", preflight=lambda _: ())
    pdf = opened(result.content)
    assert {key: str(value) for key, value in pdf.docinfo.items()} == {
        "/Title": "Sorg & <trøst>",
        "/Creator": "hefte",
        "/Producer": "WeasyPrint 70.0",
        "/CreationDate": "D:20261121233000Z",
        "/ModDate": "D:20261121233000Z",
        "/Trapped": "/False",
        "/HefteEdition": "print",
        "/HefteKind": "press",
    }
    with pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == "Sorg & <trøst>"
        assert xmp["xmp:CreateDate"] == xmp["xmp:ModifyDate"] == xmp["xmp:MetadataDate"] == "2026-11-21T23:30:00Z"
        assert xmp["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
        assert (xmp["xmpMM:VersionID"], xmp["xmpMM:RenditionClass"], xmp["pdf:Trapped"]) == ("1", "default", "False")
        derived = uuid.uuid5(uuid.NAMESPACE_URL, f"hefte:{pdfkit.IDENTIFIER}/print")
        assert xmp["xmpMM:DocumentID"] == f"uuid:{derived}"
    assert pdf.pdf_version == "1.6"
    assert "/Filter" not in pdf.Root.Metadata


def test_a_time_without_zone_is_utc() -> None:
    assert metadata.iso_date(dt.datetime(2026, 11, 22, 12)) == "2026-11-22T12:00:00Z"


def test_nothing_interactive_is_left() -> None:
    with opened(pdfkit.print_bytes()) as pdf:
        assert not any("/Annots" in page.obj for page in pdf.pages)
        assert sorted(pdf.Root.keys()) == [
            "/Lang",
            "/Metadata",
            "/OutputIntents",
            "/PageLayout",
            "/Pages",
            "/Type",
            "/ViewerPreferences",
        ]
        assert str(pdf.Root.Lang) == "nb"


@pytest.mark.parametrize(("direction", "said"), [("ltr", "/L2R"), ("rtl", "/R2L")])
def test_the_reading_direction_is_said(direction: str, said: str) -> None:
    _, pdf = one_page("<p>a", direction=direction)
    assert pdf.Root.ViewerPreferences.Direction == said


def test_pdf_x1a_is_pdf_14_and_says_so_in_info() -> None:
    spec = replace(pdfkit.SPEC, standard="pdf/x-1a")
    result = pdfkit.write_print(
        pdfkit.document(), spec=spec, preflight=lambda content: pdfkit.preflight(content, standard="pdf/x-1a")
    )
    assert (result.findings, result.labelled) == ((), True)
    assert result.content.startswith(b"%PDF-1.4")
    pdf = opened(result.content)
    assert str(pdf.docinfo["/GTS_PDFXVersion"]) == "PDF/X-1a:2003"
    assert "/GTS_PDFXConformance" not in pdf.docinfo
    assert b"pdfxid:GTS_PDFXVersion" not in pdf.Root.Metadata.read_bytes()


# --- the label ------------------------------------------------------------------------------------------------------


def labels(content: bytes) -> bool:
    pdf = opened(content)
    return b"<pdfxid:GTS_PDFXVersion>" in pdf.Root.Metadata.read_bytes() or "/GTS_PDFXVersion" in pdf.docinfo


def test_without_a_preflight_nothing_is_claimed() -> None:
    result = pdfkit.write_print(pdfkit.lay_out("<p>a"))
    assert (result.labelled, labels(result.content)) == (False, False)


def test_what_the_preflight_sees_is_labelled_and_what_it_refuses_is_not() -> None:
    seen: list[bool] = []

    def refuse(content: bytes) -> list[Finding]:
        seen.append(labels(content))
        return [Finding("pdf-x", Severity.ERROR, "no", "do")]

    result = pdfkit.write_print(pdfkit.lay_out("<p>a"), preflight=refuse)
    assert seen == [True]
    assert (result.labelled, labels(result.content)) == (False, False)
    assert [finding.message for finding in result.findings] == ["no"]


def test_a_warning_does_not_cost_the_label() -> None:
    warning = Finding("pdf-resolution", Severity.WARNING, "coarse", "do")
    result = pdfkit.write_print(pdfkit.lay_out("<p>a"), preflight=lambda _: [warning])
    assert result.labelled and labels(result.content)
    assert result.findings == (warning,)


def test_transparency_costs_the_label_of_x1a() -> None:
    result = pdfkit.write_print(
        pdfkit.lay_out("<p style='opacity: .5'>a"),
        spec=replace(pdfkit.SPEC, standard="pdf/x-1a"),
        preflight=lambda content: pdfkit.preflight(content, standard="pdf/x-1a", pages=1),
    )
    assert not result.labelled
    assert "something on page 1 is transparent" in [finding.message for finding in result.findings]


# --- the same bytes -------------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another folder and another time zone."""
    monkeypatch.chdir(tmp_path)
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Pacific/Kiritimati"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_the_same_bytes_again_and_elsewhere(elsewhere: None) -> None:
    again = pdfkit.write_print(pdfkit.lay_out(), preflight=pdfkit.preflight)
    assert again.content == pdfkit.print_bytes()


def test_writing_one_edition_leaves_the_document_as_it_was() -> None:
    laid_out = pdfkit.document()
    before = [(dict(page.bleed), len(page.links), len(page.bookmarks), len(page.anchors)) for page in laid_out.pages]
    screen, press = pdfkit.write_screen(laid_out), pdfkit.write_print(laid_out).content
    after = [(dict(page.bleed), len(page.links), len(page.bookmarks), len(page.anchors)) for page in laid_out.pages]
    assert before == after
    assert pdfkit.write_screen(laid_out) == screen
    assert pdfkit.write_print(laid_out).content == press


def test_the_file_identifier_is_derived_and_differs_by_edition() -> None:
    with opened(pdfkit.print_bytes()) as pdf, opened(pdfkit.screen_bytes()) as other:
        assert bytes(pdf.trailer.ID[0]).decode() == hashlib.md5(b"tiny-nb-2026.1/print").hexdigest()
        assert bytes(other.trailer.ID[0]).decode() == hashlib.md5(b"tiny-nb-2026.1/screen").hexdigest()


# --- what can go wrong ----------------------------------------------------------------------------------------------


def test_a_missing_profile_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingToolError, match=r"the ICC profile .*gone\.icc cannot be read: No such file"):
        pdfkit.write_print(pdfkit.lay_out("<p>a"), spec=replace(pdfkit.SPEC, profile=tmp_path / "gone.icc"))


def test_a_layout_without_bleed_is_refused() -> None:
    laid_out = pdfkit.lay_out("<p>a", "@page { bleed: 1mm }")
    with pytest.raises(SourceError, match=r"page 1 is laid out with a bleed of 1\.0 mm, and the print file needs 3 mm"):
        pdfkit.write_print(laid_out)


def test_an_unknown_standard_is_refused() -> None:
    with pytest.raises(UsageError, match=r"there is no standard 'pdf/x-9'"):
        pdfkit.write_print(pdfkit.lay_out("<p>a"), spec=replace(pdfkit.SPEC, standard="pdf/x-9"))


def test_another_weasyprint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "VERSION", "71.0")
    with pytest.raises(MissingToolError, match=r"WeasyPrint 71\.0 is installed, and PDFs are made with 70\.0 only"):
        pdfkit.write_print(pdfkit.document())


def test_characters_that_no_font_has_are_told(weasyprint_warnings: list[str]) -> None:
    result = pdfkit.write_print(pdfkit.lay_out("<p>ሀ"))
    assert result.missing_glyphs == ("ሀ",)
    assert weasyprint_warnings.pop().startswith(".notdef glyph rendered")
