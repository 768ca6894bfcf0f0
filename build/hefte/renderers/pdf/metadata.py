"""Turns an edition's name, title and date into what a PDF says of itself: dates, file identifiers, an XMP packet."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from xml.sax.saxutils import escape

CREATOR = "hefte"
PRODUCER = "WeasyPrint 70.0"


def _utc(when: dt.datetime) -> dt.datetime:
    """`when` in UTC. Without a zone it is taken for UTC, not local time: bytes must not depend on the machine."""
    return when.replace(tzinfo=dt.UTC) if when.tzinfo is None else when.astimezone(dt.UTC)


def iso_date(when: dt.datetime) -> str:
    """`2026-11-22T00:00:00Z`, as XMP wants it."""
    return _utc(when).strftime("%Y-%m-%dT%H:%M:%SZ")


def pdf_date(when: dt.datetime) -> str:
    """`D:20261122000000Z`, as the Info dictionary wants it (ISO 32000-1, 7.9.4)."""
    return _utc(when).strftime("D:%Y%m%d%H%M%SZ")


def file_id(identifier: str, edition: str) -> str:
    """The first half of the trailer's ID: the same for every build of this edition (ISO 32000-1, 14.4)."""
    return hashlib.md5(f"{identifier}/{edition}".encode(), usedforsecurity=False).hexdigest()


def document_id(identifier: str, edition: str) -> str:
    """xmpMM:DocumentID, derived and not random."""
    return f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'hefte:{identifier}/{edition}')}"


def named(edition: str, kind: str, words: str = "all") -> dict[str, str]:
    """What the Info dictionary says of a file besides what others know: its edition's name, its kind (`press`,
    `imposed`, `tagged`, `office`), and whether its words are `chosen` ones of the book. The checks go by it (ISO
    32000-1, 14.3.3, lets a file have keys of its own)."""
    return {"HefteEdition": edition, "HefteKind": kind} | ({} if words != "chosen" else {"HefteWords": words})


def draft_keywords(word: str) -> str:
    """What a draft's metadata say of it besides the title: the English word, for whoever searches, and its own. Empty
    where `word` is."""
    return f"draft, {word}" if word else ""


def xmp(
    *,
    title: str,
    language: str,
    when: dt.datetime,
    identifier: str,
    edition: str,
    pdfx: str | None = None,
    producer: str = PRODUCER,
    draft: str = "",
) -> bytes:
    """The XMP packet of a file for the press; `pdfx` is what it claims (`PDF/X-4`), None for no claim.

    The properties are those that ISO 15930-7 (PDF/X-4), 6.x wants in the metadata stream: dates, DocumentID, VersionID,
    RenditionClass, Trapped and the identification schema. `draft` is the language's word for a draft, empty for none.
    """
    date = iso_date(when)
    claim = f"<pdfxid:GTS_PDFXVersion>{escape(pdfx)}</pdfxid:GTS_PDFXVersion>" if pdfx else ""
    keywords = f"<pdf:Keywords>{escape(draft_keywords(draft))}</pdf:Keywords>" if draft else ""
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
{claim}
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>
<xmpMM:DocumentID>{document_id(identifier, edition)}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Producer>{escape(producer)}</pdf:Producer>{keywords}<pdf:Trapped>False</pdf:Trapped>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""".encode()
