"""Turns a laid-out document into a tagged PDF for reading: PDF/UA-1 in sRGB, trimmed pages, bookmarks, links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from hefte.renderers.pdf import document as documents
from hefte.renderers.pdf import metadata, tags


def write(document: Any, *, language: str, direction: str, when: dt.datetime, identifier: str, title: str) -> bytes:
    """Write `document` (WeasyPrint) as PDF/UA-1 (ISO 14289-1); `language` is the book's, a BCP 47 tag.

    Raises MissingToolError where WeasyPrint is not the pinned one.
    """
    copy = documents.borrowed(document, when)
    documents.without_bleed(copy)
    copy.metadata.lang, copy.metadata.title = language, title
    copy.metadata.generator = metadata.CREATOR
    for page in copy.pages:
        page.links = list(_outermost(page.links))

    def finish(_document: Any, pdf: Any) -> None:
        tags.refine(pdf, record, language)
        pdf.catalog["ViewerPreferences"]["Direction"] = "/R2L" if direction == "rtl" else "/L2R"
        documents.compress(pdf)

    with tags.recording(copy) as record:
        content: bytes = copy.write_pdf(
            pdf_variant="pdf/ua-1", pdf_identifier=metadata.file_id(identifier, "screen"), finisher=finish
        )
    return content


def _outermost(links: list[Any]) -> Iterator[Any]:
    """A page's links without those inside another one: WeasyPrint makes one for each `::after` or `<em>` in a link."""
    last: tuple[str, tuple[float, ...]] | None = None
    for link in links:
        _, target, (x0, y0, x1, y1), _ = link
        if last is not None and last[0] == target:
            left, top, right, bottom = last[1]
            if left <= x0 and top <= y0 and x1 <= right and y1 <= bottom:
                continue
        last = (target, (x0, y0, x1, y1))
        yield link
