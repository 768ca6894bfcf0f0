"""A booklet's sheets to what is wrong once they are printed on both sides, folded and stapled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hefte import directions
from hefte.checks import pdf_painting, pdf_sheets
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import PT_PER_MM, box, each_page, expected, guarded
from hefte.checks.pdf_sheets import Half
from hefte.model import Finding, Severity

_EMPTY_MM = 5.0
"""Round the sheet: an office printer cannot print there."""
_ROUNDING = 0.05 * PT_PER_MM
_WAYS = {"ltr": "from left to right", "rtl": "from right to left"}


def _run(file: PdfFile) -> Iterator[Finding]:
    if file.kind not in (None, "imposed"):
        return
    ours = file.kind == "imposed"
    found = pdf_sheets.folios(file)
    total = 2 * expected(file, "pages", len(file.pdf.pages))
    way = pdf_sheets.folded(found, total)
    if ours:
        found, shift = {**pdf_sheets.named(file), **found}, 0
    elif way is None:
        return
    else:
        shift = way[1]
    for message, page in (*_order(file, {half: value + shift for half, value in found.items()}, total), *_duplex(file)):
        yield _found(file, message, page)
    yield from _margin(file)


def _found(file: PdfFile, message: str, page: int | None) -> Finding:
    severity = Severity.ERROR if file.kind else Severity.WARNING
    return CHECK.found(message, path=file.path, page=page, severity=severity)


def _order(file: PdfFile, found: Mapping[Half, int], total: int) -> Iterator[tuple[str, int | None]]:
    """What each half shows against what belongs there."""
    direction = _direction(file)
    other = "ltr" if direction == "rtl" else "rtl"
    if _wrong(found, total, direction) and not _wrong(found, total, other):
        yield f"the sheets are laid out for reading {_WAYS[other]}, and the text is read {_WAYS[direction]}", None
        return
    for side in sorted({side for side, _ in _wrong(found, total, direction)}):
        shown = " and ".join(str(found.get((side, place), "another")) for place in (0, 1))
        meant = " and ".join(str(pdf_sheets.belongs((side, place), total, direction)) for place in (0, 1))
        yield f"this side shows pages {shown}, and {meant} belong on it", side + 1


def _wrong(found: Mapping[Half, int], total: int, direction: str) -> list[Half]:
    return [half for half, page in found.items() if page != pdf_sheets.belongs(half, total, direction)]


def _direction(file: PdfFile) -> str:
    language = expected(file, "language") or str(file.pdf.Root.get("/Lang", ""))
    if language:
        return directions.of_language(language)
    preferences: Any = file.pdf.Root.get("/ViewerPreferences", {})
    return "rtl" if preferences.get("/Direction") == "/R2L" else "ltr"


def _duplex(file: PdfFile) -> Iterator[tuple[str, int | None]]:
    preferences: Any = file.pdf.Root.get("/ViewerPreferences", {})
    said = str(preferences.get("/Duplex", ""))
    if said == "/DuplexFlipLongEdge":
        yield "the sheets are to be flipped on the long edge: every second page will stand on its head", None
    elif said != "/DuplexFlipShortEdge":
        yield "the file does not ask to be printed on both sides, flipped on the short edge", None


def _margin(file: PdfFile) -> Iterator[Finding]:
    extents = pdf_painting.extents(file.pdf)
    for number, page in each_page(file):
        medium, drawn = box(page, "/MediaBox"), extents.get(number)
        if medium is None or drawn is None:
            continue
        gap = min(drawn[0] - medium[0], drawn[1] - medium[1], medium[2] - drawn[2], medium[3] - drawn[3])
        if gap < _EMPTY_MM * PT_PER_MM - _ROUNDING:
            near = f"{max(gap, 0) / PT_PER_MM:.1f} mm from the sheet's edge"
            yield _found(file, f"something is printed {near}, where {_EMPTY_MM:g} mm are to stay empty", number)


CHECK = Check(
    id="pdf-imposition",
    severity=Severity.ERROR,
    title="A booklet's sheets in the right order",
    rationale="A clinic prints the booklet on its own printer, folds it, and finds page 7 after page 2, or every "
    "second page on its head.",
    source="design/print: reading order after folding, flip on the short edge, outer 5 mm empty; ISO 32000-1, table "
    "150 (Duplex)",
    remedy="build the file again; impose a foreign one again as a saddle-stitched booklet, two pages a side, to be "
    "flipped on the short edge",
    run=guarded(_run),
)
