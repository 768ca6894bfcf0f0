"""Turns a tagged file's pages into sheets for an office printer: white paper at the rim, sides and scale set."""

from __future__ import annotations

from typing import Any

import pydyf

from hefte.renderers.pdf import document as documents
from hefte.renderers.pdf.document import PT_PER_MM

EDGE_MM = 5.0
"""What an office printer cannot print on, at every edge (design/print: the booklet's outer 5 mm are empty)."""


def prepare(pdf: Any) -> None:
    """Clip each page to what the printer can print on, and fill in the print dialogue: no scaling, since a fold would
    come to lie elsewhere, and both sides, turned over the edge that the page's own way up asks for (ISO 32000-1,
    table 150)."""
    wide = False
    pages = list(documents.pages(pdf))
    for page in pages:
        left, bottom, right, top = (float(corner) for corner in page["MediaBox"])
        wide = right - left > top - bottom
        rim = EDGE_MM * PT_PER_MM
        box = (left + rim, bottom + rim, right - left - 2 * rim, top - bottom - 2 * rim)
        stream = documents.resolve(pdf, page["Contents"])
        stream.stream[:0] = [b"q", " ".join(f"{round(each, 3):g}" for each in box).encode() + b" re W n"]
        stream.stream.append(b"Q")
    preferences = pdf.catalog.setdefault("ViewerPreferences", pydyf.Dictionary())
    preferences["PrintScaling"] = "/None"
    if len(pages) > 1:
        preferences["Duplex"] = "/DuplexFlipShortEdge" if wide else "/DuplexFlipLongEdge"
