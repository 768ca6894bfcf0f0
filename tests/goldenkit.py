"""Reads finished publications as readers do: a PDF by its tags and pages, an ebook by its documents and page list."""

from __future__ import annotations

import ctypes
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from lxml import etree

import buildkit
from buildkit import squeezed

NS = {"h": "http://www.w3.org/1999/xhtml", "opf": "http://www.idpf.org/2007/opf"}
BLOCKS = {"P", "H1", "H2", "H3", "LBody", "Lbl", "TOCI", "Caption"}
"""Types of structure elements that hold text of their own."""


# --- the tagged PDF -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tagged:
    """An element of a PDF's structure tree, as an assistive program reads it."""

    type: str
    languages: tuple[str, ...]
    """The languages said on the way to it, outermost first."""
    depth: int
    text: str
    """All of its text in reading order, its children's too."""


def tagged(path: Path) -> list[Tagged]:
    """The structure elements of a PDF in reading order, each with its text."""
    texts = _marked(path)
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}

        def walk(element: Any, page: int | None, languages: tuple[str, ...], depth: int) -> tuple[str, list[Tagged]]:
            if not isinstance(element, pikepdf.Dictionary):
                return texts.get((page, int(element)), ""), []
            page = numbers[element.Pg.objgen] if "/Pg" in element else page
            if element.get("/Type") == "/MCR":
                return texts.get((page, int(element.MCID)), ""), []
            if element.get("/Type") == "/OBJR":
                return "", []
            if "/Lang" in element:
                languages = (*languages, str(element.Lang))
            said = ""
            below: list[Tagged] = []
            for kid in _kids(element):
                text, more = walk(kid, page, languages, depth + 1)
                said, below = _joined(said, text), [*below, *more]
            return said, [Tagged(str(element.S)[1:], languages, depth, said), *below]

        (top,) = _kids(pdf.Root.StructTreeRoot)
        return walk(top, None, (str(pdf.Root.Lang),), 0)[1]


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _joined(before: str, after: str) -> str:
    """Two pieces of text: a line's end is white space, unless the line ends inside a word."""
    if before.endswith("\x02"):  # pdfium's sign for a hyphen that a line's end brought
        return before[:-1] + after
    return f"{before} {after}" if before and after else before + after


def _marked(path: Path) -> dict[tuple[int | None, int], str]:
    """(Page from 0, marked-content id) → its text."""
    found: dict[tuple[int | None, int], str] = {}
    with pdfium.PdfDocument(path) as pdf:
        for number, page in enumerate(pdf):
            text = page.get_textpage()
            for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=9):
                key = (number, raw.FPDFPageObj_GetMarkedContentID(item.raw))
                size = raw.FPDFTextObj_GetText(item.raw, text.raw, None, 0)
                buffer = (ctypes.c_ushort * (size // 2))()
                raw.FPDFTextObj_GetText(item.raw, text.raw, buffer, size)
                found[key] = found.get(key, "") + bytes(buffer).decode("utf-16-le").rstrip("\0")
    return found


def sections(path: Path) -> dict[str, str]:
    """Heading of level one → everything that a voice reads from there to the next, but for the bullets and numbers of
    lists."""
    elements = tagged(path)
    found: dict[str, str] = {}
    heading = ""
    for at, element in enumerate(elements):
        if element.type == "H1":
            heading = plain(element.text)
            found[heading] = ""
        if heading and _is_leaf(elements, at) and not (element.type == "Lbl" and re.fullmatch(r"•|\d+\.",
            element.text.strip())):
            found[heading] += element.text
    return found


def _is_leaf(elements: list[Tagged], at: int) -> bool:
    """Whether an element holds text of its own, rather than blocks."""
    element = elements[at]
    inner = at + 1
    while inner < len(elements) and elements[inner].depth > element.depth:
        if elements[inner].type in BLOCKS:
            return False
        inner += 1
    return element.type in BLOCKS


def plain(text: str) -> str:
    """Runs of white space as one space."""
    return " ".join(text.split())


def bookmarks(path: Path) -> list[tuple[int, str, int]]:
    """Level from 1, title and page from 1 of each."""
    with pdfium.PdfDocument(path) as pdf:
        return [(mark.level + 1, plain(mark.get_title()), mark.get_dest().get_index() + 1) for mark in pdf.get_toc()]


# --- the ebook ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mark:
    """An entry of the page list."""

    label: str
    document: str
    text: str
    """What follows the place that it leads to, to the end of its document."""


class Ebook:
    """The documents of an EPUB, in reading order."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        [package] = [name for name in self.files if name.endswith(".opf")]
        self.folder = posixpath.dirname(package)
        self.package = etree.fromstring(self.files[package])
        hrefs = {item.get("id"): item.get("href") for item in self.package.iterfind(".//opf:item", NS)}
        self.spine = [hrefs[item.get("idref")] for item in self.package.iterfind(".//opf:itemref", NS)]

    def tree(self, name: str | None) -> Any:
        return etree.fromstring(self.files[f"{self.folder}/{name}"])

    def page_list(self) -> Iterator[Mark]:
        """Where each page begins."""
        nav = self.tree("nav.xhtml")
        for link in nav.iterfind(".//h:nav[@id='page-list']//h:a", NS):
            name, _, target = link.get("href").partition("#")
            yield Mark(link.text, name, self._after(name, target))

    def _after(self, name: str, target: str) -> str:
        body = self.tree(name).find("h:body", NS)
        [marker] = body.xpath("//*[@id=$id]", id=target)
        return "".join(text for text in marker.xpath("following::text()[not(ancestor::*[contains(@class, 'skip')])]"))

    def sections(self) -> dict[str, str]:
        """Heading of level one → the words of its document, what only the ebook says left out."""
        found = {}
        for name in self.spine:
            body = self.tree(name).find("h:body", NS)
            for extra in body.xpath("//*[contains(concat(' ', @class, ' '), ' skip ') or contains(@class, 'back')]"):
                extra.getparent().remove(extra) if extra.tail is None else _drop(extra)
            [heading] = body.iterfind(".//h:h1", NS)
            found[plain("".join(heading.itertext()))] = "".join(body.itertext())
        return found


def _drop(element: Any) -> None:
    """Take an element away and leave the text after it."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + element.tail
    else:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


# --- what looked at them --------------------------------------------------------------------------------------------


def validators() -> dict[str, str | None]:
    """Each validator of other people's making, with its version here; None where it is missing."""
    from hefte.tools import ace, axe, epubcheck, ghostscript, page_validation

    return {tool.NAME: tool.probe() for tool in (ghostscript, page_validation, epubcheck, ace, axe)}


# --- both -----------------------------------------------------------------------------------------------------------


def tops(path: Path) -> list[str]:
    """What each page begins with: its first three lines."""
    return [" ".join(line.text for line in page[:3]) for page in buildkit.pages(path)]


def begins_with(text: str, printed: str) -> bool:
    """Whether a text begins with the words of a printed page; where print began inside a word, at that word's start."""
    wanted, there = squeezed(printed).replace("-", "")[:20], squeezed(text).replace("-", "")
    first = squeezed(text.split()[0]).replace("-", "")
    return len(wanted) == 20 and 0 <= there.find(wanted, 0, 60) < len(first)
