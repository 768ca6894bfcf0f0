"""A PDF for the press, separated as a RIP does it, to the pages where more ink lies together than the paper takes.

Two checks ask for the sum of inks, and each sees what the other cannot. `pdf-ink` reads the colours that the file asks
for: it names the colour or the picture, sees the smallest thing, needs no other program, and so decides whether a file
gets its label. This one looks at what comes together on the sheet: inks that overprint each other, spot colours,
transparency, and RGB or Lab of foreign files through their own profile. It sees no area below `pdf_plates.AREA_MM2`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hefte.checks import pdf_plates
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import PT_PER_MM, expected, for_press, guarded
from hefte.model import Finding, Severity
from hefte.tools import ghostscript

_LIMIT = 300
"""Percent, where the builder says nothing: coated paper, sheet-fed offset."""
_SLACK = 1
"""Percent: each plate has 256 steps, and a sum has four of them or more."""


def _run(file: PdfFile) -> Iterator[Finding]:
    if not _is_asked(file):
        return
    limit = expected(file, "ink_limit", _LIMIT)
    inks = pdf_plates.measured(file)
    for page in inks.pages:
        if page.most > limit + _SLACK:
            left, bottom, right, top = page.box
            size = f"{(right - left) / PT_PER_MM:.0f} × {(top - bottom) / PT_PER_MM:.0f} mm"
            message = f"{page.most:.0f} % of ink lie on a place of {size}, more than {limit} %"
            yield CHECK.found(message, path=file.path, page=page.page, box=page.box)
    if inks.missing:
        yield CHECK.found(
            inks.missing, path=file.path, severity=Severity.ERROR if file.expect is not None else Severity.NOTE,
            remedy="look at the other pages in another program, or check them in a file of their own",
        )


def _is_asked(file: PdfFile) -> bool:
    """Whether the file goes to a press. The booklet just built does not: its pages are the print file's, moved, and
    those were looked at before it was imposed."""
    return for_press(file) and not (file.kind == "imposed" and file.expect is not None)


def figure(file: PdfFile) -> Mapping[str, Any]:
    """The ink on each page, percent, and the most; nothing for a file that goes to no press."""
    if not _is_asked(file) or ghostscript.probe() is None:
        return {}
    pages = pdf_plates.measured(file).pages
    if not pages:
        return {}
    worst = max(pages, key=lambda page: page.most)
    return {
        "most": worst.most, "page": worst.page, "box": list(worst.box), "pages": [_said(page) for page in pages],
    }


def _said(page: pdf_plates.PageInk) -> dict[str, Any]:
    means = [page.means.get(ink, 0.0) for ink in ghostscript.PROCESS]
    return {"page": page.page, **dict(zip("cmyk", means, strict=True)), "most": page.most}


CHECK = Check(
    id="pdf-separations",
    severity=Severity.ERROR,
    title="Sum of inks on the sheet, from the separations",
    rationale="Inks that overprint add up on the sheet, whatever each of them was set to. Too much does not dry: "
    "sheets stick together and set off on the next page.",
    source="ISO 12647-2; design/print: 300 % coated, 280 % uncoated; measured on Ghostscript's plates, averaged over "
    f"{pdf_plates.AREA_MM2} mm²",
    remedy="choose lighter inks where they lie over each other; in a foreign file, convert it with the condition's "
    "profile",
    run=guarded(_run),
    rendered=True,
    tool="ghostscript",
)
