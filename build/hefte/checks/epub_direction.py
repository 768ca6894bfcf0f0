"""An EPUB in a right-to-left language to where it forgets that."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.epub_reading import NS, documents, package
from hefte.checks.frame import Check, EpubFile
from hefte.locales import locale
from hefte.model import Finding, Severity


def forgotten(epub: EpubFile) -> Iterator[Finding]:
    """The spine turns pages from the right, and every document, the nav among them, has `dir`."""
    root = package(epub)
    if not _right_to_left(root.findtext("opf:metadata/dc:language", "", NS).strip()):
        return
    if not root.xpath("opf:spine[@page-progression-direction='rtl']", namespaces=NS):
        yield CHECK.found("the spine does not turn pages from the right", remedy='set page-progression-direction="rtl"')
    for document in documents(epub):
        if "rtl" not in (document.root.get("dir"), *document.find("/h:html/h:body/@dir")):
            yield CHECK.found(f"{document.name}{' (the nav)' if document.nav else ''} has no dir")


def _right_to_left(code: str) -> bool:
    from babel import UnknownLocaleError

    try:
        return bool(locale(code).character_order == "right-to-left")
    except (UnknownLocaleError, ValueError):
        return False


CHECK = Check(
    id="epub-direction",
    severity=Severity.ERROR,
    title="A right-to-left book that reads from the left",
    rationale="Without it lists, the contents and the turning of pages run backwards.",
    source="EPUB 3.3, 5.7 (page-progression-direction) and 6.1; docs/writing.md",
    remedy='set dir="rtl" on the html element',
    run=forgotten,
)
