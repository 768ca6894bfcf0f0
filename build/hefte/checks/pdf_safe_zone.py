"""A PDF for the press to the text on it that stands so near the cut that the guillotine may take it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hefte.checks import pdf_painting
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_geometry import Box, apart, intersection, within
from hefte.checks.pdf_reading import PT_PER_MM, box, each_page, expected, guarded
from hefte.model import Finding, Severity
from hefte.tools import pdfium

_USUAL_MM = 3.0
"""What print shops ask for, where the builder says nothing."""
_ROUNDING = 0.05 * PT_PER_MM
_RIM = 0.3
"""Parts of its size by which letters may reach beyond the place that the text operators tell."""


def _run(file: PdfFile) -> Iterator[Finding]:
    if file.kind not in (None, "press"):
        return  # Nothing else of ours is cut; the booklet's edge is pdf-imposition's.
    safe = (expected(file, "safe_mm") or _USUAL_MM) * PT_PER_MM
    trims = {number: trim for number, page in each_page(file) if (trim := box(page, "/TrimBox"))}
    for number, places in _letters(file, _near(file, trims, safe)).items():
        trim = trims[number]
        distances = {place: _distance(place, trim) for place in places if not apart(place, trim)}
        place = min(distances, key=lambda place: distances[place], default=None)
        if place and distances[place] < safe - _ROUNDING:
            severity = Severity.ERROR if file.kind else Severity.WARNING
            message = _message(distances[place], safe)
            yield CHECK.found(message, path=file.path, page=number, box=place, severity=severity)


def _near(file: PdfFile, trims: Mapping[int, Box], safe: float) -> dict[int, list[Box]]:
    """Page → the pieces of text on it that may stand too near."""
    found: dict[int, list[Box]] = {}
    for text in pdf_painting.texts(file.pdf):
        trim, rim = trims.get(text.page), _RIM * text.size
        if trim is None or apart(text.place, trim):
            continue
        inside = (trim[0] + safe + rim, trim[1] + safe + rim, trim[2] - safe - rim, trim[3] - safe - rim)
        if not within(text.place, inside):
            found.setdefault(text.page, []).append(text.place)
    return found


def _letters(file: PdfFile, near: Mapping[int, list[Box]]) -> Mapping[int, list[Box]]:
    """The same, each line of text to the edge of its ink, as PDFium measures it; as they are where it cannot."""
    if not near or not file.source:
        return near
    from pypdfium2 import PdfiumError

    try:
        with pdfium.opened(file.source) as document:
            return {number: _lines(document[number - 1], places) for number, places in near.items()}
    except PdfiumError:
        return near


def _lines(page: Any, places: list[Box]) -> list[Box]:
    reading = page.get_textpage()
    try:
        lines = [reading.get_rect(index) for index in range(reading.count_rects())]
    finally:
        reading.close()
    return [line for line in lines if any(not apart(line, place) for place in places)]


def _distance(place: Box, trim: Box) -> float:
    shared = intersection(place, trim)
    if shared != place:
        return 0.0
    return min(place[0] - trim[0], place[1] - trim[1], trim[2] - place[2], trim[3] - place[3])


def _message(distance: float, safe: float) -> str:
    if not distance:
        return "text is cut by the trim"
    return f"text stands {distance / PT_PER_MM:.1f} mm from the trim, less than {safe / PT_PER_MM:g} mm"


CHECK = Check(
    id="pdf-safe-zone",
    severity=Severity.ERROR,
    title="Text far enough from the cut",
    rationale="A guillotine cuts a millimetre beside its mark, and sheets creep: letters near the edge are cut or look "
    "as if they were meant to be.",
    source="issue 4; the theme's safe_zone; 3 mm where nothing is said, as print shops ask",
    remedy="move the text inwards, or let the TrimBox say where the page is cut",
    run=guarded(_run),
)
"""On the sheets of a booklet nothing is cut."""
