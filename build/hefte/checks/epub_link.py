"""An EPUB to its links that lead nowhere in it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from hefte.checks.epub_reading import NS, documents, resolve, resources, targets, xml
from hefte.checks.frame import Check, EpubFile
from hefte.model import Finding, Severity


def dangling(epub: EpubFile) -> Iterator[Finding]:
    """Links and pictures of the documents, and entries of the NCX: the file is there, and in it the fragment."""
    names = set(epub.zip.namelist())
    ids = {document.name: set(document.find("//@id")) for document in documents(epub)}
    for document in documents(epub):
        for element, name, fragment in targets(document):
            if name not in names or (fragment and name in ids and fragment not in ids[name]):
                asked = element.get("href") or element.get("src")
                yield CHECK.found(f"{document.where(element)}: {asked} is not there")
    for source, href in _ncx(epub):
        name, fragment = resolve(href, posixpath.dirname(source))
        if name not in names or (fragment and name in ids and fragment not in ids[name]):
            yield CHECK.found(f"{source}: {href} is not there")


def _ncx(epub: EpubFile) -> Iterator[tuple[str, str]]:
    for resource in resources(epub):
        if resource.media_type == "application/x-dtbncx+xml" and (root := xml(epub, resource.name)) is not None:
            for content in root.iterfind(".//ncx:content", NS):
                yield resource.name, content.get("src", "")


CHECK = Check(
    id="epub-link",
    severity=Severity.ERROR,
    title="A link that leads nowhere",
    rationale="A contents entry or a note number that does nothing when it is tapped.",
    source="EPUB 3.3, 5.8 and 7.4",
    remedy="correct the link or its target",
    run=dangling,
)
