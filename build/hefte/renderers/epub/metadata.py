"""Turns a book and its documents into the package's metadata; its accessibility is read from the content."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.model import Book
from hefte.renderers.epub.package import Entry
from hefte.renderers.epub.xhtml import SVG, Document, tag

CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
"""The exact wording is required (EPUB Accessibility 1.1, 4.2)."""


def metadata(
    book: Book, documents: tuple[Document, ...], *, paginated: bool, claims_conformance: bool
) -> tuple[Entry, ...]:
    """Everything but identifier, language and date of modification.

    `claims_conformance` belongs to a file that EPUBCheck, Ace and the house's own checks have seen or will see before
    it goes out, as the pipeline's files do. The certifier is then the publisher, who answers for the whole; a tool that
    called itself a certifier would claim a review that no person made.
    """
    return (
        *_bibliographic(book), *(_print_edition(book) if paginated else ()),
        *_accessibility(book, documents, paginated),
        *(_conformance(book) if claims_conformance else ()),
    )


def _bibliographic(book: Book) -> Iterator[Entry]:
    publication, language = book.publication, book.language
    title = f"{language.title} ({language.labels['draft']})" if book.draft else language.title
    yield Entry("dc:title", title, {"id": "title"})
    yield Entry("title-type", "main", {"refines": "#title"})
    if book.draft:
        yield Entry("schema:creativeWorkStatus", "Draft")
    if language.subtitle:
        yield Entry("dc:title", language.subtitle, {"id": "subtitle"})
        yield Entry("title-type", "subtitle", {"refines": "#subtitle"})
    yield Entry("dc:creator", publication.publisher, {"id": "creator"})
    if language.translator:
        yield Entry("dc:contributor", language.translator, {"id": "translator"})
        yield Entry("role", "trl", {"refines": "#translator", "scheme": "marc:relators"})
    if isbn := _isbn(book, "epub"):
        yield Entry("dc:identifier", isbn, {"id": "isbn"})
    yield Entry("dc:publisher", publication.publisher)
    yield Entry("dc:date", publication.date.isoformat())
    yield Entry("dc:description", language.description)
    yield Entry("dc:rights", publication.license)
    for keyword in dict.fromkeys(word for chapter in book.chapters for word in chapter.keywords):
        yield Entry("dc:subject", keyword)


def _print_edition(book: Book) -> Iterator[Entry]:
    """What the page list counts: the printed edition of the same version, by its ISBN where it has one (EPUB
    Accessibility 1.1, 5.2)."""
    words = f"{book.language.title}, {book.language.labels['print_edition']} {book.publication.version}"
    name = _isbn(book, "print") or words
    yield Entry("dc:source", name)
    yield Entry("pageBreakSource", name)


def _isbn(book: Book, edition: str) -> str:
    """The edition's ISBN as a URN (RFC 3187); empty where it has none."""
    number = book.publication.isbn.get(book.language.code, {}).get(edition, "")
    return f"urn:isbn:{number.replace('-', '')}" if number else ""


def _accessibility(book: Book, documents: tuple[Document, ...], paginated: bool) -> Iterator[Entry]:
    pictures = list(_informative(documents))
    for mode in ("textual", "visual")[: 2 if pictures else 1]:
        yield Entry("schema:accessMode", mode)
    if pictures:
        yield Entry("schema:accessModeSufficient", "textual,visual")
    if all(pictures):
        yield Entry("schema:accessModeSufficient", "textual")
    for feature in _features(bool(pictures) and all(pictures), paginated):
        yield Entry("schema:accessibilityFeature", feature)
    # No scripts, no sound, no moving picture can enter: links.py takes still pictures only.
    yield Entry("schema:accessibilityHazard", "none")
    yield Entry("schema:accessibilitySummary", book.language.labels["accessibility_summary"])


def _informative(documents: tuple[Document, ...]) -> Iterator[bool]:
    """For each picture that says something: whether it says it in words too. Not the cover's motif."""
    for document in documents:
        for image in document.body.iter(tag("img"), f"{{{SVG}}}svg"):
            if image.get("role") != "doc-cover" and image.get("alt") != "" and image.get("aria-hidden") != "true":
                yield bool(image.get("alt") or image.get("aria-label"))


def _features(described: bool, paginated: bool) -> Iterator[str]:
    yield from ("tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability", "ARIA")
    if described:
        yield "alternativeText"
    if paginated:
        yield from ("pageNavigation", "pageBreakMarkers")


def _conformance(book: Book) -> Iterator[Entry]:
    yield Entry("dcterms:conformsTo", CONFORMANCE, {"id": "conf"})
    yield Entry("a11y:certifiedBy", book.publication.publisher, {"id": "certifier", "refines": "#conf"})


