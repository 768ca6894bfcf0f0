"""An EPUB with fonts of its own to the characters of its text that none of them can draw."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator

from hefte.checks.epub_reading import documents, resources
from hefte.checks.frame import Check, EpubFile
from hefte.model import Finding, Severity

_FONTS = {
    "font/woff2", "font/woff", "font/ttf", "font/otf", "application/vnd.ms-opentype", "application/font-sfnt",
    "application/font-woff", "application/x-font-ttf",
}
_NO_SHAPE = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def uncovered(epub: EpubFile) -> Iterator[Finding]:
    """Nothing where no font is embedded, or where fonts are scrambled (EPUB 3.3, 4.4): then nobody can tell."""
    names = [resource.name for resource in resources(epub) if resource.media_type in _FONTS]
    if not names or "META-INF/encryption.xml" in epub.zip.namelist():
        return
    covered: set[int] = set()
    for name in names:
        points = _code_points(epub, name)
        if points is None:
            yield CHECK.found(f"{name} is not a font that can be read", remedy="embed it again")
        covered |= points or set()
    for document in documents(epub):
        text = {char for string in document.find("//h:body//text()[not(ancestor::*[@hidden])]") for char in string}
        shapes = {char for char in text if unicodedata.category(char) not in _NO_SHAPE}
        lacking = sorted(char for char in shapes if ord(char) not in covered)
        if lacking:
            named = " ".join(f"{char} (U+{ord(char):04X})" for char in lacking[:10])
            yield CHECK.found(f"{document.name}: no embedded font has {named}")


def _code_points(epub: EpubFile, name: str) -> set[int] | None:
    """What a font's cmap maps; None where it cannot be read."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(io.BytesIO(epub.zip.read(name)), lazy=True) as font:
            return set(font.getBestCmap() or ())
    except Exception:  # fontTools lets through whatever its parsers stumble on, and this may be anybody's file
        return None


CHECK = Check(
    id="epub-font",
    severity=Severity.ERROR,
    title="A letter that the embedded fonts lack",
    rationale="A font that loads is not a font that covers: the letter comes from elsewhere, or as an empty box.",
    source="docs/architecture.md, fonts (cmap coverage against the text)",
    remedy="embed fonts that have it",
    run=uncovered,
)
