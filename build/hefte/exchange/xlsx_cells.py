"""A text to what a spreadsheet's cell holds and back, and how cells look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_CODE = re.compile("_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")
"""Without the halves of characters, which are none."""
_UNESCAPED = re.compile("\r|_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Look:
    """A cell's look and lock, as openpyxl has them."""

    font: Any
    fill: Any
    alignment: Any
    protection: Any


def look(*, rtl: bool) -> dict[str, Look]:
    """The looks of the header, of what is locked, of what is open, and of the target, which has its own direction."""
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    grey, white = PatternFill("solid", fgColor="FFEDEDED"), PatternFill()
    plain, bold, dim = Font(), Font(bold=True), Font(color="FF444444")
    left = Alignment(wrap_text=True, vertical="top", horizontal="left", readingOrder=1)
    own = Alignment(wrap_text=True, vertical="top", horizontal="right", readingOrder=2) if rtl else left
    locked, free = Protection(locked=True), Protection(locked=False)
    return {
        "head": Look(bold, grey, left, locked), "locked": Look(dim, grey, left, locked),
        "digest": Look(dim, grey, Alignment(vertical="top", horizontal="left", readingOrder=1), locked),
        "open": Look(plain, white, left, free), "target": Look(plain, white, own, free),
    }


def escaped(text: str) -> str:
    """Carriage returns as the format writes them, `_x000D_`, and what only looks like that made to look otherwise."""
    return _UNESCAPED.sub(lambda found: f"_x{ord(found.group()):04X}_", text)


def unescaped(text: str) -> str:
    """What was meant by a cell's text."""
    return _CODE.sub(lambda found: chr(int(found.group(1), 16)), text)
