"""A PDF to what is wrong with the boxes of its pages: trim, bleed, medium."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_geometry import Box, within
from hefte.checks.pdf_reading import PT_PER_MM, READ, box, each_page, expected, for_press, guarded
from hefte.model import Finding, Severity

_TOLERANCE = 0.05 * PT_PER_MM
"""A twentieth of a millimetre: less than any guillotine's."""


def _run(file: PdfFile) -> Iterator[Finding]:
    sizes: list[tuple[int, float, float]] = []
    for number, page in each_page(file):
        for said in _of_page(file, page):
            yield CHECK.found(said, path=file.path, page=number)
        trim = box(page, "/TrimBox") or box(page, "/CropBox") or box(page, "/MediaBox")
        if trim:
            width, height = trim[2] - trim[0], trim[3] - trim[1]
            turned = int(page.obj.get("/Rotate", 0)) % 180 != 0
            sizes.append((number, height, width) if turned else (number, width, height))
    if sizes and (for_press(file) or file.kind):
        yield from _unequal(file, sizes)


def _unequal(file: PdfFile, sizes: list[tuple[int, float, float]]) -> Iterator[Finding]:
    first, width, height = sizes[0]
    for number, other_width, other_height in sizes:
        if abs(width - other_width) > _TOLERANCE or abs(height - other_height) > _TOLERANCE:
            what = f"the pages are not all of one size: compare pages {first} and {number}"
            yield CHECK.found(what, path=file.path)
            return


def _of_page(file: PdfFile, page: pikepdf.Page) -> Iterator[str]:
    media, bleed, trim = box(page, "/MediaBox"), box(page, "/BleedBox"), box(page, "/TrimBox")
    if media is None:
        yield "the page has no MediaBox"
        return
    if file.kind == "press" or (file.kind is None and for_press(file)):
        yield from _for_press(page, media, bleed, trim)
    if file.kind in ("press", *READ):
        yield from _trim_size(file, trim or media)
    if file.kind == "press" and trim is not None:
        yield from _bleed_width(file, trim, bleed or media)
    if file.kind in READ and not within(media, trim or media, _TOLERANCE):
        yield "the page is larger than its trim"


def _for_press(page: pikepdf.Page, media: Box, bleed: Box | None, trim: Box | None) -> Iterator[str]:
    art, crop = box(page, "/ArtBox"), box(page, "/CropBox")
    if trim is None and art is None:
        yield "there is no TrimBox"
    if trim is not None and art is not None:
        yield "there are both a TrimBox and an ArtBox"
    final, name = trim or art, "TrimBox" if trim else "ArtBox"
    if bleed is not None and not within(bleed, media):
        yield "the BleedBox reaches beyond the MediaBox"
    if final is not None and not within(final, bleed or media):
        yield f"the {name} reaches beyond the {'BleedBox' if bleed else 'MediaBox'}"
    if crop is not None and not within(crop, media):
        yield "the CropBox reaches beyond the MediaBox"
    if crop is not None and not within(bleed or final or crop, crop):
        yield "the CropBox cuts the bleed off"
    if any(low >= high for named in (final, bleed, crop) if named for low, high in (named[::2], named[1::2])):
        yield "a page box is empty"
    if float(page.obj.get("/UserUnit", 1)) != 1:
        yield f"the page is scaled by {float(page.obj.UserUnit):g} (UserUnit)"


def _trim_size(file: PdfFile, trim: Box) -> Iterator[str]:
    wanted = expected(file, "trim_mm")
    width, height = ((trim[2] - trim[0]) / PT_PER_MM, (trim[3] - trim[1]) / PT_PER_MM)
    if wanted and (abs(width - wanted[0]) > 0.05 or abs(height - wanted[1]) > 0.05):
        yield f"the trim is {width:.1f} × {height:.1f} mm, not {wanted[0]:g} × {wanted[1]:g} mm"


def _bleed_width(file: PdfFile, trim: Box, bleed: Box) -> Iterator[str]:
    wanted = expected(file, "bleed_mm")
    widths = [abs(inner - outer) / PT_PER_MM for inner, outer in zip(trim, bleed, strict=True)]
    if wanted is not None and any(abs(width - wanted) > 0.05 for width in widths):
        yield f"the bleed is {min(widths):.1f} mm, not {wanted:g} mm"


CHECK = Check(
    id="pdf-boxes",
    severity=Severity.ERROR,
    title="Page boxes: trim, bleed, medium",
    rationale="The guillotine cuts where the TrimBox says. Without bleed around it the slightest "
    "shift shows white paper at the edge.",
    source="ISO 15930-7, 6.12; ISO 32000-1, 14.11.2; Ghent Workgroup, GWG2015, 4.2 (page scaling); bleed of 3 mm: "
    "design/print",
    remedy="set trim and bleed in the layout; in a foreign file, export it with bleed and page boxes",
    run=guarded(_run),
)
