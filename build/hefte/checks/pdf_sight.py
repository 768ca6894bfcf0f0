"""Turns a PDF into what is seen on each of its pages, for all checks that look at pixels: each page is drawn once with
its words and once without, and kept no longer than it is measured."""

from __future__ import annotations

import functools
import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf

from hefte.checks import pdf_codes, pdf_edges, pdf_legibility
from hefte.checks.frame import PdfFile
from hefte.checks.pdf_geometry import Box, apart
from hefte.checks.pdf_reading import DAMAGE, annots, box, expected, standard
from hefte.tools import pdfium, pdfium_words

MOST_PAGES = 60
"""Of a foreign file."""
_FOREIGN_S = 20
"""After which no further page of a foreign file is drawn."""
_PPI = 144.0
_PIXELS = 4_000_000
"""Of one page: it may be 200 inches wide."""
_BLEED_MM = 3.0
"""Where a file for the press has none, or names none."""
_ANYTHING = (255, 0, 254)
"""A colour that no ground is likely to have."""
_MOST_SAID = 20
"""Pieces of text on a page that are read, those that stand out least: to find what one says takes long."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an address."""

    box: Box
    address: str
    text: str
    """What stands on the page where the link is."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen on a page."""

    page: int
    """From 1."""
    texts: tuple[pdf_legibility.Legible, ...]
    edges: tuple[pdf_edges.Edge, ...]
    """Empty where the page is not for a press."""
    codes: tuple[pdf_codes.Code, ...]
    words: str
    """All that the page says, without white space; only where it has a code."""
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Sights:
    """What is seen in a file."""

    pages: tuple[Sight, ...]
    unseen: Mapping[str, tuple[int, ...]]
    """Why → the pages that were not looked at."""


def seen(file: PdfFile) -> Sights:
    """What is seen on the file's pages."""
    return _seen(file.pdf, file.source, file.kind, file.expect is not None, expected(file, "bleed_mm", 0.0))


@functools.lru_cache(maxsize=2)
def _seen(pdf: pikepdf.Pdf, source: Path | bytes, kind: str | None, ours: bool, bleed_mm: float) -> Sights:
    import pypdfium2

    if not len(pdf.pages):  # pdf-damage says it
        return Sights((), {})
    found: list[Sight] = []
    unseen: dict[str, tuple[int, ...]] = {}
    number, pages, end = 0, len(pdf.pages), time.monotonic() + _FOREIGN_S
    press = kind == "press" or (kind is None and standard(pdf) is not None)
    try:
        with pdfium.opened(source) as document:
            for number, page in enumerate(pdf.pages, 1):
                why = "" if ours else _too_much(number, end)
                if why:
                    unseen[why] = tuple(range(number, pages + 1))
                    break
                try:
                    bleeds = _bleeds(page, press, bleed_mm) if kind in ("press", None) else None
                    found.append(_of_page(document, number, page, bleeds))
                except (pypdfium2.PdfiumError, *DAMAGE) as error:
                    why = _cannot(error, ours)
                    unseen[why] = (*unseen.get(why, ()), number)
    except pypdfium2.PdfiumError as error:
        unseen[f"PDFium cannot read the file ({str(error).rstrip('.')})"] = tuple(range(number + 1, pages + 1))
    return Sights(tuple(found), unseen)


def _cannot(error: Exception, ours: bool) -> str:
    """Why a page could not be drawn. In a file just built, what is no word of PDFium's own is a bug: raised."""
    import pypdfium2

    if isinstance(error, pypdfium2.PdfiumError):
        return f"PDFium cannot draw it ({str(error).rstrip('.')})"
    if ours:
        raise error
    return f"it is damaged ({type(error).__name__}: {error})".splitlines()[0]


def _too_much(number: int, end: float) -> str:
    if number > MOST_PAGES:
        return f"no more than {MOST_PAGES} are looked at"
    return f"drawing those before took {_FOREIGN_S} s" if time.monotonic() > end else ""


def _bleeds(page: pikepdf.Page, press: bool, bleed_mm: float) -> tuple[Box, Mapping[str, float]] | None:
    """The trim of a page for the press, and the bleed, mm, that each side must have; None for any other page."""
    trim, outer = box(page, "/TrimBox"), box(page, "/BleedBox")
    if trim is None or not (press or (outer and outer != trim)):
        return None
    widths = [abs(one - other) * 25.4 / 72 for one, other in zip(trim, outer or trim, strict=True)]
    wanted = (bleed_mm or (min(width, _BLEED_MM) if width >= 0.5 else _BLEED_MM) for width in widths)
    return trim, dict(zip(pdf_edges.SIDES, wanted, strict=True))


def _of_page(
    document: Any, number: int, page: pikepdf.Page, bleeds: tuple[Box, Mapping[str, float]] | None,
) -> Sight:
    view = pdfium.whole(document, number - 1)
    media = view.get_mediabox()
    shown = box(page, "/CropBox") or media
    ppi = min(_PPI, 72 * math.sqrt(_PIXELS / max((media[2] - media[0]) * (media[3] - media[1]), 1)))
    words = (piece for piece in pdfium_words.words(view) if not pdfium_words.is_mark(piece))
    pieces = [piece for piece in words if not apart(piece.box, shown)]
    textpage = view.get_textpage()  # before words are hidden: it leaves those out
    try:
        inked = pdfium.pixels(view, ppi)
        pdfium_words.show(pieces, visible=False)
        bare = pdfium.pixels(view, ppi) if pieces else inked
        codes, links = tuple(pdf_codes.read(inked, media)), tuple(_links(page))
        return Sight(
            number, tuple(_texts(view, ppi, pieces, inked, bare, media, textpage)),
            tuple(pdf_edges.short(inked, media, *bleeds)) if bleeds else (), codes,
            "".join(pdfium_words.shown(textpage, [media])[0].split()) if codes else "",
            tuple(
                replace(link, text=text)
                for link, text in zip(links, pdfium_words.shown(textpage, [link.box for link in links]), strict=True)
            ),
        )
    finally:
        textpage.close()
        view.close()


def _cut(place: Box, media: Box, across: float, down: float) -> tuple[slice, slice]:
    """The rows and columns of the pixels that a box takes."""
    left, bottom, right, top = place
    columns = slice(max(int((left - media[0]) * across), 0), max(math.ceil((right - media[0]) * across), 0))
    return slice(max(int((media[3] - top) * down), 0), max(math.ceil((media[3] - bottom) * down), 0)), columns


def _texts(
    view: Any, ppi: float, pieces: list[pdfium_words.Words], inked: Any, bare: Any, media: Box, textpage: Any,
) -> Iterator[pdf_legibility.Legible]:
    """How the pieces stand out, the least first; what they say where that may be asked for."""
    across, down = inked.shape[1] / (media[2] - media[0]), inked.shape[0] / (media[3] - media[1])
    whole = pdf_legibility.view(inked, bare)
    parts = [whole.cut(*_cut(piece.box, media, across, down)) for piece in pieces]
    lost = [at for at, piece in enumerate(pieces) if pdf_legibility.vanishes(piece, parts[at])]
    if lost:
        pdfium_words.show([pieces[at] for at in lost], visible=True, colour=_ANYTHING)
        found_again = pdf_legibility.view(pdfium.pixels(view, ppi), bare)
        for at in lost:
            there = found_again.cut(*_cut(pieces[at].box, media, across, down))
            parts[at] = replace(parts[at], differs=there.differs)
    measured = (pdf_legibility.measured(piece, part) for piece, part in zip(pieces, parts, strict=True))
    found = [(legible, piece) for legible, piece in zip(measured, pieces, strict=True) if legible]
    found.sort(key=lambda pair: min(pair[0].contrast, pair[0].grey) / pair[0].enough)
    for at, (legible, piece) in enumerate(found):
        if at >= _MOST_SAID:
            yield legible
        elif said := pdfium_words.said(piece, textpage):
            yield replace(legible, said=said)


def _links(page: pikepdf.Page) -> Iterator[Link]:
    for annotation in annots(page):
        action = annotation.get("/A")
        if annotation.get("/Subtype") == "/Link" and isinstance(action, pikepdf.Dictionary) and "/URI" in action:
            left, bottom, right, top = (float(corner) for corner in annotation.Rect)
            place = min(left, right), min(bottom, top), max(left, right), max(bottom, top)
            yield Link(place, str(action.URI), "")
