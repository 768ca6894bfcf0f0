"""Turns a finished PDF into figures of what it says of itself: boxes, version, fonts, pictures, colours, profile."""

from __future__ import annotations

import io
from typing import Any

from PIL import ImageCms

from hefte.checks import pdf_fonts, pdf_painting
from hefte.checks import pdf_reading as reading
from hefte.checks.frame import PdfFile
from hefte.checks.pdf_geometry import Box
from hefte.checks.pdf_inks import spots
from hefte.checks.pdf_reading import PT_PER_MM


def boxes(file: PdfFile) -> dict[str, Any]:
    """Of page 1: trim and medium, width and height in mm, and how far the bleed reaches beyond the trim, at least."""
    page = file.pdf.pages[0]
    media = reading.box(page, "/MediaBox") or (0.0, 0.0, 0.0, 0.0)
    trim = reading.box(page, "/TrimBox") or reading.box(page, "/CropBox") or media
    bleed = reading.box(page, "/BleedBox") or trim
    widths = [abs(inner - outer) / PT_PER_MM for inner, outer in zip(trim, bleed, strict=True)]
    return {"trim_mm": _size(trim), "bleed_mm": round(min(widths), 1), "media_mm": _size(media)}


def _size(box: Box) -> list[float]:
    return [round((box[2] - box[0]) / PT_PER_MM, 1), round((box[3] - box[1]) / PT_PER_MM, 1)]


def version(file: PdfFile) -> str:
    """Of PDF: `1.6`."""
    return file.pdf.pdf_version


def standard(file: PdfFile) -> str | None:
    """The part of PDF/X that it claims: `PDF/X-4`."""
    claim = reading.standard(file.pdf)
    return claim.replace("pdf/x", "PDF/X") if claim else None


def fonts(file: PdfFile) -> list[dict[str, Any]]:
    """Every font in the file, by its name there."""
    return [
        {"name": font.name, "type": font.kind, "embedded": font.embedded, "subset": font.subset}
        for font in pdf_fonts.fonts(file.pdf)
    ]


def images(file: PdfFile) -> list[dict[str, Any]]:
    """Every picture, on each page and in each size in which it is printed."""
    found = []
    for paint in pdf_painting.paints(file.pdf):
        if paint.pixels is not None:
            width, height = paint.pixels
            found.append(
                {"page": paint.page, "width": width, "height": height, "ppi": paint.ppi, "colour": paint.space}
            )
    return found


def colours(file: PdfFile) -> list[dict[str, Any]]:
    """For each page the families of the colours on it, and the inks beyond the four."""
    spaces: dict[int, set[str]] = {number: set() for number, _ in reading.each_page(file)}
    named: dict[int, set[str]] = {number: set() for number in spaces}
    for paint in pdf_painting.paints(file.pdf):
        family, _, rest = paint.space.partition("/")
        spaces[paint.page].add(paint.space if rest.isdecimal() else family)
        named[paint.page] |= set(spots(paint.space))
    return [{"page": page, "spaces": sorted(spaces[page]), "spots": sorted(named[page])} for page in spaces]


def profile(file: PdfFile) -> dict[str, str] | None:
    """The printing condition that the file is made for, and how its ICC profile describes itself."""
    said = reading.intent(file.pdf)
    if said is None:
        return None
    data = reading.intent_profile(file.pdf)
    return {"condition": str(said.get("/OutputConditionIdentifier", "")), "description": _description(data)}


def _description(data: bytes) -> str:
    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(data))).strip() if data else ""
    except (ImageCms.PyCMSError, OSError):
        return ""
