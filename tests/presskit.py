"""A good print file of two pages, changed, to what the checks of inks, lines and the safe zone find in it."""

from __future__ import annotations

import functools
import io
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf

import pdfkit
from hefte.checks import pdf as checks
from hefte.checks import pdf_hairline, pdf_rgb, pdf_rich_black, pdf_safe_zone, pdf_spot
from hefte.checks.pdf_faces import face
from hefte.model import Finding, Severity
from pdf_faults import Mutation, content, resource, state

ERROR, WARNING = Severity.ERROR, Severity.WARNING
Whole = tuple[str, Severity, int | None, str, tuple[float, ...] | None]
FOREIGN = {"ours": False, "anybody's": True}
TINT = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.2, 0.6, 0], N=1)


CHECKS = (pdf_rgb, pdf_spot, pdf_rich_black, pdf_hairline, pdf_safe_zone)


@functools.cache
def two_pages() -> bytes:
    """The first two pages of a good print file."""
    with pdfkit.opened(pdfkit.print_bytes()) as pdf:
        del pdf.pages[2:]
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def findings(mutate: Mutation, *, foreign: bool = False, **expect: Any) -> list[Finding]:
    """What these checks find on two pages after a change, as ours or as anybody's."""
    with pdfkit.opened(two_pages()) as pdf:
        mutate(pdf)
        out = io.BytesIO()
        pdf.save(out)
    expected = None if foreign else {**pdfkit.EXPECT, **expect}
    file = checks.open_pdf(out, Path("x.pdf"), None if foreign else "print", expected)
    return [finding for one in CHECKS for finding in one.CHECK.run(file)]


def whole(mutate: Mutation, *, foreign: bool = False, **expect: Any) -> list[Whole]:
    """The same: check, severity, page, message, and the place to a tenth of a point."""
    return [
        (one.check, one.severity, one.page, one.message, one.box and tuple(round(side, 1) for side in one.box))
        for one in findings(mutate, foreign=foreign, **expect)
    ]


def text(colour: str, size: float, at: str = "100 300", words: str = "Hei") -> Mutation:
    """Text in a face of the file, whose letters' widths are known. Black overprints."""

    def mutate(pdf: Pdf) -> None:
        page = pdf.pages[1]
        held = page.obj.Resources.Font
        name = next(key for key in held.keys() if "Literata" in str(held[key].BaseFont))  # noqa: SIM118
        codes = _codes(held[name], words)
        state(op=True, OP=True, OPM=1)(pdf)
        resource("/ExtGState", "/New", lambda pdf: Dictionary(op=True, OP=True, OPM=1), 2)(pdf)
        content(f"q /New gs {colour} BT {name} {size} Tf {at} Td <{codes}> Tj ET Q", 2)(pdf)

    return mutate


def _codes(font: object, words: str) -> str:
    """The first glyphs of the face that are as wide as letters: which they are does not matter."""
    wide = sorted(code for code, width in face(font).widths.items() if width > 300)
    return "".join(f"{code:04x}" for code in wide[: len(words)])


def colorants(*names: str) -> Array:
    """A DeviceN space."""
    return Array([Name.DeviceN, Array([Name(f"/{name}") for name in names]), Name.DeviceCMYK, TINT])


def separation(name: str) -> Array:
    return Array([Name.Separation, Name(f"/{name}"), Name.DeviceCMYK, TINT])
