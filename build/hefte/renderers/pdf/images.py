"""Turns the RGB pictures of a laid-out document into the inks of a printing condition, through its ICC profile."""

from __future__ import annotations

import functools
import io
from pathlib import Path
from typing import Any

import pydyf
from PIL import Image, ImageCms

from hefte.errors import MissingToolError, SourceError
from hefte.renderers.pdf.document import deflated

_JPEG_QUALITY = 95


def convert(pdf: Any, profile: Path, *, flatten: bool) -> None:
    """Rewrite each RGB image of `pdf` (pydyf) as DeviceCMYK; grey and CMYK ones stay, in grey and CMYK.

    Relative colorimetric with black point compensation, from the picture's own profile or sRGB. `flatten`: no alpha
    channel is left (PDF/X-1a), each picture standing on white paper.
    """
    for entry in _images(pdf).values():
        stream, image = entry["x_object"], entry["image"]
        stream.extra["Interpolate"] = "false"
        mask = stream.extra.get("SMask")
        if flatten and mask is not None:
            del stream.extra["SMask"]
        if stream.extra["ColorSpace"] == "/DeviceRGB":
            _replace(stream, _in_inks(image.image_data.data, profile, flatten), jpeg=image.format == "JPEG")
        elif flatten and mask is not None:
            _replace(stream, _opaque(Image.open(io.BytesIO(image.image_data.data))).convert("L"), jpeg=False)


def _images(pdf: Any) -> dict[str, Any]:
    """WeasyPrint's own table of the pictures it drew: name → the source and the object made of it."""
    for item in pdf.objects:
        if hasattr(item, "_images"):
            return {name: entry for name, entry in item._images.items() if entry["x_object"] is not None}
    return {}


def _in_inks(data: bytes, profile: Path, flatten: bool) -> Image.Image:
    source = Image.open(io.BytesIO(data))
    embedded = source.info.get("icc_profile") or b""
    image = _opaque(source) if flatten else source.convert("RGB")
    try:
        converted = ImageCms.applyTransform(image, _transform(embedded, str(profile)))
    except ImageCms.PyCMSError as error:
        raise SourceError(
            f"a picture's colours cannot be converted: {error}", remedy="save it again as sRGB"
        ) from error
    assert converted is not None, "applyTransform returns an image unless told to work in place"
    return converted


def _opaque(image: Image.Image) -> Image.Image:
    """The picture as it looks on white paper."""
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    image = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


@functools.lru_cache(maxsize=8)
def _transform(embedded: bytes, profile: str) -> ImageCms.ImageCmsTransform:
    source = ImageCms.getOpenProfile(io.BytesIO(embedded)) if embedded else ImageCms.createProfile("sRGB")
    try:
        target = ImageCms.getOpenProfile(profile)
    except (OSError, ImageCms.PyCMSError) as error:
        raise MissingToolError(
            f"the ICC profile {profile} cannot be used: {error}", remedy="name a CMYK output profile in [print] profile"
        ) from error
    return ImageCms.buildTransform(
        source,
        target,
        "RGB",
        "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _replace(stream: Any, image: Image.Image, *, jpeg: bool) -> None:
    """Put `image` in an image XObject: lossy where the source was, else deflated."""
    stream.extra.pop("DecodeParms", None)
    stream.extra.pop("Decode", None)
    stream.extra["ColorSpace"] = "/DeviceCMYK" if image.mode == "CMYK" else "/DeviceGray"
    if jpeg and image.mode == "CMYK":
        out = io.BytesIO()
        image.save(out, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
        stream.stream, stream.extra["Filter"] = [out.getvalue()], "/DCTDecode"
        # Pillow writes Adobe's inverted CMYK.
        stream.extra["Decode"] = pydyf.Array((1, 0) * 4)
    else:
        stream.stream, stream.extra["Filter"] = [deflated(image.tobytes())], "/FlateDecode"
