"""A PDF to the conditions of the PDF/X that it claims, or that our print edition must claim, and does not meet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from hefte.checks import pdf_painting
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import expected, guarded, info, standard, xmp
from hefte.model import Finding, Severity

_VERSIONS = {"pdf/x-1a": "1.4", "pdf/x-3": "1.4", "pdf/x-4": "1.6"}
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
    "/JavaScript",
    "/Launch",
    "/Movie",
    "/Sound",
    "/ResetForm",
    "/SubmitForm",
    "/ImportData",
    "/Hide",
    "/Rendition",
)
_INTENTS = ("/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation")


def _run(file: PdfFile) -> Iterator[Finding]:
    claim = standard(file.pdf)
    if claim is None and file.edition != "print":
        return
    wanted = expected(file, "standard")
    if claim is None:
        yield CHECK.found("the file does not claim to be PDF/X: its conditions were not proven", path=file.path)
    elif claim not in _VERSIONS or (wanted and claim != wanted):
        yield CHECK.found(f"the file claims {claim.upper()}, not {(wanted or 'pdf/x-4').upper()}", path=file.path)
    for condition in CONDITIONS:
        for said in dict.fromkeys(condition(file.pdf, claim or wanted or "pdf/x-4")):
            yield CHECK.found(said, path=file.path)


# --- the conditions: (file, what it claims) to what is wrong ----------------------------------------------------------


def version(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """No later version of PDF than the part of PDF/X is built on."""
    highest = _VERSIONS.get(claim, "1.6")
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
    if "/GTS_PDFXConformance" in given or "pdfx:GTS_PDFXConformance" in said:
        yield "GTS_PDFXConformance belongs to PDF/X-1:2001 and to no other"


def consistent(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """Where Info and XMP say the same thing, they say the same."""
    said, given = xmp(pdf), info(pdf)
    for name, other in (("dc:title", "/Title"), ("xmp:CreateDate", "/CreationDate"), ("xmp:ModifyDate", "/ModDate")):
        if name in said and other in given and _comparable(said[name]) != _comparable(str(given[other])):
            yield f"{other.removeprefix('/')} in the Info dictionary is not {name} in the XMP packet"


def _comparable(value: str) -> str:
    """A date as its digits, UTC written one way; anything else as it is."""
    if value.startswith("D:") or (value[:4].isdigit() and value[4:5] == "-"):
        return "".join(
            one for one in value.removesuffix("Z").replace("+00:00", "").replace("+00'00'", "") if one.isdigit()
        )
    return value


def trapped(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """Whether the file is trapped is said, and is true or false."""
    if claim != "pdf/x-4" and str(info(pdf).get("/Trapped", "")) not in ("/True", "/False"):
        yield "the Info dictionary does not say True or False for Trapped"
    if claim == "pdf/x-4" and xmp(pdf).get("pdf:Trapped", "True") not in ("True", "False"):
        yield "the XMP packet does not say True or False for Trapped"


def passive(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """No scripts and no actions."""
    if "/AA" in pdf.Root or any("/AA" in page.obj for page in pdf.pages):
        yield "there are actions that an event starts (AA)"
    opening = pdf.Root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary):
        yield "an action starts when the file is opened"
    if "/JavaScript" in pdf.Root.get("/Names", {}):
        yield "there is JavaScript"
    kinds = {str(item.get("/S", "")) for item in _dictionaries(pdf) if "/S" in item and "/P" not in item}
    yield from (f"there is an action of the kind {kind.removeprefix('/')}" for kind in _ACTIONS if kind in kinds)
    if "/AcroForm" in pdf.Root:
        yield "there is a form to fill in"


def alone(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """Nothing inside and nothing outside that belongs to it: no embedded files, no external content."""
    if "/EmbeddedFiles" in pdf.Root.get("/Names", {}):
        yield "files are embedded"
    for item in _dictionaries(pdf):
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
    if any(item.get("/Subtype") == "/PS" or item.get("/Subtype2") == "/PS" for item in _dictionaries(pdf)):
        yield "there is a PostScript XObject"


def filters(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """No LZW; no JPEG 2000 and JBIG2 before PDF/X-4."""
    used = {name for item in pdf.objects if isinstance(item, pikepdf.Stream) for name in _filters(item)}
    banned = ["/LZWDecode", "/Crypt"] if claim == "pdf/x-4" else ["/LZWDecode", "/Crypt", "/JPXDecode", "/JBIG2Decode"]
    yield from (f"a stream is compressed with {name.removeprefix('/')}" for name in banned if name in used)


def _filters(stream: Any) -> list[str]:
    named = stream.get("/Filter", [])
    return [str(name) for name in (named if isinstance(named, pikepdf.Array) else [named])]


def graphics_states(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """No transfer curves and halftone phases, and a known rendering intent: the press decides on these."""
    for item in _dictionaries(pdf):
        for state in [item, *_direct_states(item)]:
            if "/TR" in state and _is_state(state):
                yield "a graphics state has a transfer curve (TR)"
            if _is_state(state) and str(state.get("/TR2", "/Default")) != "/Default":
                yield "a graphics state has a transfer curve (TR2)"
            if "/HTP" in state:
                yield "a graphics state has a halftone phase (HTP)"
            if _is_state(state) and str(state.get("/RI", _INTENTS[0])) not in _INTENTS:
                yield f"the rendering intent {state.RI} is not known"


def _is_state(item: Any) -> bool:
    return item.get("/Type") == "/ExtGState" or any(key in item for key in ("/ca", "/CA", "/OPM", "/TR2", "/SA", "/BM"))


def _direct_states(item: Any) -> Iterator[Any]:
    """The graphics states that stand in a resource dictionary, or in that of a page or form, and not on their own."""
    for owner in (item, item.get("/Resources")):
        states = owner.get("/ExtGState") if isinstance(owner, pikepdf.Dictionary) else None
        if isinstance(states, pikepdf.Dictionary):
            yield from (state for state in dict(states).values() if isinstance(state, pikepdf.Dictionary))


def opaque(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """No transparency before PDF/X-4."""
    if claim == "pdf/x-4":
        return
    for item in _dictionaries(pdf):
        group = item.get("/Group")
        if isinstance(group, pikepdf.Dictionary) and group.get("/S") == "/Transparency":
            yield "there is a transparency group"
        if item.get("/Subtype") == "/Image" and (item.get("/SMaskInData", 0) or "/SMask" in item):
            yield "a picture has a soft mask"
    for paint in pdf_painting.paints(pdf):
        if not paint.opaque and paint.kind != "image":
            yield f"something on page {paint.page} is transparent"


def viewer(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """What is shown and printed is the page with its bleed, or the whole medium."""
    preferences: Any = pdf.Root.get("/ViewerPreferences", {})
    for key in ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip"):
        if str(preferences.get(key, "/MediaBox")) not in ("/MediaBox", "/BleedBox"):
            yield f"{key.removeprefix('/')} is neither the MediaBox nor the BleedBox"


CONDITIONS = (
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
    graphics_states,
    opaque,
    viewer,
)
"""What PDF/X asks for beyond boxes, intent, colours, fonts and annotations, which have checks of their own."""


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The dictionaries of the file, and those of its streams."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield item


CHECK = Check(
    id="pdf-x",
    severity=Severity.ERROR,
    title="Conditions of PDF/X",
    rationale="A label that is not true costs more than none: the press relies on it and looks no further.",
    source="ISO 15930-7:2010 (PDF/X-4), ISO 15930-4:2003 (PDF/X-1a)",
    remedy="export the file again as PDF/X; where it is ours, report a bug",
    run=guarded(_run),
)
