"""An EPUB to its pictures that say nothing to somebody who does not see them."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.epub_reading import documents
from hefte.checks.frame import Check, EpubFile
from hefte.model import Finding, Severity


def silent(epub: EpubFile) -> Iterator[Finding]:
    """An `img` without `alt` (an empty one says: decorative), a drawing without a name that is not hidden either."""
    for document in documents(epub):
        for image in document.find("//h:img[not(@alt)]"):
            yield CHECK.found(f"{document.where(image)}: the picture {image.get('src')} has no alt text")
        for drawing in document.find(
            "//svg:svg[not(ancestor::svg:svg)][not(@aria-label) and not(@aria-labelledby) and not(svg:title)]"
            "[not(@aria-hidden='true') and not(@role='presentation') and not(@role='none')]"
        ):
            yield CHECK.found(f"{document.where(drawing)}: a drawing has no name")


CHECK = Check(
    id="epub-alt",
    severity=Severity.ERROR,
    title="A picture without a text alternative",
    rationale="Who listens to the book learns that a picture is there, and nothing else. EPUBCheck lets it pass.",
    source="WCAG 2.2, 1.1.1; EPUB Accessibility 1.1, 3.3",
    remedy='write the alt text, or mark the picture as decorative (alt="")',
    run=silent,
)
