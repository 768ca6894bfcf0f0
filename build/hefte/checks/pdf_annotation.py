"""A PDF for the press to what lies on its pages and does nothing on paper: links, notes, form fields."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import annots, box, each_page, for_press, guarded, standard
from hefte.model import Finding, Severity

_ALLOWED = ("/TrapNet", "/PrinterMark")


def _run(file: PdfFile) -> Iterator[Finding]:
    if not for_press(file):
        return
    for number, page in each_page(file):
        bleed = box(page, "/BleedBox") or box(page, "/TrimBox") or box(page, "/MediaBox")
        for annotation in annots(page):
            x0, y0, x1, y1 = (float(corner) for corner in annotation.Rect)
            apart = bleed is not None and (
                max(x0, x1) <= bleed[0] or min(x0, x1) >= bleed[2] or max(y0, y1) <= bleed[1] or min(y0, y1) >= bleed[3]
            )
            if str(annotation.get("/Subtype")) not in _ALLOWED and not (apart and standard(file.pdf) != "pdf/x-1a"):
                kind = str(annotation.get("/Subtype", "unknown")).removeprefix("/")
                yield CHECK.found(f"an annotation ({kind}) lies on the page", path=file.path, page=number)


CHECK = Check(
    id="pdf-annotation",
    severity=Severity.ERROR,
    title="Annotations in a file for the press",
    rationale="Whether an annotation is printed depends on the program that prints: a comment may "
    "come out across the page.",
    source="ISO 15930-7, 6.17",
    remedy="export without links, comments and form fields; ours drops links by itself",
    run=guarded(_run),
)
