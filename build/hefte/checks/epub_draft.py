"""A draft's EPUB to the documents that do not begin with saying that it is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hefte.checks.epub_reading import NS, Document, documents, package, property_values
from hefte.checks.frame import Check, EpubFile
from hefte.model import Finding, Severity

_STATUS = "schema:creativeWorkStatus"
_IN_TITLE = re.compile(r"\(([^()]+)\)$")


def unmarked(epub: EpubFile) -> Iterator[Finding]:
    """The title, the metadata and the first words of each document."""
    word = (epub.expect or {}).get("draft", _claimed(epub))
    if not word:
        return
    if _title_word(epub) != word:
        yield CHECK.found(f"the title does not end in ({word})")
    if property_values(epub, _STATUS) != ["Draft"]:
        yield CHECK.found(f"the metadata do not say that it is a draft ({_STATUS})")
    for document in documents(epub):
        if not _begins_with(document, word):
            yield CHECK.found(f"{document.name} does not begin with {word}")


def _claimed(epub: EpubFile) -> str:
    """The word by which an ebook that was built some time ago says that it is a draft; empty where it does not."""
    return _title_word(epub) if property_values(epub, _STATUS) == ["Draft"] else ""


def _title_word(epub: EpubFile) -> str:
    title = package(epub).findtext("opf:metadata/dc:title", "", NS)
    found = _IN_TITLE.search(title)
    return found[1] if found else ""


def _begins_with(document: Document, word: str) -> bool:
    """Whether the first element of the body is a note that says so."""
    first = next(iter(document.find("//h:body/h:*")), None)
    return first is not None and first.get("role") == "note" and "".join(first.itertext()).strip().startswith(word)


CHECK = Check(
    id="epub-draft",
    severity=Severity.ERROR,
    title="A draft with a chapter that does not say so",
    rationale="A machine's translation that nobody has read may be wrong where it matters most. Who opens the book in "
    "its middle, or hears it, must learn what it is.",
    source="EPUB 3.3, D.3 (schema: is a reserved prefix); schema.org, creativeWorkStatus; DPUB-ARIA: role note of "
    "WAI-ARIA 1.2",
    remedy="the note is in layouts/epub/document.xhtml.j2: have every document extend it",
    run=unmarked,
    waivable=False,
)
