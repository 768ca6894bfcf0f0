"""The inks of the file for the press: palette, overprint, gradients and pictures, read back with pikepdf."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

import pdfkit
from hefte.errors import MissingToolError, SourceError
from hefte.model import Colour
from hefte.renderers.pdf import colours
from pdfkit import one_page, opened


def images(pdf: pikepdf.Pdf) -> list[Any]:
    return [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"]


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
    with pytest.raises(SourceError, match="a picture's colours cannot be converted"):
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


def test_a_profile_that_is_none_is_named(tmp_path: Path, picture: Any) -> None:
    (tmp_path / "no.icc").write_bytes(b"not a profile")
    with pytest.raises(MissingToolError, match=r"the ICC profile .*no\.icc cannot be used"):
        one_page(picture(solid((1, 2, 3))), spec=replace(pdfkit.SPEC, profile=tmp_path / "no.icc"))
