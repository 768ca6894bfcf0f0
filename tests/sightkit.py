"""Draws small PDFs, operator by operator, and tells what the checks that look at rendered pages find in them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import segno
from pikepdf import Array, Dictionary, Name, Pdf

from hefte.checks import pdf as checks
from hefte.checks.frame import Check, PdfFile

MM = 72 / 25.4
Found = tuple[str, int | None, str]
"""Of a finding: its severity, page and message."""
ADDRESS = "https://example.org/amming"


def drawn(content: str, size: tuple[float, float] = (300, 200), *, change: Any = None, **page: Any) -> bytes:
    """A PDF of one page, in points, with Helvetica as /F and its bold as /B, and `page`'s further entries."""
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=size)
    fonts = {
        name: Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=font, Encoding=Name.WinAnsiEncoding)
        for name, font in {"/F": Name.Helvetica, "/B": Name("/Helvetica-Bold")}.items()
    }
    states = {"/Thin": Dictionary(ca=0.3), "/Over": Dictionary(OP=True, op=True, OPM=1)}
    one = pdf.pages[0].obj
    one.Resources = Dictionary(Font=Dictionary(fonts), ExtGState=Dictionary(states))
    one.Contents = pdf.make_stream(content.encode("cp1252"))
    for name, value in page.items():
        one[f"/{name}"] = value
    if change:
        change(pdf)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def text(words: str, colour: str = "0 g", size: float = 12, at: str = "20 100", font: str = "/F") -> str:
    """Operators that show words in a colour."""
    return f"BT {colour} {font} {size} Tf {at} Td ({words}) Tj ET\n"


def grey(level: int) -> str:
    """A colour whose three parts are `level` of 255."""
    return " ".join([f"{level / 255:.6f}"] * 3) + " rg"


def opened(content: bytes, edition: str | None, expect: Mapping[str, Any] | None = None) -> PdfFile:
    """The PDF as the checks get it."""
    return checks.open_pdf(io.BytesIO(content), Path("a.pdf"), edition, expect)


def found(
    check: Check, content: bytes, edition: str | None = None, expect: Mapping[str, Any] | None = None,
) -> list[Found]:
    """What a check finds."""
    findings = list(check.run(opened(content, edition, expect)))
    assert {finding.check for finding in findings} <= {check.id}
    return [(finding.severity.value, finding.page, finding.message) for finding in findings]


def box_of(check: Check, content: bytes, edition: str | None = None) -> list[int]:
    """Where its only finding is, in whole points."""
    (finding,) = check.run(opened(content, edition))
    assert finding.box is not None
    return [round(at) for at in finding.box]


def code(address: str = ADDRESS, at: tuple[float, float] = (60, 60), module: float = 2.5, border: int = 4) -> str:
    """Operators that draw a QR code: its lower left corner, without the border, and the width of a module."""
    rows = [list(row) for row in segno.make_qr(address, error="m").matrix_iter(border=0)]
    side, room = len(rows), border * module
    ground = f"1 g {at[0] - room} {at[1] - room} {side * module + 2 * room} {side * module + 2 * room} re f\n"
    squares = "".join(
        f"{at[0] + x * module} {at[1] + (side - 1 - y) * module} {module} {module} re\n"
        for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return f"{ground}0 g {squares} f\n"


def link(rectangle: Sequence[float], address: str) -> Dictionary:
    """A link to an address."""
    action = Dictionary(S=Name.URI, URI=pikepdf.String(address))
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(list(rectangle)), A=action)


def tagged(pdf: Pdf) -> None:
    """Have a file say that it has tags."""
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot)
