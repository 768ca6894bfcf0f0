"""A book to its images without an alternative text."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from hefte.checks.frame import Check
from hefte.checks.words import placeholders, reported
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """Images that say nothing to those who cannot see them, and are not marked decorative; and those that do both."""
    for image, place in placeholders(book, "img"):
        if not image.get("alt") and not _decorative(image):
            yield CHECK.found(f"the image {_name(image)} has no alternative text", place=place)
    yield from reported(CHECK, book)


def _decorative(image: etree._Element) -> bool:
    return any("decorative" in at.get("class", "").split() for at in (image, *image.iterancestors("figure")))


def _name(image: etree._Element) -> str:
    return f"`{image.get('src', '').rpartition('/')[2]}`"


CHECK = Check(
    id="alt-missing",
    severity=Severity.ERROR,
    title="An image without an alternative text",
    rationale="Who listens to the book hears nothing where others see a picture.",
    source="WCAG 2.2, 1.1.1; PDF/UA-1 (ISO 14289-1), 7.3",
    remedy="write what it shows between the brackets, ![…](…); or mark it {.decorative} if nothing is lost without it",
    run=find,
)
