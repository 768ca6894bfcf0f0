"""Turns a finished PDF, ours or anybody's, into what the checks ask of it: claims, metadata, boxes, a guarded run."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
from lxml import etree
from PIL import Image

from hefte.checks import pdf_dangers
from hefte.checks.frame import KIND_OF, PdfFile
from hefte.checks.pdf_geometry import Box
from hefte.errors import SourceError
from hefte.model import Finding, Place

# What QPDF says of a damaged file is asked for (`get_warnings`), not let loose on the terminal.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())

PT_PER_MM = 72 / 25.4
PRESS = ("press", "imposed")
"""Kinds of files that go through a printing process: no RGB, ink within the limit."""
CHOSEN = "chosen"
"""What the Info dictionary says under HefteWords where an edition does not hold all of the book."""
READ = ("tagged", "office")
"""Kinds of files that are read with their tags."""

_LARGEST_PACKET = 2**22
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PREFIXES = {
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
    "http://ns.adobe.com/pdfx/1.3/": "pdfx",
    "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
}

DAMAGE = (
    pikepdf.exceptions.PikepdfError,
    Image.DecompressionBombError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RuntimeError,
    ArithmeticError,
    OSError,
)
"""What pikepdf, PDFium and Pillow raise where a foreign file is not built as ISO 32000-1 has it."""


def open_pdf(source: Path | io.BytesIO, path: Path, edition: str | None = None, expect: Any = None) -> PdfFile:
    """The PDF in `source` (a file's path or its bytes), known to findings as `path`.

    Raises SourceError where it is missing, no PDF, damaged beyond repair, or locked with a password.
    """
    place = Place(path)
    try:
        same = source if isinstance(source, Path) else source.getvalue()
        danger = _danger(source) if expect is None else None
        if danger:
            raise SourceError(danger, remedy="do not open it: it may be made to do harm", place=place)
        return PdfFile(path, pikepdf.open(source), edition, expect, same)
    except pikepdf.PasswordError as error:
        raise SourceError(
            f"{path.name} is locked with a password", remedy="save it without encryption", place=place
        ) from error
    except pikepdf.exceptions.PikepdfError as error:
        raise SourceError(
            f"{path.name} is not a PDF that can be read ({error})", remedy="export it again", place=place
        ) from error
    except OSError as error:
        raise SourceError(
            f"{path.name} cannot be read: {error.strerror}", remedy="name a file that is there", place=place
        ) from error


def _danger(source: Path | io.BytesIO) -> str | None:
    """Why nobody can look through somebody else's file."""
    with pikepdf.open(source, inherit_page_attributes=False) as pdf:
        try:
            return pdf_dangers.of_pages(pdf) or pdf_dangers.of_streams(pdf)
        except DAMAGE:  # the checks say what is damaged
            return None


def edition_of(file: PdfFile) -> str | None:
    """Which of our editions a file is, None for anybody else's. Ours say so in the Info dictionary."""
    return _named(file)[0]


def kind_of(file: PdfFile) -> str | None:
    """Which kind of file of ours it is, None for anybody else's."""
    return _named(file)[1]


def is_full(file: PdfFile) -> bool:
    """Whether a file holds all the words of its book, as far as it says (HefteWords): a leaflet has chosen ones."""
    return str(info(file.pdf).get("/HefteWords", "")) != CHOSEN


def _named(file: PdfFile) -> tuple[str | None, str | None]:
    """Edition and kind, as Creator, HefteEdition and HefteKind say."""
    try:
        said = info(file.pdf)
        if str(said.get("/Creator", "")) != "hefte":
            return None, None
        edition, kind = str(said.get("/HefteEdition", "")), str(said.get("/HefteKind", ""))
        if edition and kind in (*PRESS, *READ):
            return edition, kind
        old = _as_it_was(file)
        return old, KIND_OF[old]
    except DAMAGE:
        return None, None


def _as_it_was(file: PdfFile) -> str:
    """The edition of a file that does not name it. Before editions were data there were these three only,
    and files of that time are kept and checked again: they are told by their shape."""
    if "/StructTreeRoot" in file.pdf.Root:
        return "screen"
    duplex = "/Duplex" in file.pdf.Root.get("/ViewerPreferences", {})
    left, bottom, right, top = box(file.pdf.pages[0], "/MediaBox") or (0.0, 0.0, 0.0, 0.0)
    return "booklet" if duplex or right - left > top - bottom else "print"


def guarded(run: Callable[[PdfFile], Iterable[Finding]]) -> Callable[[PdfFile], Iterator[Finding]]:
    """A check's `run` that answers damage with a finding. In a file just built (with `expect`) it is a bug: raised."""

    def guard(file: PdfFile) -> Iterator[Finding]:
        try:
            yield from run(file)
        except DAMAGE as error:
            if file.expect is not None:
                raise
            from hefte.checks.pdf_damage import CHECK

            yield CHECK.found(f"{type(error).__name__}: {error}".splitlines()[0].rstrip(": "), path=file.path)

    return guard


def standard(pdf: pikepdf.Pdf) -> str | None:
    """The part of PDF/X that the file claims: `pdf/x-4`, `pdf/x-1a`, another such name, or None."""
    said = xmp(pdf).get("pdfxid:GTS_PDFXVersion") or str(info(pdf).get("/GTS_PDFXVersion", ""))
    if said == "PDF/X-1:2001":  # ISO 15930-1:2001, 6.3: which of its two parts stands elsewhere.
        said = str(info(pdf).get("/GTS_PDFXConformance", said))
    return said.partition(":")[0].lower() or None


def intent(pdf: pikepdf.Pdf) -> Any:
    """The first output intent for PDF/X; None where there is none."""
    intents: Any = pdf.Root.get("/OutputIntents", [])
    return next((one for one in intents if one.get("/S") == "/GTS_PDFX"), None)


def intent_profile(pdf: pikepdf.Pdf) -> bytes:
    """The ICC profile of the printing condition; empty where none is embedded."""
    found = intent(pdf)
    profile = found.get("/DestOutputProfile") if found is not None else None
    return profile.read_bytes() if isinstance(profile, pikepdf.Stream) else b""


def intent_space(pdf: pikepdf.Pdf) -> str:
    """The colours of that condition: `CMYK`, `RGB`, `GRAY`, or nothing (ICC.1:2010, 7.2.6)."""
    return intent_profile(pdf)[16:20].decode("latin-1").strip()


def claims_ua(pdf: pikepdf.Pdf) -> bool:
    """Whether the file claims to be PDF/UA-1."""
    return xmp(pdf).get("pdfuaid:part") == "1"


def for_press(file: PdfFile) -> bool:
    """Whether the file must hold what a press needs: ours for a press or imposed from such, and what claims PDF/X."""
    return file.kind in PRESS or (file.kind is None and standard(file.pdf) is not None)


def expected(file: PdfFile, what: str, default: Any = None) -> Any:
    """What the builder told of a file."""
    return (file.expect or {}).get(what, default)


def info(pdf: pikepdf.Pdf) -> Any:
    """The Info dictionary; an empty one where there is none (`pdf.docinfo` would make it)."""
    found = pdf.trailer.get("/Info")
    return found if isinstance(found, pikepdf.Dictionary) else {}


def xmp(pdf: pikepdf.Pdf) -> dict[str, str]:
    """The properties of the XMP packet as `dc:title` → text; empty where there is no packet that can be read."""
    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        return {}
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        packet = pdf_dangers.unpacked(stream, _LARGEST_PACKET)
        root = etree.fromstring(packet.strip(b"\x00 \r\n\t"), parser) if len(packet) <= _LARGEST_PACKET else None
    except (etree.XMLSyntaxError, ValueError, *DAMAGE):
        root = None
    if root is None:
        return {}
    return {name: value for block in root.iter(f"{_RDF}Description") for name, value in _properties(block) if name}


def _properties(block: Any) -> Iterator[tuple[str, str]]:
    for name, value in block.attrib.items():
        yield _prefixed(name), str(value)
    for child in block:
        if isinstance(child.tag, str):
            yield _prefixed(child.tag), " ".join("".join(child.itertext()).split())


def _prefixed(name: str) -> str:
    namespace, _, local = name.removeprefix("{").partition("}")
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{local}" if prefix else ""


def box(page: pikepdf.Page, name: str) -> Box | None:
    """A page box in pt, lower left corner first, inherited where it may be (ISO 32000-1, 7.7.3.4); None if absent."""
    node: Any = page.obj
    for _ in range(50):
        if name in node:
            left, bottom, right, top = (float(corner) for corner in node[name])
            return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
        if name not in ("/MediaBox", "/CropBox") or "/Parent" not in node:
            return None
        node = node.Parent
    return None


def annots(page: pikepdf.Page) -> list[Any]:
    """A page's annotations that are dictionaries."""
    found: Any = page.obj.get("/Annots", [])
    return [one for one in found if isinstance(one, pikepdf.Dictionary)]


def each_page(file: PdfFile) -> Iterator[tuple[int, pikepdf.Page]]:
    """The pages with their numbers from 1."""
    return enumerate(file.pdf.pages, 1)
