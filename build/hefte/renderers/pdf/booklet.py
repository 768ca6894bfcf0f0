"""Turns a file for the press into sheets for an office printer: two pages a side, folded and stapled in the middle."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from hefte.errors import SourceError
from hefte.renderers.pdf import metadata

SHEET_MM = (297.0, 210.0)
"""A4, landscape."""
_PT_PER_MM = 72 / 25.4

Side = tuple[int | None, int | None]
"""The page numbers on the left and on the right of one side of a sheet, from 1; None for an empty half."""


def imposition(pages: int, direction: str) -> list[Side]:
    """The sides of a saddle-stitched booklet, outermost sheet first, each sheet's outer side before its inner side.

    `pages` is filled up to a multiple of four at the end. Folded and stapled, the pages are in reading order: 12 pages
    begin with (12, 1), from right to left (`rtl`) with (1, 12).
    """
    full = -(-pages // 4) * 4
    sides: list[Side] = []
    for recto in range(1, full // 2, 2):
        last = full + 1 - recto
        for left, right in ((last, recto), (recto + 1, last - 1)):
            here = (left if left <= pages else None, right if right <= pages else None)
            sides.append(here if direction != "rtl" else (here[1], here[0]))
    return sides


def creep(sides: Sequence[Side], creep_mm: float) -> list[float]:
    """How far the pages of each side move towards the spine, mm: folded, each inner sheet sticks out by `creep_mm`."""
    return [index // 2 * creep_mm for index in range(len(sides))]


def impose(
    print_pdf: bytes,
    *,
    direction: str,
    creep_mm: float,
    margin_mm: float = 5,
    when: dt.datetime,
    identifier: str,
    title: str,
    language: str,
    draft: str = "",
    edition: str = "booklet",
) -> bytes:
    """Impose the trimmed pages of `print_pdf` on A4, to be printed on both sides and flipped on the short edge. It is
    named `edition`.

    The outer `margin_mm` of each sheet stay empty: an office printer cannot print there. Inks and output intent are
    kept, the PDF/X label is not. Raises SourceError where `print_pdf` cannot be read or its pages are too large.
    """
    try:
        source = Pdf.open(io.BytesIO(print_pdf))
    except pikepdf.PdfError as error:
        raise SourceError(f"the print file cannot be read: {error}", remedy="build the print edition again") from error
    with source, Pdf.new() as out:
        sides = imposition(len(source.pages), direction)
        for side, shift in zip(sides, creep(sides, creep_mm), strict=True):
            _add_side(out, source, side, shift * _PT_PER_MM, margin_mm * _PT_PER_MM)
        _describe(out, source, direction, when, identifier, title, language, draft, edition)
        result = io.BytesIO()
        out.save(result, min_version="1.7", deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return result.getvalue()


def _add_side(out: Pdf, source: Pdf, side: Side, shift: float, margin: float) -> None:
    width, height = (length * _PT_PER_MM for length in SHEET_MM)
    page = out.add_blank_page(page_size=(round(width, 3), round(height, 3)))
    forms, content = Dictionary(), b""
    for number, left in zip(side, (True, False), strict=True):
        if number is None:
            continue
        form, (x0, y0, x1, y1) = _trimmed(out, source, number)
        x = (width / 2 - (x1 - x0) + shift) if left else (width / 2 - shift)
        y = (height - (y1 - y0)) / 2
        clip = (margin if left else width / 2, margin, width / 2 - margin, height - 2 * margin)
        forms[f"/Page{number}"] = form
        content += b"q %s re W n 1 0 0 1 %s cm /Page%d Do Q\n" % (_numbers(*clip), _numbers(x - x0, y - y0), number)
    page.obj.Resources = Dictionary(XObject=forms)
    page.obj.Contents = out.make_stream(content)


def _trimmed(out: Pdf, source: Pdf, number: int) -> tuple[Any, tuple[float, ...]]:
    """A page as a form cut at its TrimBox, and that box (pt)."""
    page = source.pages[number - 1]
    box = tuple(float(corner) for corner in page.trimbox)
    width, height = (box[2] - box[0]) / _PT_PER_MM, (box[3] - box[1]) / _PT_PER_MM
    if width > SHEET_MM[0] / 2 + 0.5 or height > SHEET_MM[1] + 0.5:
        raise SourceError(
            f"page {number} is {width:.0f} × {height:.0f} mm, too large for half a sheet of A4",
            remedy="lay the booklet's pages out in A5 or smaller",
        )
    form = out.copy_foreign(page.as_form_xobject())
    form.BBox = Array([round(corner, 3) for corner in box])
    return form, box


def _numbers(*values: float) -> bytes:
    return " ".join(f"{value:.3f}" for value in values).encode()


def _describe(
    out: Pdf, source: Pdf, direction: str, when: dt.datetime, identifier: str, title: str, language: str, draft: str,
    edition: str,
) -> None:
    date = metadata.pdf_date(when)
    out.docinfo["/Title"], out.docinfo["/Creator"] = String(title), String(metadata.CREATOR)
    out.docinfo["/Producer"] = String(f"pikepdf {pikepdf.__version__}")
    out.docinfo["/CreationDate"], out.docinfo["/ModDate"] = String(date), String(date)
    for key, said in metadata.named(edition, "imposed", str(source.docinfo.get("/HefteWords", "all"))).items():
        out.docinfo[f"/{key}"] = String(said)
    if draft:
        out.docinfo["/Keywords"] = String(metadata.draft_keywords(draft))
    packet = metadata.xmp(
        title=title,
        language=language,
        when=when,
        identifier=identifier,
        edition=edition,
        producer=f"pikepdf {pikepdf.__version__}",
        draft=draft,
    )
    out.Root.Metadata = out.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
    out.Root.Lang = String(language)
    # The sides of sheets are no spreads.
    out.Root.PageLayout = Name.SinglePage
    # Table 150 of ISO 32000-1: what the print dialogue is filled with.
    out.Root.ViewerPreferences = Dictionary(
        Duplex=Name.DuplexFlipShortEdge,
        PrintScaling=Name("/None"),
        DisplayDocTitle=True,
        Direction=Name.R2L if direction == "rtl" else Name.L2R,
    )
    if "/OutputIntents" in source.Root:
        out.Root.OutputIntents = Array(
            [out.copy_foreign(source.make_indirect(intent)) for intent in source.Root.OutputIntents.as_list()]
        )
