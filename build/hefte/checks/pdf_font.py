"""A PDF to the fonts in it that are not embedded, not subset, or nobody's choice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import expected, guarded
from hefte.model import Finding, Severity

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_SUBSET = re.compile(r"[A-Z]{6}\+")


def _run(file: PdfFile) -> Iterator[Finding]:
    families = expected(file, "families")
    for name, font in sorted(_fonts(file.pdf).items()):
        plain = _SUBSET.sub("", name, count=1)
        if not any(key in font.get("/FontDescriptor", {}) for key in _FILES):
            yield CHECK.found(f"the font {plain} is not embedded", path=file.path)
        elif file.edition and not _SUBSET.match(name):
            yield CHECK.found(
                f"the font {plain} is embedded whole, not subset", path=file.path, severity=Severity.WARNING
            )
        if families and not any(_key(plain).startswith(_key(family)) for family in families):
            yield CHECK.found(f"the font {plain} is not among the declared families", path=file.path)


def _fonts(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """The fonts by name, each as the dictionary with its descriptor. Type 3 fonts are drawn, not embedded."""
    found = {}
    for item in _dictionaries(pdf):
        if item.get("/Type") != "/Font" or item.get("/Subtype") in ("/Type3", "/CIDFontType0", "/CIDFontType2"):
            continue
        base = item.DescendantFonts[0] if item.get("/Subtype") == "/Type0" else item
        found[str(item.get("/BaseFont", "/unnamed")).removeprefix("/")] = base
    return found


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every indirect dictionary, and the fonts that stand directly in a page's resources."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary):
            yield item
    for page in pdf.pages:
        resources: Any = page.obj.get("/Resources", {})
        fonts = resources.get("/Font", {})
        yield from (
            font for font in dict(fonts).values() if isinstance(font, pikepdf.Dictionary) and not font.is_indirect
        )


def _key(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())


CHECK = Check(
    id="pdf-font",
    severity=Severity.ERROR,
    title="Fonts embedded, subset and declared",
    rationale="A font that is not in the file is replaced by another: letters change width, signs "
    "of some languages vanish.",
    source="ISO 15930-7, 6.8; ISO 14289-1, 7.21.4; design/languages: fonts are declared per script",
    remedy="declare the family in theme.toml and its file in assets/fonts; in a foreign file, "
    "export with fonts embedded",
    run=guarded(_run),
)
