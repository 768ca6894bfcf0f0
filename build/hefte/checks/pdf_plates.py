"""Turns a PDF for the press into the ink on each page: how much of each on the whole, and where most lies together."""

from __future__ import annotations

import functools
import math
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf

from hefte.checks.frame import PdfFile
from hefte.checks.pdf_geometry import Box
from hefte.checks.pdf_reading import DAMAGE, PT_PER_MM, box
from hefte.tools import ghostscript

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Sums = NDArray[np.int32]

AREA_MM2 = 1.5
"""Ink is averaged over a square of this size, 1.2 mm wide: letters and hairlines that overprint a ground, and pixels on
the border of two colours, lie within it and dry; what sets off is an area."""
MOST_PAGES = 60
"""Of a foreign file."""

_PPI = 60.0
_FULL = 255
"""What a plate has where the ink is solid."""
_PIXELS, _PIXELS_IN_ALL = 4_000_000, 24_000_000
"""Of one page, and of all: a page may be 200 inches wide. Eight bytes and more a pixel are written to the disk."""
_OWN_S, _FOREIGN_S = 300, 20
_FOREIGN_MEMORY = 2**30
"""Bytes: pages of this size take a tenth of that."""


@dataclass(frozen=True, slots=True)
class PageInk:
    """What lies on one page."""

    page: int
    means: Mapping[str, float]
    """Ink → percent of the page that it would cover if it were spread out to solids."""
    most: float
    """Percent, all inks together: the most that any square of AREA_MM2 has on average."""
    box: Box
    """Where that is: all round it that has as much, give or take one percent."""


@dataclass(frozen=True, slots=True)
class Inks:
    """What lies on the pages of a file."""

    pages: tuple[PageInk, ...]
    missing: str = ""
    """Why not all pages are among them."""


def measured(file: PdfFile) -> Inks:
    """The ink on the file's pages. Needs Ghostscript (`ghostscript.probe`)."""
    return _measured(file.pdf, file.source, file.expect is not None)


@functools.lru_cache(maxsize=2)
def _measured(pdf: pikepdf.Pdf, source: Path | bytes, ours: bool) -> Inks:
    wanted = len(pdf.pages) if ours else min(len(pdf.pages), MOST_PAGES)
    if not wanted:
        return Inks(())
    ppi = _resolution(pdf, wanted)
    with tempfile.TemporaryDirectory(prefix="hefte-ink-", ignore_cleanup_errors=True) as name:
        folder, limit = Path(name), _OWN_S if ours else _FOREIGN_S
        profile = _profile(pdf)
        outcome = ghostscript.separate(
            source, folder, pages=wanted, ppi=ppi, profile=profile, timeout_s=limit,
            memory=None if ours else _FOREIGN_MEMORY,
        )
        found = []
        for number in range(1, wanted + 1):
            plates = ghostscript.plates(folder, number)
            if plates:
                found.append(_of_page(number, pdf.pages[number - 1], plates))
    return Inks(tuple(found), _missing(len(found), len(pdf.pages), outcome, limit))


def _missing(found: int, pages: int, outcome: Any, limit: float) -> str:
    if found == pages:
        return ""
    if outcome.greedy:
        why = "it took too much memory"
    elif outcome.status is None:
        why = f"it took longer than {limit} s"
    elif found == MOST_PAGES:
        why = f"no more than {MOST_PAGES} are looked at"
    else:
        why = next((line.strip(" *") for line in outcome.said.splitlines() if line.strip(" *")), "it did not say why")
    return f"{ghostscript.NAME} drew {found} of {pages} pages: {why}"


def _resolution(pdf: pikepdf.Pdf, pages: int) -> float:
    """Pixels an inch, one number for all pages."""
    boxes = [_media(pdf.pages[at]) for at in range(pages)]
    areas = [max((right - left) * (top - bottom), 1) for left, bottom, right, top in boxes]
    most = max(max(areas) / _PIXELS, sum(areas) / _PIXELS_IN_ALL)
    return min(_PPI, 72 / math.sqrt(most))


def _media(page: pikepdf.Page) -> Box:
    try:
        return box(page, "/MediaBox") or (0, 0, 612, 792)
    except DAMAGE:
        return 0, 0, 612, 792


def _profile(pdf: pikepdf.Pdf) -> bytes | None:
    """The file's own profile of the press, where it names a CMYK one that can be read."""
    try:
        stream: Any = pdf.Root.OutputIntents[0].DestOutputProfile
        data: bytes = stream.read_bytes()
    except DAMAGE:
        return None
    # ISO 15076-1, 7.2: the colour space at byte 16, the signature at 36, the profile's size at 0.
    whole = data[16:20] == b"CMYK" and data[36:40] == b"acsp" and int.from_bytes(data[:4], "big") <= len(data)
    return data if whole else None


def _of_page(number: int, page: pikepdf.Page, plates: Mapping[str, Any]) -> PageInk:
    import numpy as np

    total: Sums = functools.reduce(np.add, (plate.astype(np.int32) for plate in plates.values()))
    media = _media(page)
    width = media[3] - media[1] if _quarters(page) % 2 else media[2] - media[0]
    scale = total.shape[1] / width if width > 0 else 1.0
    side = max(1, min(round(math.sqrt(AREA_MM2) * PT_PER_MM * scale), *total.shape))
    sums = _window_sums(total, side)
    y, x = (int(at) for at in np.unravel_index(int(sums.argmax()), sums.shape))
    most = int(sums[y, x])
    left, top, right, bottom = _grown(sums >= most - _FULL * side**2 / 100, x, y)
    spot = left, top, right + side - 1, bottom + side - 1
    return PageInk(
        number, {ink: round(100 * float(plate.mean()) / _FULL, 2) for ink, plate in plates.items()},
        round(100 * most / (_FULL * side**2), 1), _in_points(spot, total.shape, page, media),
    )


def _window_sums(total: Sums, side: int) -> Sums:
    """The sum over every square of `side` pixels that lies in the picture, by its upper left corner."""
    import numpy as np

    sums = np.zeros((total.shape[0] + 1, total.shape[1] + 1), np.int32)  # may run over: differences come right again
    total.cumsum(axis=0, out=sums[1:, 1:])
    sums.cumsum(axis=1, out=sums)
    found: Sums = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    return found


def _grown(over: NDArray[np.bool_], x: int, y: int) -> tuple[int, int, int, int]:
    """The box round all that hangs together with a place: left, top, right, bottom in pixels, right and bottom
    outside."""
    height, width = over.shape
    left, top, right, bottom = x, y, x + 1, y + 1
    while True:
        before = left, top, right, bottom
        if left and over[top:bottom, left - 1].any():
            left -= 1
        if right < width and over[top:bottom, right].any():
            right += 1
        if top and over[top - 1, left:right].any():
            top -= 1
        if bottom < height and over[bottom, left:right].any():
            bottom += 1
        if (left, top, right, bottom) == before:
            return before


def _in_points(spot: tuple[int, int, int, int], shape: tuple[int, ...], page: pikepdf.Page, media: Box) -> Box:
    """A box in pixels of the page as it is shown to one in points of the page as it is written (/Rotate)."""
    left, top, right, bottom = spot[0] / shape[1], spot[1] / shape[0], spot[2] / shape[1], spot[3] / shape[0]
    for _ in range(_quarters(page)):
        left, top, right, bottom = top, 1 - right, bottom, 1 - left
    width, height = media[2] - media[0], media[3] - media[1]
    return (
        round(media[0] + left * width, 1), round(media[3] - bottom * height, 1),
        round(media[0] + right * width, 1), round(media[3] - top * height, 1),
    )


def _quarters(page: pikepdf.Page) -> int:
    """How many quarter turns clockwise the page is shown at; inherited (ISO 32000-1, 7.7.3.4)."""
    node: Any = page.obj
    for _ in range(50):
        if "/Rotate" in node or "/Parent" not in node:
            break
        node = node.Parent
    turn = node.get("/Rotate", 0)
    return int(turn) // 90 % 4 if isinstance(turn, int) else 0
