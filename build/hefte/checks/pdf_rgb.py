"""A PDF for the press to the colours in it that are not inks: RGB and Lab."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from hefte.checks import pdf_painting
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_painter import Paint
from hefte.checks.pdf_reading import PRESS, for_press, guarded, intent_space, standard
from hefte.checks.pdf_spaces import space_name
from hefte.model import Finding, Severity

_LIGHTS = {"DeviceRGB", "CalRGB", "Lab", "ICCBased/3"}
_NAMED = {"text": "text", "fill": "an area", "stroke": "a line", "image": "a picture", "shading": "a gradient"}


def _run(file: PdfFile) -> Iterator[Finding]:
    if not for_press(file):
        return
    forbidden = _forbidden(file)
    said: set[tuple[int, str]] = set()
    for paint in pdf_painting.paints(file.pdf):
        message = _message(paint)
        if paint.space in forbidden and (paint.page, message) not in said:
            said.add((paint.page, message))
            yield CHECK.found(message, path=file.path, page=paint.page)
    if file.kind in PRESS:
        yield from _unused(file)
        yield from _blended(file)


def _forbidden(file: PdfFile) -> set[str]:
    """Ours hold inks only. PDF/X-4 lets others have RGB with a profile (ISO 15930-7, 6.2.3), be it that of
    the printing condition; PDF/X-1a does not."""
    if file.kind is not None or standard(file.pdf) == "pdf/x-1a":
        return _LIGHTS
    return set() if intent_space(file.pdf) == "RGB" else {"DeviceRGB"}


def _message(paint: Paint) -> str:
    values = " ".join(f"{value:g}" for value in paint.values)
    return f"{_NAMED[paint.kind]} in {paint.space.partition('/')[0]}" + (f" {values}" if values else "")


def _unused(file: PdfFile) -> Iterator[Finding]:
    """Colour spaces that are declared and not used: a press's preflight stops at them all the same."""
    for number, page in enumerate(file.pdf.pages, 1):
        resources: Any = page.obj.get("/Resources", {})
        for name, space in dict(resources.get("/ColorSpace", {})).items():
            family = space_name(space, resources)
            if family in _LIGHTS:
                message = f"the colour space {name.removeprefix('/')} is declared as {family.partition('/')[0]}"
                yield CHECK.found(message, path=file.path, page=number)


def _blended(file: PdfFile) -> Iterator[Finding]:
    """Transparency that is to be computed in RGB, whatever the colours in it."""
    for item in file.pdf.objects:
        group: Any = item.get("/Group") if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) else None
        if isinstance(group, pikepdf.Dictionary) and "/CS" in group and space_name(group.CS, {}) in _LIGHTS:
            yield CHECK.found("transparency is blended in RGB", path=file.path)


CHECK = Check(
    id="pdf-rgb",
    severity=Severity.ERROR,
    title="RGB in a file for the press",
    rationale="The press has four inks. RGB is converted by whoever comes first, by a rule that "
    "nobody chose: black text turns four-coloured.",
    source="ISO 15930-7, 6.2; ISO 15930-1 (X-1a), 6.2",
    remedy="add the colour to [colours] of theme.toml with its inks; in a foreign file, convert "
    "it to the output condition",
    run=guarded(_run),
)
