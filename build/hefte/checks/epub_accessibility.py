"""An EPUB to what it fails to say of its accessibility, or says and is not so."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.epub_reading import EPUB_TYPE, Document, documents, property_values
from hefte.checks.frame import Check, EpubFile
from hefte.model import Finding, Severity

_ASKED = (
    "schema:accessMode", "schema:accessModeSufficient", "schema:accessibilityFeature", "schema:accessibilityHazard",
    "schema:accessibilitySummary",
)


def faults(epub: EpubFile) -> Iterator[Finding]:
    """The five properties are there, and what can be told from the content agrees with them."""
    for name in _ASKED:
        if not any(property_values(epub, name)):
            yield CHECK.found(f"the metadata says nothing of {name}")
    if property_values(epub, "dcterms:conformsTo") and not any(property_values(epub, "a11y:certifiedBy")):
        yield CHECK.found("conformance is claimed, but by nobody", remedy="add a11y:certifiedBy, or claim nothing")
    every, features = documents(epub), set(property_values(epub, "schema:accessibilityFeature"))
    yield from _untrue(every, features)
    pictures = any(document.find("//h:img[@alt!=''][not(@role='doc-cover')]") for document in every)
    if pictures and "visual" not in property_values(epub, "schema:accessMode"):
        yield CHECK.found("there are pictures that say something, but accessMode does not have visual")


def _untrue(every: list[Document], features: set[str]) -> Iterator[Finding]:
    """Features that are claimed and are not there."""
    navs = {kind for document in every for nav in document.find("//h:nav") for kind in nav.get(EPUB_TYPE, "").split()}
    marked = any(document.find("//*[@role='doc-pagebreak' or contains(@epub:type, 'pagebreak')]") for document in every)
    without_alt = any(document.find("//h:img[not(@alt)]") for document in every)
    for feature, is_so in (
        ("tableOfContents", "toc" in navs), ("pageNavigation", "page-list" in navs), ("pageBreakMarkers", marked),
        ("alternativeText", not without_alt), ("structuralNavigation", any(d.find("//h:h1|//h:h2") for d in every)),
    ):
        if feature in features and not is_so:
            yield CHECK.found(f"the metadata claims {feature}, and it is not so")


CHECK = Check(
    id="epub-accessibility",
    severity=Severity.ERROR,
    title="Accessibility metadata that is missing or untrue",
    rationale="Libraries and shops show it before anybody opens the book; the European Accessibility Act asks for it.",
    source="EPUB Accessibility 1.1, 2 (discoverability); Directive (EU) 2019/882, annex I",
    remedy="state the five schema.org properties, and only what the content has",
    run=faults,
)
