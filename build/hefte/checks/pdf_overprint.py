"""A PDF for the press to black text that knocks out, and white that overprints."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks import pdf_painting
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_painter import Paint
from hefte.checks.pdf_reading import PRESS, for_press, guarded
from hefte.model import Finding, Severity


def _run(file: PdfFile) -> Iterator[Finding]:
    if not for_press(file):
        return
    said: set[tuple[int, str]] = set()
    for paint in pdf_painting.paints(file.pdf):
        message = _message(paint)
        if message and (paint.page, message) not in said:
            said.add((paint.page, message))
            severity = None if paint.overprint or file.kind in PRESS else Severity.WARNING
            yield CHECK.found(message, path=file.path, page=paint.page, severity=severity)


def _message(paint: Paint) -> str:
    if paint.overprint and paint.kind != "image" and _is_white(paint):
        return "white overprints: it will not be seen in print"
    if paint.kind == "text" and _is_black(paint) and not paint.overprint:
        return "text in 100 % black knocks out of what is below it"
    return ""


def _is_black(paint: Paint) -> bool:
    return (paint.space, paint.values) in (("DeviceCMYK", (0, 0, 0, 1)), ("DeviceGray", (0,)))


def _is_white(paint: Paint) -> bool:
    return (paint.space, paint.values) == ("DeviceCMYK", (0, 0, 0, 0))


CHECK = Check(
    id="pdf-overprint",
    severity=Severity.ERROR,
    title="Black text overprints, white does not",
    rationale="No press holds register to a hair: black type that knocks out of a tint gets white "
    "rims. White that overprints vanishes.",
    source="ISO 32000-1, 8.6.7; Ghent Workgroup, overprint conditions",
    remedy="set the text in the palette's pure black; in a foreign file, turn overprinting of "
    "black on and of white off",
    run=guarded(_run),
)
