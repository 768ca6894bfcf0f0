"""An EPUB to what it would fetch from the network."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hefte.checks.epub_reading import documents, resources
from hefte.checks.frame import Check, EpubFile
from hefte.model import Finding, Severity

_REMOTE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_IN_CSS = re.compile(r"""(?:url\(\s*|@import\s+)["']?((?:https?:)?//[^"')\s;]+)""", re.IGNORECASE)
_XLINK = "{http://www.w3.org/1999/xlink}href"


def remote(epub: EpubFile) -> Iterator[Finding]:
    """Pictures, styles, scripts, sounds and fonts with an address elsewhere. Links to follow are not meant."""
    for resource in resources(epub):
        if _REMOTE.match(resource.name):
            yield CHECK.found(f"the manifest names {resource.name}")
        elif resource.media_type == "text/css" and resource.name in epub.zip.namelist():
            for address in _IN_CSS.findall(epub.zip.read(resource.name).decode(errors="replace")):
                yield CHECK.found(f"{resource.name} fetches {address}")
    for document in documents(epub):
        for element in document.find("//*[@src or @data or self::h:link or self::svg:image or self::svg:use]"):
            for name in ("src", "data", "href", _XLINK, "srcset"):
                if _REMOTE.match(element.get(name, "")):
                    yield CHECK.found(f"{document.where(element)}: fetches {element.get(name)}")
        for style in document.find("//h:style/text() | //@style"):
            for address in _IN_CSS.findall(style):
                yield CHECK.found(f"{document.name} fetches {address}")


CHECK = Check(
    id="epub-remote",
    severity=Severity.ERROR,
    title="Something fetched from the network",
    rationale="The book must be whole without a net, and must not tell a stranger's server who reads what.",
    source="EPUB 3.3, 3.6; docs/architecture.md, security",
    remedy="put the file into the ebook",
    run=remote,
)
