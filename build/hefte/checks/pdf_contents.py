"""A PDF to lines of its contents that name another page than their link leads to."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import guarded
from hefte.model import Finding, Severity
from hefte.model.pages import Box

_PAGES = 40
"""Pages from the front that are looked at: contents stand there."""
_LINKS = 500
"""Links of a page that are looked at."""
_LEAST = 3
"""Different lines that make contents. Two thirds of them must agree on where the counting begins: other lists of links,
figures and notes say, have numbers that are no pages'."""
_NUMBER = re.compile(r"^\d{1,4}(?!\S)|(?<![\w.,-])\d{1,4}$", re.MULTILINE)
"""At the beginning or the end of a line."""


@dataclass(frozen=True, slots=True)
class _Entry:
    text: str
    number: int
    """As it is printed."""
    page: int
    """That the link leads to, from 1."""
    box: Box


def _run(file: PdfFile) -> Iterator[Finding]:
    from pypdfium2 import PdfiumError

    from hefte.tools import pdfium

    if not file.source:
        return
    try:
        with pdfium.opened(file.source) as document:
            yield from _of_pages(file, document)
    except PdfiumError:  # pdf-unseen says it
        if file.expect is not None:
            raise


def _of_pages(file: PdfFile, document: Any) -> Iterator[Finding]:
    for at in range(min(len(document), _PAGES)):
        entries = list(_entries(document, document[at]))
        ahead = _agreed(entries)
        for entry in entries if ahead is not None else ():
            if entry.page - entry.number != ahead:
                yield CHECK.found(
                    f"“{entry.text}” leads to page {entry.page - (ahead or 0)}", path=file.path, page=at + 1,
                    box=entry.box,
                )


def _agreed(entries: list[_Entry]) -> int | None:
    """How many pages stand before page 1, as most lines have it; None where they are no contents."""
    different = {(entry.number, entry.page) for entry in entries}
    if len(different) < _LEAST:
        return None
    [(ahead, agreeing)] = Counter(page - number for number, page in different).most_common(1)
    return ahead if agreeing * 3 >= len(different) * 2 else None


def _entries(document: Any, page: Any) -> Iterator[_Entry]:
    """Links within the file that are a number, or have one before or after their words."""
    links = list(islice(_links(document, page), _LINKS))
    if len(links) < _LEAST:
        return
    text = page.get_textpage()
    for target, box in links:
        words = "\n".join(line.strip() for line in text.get_text_bounded(*box).splitlines())
        numbers = _NUMBER.findall(words)
        if numbers:
            yield _Entry(" ".join(words.split())[:60], int(numbers[-1]), target, box)


def _links(document: Any, page: Any) -> Iterator[tuple[int, Box]]:
    """Where each link within the file leads to, a page from 1, and its box."""
    import pypdfium2.raw as raw

    start, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, start, link):
        target = raw.FPDFDest_GetDestPageIndex(document, raw.FPDFLink_GetDest(document, link))
        rect = raw.FS_RECTF()
        if target >= 0 and raw.FPDFLink_GetAnnotRect(link, rect):
            left, right = sorted((rect.left, rect.right))
            bottom, top = sorted((rect.bottom, rect.top))
            yield target + 1, (left, bottom, right, top)


CHECK = Check(
    id="pdf-contents",
    severity=Severity.WARNING,
    title="A line of the contents that names another page than it leads to",
    rationale="Who prints the file, or is told a page over the telephone, has only the number. The link hides that it "
    "is wrong.",
    source="issue 4 (contents' page numbers true); of a foreign file, the link and the number against each other",
    remedy="let the contents be made anew after the last change of the pages",
    run=guarded(_run),
)
