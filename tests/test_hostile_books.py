"""`hefte check` on EPUBs made to do harm: each is refused or borne within limits of time and memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from hostile_books import ENTITIES, EPUBS
from hostilekit import refused_or_borne

NO_EPUB = "this is no readable EPUB: {}; fetch or build it again"
NO_PACKAGE = "it names no package document that can be read; build it again"
LEAVES = "it holds a file that leaves its folder: {}; do not open it"

REFUSED = {
    "empty": NO_EPUB.format("File is not a zip file"),
    "a PDF": NO_EPUB.format("File is not a zip file"),
    "half of it": NO_EPUB.format("File is not a zip file"),
    "no end": NO_EPUB.format("File is not a zip file"),
    "no beginning": NO_EPUB.format("its beginning is missing"),
    "a bomb": "it unpacks to over 300 MB; do not open it",
    "a bomb of one text": "EPUB/a.xhtml in it is text of more than 20 MB; do not open it",
    "ten thousand files": "it holds more than 10000 files; do not open it",
    "shared bytes": "kernel and kern00 in it share their bytes; do not open it",
    "a size too small": NO_EPUB.format("Bad CRC-32 for file 'EPUB/big.xhtml'"),
    "a size too large": "EPUB/big.xhtml in it is text of more than 20 MB; do not open it",
    "a locked file": "EPUB/book.css in it is locked with a password; do not open it",
    "a way of packing": "EPUB/a.bin in it is packed in a way that no EPUB may be; do not open it",
    "an absolute name": LEAVES.format("/etc/passwd"),
    "a name that climbs": LEAVES.format("EPUB/../../a"),
    "a name that climbs on Windows": LEAVES.format("EPUB\\..\\..\\a"),
    "a name with a drive": LEAVES.format("C:\\a"),
    "a name with a hidden end": (
        "it holds a file with a hidden end of its name: 'EPUB/a.xhtml\\x00.png'; do not open it"
    ),
    "a link": "it holds a link to another file: EPUB/passwd; do not open it",
    "a name twice": "it holds EPUB/one.xhtml twice, and each reader shows another of the two; do not open it",
    "laughs": ENTITIES.format("EPUB/one.xhtml"),
    "a file of this machine": ENTITIES.format("EPUB/package.opf"),
    "one long entity": ENTITIES.format("META-INF/container.xml"),
    "no container": NO_PACKAGE,
    "a container that leads out": NO_PACKAGE,
    "a container of nothing": NO_PACKAGE,
}
FOUND = {
    "elements within elements": (
        "epub-document",
        "EPUB/one.xhtml is not well-formed: Excessive depth in document: 256",
    ),
    "a manifest that leads out": ("epub-document", "../../../etc/passwd is listed and is not there"),
    "a font that is none": ("epub-font", "EPUB/f.woff2 is not a font that can be read"),
}


@pytest.mark.parametrize("name", EPUBS)
def test_each_is_refused_or_borne(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("a.epub")
    path.write_bytes(EPUBS[name]())
    refused_or_borne(path, REFUSED.get(name), FOUND.get(name))
