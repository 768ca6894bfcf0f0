"""A small PDF with a red rectangle on each page, and its pictures: for whoever looks where things are drawn."""

from __future__ import annotations

import functools
import io

import pikepdf

from hefte import digests
from hefte.report import pictures
from hefte.report.pictures import Picture

BOX = (40, 250, 90, 280)


def pdf() -> bytes:
    """Three pages with a red rectangle at BOX: one as it is, one cropped, one turned."""
    made = pikepdf.new()
    for number in range(3):
        page = made.add_blank_page(page_size=(200, 300))
        left, bottom, right, top = BOX
        page.Contents = made.make_stream(f"1 0 0 rg {left} {bottom} {right - left} {top - bottom} re f".encode())
        if number == 1:
            page.CropBox = [20, 150, 180, 300]
        if number == 2:
            page.Rotate = 90
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@functools.cache
def drawn() -> tuple[Picture, ...]:
    content = pdf()
    made = pictures.make([(digests.of_bytes(content), "nb/a.pdf", content)], jobs=1)
    return made[digests.of_bytes(content)]
