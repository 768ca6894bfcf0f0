"""A PDF for reading to the text that stands out too little from what is behind it, as the page is seen."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from hefte.checks import pdf_sight
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_legibility import ENOUGH, Colour, Legible
from hefte.checks.pdf_reading import DAMAGE, READ, expected, guarded
from hefte.model import Finding, Severity

_Place = tuple[int, Legible]


def _run(file: PdfFile) -> Iterator[Finding]:
    if not _is_asked(file):
        return
    least: float | None = expected(file, "contrast")
    faint: dict[tuple[Colour, Colour, bool], list[_Place]] = {}
    for sight in pdf_sight.seen(file).pages:
        for text in sight.texts:
            if text.contrast < needed(text, least):
                faint.setdefault((text.ink, text.ground, text.large), []).append((sight.page, text))
    for places in faint.values():
        page, text = places[0]
        yield CHECK.found(
            f"{in_words(text)} has a contrast of {_down(text.contrast)} : 1, less than {needed(text, least):g} : 1"
            + also(places), path=file.path, page=page, box=text.box,
            severity=None if file.kind else Severity.WARNING,
        )


def needed(text: Legible, least: float | None) -> float:
    """The contrast that a text needs where its edition requires `least` of all text. Large text needs less, as WCAG
    2.1, 1.4.6 has it: 4.5 where other text needs 7."""
    if least is None:
        return text.enough
    return max(text.enough, min(least, ENOUGH) if text.large else least)


def in_words(text: Legible) -> str:
    """`“Søk hjelp”, 9 pt, in #777777 on #ffffff,`."""
    quoted = f"“{text.said[:40]}{'…' if len(text.said) > 40 else ''}”, " if text.said else "text, "
    return f"{quoted}{text.size:g} pt, in {_hex(text.ink)} on {_hex(text.ground)},"


def also(places: list[_Place]) -> str:
    """How often the same two colours meet besides."""
    return f" (and so have {len(places) - 1} more pieces of text in these colours)" if len(places) > 1 else ""


def _is_asked(file: PdfFile) -> bool:
    """Whether the file is made to be read on a screen: ours, and anybody's that has tags."""
    if file.kind is not None:
        return file.kind in READ
    try:
        return "/StructTreeRoot" in file.pdf.Root
    except DAMAGE:
        return False


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def _down(ratio: float) -> str:
    """Never up: 4.496 is not enough."""
    return f"{math.floor(ratio * 100) / 100:.2f}"


def figure(file: PdfFile) -> Mapping[str, Any]:
    """The least contrast of any text; nothing for a file that is not made for the screen, or has no text."""
    pages = pdf_sight.seen(file).pages if _is_asked(file) else ()
    found = [(text, sight.page) for sight in pages for text in sight.texts]
    if not found:
        return {}
    least, page = min(found, key=lambda pair: pair[0].contrast)
    return {"least": float(_down(least.contrast)), "page": page, "text": least.said}


CHECK = Check(
    id="pdf-contrast",
    severity=Severity.ERROR,
    title="Contrast of each text with what is behind it",
    rationale="One reader in twelve sees colours or contrasts less well. The brochure is read at night, and on a "
    "telephone in the sun.",
    source="WCAG 2.1, 1.4.3: 4.5 : 1, large text (18 pt, or 14 pt bold) 3 : 1; 1.4.6, where an edition requires 7 : 1; "
    "measured on the page rendered with its letters and without: what is behind a letter counts, be it a "
    "photograph or a draft's mark; that mark itself is incidental there",
    remedy="choose a darker or a lighter colour in theme.toml; in a foreign file, change the colour of the text or "
    "of its ground",
    run=guarded(_run),
    rendered=True,
)
