"""An EPUB to its documents that are not well-formed, name no language, or have no title."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from hefte.checks.epub_reading import XML_LANG, Document, documents, parse, resources
from hefte.checks.frame import Check, EpubFile
from hefte.model import Finding, Severity


def faults(epub: EpubFile) -> Iterator[Finding]:
    """For each document of the manifest: it is there, it parses, it has a language and a title."""
    for resource in resources(epub):
        if resource.media_type == "application/xhtml+xml":
            try:
                parse(epub.zip.read(resource.name))
            except KeyError:
                yield CHECK.found(f"{resource.name} is listed and is not there")
            except etree.XMLSyntaxError as error:
                yield CHECK.found(f"{resource.name} is not well-formed: {error.msg}")
    for document in documents(epub):
        yield from _head(document)


def _head(document: Document) -> Iterator[Finding]:
    language, same = document.root.get("lang"), document.root.get(XML_LANG)
    if not language and not same:
        yield CHECK.found(f"{document.name} does not say what language it is in")
    elif language and same and language != same:
        yield CHECK.found(f"{document.name} says {language} in lang and {same} in xml:lang")
    if not "".join(document.find("/h:html/h:head/h:title/text()")).strip():
        yield CHECK.found(f"{document.name} has no title")


CHECK = Check(
    id="epub-document",
    severity=Severity.ERROR,
    title="A document without well-formed text, language or title",
    rationale="One bad tag blanks a chapter; without a language a voice reads Norwegian as English.",
    source="EPUB 3.3, 6.1.2; WCAG 2.2, 2.4.2 and 3.1.1",
    remedy="mend the document: lang and xml:lang on html, a title in head",
    run=faults,
)
