"""A PDF for the press to the small text in it that is made of more inks than the press can hold in register."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks import pdf_painting
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_inks import PROCESS, amounts, looks_black
from hefte.checks.pdf_painter import Paint
from hefte.checks.pdf_reading import PRESS, for_press, guarded
from hefte.model import Finding, Severity

_BLACK_UNDER, _COLOURED_UNDER = 12, 8
"""pt. Smaller black text is to be black ink alone; smaller coloured text is to have two inks at most."""
_MOST_INKS = 2
_LETTERS = dict(zip(PROCESS, "CMYK", strict=True))


def _run(file: PdfFile) -> Iterator[Finding]:
    if not for_press(file):
        return
    said: set[tuple[int, str]] = set()
    for paint in pdf_painting.paints(file.pdf):
        message, severity = _message(paint, ours=file.kind in PRESS)
        if message and (paint.page, message) not in said:
            said.add((paint.page, message))
            yield CHECK.found(message, path=file.path, page=paint.page, box=paint.place, severity=severity)


def _message(paint: Paint, *, ours: bool) -> tuple[str, Severity]:
    inks = amounts(paint.space, paint.values)
    if paint.kind != "text" or paint.size is None or len(inks) < 2:
        return "", CHECK.severity
    colour = " ".join(f"{round(100 * amount, 1):g} {_LETTERS.get(name, name)}" for name, amount in inks.items())
    if looks_black(inks) and (ours or paint.size < _BLACK_UNDER):
        return f"black text of {paint.size:g} pt is made of {len(inks)} inks: {colour}", Severity.ERROR
    if paint.size < _COLOURED_UNDER and len(inks) > _MOST_INKS:
        return f"coloured text of {paint.size:g} pt is made of {len(inks)} inks: {colour}", Severity.WARNING
    return "", CHECK.severity


CHECK = Check(
    id="pdf-rich-black",
    severity=Severity.ERROR,
    title="Small text in few inks",
    rationale="No press holds register to a hair: small letters made of several inks get coloured rims, and whoever "
    "reads with effort gives up.",
    source="Ghent Workgroup, GWG2015, 4.15 (rich black text) and 4.16 (small text). The lines are ours: under 12 pt "
    "black ink alone, under 8 pt two inks at most, as print shops ask",
    remedy="set black text in 100 % black ink alone, and small coloured text in two inks or larger",
    run=guarded(_run),
)
