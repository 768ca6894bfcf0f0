"""An EPUB to whether a program that looks at its first bytes knows it for one."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from hefte.checks.frame import Check, EpubFile
from hefte.model import Finding, Severity


def container(epub: EpubFile) -> Iterator[Finding]:
    """The `mimetype` file: first, stored, without an extra field, and with the right content."""
    first = epub.zip.infolist()[0]
    if first.filename != "mimetype":
        yield CHECK.found(f"the first file is {first.filename}, not mimetype")
    elif first.compress_type != zipfile.ZIP_STORED:
        yield CHECK.found("mimetype is compressed")
    elif first.extra:
        yield CHECK.found("mimetype has an extra field")
    elif epub.zip.read(first) != b"application/epub+zip":
        yield CHECK.found("mimetype does not say application/epub+zip")


CHECK = Check(
    id="epub-container",
    severity=Severity.ERROR,
    title="An ebook that is not known for one",
    rationale="Shops and reading systems tell an EPUB by its first bytes. EPUBCheck lets a compressed one pass.",
    source="EPUB 3.3, 4.2.3 (OCF ZIP container media type identification)",
    remedy="pack the file mimetype first, stored, without extra fields",
    run=container,
)
