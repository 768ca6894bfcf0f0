"""An EPUB to its page list against the page markers, the NCX, and the printed edition's pages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from hefte.checks import epub_blocks, page_marks
from hefte.checks.epub_reading import (
    EPUB_TYPE,
    NS,
    Document,
    documents,
    property_values,
    resolve,
    resources,
    typed,
    xml,
)
from hefte.checks.frame import Check, EpubFile
from hefte.model import Finding, Severity

_Entry = tuple[str, str, str]
"""Label, file, fragment."""


def faults(epub: EpubFile) -> Iterator[Finding]:
    """The list has each marker once, with its label, in reading order; the NCX the same; the labels are the pages'."""
    every = documents(epub)
    marked, listed = list(_markers(every)), list(_nav(every))
    if marked != listed:
        yield CHECK.found(_difference("the page list", listed, "the text's markers", marked))
    ncx = list(_ncx(epub))
    if ncx and ncx != listed:
        yield CHECK.found(_difference("the NCX's page list", ncx, "the page list", listed))
    if (listed or marked) and not property_values(epub, "pageBreakSource"):
        yield CHECK.found("the pages are numbered, but it is not said after what", remedy="add pageBreakSource")
    labels, expected = [label for label, _, _ in listed], (epub.expect or {}).get("pages")
    if expected is not None and labels != list(expected):
        yield CHECK.found(f"the page list has {_short(labels)}, the printed edition {_short(list(expected))}")
    yield from _places(epub)


def _places(epub: EpubFile) -> Iterator[Finding]:
    """Each mark stands before the words that its page begins with. Finished files are held against each other by
    pair.py."""
    book, starts = (epub.expect or {}).get("book"), (epub.expect or {}).get("starts")
    if book is not None and starts:
        for wrong in page_marks.beside_layout(epub_blocks.marks(epub), starts, book):
            yield CHECK.found(wrong)


def _markers(every: list[Document]) -> Iterator[_Entry]:
    for document in every:
        for marker in typed(document, "pagebreak"):
            label = marker.get("aria-label") or marker.get("title") or "".join(marker.itertext()).strip()
            yield label, document.name, marker.get("id", "")


def _nav(every: list[Document]) -> Iterator[_Entry]:
    for document in every:
        lists = [nav for nav in document.find("//h:nav") if "page-list" in nav.get(EPUB_TYPE, "").split()]
        for link in (link for nav in lists for link in nav.iterfind(".//h:a", NS)):
            yield _entry("".join(link.itertext()).strip(), link.get("href", ""), document.name)


def _ncx(epub: EpubFile) -> Iterator[_Entry]:
    for resource in resources(epub):
        if resource.media_type == "application/x-dtbncx+xml" and (root := xml(epub, resource.name)) is not None:
            for target in root.iterfind(".//ncx:pageTarget", NS):
                label = target.findtext("ncx:navLabel/ncx:text", "", NS).strip()
                yield _entry(label, "".join(target.xpath("ncx:content/@src", namespaces=NS)), resource.name)


def _entry(label: str, href: str, home: str) -> _Entry:
    return (label, *resolve(href, posixpath.dirname(home)))


def _difference(one: str, those: list[_Entry], other: str, these: list[_Entry]) -> str:
    """The first entry where two lists part."""
    for index in range(max(len(those), len(these))):
        left, right = those[index : index + 1], these[index : index + 1]
        if left != right:
            return f"at place {index + 1} of {one} stands {_said(left)}, of {other} {_said(right)}"
    raise AssertionError("called for lists that differ")


def _said(entry: list[_Entry]) -> str:
    return f"{entry[0][0]} ({entry[0][1]}#{entry[0][2]})" if entry else "nothing"


def _short(labels: list[str]) -> str:
    return f"{len(labels)} pages ({labels[0]} to {labels[-1]})" if labels else "no pages"


CHECK = Check(
    id="epub-page-list",
    severity=Severity.ERROR,
    title="A page list that is not the printed pages'",
    rationale="“Look at page 9” must lead a listener to where a reader of the paper is.",
    source="EPUB 3.3, 7.4.3; EPUB Accessibility 1.1, 3.4",
    remedy="build the ebook together with the print edition",
    run=faults,
)
