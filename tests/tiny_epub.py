"""Makes tiny ebooks, right or wrong on purpose, for the tests of what looks at ebooks."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>
"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="nb">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:6f1d1a52-6d2c-4d0a-9f64-000000000001</dc:identifier>
<dc:title>Å sørge</dc:title><dc:language>nb</dc:language><dc:creator>Prøve</dc:creator>
<dc:source>urn:isbn:9788200000006</dc:source>
<meta property="dcterms:modified">2026-11-01T12:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">Alt er tekst.</meta>
<meta property="pageBreakSource">urn:isbn:9788200000006</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="two.xhtml" media-type="application/xhtml+xml"/>
<item id="css" href="book.css" media-type="text/css"/>
</manifest>
<spine><itemref idref="one"/><itemref idref="two"/></spine>
</package>
"""
PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="nb" xml:lang="nb">
<head><title>{title}</title><link rel="stylesheet" href="book.css"/></head>
<body>
{body}
</body>
</html>
"""
NAV = """<nav epub:type="toc" role="doc-toc" aria-labelledby="toc"><h1 id="toc">Innhold</h1>
<ol><li><a href="one.xhtml">Sorg</a></li><li><a href="two.xhtml">Hjelp</a></li></ol></nav>
<nav epub:type="landmarks" aria-label="Landemerker" hidden="hidden">
<ol><li><a epub:type="bodymatter" href="one.xhtml">Start</a></li></ol></nav>
<nav epub:type="page-list" role="doc-pagelist" aria-label="Sider" hidden="hidden">
<ol><li><a href="one.xhtml#p3">3</a></li><li><a href="two.xhtml#p4">4</a></li></ol></nav>
"""
ONE = """<section epub:type="chapter" role="doc-chapter" aria-labelledby="h1">
<span epub:type="pagebreak" role="doc-pagebreak" id="p3" aria-label="3"></span>
<h1 id="h1">Sorg</h1>
<p>Det er lov å sørge over ammingen.</p>
</section>"""
TWO = """<section epub:type="chapter" role="doc-chapter" aria-labelledby="h2">
<span epub:type="pagebreak" role="doc-pagebreak" id="p4" aria-label="4"></span>
<h1 id="h2">Hjelp</h1>
<p>Ring noen.</p>
</section>"""
BOOK: Mapping[str, str] = {
    "META-INF/container.xml": CONTAINER,
    "EPUB/package.opf": PACKAGE,
    "EPUB/nav.xhtml": PAGE.format(title="Innhold", body=NAV),
    "EPUB/one.xhtml": PAGE.format(title="Sorg", body=ONE),
    "EPUB/two.xhtml": PAGE.format(title="Hjelp", body=TWO),
    "EPUB/book.css": "body { line-height: 1.5 }\n",
}
"""A book of two chapters, with nothing wrong."""
NONE: Mapping[str, Any] = MappingProxyType({})


def write(path: Path, changes: Mapping[str, tuple[str, str]] = NONE, more: Mapping[str, str] = NONE) -> Path:
    """Write the book, in each file of `changes` the first text replaced by the second, and with the files `more`."""
    files = dict(BOOK)
    for name, (old, new) in changes.items():
        assert old in files[name], f"{old!r} is not in {name}"
        files[name] = files[name].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, text in {**files, **more}.items():
            book.writestr(name, text)
    return path
