"""A PDF to what PDF/X asks of it as a file: version, metadata, nothing that acts, nothing elsewhere, filters, layers.

Boxes, output intent, fonts and annotations have checks of their own; colours are pdf_x_colours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from hefte.checks import pdf_actions
from hefte.checks.pdf_actions import dictionaries
from hefte.checks.pdf_reading import info, xmp

VERSIONS = {"pdf/x-1a": "1.4", "pdf/x-3": "1.4", "pdf/x-4": "1.6"}
"""The highest version of PDF (ISO 15930-1, -6, -7). The parts of 2001 stop at 1.3, which is not asked for here."""
_IN_XMP = (
    "dc:title",
    "xmp:CreateDate",
    "xmp:ModifyDate",
    "xmp:MetadataDate",
    "xmpMM:DocumentID",
    "xmpMM:VersionID",
    "xmpMM:RenditionClass",
    "pdf:Trapped",
)
_IN_INFO = ("/Title", "/CreationDate", "/ModDate", "/Creator", "/Producer")
_ACTIONS = (
    "JavaScript", "Launch", "Movie", "Sound", "ResetForm", "SubmitForm", "ImportData", "Hide", "Rendition",
    "SetOCGState", "Trans", "GoTo3DView",
)
_SAME = (
    ("dc:title", "/Title"),
    ("xmp:CreateDate", "/CreationDate"),
    ("xmp:ModifyDate", "/ModDate"),
    ("xmp:CreatorTool", "/Creator"),
    ("pdf:Producer", "/Producer"),
)
"""What stands in the XMP packet and in the Info dictionary."""


def version(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """No later version of PDF than the part of PDF/X is built on."""
    highest = VERSIONS.get(claim, "1.6")
    if pdf.pdf_version > highest:
        yield f"the file is PDF {pdf.pdf_version}, later than {highest}"


def not_encrypted(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """No encryption, not even without a password."""
    if pdf.is_encrypted:
        yield "the file is encrypted"


def identified(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """An ID in the trailer."""
    if "/ID" not in pdf.trailer:
        yield "the trailer has no ID"


def described(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """Title, dates and names, in the XMP packet (X-4) or the Info dictionary (before)."""
    said, given = xmp(pdf), info(pdf)
    if claim == "pdf/x-4":
        yield from (f"the XMP packet has no {name}" for name in _IN_XMP if not said.get(name))
    else:
        yield from (
            f"the Info dictionary has no {name.removeprefix('/')}" for name in _IN_INFO if not str(given.get(name, ""))
        )
    of_2001 = str(given.get("/GTS_PDFXVersion", "")) == "PDF/X-1:2001"
    if ("/GTS_PDFXConformance" in given and not of_2001) or "pdfx:GTS_PDFXConformance" in said:
        yield "GTS_PDFXConformance belongs to PDF/X-1:2001 and to no other"


def consistent(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """Where Info and XMP say the same thing, they say the same."""
    said, given = xmp(pdf), info(pdf)
    for name, other in _SAME:
        if name in said and other in given and _comparable(said[name]) != _comparable(str(given[other])):
            yield f"{other.removeprefix('/')} in the Info dictionary is not {name} in the XMP packet"


def _comparable(value: str) -> str:
    """A date as its digits, UTC written one way; anything else as it is."""
    if value.startswith("D:") or (value[:4].isdigit() and value[4:5] == "-"):
        return "".join(
            one for one in value.removesuffix("Z").replace("+00:00", "").replace("+00'00'", "") if one.isdigit()
        )
    return value.removeprefix("/")


def trapped(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """Whether the file is trapped is said, and is true or false."""
    if claim != "pdf/x-4" and str(info(pdf).get("/Trapped", "")) not in ("/True", "/False"):
        yield "the Info dictionary does not say True or False for Trapped"
    packed, given = xmp(pdf).get("pdf:Trapped", "True"), str(info(pdf).get("/Trapped", "")).removeprefix("/")
    if claim == "pdf/x-4" and packed not in ("True", "False"):
        yield "the XMP packet does not say True or False for Trapped"
    if {packed, given} == {"True", "False"} and "pdf:Trapped" in xmp(pdf):
        yield "Trapped in the Info dictionary is not pdf:Trapped in the XMP packet"


def passive(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """No scripts and no actions."""
    if "/AA" in pdf.Root or any("/AA" in page.obj for page in pdf.pages):
        yield "there are actions that an event starts (AA)"
    opening = pdf.Root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary):
        yield "an action starts when the file is opened"
    kinds = pdf_actions.actions(pdf)
    if pdf_actions.scripts(pdf):
        yield "there is JavaScript"
    yield from (f"there is an action of the kind {kind}" for kind in _ACTIONS if kind in kinds)
    if "/AcroForm" in pdf.Root:
        yield "there is a form to fill in"


def alone(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """Nothing inside and nothing outside that belongs to it: no embedded files, no external content."""
    if pdf_actions.attachments(pdf):
        yield "files are embedded"
    for item in dictionaries(pdf):
        if isinstance(item, pikepdf.Stream) and "/F" in item:
            yield "a stream's content stands in another file"
        if "/OPI" in item:
            yield "a picture is to be replaced by another (OPI)"
        if item.get("/Subtype") == "/Image" and "/Alternates" in item:
            yield "a picture has alternates"
        if item.get("/Subtype") == "/Form" and "/Ref" in item:
            yield "a form stands for a page of another file"


def no_postscript(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """No PostScript XObjects."""
    if any(_is_postscript(item) for item in dictionaries(pdf)):
        yield "there is a PostScript XObject"


def _is_postscript(item: Any) -> bool:
    form = item.get("/Subtype") == "/Form"
    return item.get("/Subtype") == "/PS" or item.get("/Subtype2") == "/PS" or (form and "/PS" in item)


def filters(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """No LZW; no JPEG 2000 and JBIG2 before PDF/X-4."""
    used = {name for item in pdf.objects if isinstance(item, pikepdf.Stream) for name in _filters(item)}
    banned = ["/LZWDecode", "/Crypt"] if claim == "pdf/x-4" else ["/LZWDecode", "/Crypt", "/JPXDecode", "/JBIG2Decode"]
    yield from (f"a stream is compressed with {name.removeprefix('/')}" for name in banned if name in used)


def _filters(stream: Any) -> list[str]:
    named = stream.get("/Filter", [])
    return [str(name) for name in (named if isinstance(named, pikepdf.Array) else [named])]


def viewer(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """What is shown and printed is the page with its bleed, or the whole medium."""
    preferences: Any = pdf.Root.get("/ViewerPreferences", {})
    for key in ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip"):
        if str(preferences.get(key, "/MediaBox")) not in ("/MediaBox", "/BleedBox"):
            yield f"{key.removeprefix('/')} is neither the MediaBox nor the BleedBox"


def one_show(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """One way to show the pages: no slide shows of it."""
    if "/AlternatePresentations" in pdf.Root.get("/Names", {}) or any("/PresSteps" in page.obj for page in pdf.pages):
        yield "there are presentations of the pages beside the pages"


def layers(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """Layers are not known before PDF/X-4, and none may be switched by what looks at it: print or screen."""
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, pikepdf.Dictionary):
        return
    if claim in ("pdf/x-1a", "pdf/x-3"):
        yield "there are layers (optional content)"
        return
    views = [properties.get("/D"), *properties.get("/Configs", [])]
    if any(isinstance(view, pikepdf.Dictionary) and "/AS" in view for view in views):
        yield "layers are switched by whether they are seen or printed (AS)"


FILE_CONDITIONS = (
    version,
    not_encrypted,
    identified,
    described,
    consistent,
    trapped,
    passive,
    alone,
    no_postscript,
    filters,
    viewer,
    one_show,
    layers,
)
"""What PDF/X asks for beyond boxes, intent, colours, fonts and annotations."""
