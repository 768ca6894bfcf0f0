"""The file for the press: its boxes, inks, overprint, pictures, marks, intent and label, read back with pikepdf."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import weasyprint
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

import pdfkit
from hefte.errors import MissingToolError, UsageError
from hefte.model import Colour, Finding, Severity
from hefte.renderers.pdf import colours, metadata


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def one_page(html: str, css: str = "", **changes: Any) -> tuple[Any, pikepdf.Pdf]:
    """The PrintResult of a page with `html` on it, and its file."""
    result = pdfkit.write_print(pdfkit.lay_out(html, css), **changes)
    return result, opened(result.content)


def images(pdf: pikepdf.Pdf) -> list[Any]:
    return [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"]


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


# --- inks -----------------------------------------------------------------------------------------------------------


def test_every_colour_becomes_the_palettes_inks() -> None:
    with opened(pdfkit.print_bytes()) as pdf:
        ops = [op for page in range(1, 13) for op in pdfkit.operators(pdf, page)]
        assert {op for op in ops if op.split()[-1] in ("k", "K")} == {
            "0 0 0 0 k",  # paper
            "0 0 0 1 k",  # ink
            "0 0 0 1 K",  # ink, underlining
            "0 0 0 0.78 k",  # muted
            "0.32 0.68 0 0.68 k",  # plum
            "0.03 0.06 0.12 0 k",  # sand
        }
        assert not [op for op in ops if op.split()[-1] in ("rg", "RG", "g", "G", "cs", "CS", "sc", "scn", "SCN")]
        assert dict(pdf.pages[0].obj.Resources.ColorSpace) == {}


def test_a_colour_outside_the_palette_is_reported_left_alone_and_costs_the_label() -> None:
    result, pdf = one_page("<p style='color: #123456'>a<p style='color: #123456'>b", preflight=pdfkit.preflight)
    assert result.unmapped == ("#123456",)
    assert not result.labelled
    assert result.findings[0] == Finding(
        "colour-undeclared",
        Severity.ERROR,
        "the colour #123456 has no inks",
        "use a colour of the theme, or declare this one in [colours] of theme.toml with its inks",
    )
    assert "0.070588 0.203922 0.337255 rg" in pdfkit.operators(pdf, 1)


def test_a_lab_colour_is_reported() -> None:
    result, _ = one_page("<p style='color: oklab(0.5 0.1 0.1)'>a")
    assert result.unmapped == ("a colour given in Lab or OKLab",)


@given(st.tuples(*[st.integers(0, 255)] * 3), st.tuples(*[st.integers(0, 100)] * 4))
def test_any_declared_colour_is_found_again_in_what_weasyprint_writes(
    srgb: tuple[int, int, int], inks: tuple[int, int, int, int]
) -> None:
    palette = colours.Palette({"one": Colour("one", srgb, inks)})
    written = [float(f"{channel / 255:f}") for channel in srgb]
    assert palette.inks(written) == tuple(ink / 100 for ink in inks)
    assert not palette.unmapped


def test_gradients_run_between_inks() -> None:
    css = ".fading { height: 20mm; background: linear-gradient(#f6eee3, #5b3a55) }"
    result, pdf = one_page('<div class="fading"></div>', css)
    assert result.unmapped == ()
    shading = next(item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/ShadingType" in item)
    assert shading.ColorSpace == "/DeviceCMYK"
    step = shading.Function.Functions[0] if "/Functions" in shading.Function else shading.Function
    assert [float(ink) for ink in step.C0] == [0.03, 0.06, 0.12, 0]
    assert [float(ink) for ink in step.C1] == [0.32, 0.68, 0, 0.68]


def test_transparency_groups_blend_in_inks() -> None:
    _, pdf = one_page("<p style='opacity: .5'>a")
    groups = [item.Group for item in pdf.objects if isinstance(item, pikepdf.Stream) and "/Group" in item]
    assert [str(group.CS) for group in groups] == ["/DeviceCMYK"]


# --- overprint ------------------------------------------------------------------------------------------------------


def test_black_text_overprints_and_nothing_else_does() -> None:
    html = '<p style="color: #2b2433">a</p><p style="color: #5b3a55">b</p><p style="color: white">c</p>'
    _, pdf = one_page(html)
    states = pdf.pages[0].obj.Resources.ExtGState
    overprint, knockout = states["/hefte-overprint"], states["/hefte-knockout"]
    assert (bool(overprint.op), bool(overprint.OP), int(overprint.OPM)) == (True, False, 1)
    assert (bool(knockout.op), bool(knockout.OP), int(knockout.OPM)) == (False, False, 0)
    ops = [op for op in pdfkit.operators(pdf, 1) if op.endswith(" k") or "hefte" in op]
    assert ops == [
        "0 0 0 0 k",
        "0 0 0 1 k",
        "/hefte-overprint gs",
        "0.32 0.68 0 0.68 k",
        "/hefte-knockout gs",
        "0 0 0 0 k",
        "0 0 0 0.78 k",  # the folio: a tint knocks out
    ]


def test_a_form_says_for_itself_whether_it_overprints() -> None:
    """A form inherits the state where it is drawn: after black text that would be overprint."""
    svg = (
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>"
        "<rect width='1' height='1' fill='%23f6eee3'/></svg>"
    )
    html = f'<p>a</p><div class="art"></div><style>.art {{ height: 9mm; background: url("{svg}") no-repeat }}</style>'
    _, pdf = one_page(html)
    form = next(item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form")
    ops = [str(one.operator) for one in pikepdf.parse_content_stream(form) if str(one.operator) in ("k", "gs")]
    assert ops[-2:] == ["k", "gs"]
    assert b"/hefte-knockout gs" in form.read_bytes()
    assert "/hefte-knockout" in form.Resources.ExtGState


COLOUR_OPS = st.sampled_from(
    [b"0 0 0 1 k", b"0 0 0 0 k", b"0 0 0 0.78 k", b"/Pattern cs", b"0 0 0 1 K", b"q", b"Q", b"f"]
)


@given(st.lists(COLOUR_OPS))
def test_whenever_something_is_filled_overprint_is_on_just_for_black(ops: list[bytes]) -> None:
    black, on, stack = False, False, []
    for op in colours._overprinting(ops, False):
        if op == b"q":
            stack.append((black, on))
        elif op == b"Q":
            black, on = stack.pop() if stack else (black, on)
        elif op.endswith(b" gs"):
            on = op == b"/hefte-overprint gs"
        elif op.endswith((b" k", b" cs")):
            black = op == b"0 0 0 1 k"
        elif op == b"f":
            assert on == black


# --- pictures -------------------------------------------------------------------------------------------------------


def in_fogra39(rgb: tuple[int, int, int]) -> Any:
    """What LittleCMS itself makes of one sRGB colour: relative colorimetric, black point compensated."""
    transform = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        str(pdfkit.PROFILE),
        "RGB",
        "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    converted = ImageCms.applyTransform(Image.new("RGB", (1, 1), rgb), transform)
    assert converted is not None
    return converted.getpixel((0, 0))


def solid(colour: tuple[int, ...], mode: str = "RGB", form: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (4, 4), colour).save(out, form, **options)
    return out.getvalue()


@pytest.fixture
def picture(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Serve a picture as project:///photo.png."""

    def serve(data: bytes) -> str:
        monkeypatch.setattr(pdfkit, "PICTURES", {"photo.png": data})
        return '<img src="project:///photo.png" alt="et bilde">'

    yield serve


def test_a_picture_is_converted_through_the_profile(picture: Any) -> None:
    _, pdf = one_page(picture(solid((200, 30, 40))))
    (image,) = images(pdf)
    assert (image.ColorSpace, image.Filter, bool(image.Interpolate)) == ("/DeviceCMYK", "/FlateDecode", False)
    assert tuple(image.read_bytes()[:4]) == in_fogra39((200, 30, 40))


def test_a_pictures_own_profile_counts(picture: Any) -> None:
    wide = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    _, pdf = one_page(picture(solid((200, 30, 40), icc_profile=srgb)))
    assert tuple(images(pdf)[0].read_bytes()[:4]) == in_fogra39((200, 30, 40))
    with pytest.raises(Exception, match="a picture's colours cannot be converted"):
        one_page(picture(solid((200, 30, 40), icc_profile=wide)))


def test_a_photograph_stays_a_jpeg(picture: Any) -> None:
    _, pdf = one_page(picture(solid((200, 30, 40), form="JPEG", quality=100)))
    (image,) = images(pdf)
    assert (image.ColorSpace, image.Filter) == ("/DeviceCMYK", "/DCTDecode")
    # Adobe's CMYK JPEGs are inverted.
    assert [int(value) for value in image.Decode] == [1, 0] * 4
    seen = pikepdf.PdfImage(image).as_pil_image().getpixel((1, 1))
    assert seen == pytest.approx(in_fogra39((200, 30, 40)), abs=8)


def test_a_grey_picture_stays_grey(picture: Any) -> None:
    _, pdf = one_page(picture(solid((77,), "L")))
    (image,) = images(pdf)
    assert image.ColorSpace == "/DeviceGray"
    assert "/SMask" not in image


def test_transparency_of_a_picture_is_kept_in_x4_and_flattened_on_white_in_x1a(picture: Any) -> None:
    html = picture(solid((200, 30, 40, 0), "RGBA"))
    _, x4 = one_page(html)
    mask = next(image for image in images(x4) if image.ColorSpace == "/DeviceGray")
    image = next(image for image in images(x4) if image.ColorSpace == "/DeviceCMYK")
    assert image.SMask.objgen == mask.objgen
    _, x1a = one_page(html, spec=replace(pdfkit.SPEC, standard="pdf/x-1a"))
    flat = next(image for image in images(x1a) if image.ColorSpace == "/DeviceCMYK")
    assert "/SMask" not in flat
    assert tuple(flat.read_bytes()[:4]) == in_fogra39((255, 255, 255)) == (0, 0, 0, 0)


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


def test_a_profile_that_is_none_is_named(tmp_path: Path, picture: Any) -> None:
    (tmp_path / "no.icc").write_bytes(b"not a profile")
    with pytest.raises(MissingToolError, match=r"the ICC profile .*no\.icc cannot be used"):
        one_page(picture(solid((1, 2, 3))), spec=replace(pdfkit.SPEC, profile=tmp_path / "no.icc"))


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
    assert [finding.message for finding in result.findings] == ["no font has ሀ (U+1200)"]
    assert weasyprint_warnings.pop().startswith(".notdef glyph rendered")
