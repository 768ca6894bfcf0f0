"""Turns the content of a PDF's page into the pieces of text that stand on it, each with the direction it runs in."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf

from hefte.checks import pdf_geometry as geometry

_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<[0-9a-fA-F\s]*>|\[[^\]]*\]")
_DIGITS = re.compile(rb"<([0-9a-fA-F\s]*)>")
_DEEPEST = 20
"""Of forms in forms."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one text object shows, in the order in which it is drawn."""

    text: str
    angle: float
    """Degrees, counter-clockwise from a line that runs to the right; 0 ≤ angle < 360."""


def pieces(content: Any, resources: Any) -> Iterator[Piece]:
    """The text objects of a page or a form and of the forms in it."""
    yield from _pieces(content, resources, geometry.IDENTITY, 0, {})


def _pieces(
    content: Any, resources: Any, matrix: geometry.Matrix, depth: int, maps: dict[tuple[int, int], Mapping[int, str]]
) -> Iterator[Piece]:
    """`maps`: what is known already of fonts that are objects of their own: a page names the same one at each turn."""
    stack: list[geometry.Matrix] = []
    codes: Mapping[int, str] = {}
    line, text = geometry.IDENTITY, ""
    for instruction in pikepdf.parse_content_stream(content):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "q":
            stack.append(matrix)
        elif operator == "Q" and stack:
            matrix = stack.pop()
        elif operator == "cm":
            matrix = geometry.product(geometry.matrix(operands), matrix)
        elif operator == "BT":
            line, text = geometry.IDENTITY, ""
        elif operator == "Tm":
            line = geometry.matrix(operands)
        elif operator == "Tf":
            font = resources.Font[operands[0]]
            codes = maps.get(font.objgen) or to_unicode(font)
            if font.is_indirect:
                maps[font.objgen] = codes
        elif operator in ("Tj", "TJ", "'", '"'):
            text += "".join(_decoded(shown, codes) for shown in _strings(operands[-1]))
        elif operator == "ET" and text:
            yield Piece(text, _angle(geometry.product(line, matrix)))
        elif operator == "Do" and depth < _DEEPEST:
            form = resources.XObject[operands[0]]
            if form.get("/Subtype") == "/Form":
                inner = geometry.product(geometry.matrix(form.get("/Matrix", [1, 0, 0, 1, 0, 0])), matrix)
                yield from _pieces(form, form.get("/Resources", resources), inner, depth + 1, maps)


def _angle(matrix: geometry.Matrix) -> float:
    return round(math.degrees(math.atan2(matrix[1], matrix[0])), 3) % 360


def _strings(operand: Any) -> Iterator[bytes]:
    for item in operand if isinstance(operand, pikepdf.Array) else [operand]:
        if isinstance(item, pikepdf.String):
            yield bytes(item)


def _decoded(shown: bytes, codes: Mapping[int, str]) -> str:
    """Two bytes a glyph, as in every font that is embedded whole or cut from one (ISO 32000-1, 9.7.5.2, Identity-H)."""
    return "".join(codes.get(int.from_bytes(shown[at : at + 2], "big"), "") for at in range(0, len(shown), 2))


def to_unicode(font: Any) -> dict[int, str]:
    """Glyph → text, from the font's ToUnicode map (9.10.3)."""
    if "/ToUnicode" not in font:
        return {}
    found: dict[int, str] = {}
    for kind, block in _BLOCK.findall(font.ToUnicode.read_bytes()):
        entries = [[_hex(digits) for digits in _DIGITS.findall(token)] for token in _TOKEN.findall(block)]
        step = 2 if kind == b"bfchar" else 3
        for at in range(0, len(entries) - step + 1, step):
            (first,), (last,), texts = entries[at][:1], entries[at + step - 2][:1], entries[at + step - 1]
            found |= _range(int.from_bytes(first, "big"), int.from_bytes(last, "big"), [_utf16(each) for each in texts])
    return found


def _range(first: int, last: int, texts: list[str]) -> dict[int, str]:
    """A run of codes: each with a text of its own, or all counted on from one."""
    last = min(last, first + 0xFFFF)
    if len(texts) != 1:
        return dict(zip(range(first, last + 1), texts, strict=False))
    text = texts[0]
    return {code: text[:-1] + chr(ord(text[-1]) + code - first) if text else "" for code in range(first, last + 1)}


def _hex(digits: bytes) -> bytes:
    """Digits may stand apart, and a last one alone counts as if a zero followed (7.3.4.3)."""
    packed = b"".join(digits.split())
    return bytes.fromhex((packed + b"0" * (len(packed) % 2)).decode())


def _utf16(text: bytes) -> str:
    return text.decode("utf-16-be", "replace")
