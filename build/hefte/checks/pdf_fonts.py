"""Turns a PDF into the list of its fonts: names, kinds, embedded or not, subset or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_SUBSET = re.compile(r"[A-Z]{6}\+")
_BELOW = ("/CIDFontType0", "/CIDFontType2")
"""Fonts that are a part of another."""
_KINDS = {"CIDFontType0": "CID Type 0", "CIDFontType2": "CID TrueType", "Type1": "Type 1", "MMType1": "Type 1"}


@dataclass(frozen=True, slots=True, order=True)
class Font:
    """One font as a PDF names it."""

    name: str
    """BaseFont, with the letters that mark a subset."""
    kind: str
    """What draws the letters: `TrueType`, `Type 1`, `CID TrueType`, `CID Type 0`, with a `C` where it is compact (CFF),
    or `Type 3`."""
    embedded: bool

    @property
    def plain(self) -> str:
        """The name without the letters that mark a subset."""
        return _SUBSET.sub("", self.name, count=1)

    @property
    def subset(self) -> bool:
        """Whether only the letters that are used are in the file (ISO 32000-1, 9.6.4). Type 3 has no others."""
        return self.plain != self.name


def fonts(pdf: pikepdf.Pdf) -> tuple[Font, ...]:
    """The fonts by name, each once."""
    return tuple(sorted({_font(one) for one in _dictionaries(pdf)}))


def _font(font: Any) -> Font:
    kind = str(font.get("/Subtype", "")).removeprefix("/")
    if kind == "Type3":
        return Font(_name(font, "/Name"), "Type 3", embedded=True)
    holder = font.DescendantFonts[0] if kind == "Type0" else font
    descriptor = holder.get("/FontDescriptor", {})
    embedded = any(key in descriptor for key in _FILES)
    below = str(holder.get("/Subtype", "")).removeprefix("/")
    compact = "C" if descriptor.get("/FontFile3", {}).get("/Subtype") in ("/Type1C", "/CIDFontType0C") else ""
    return Font(_name(font, "/BaseFont"), _KINDS.get(below, below) + compact, embedded)


def _name(font: Any, key: str) -> str:
    return str(font.get(key, "/unnamed")).removeprefix("/")


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every indirect font, and those that stand directly in the resources of a page or a form."""
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            continue
        if item.get("/Type") == "/Font" and item.get("/Subtype") not in _BELOW:
            yield item
        # A resource dictionary may stand on its own, too.
        for owner in (item, item.get("/Resources")):
            known = owner.get("/Font") if isinstance(owner, pikepdf.Dictionary) else None
            for font in dict(known).values() if isinstance(known, pikepdf.Dictionary) else ():
                if isinstance(font, pikepdf.Dictionary) and not font.is_indirect and "/Subtype" in font:
                    yield font
