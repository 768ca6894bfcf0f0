"""A PDF for reading to what a screen reader misses in it: tags, language, title, alternatives, named links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import READ, annots, claims_ua, each_page, expected, guarded, info, xmp
from hefte.model import Finding, Severity


def _run(file: PdfFile) -> Iterator[Finding]:
    if file.kind not in READ and not (file.kind is None and claims_ua(file.pdf)):
        return
    for said in _of_file(file):
        yield CHECK.found(said, path=file.path)
    for number, page in each_page(file):
        for said in _of_page(page):
            yield CHECK.found(said, path=file.path, page=number)
    yield from _of_tags(file)


def _of_file(file: PdfFile) -> Iterator[str]:
    root: Any = file.pdf.Root
    said, wanted = xmp(file.pdf), expected(file, "language")
    if "/StructTreeRoot" not in root:
        yield "there are no tags"
    if not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
        yield "the file does not say that it is tagged (MarkInfo)"
    language = str(root.get("/Lang", ""))
    if not language:
        yield "the file does not name its language"
    elif wanted and language != wanted:
        yield f"the file says that it is in {language}, not {wanted}"
    if not said.get("dc:title") or not str(info(file.pdf).get("/Title", said["dc:title"])):
        yield "there is no title"
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield "readers show the file's name instead of its title (DisplayDocTitle)"
    if said.get("pdfuaid:part") != "1":
        yield "the file does not claim to be PDF/UA-1"


def _of_page(page: pikepdf.Page) -> Iterator[str]:
    links = [one for one in annots(page) if one.get("/Subtype") == "/Link"]
    if annots(page) and page.obj.get("/Tabs") != "/S":
        yield "the tab key does not follow the reading order (Tabs)"
    for link in links:
        words = str(link.get("/Contents", "")).strip()
        if not words:
            yield "a link has no name (Contents)"
        if "/StructParent" not in link:
            yield "a link stands outside the tags"


def _of_tags(file: PdfFile) -> Iterator[Finding]:
    pages = {page.obj.objgen: number for number, page in each_page(file)}
    for element in elements(file.pdf):
        if element.get("/S") == "/Figure" and not str(element.get("/Alt", element.get("/ActualText", ""))).strip():
            page = pages.get(element.Pg.objgen) if "/Pg" in element else None
            yield CHECK.found("a figure has no alternative text", path=file.path, page=page)


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The structure elements in reading order (ISO 32000-1, 14.7.2)."""
    root = pdf.Root.get("/StructTreeRoot")
    waiting: list[Any] = [root] if root is not None else []
    seen = set()
    while waiting:
        element = waiting.pop()
        if element.objgen != (0, 0):
            if element.objgen in seen:
                continue
            seen.add(element.objgen)
        if "/S" in element:
            yield element
        below = element.get("/K", [])
        kids = list(below) if isinstance(below, pikepdf.Array) else [below]
        waiting += reversed([kid for kid in kids if isinstance(kid, pikepdf.Dictionary)])


CHECK = Check(
    id="pdf-tagged",
    severity=Severity.ERROR,
    title="Tags, language, title and names for a screen reader",
    rationale="Without tags a screen reader reads a page as it was drawn; without a language it "
    "reads Norwegian as English.",
    source="ISO 14289-1 (PDF/UA-1), 7.1, 7.2, 7.3, 7.18; WCAG 2.1, 1.1.1, 2.4.2, 3.1.1",
    remedy="mend the layout; in a foreign file, export it with tags. `hefte build --validate` asks a full validator",
    run=guarded(_run),
)
