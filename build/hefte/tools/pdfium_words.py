"""Turns a page that PDFium opened into the words drawn on it: where each piece is, how large, and in which colour."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from ctypes import POINTER, c_double, c_int, c_uint, c_ulong, cast, create_string_buffer
from dataclasses import dataclass
from typing import Any

from hefte.tools.pdfium import Box

Colour = tuple[int, int, int]

_INVISIBLE = (3, 7)
"""Ways of drawing text that leave nothing to be seen (ISO 32000-1, table 106)."""
_STROKED = (1, 5)
_ITALIC = 1 << 6
_HYPHEN = "\x02"
"""What PDFium makes of a hyphen at a line's end."""
_SLANTS = (45, 135, 225, 315)
_MARK_PT = 40
"""A draft's mark in a file without tags, where nothing says that it is an artifact."""
_DEEPEST = 15
"""Of forms in forms."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text object: what one operator shows, often a line."""

    box: Box
    """In points of the page."""
    base: float
    """How high its line stands on the page, in points, where its first letter begins."""
    size: float
    """Of the type as it is seen, in points."""
    font: str
    """The name of its font in the file; empty where it has none."""
    colour: Colour | None
    """As PDFium shows it; None for a pattern, and where something shows through."""
    veiled: bool
    """Whether a form round it may let something show through."""
    angle: float
    """Degrees, counter-clockwise from a line that runs to the right; 0 ≤ angle < 360."""
    artifact: bool
    """Marked as no part of the content (ISO 32000-1, 14.8.2.2)."""
    drawn: Any
    """PDFium's own handle, for `show` and `said`."""


_Letter = tuple[float, float, float, str]
"""Of one on the page: its middle's height, its own height, its middle from the left, and itself."""


@dataclass(frozen=True, slots=True)
class _Around:
    """The forms round a text object."""

    form: Any
    """The innermost: kept, so that no other gets its `id`."""
    matrix: Any
    """From it to the page."""
    artifact: bool
    veiled: bool


def words(page: Any) -> Iterator[Words]:
    """The words on a page that leave something to be seen, in the order in which they are drawn."""
    from pypdfium2.raw import FPDF_PAGEOBJ_TEXT, FPDFTextObj_GetTextRenderMode

    around: dict[int, _Around] = {}
    for drawn in page.get_objects(filter=(FPDF_PAGEOBJ_TEXT,), max_depth=_DEEPEST):
        mode = FPDFTextObj_GetTextRenderMode(drawn)
        if mode not in _INVISIBLE:
            yield _words(drawn, mode, _around(drawn.container, around))


def is_mark(piece: Words) -> bool:
    """Whether it is a mark laid across the page, as on a draft: text of that kind is no content (WCAG 2.1, 1.4.3,
    incidental), but what is read on top of it has it for its ground."""
    return any(abs(piece.angle - slant) < 1 for slant in _SLANTS) and (piece.artifact or piece.size >= _MARK_PT)


def show(pieces: Iterable[Words], visible: bool, colour: Colour | None = None) -> None:
    """Have words drawn, in another colour if one is given, or left out, when the page is rendered next."""
    from pypdfium2.raw import FPDFPageObj_SetFillColor, FPDFPageObj_SetIsActive

    for piece in pieces:
        FPDFPageObj_SetIsActive(piece.drawn, visible)
        if colour:
            FPDFPageObj_SetFillColor(piece.drawn, *colour, 255)


def said(piece: Words, textpage: Any) -> str:
    """What the words say, white space folded."""
    import pypdfium2

    piece.drawn.textpage = textpage
    try:
        return " ".join(piece.drawn.extract().replace(_HYPHEN, "-").split())
    except pypdfium2.PdfiumError:
        return ""


def shown(textpage: Any, boxes: Sequence[Box]) -> list[str]:
    """What stands in each of some boxes, as the eye meets it: line by line, from left to right, without what runs
    aslant. So an address or a number can be read in a text from right to left, too, whose letters PDFium turns round.
    """
    from pypdfium2.raw import FPDFText_GetCharAngle, FPDFText_GetCharBox, FPDFText_GetUnicode

    found: list[list[_Letter]] = [[] for _ in boxes]
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    for at in range(textpage.count_chars() if boxes else 0):
        if not FPDFText_GetCharBox(textpage, at, left, right, bottom, top):
            continue
        x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        for box, letters in zip(boxes, found, strict=True):
            inside = box[0] <= x <= box[2] and box[1] <= y <= box[3]
            if inside and _is_upright(FPDFText_GetCharAngle(textpage, at)):
                letters.append((y, top.value - bottom.value, x, chr(FPDFText_GetUnicode(textpage, at))))
    return [" ".join(_lines(letters).replace(_HYPHEN, "-").split()) for letters in found]


def _is_upright(angle: float) -> bool:
    return abs(math.sin(angle)) < 0.1


def _lines(letters: list[_Letter]) -> str:
    """Letters in the order in which they stand; a space after each line."""
    lines: list[list[_Letter]] = []
    for letter in sorted(letters, key=lambda one: -one[0]):
        if lines and lines[-1][0][0] - letter[0] < 0.7 * max(lines[-1][0][1], letter[1], 1):
            lines[-1].append(letter)
        else:
            lines.append([letter])
    return " ".join("".join(one[3] for one in sorted(line, key=lambda one: one[2])) for line in lines)


def _words(drawn: Any, mode: int, around: _Around) -> Words:
    from pypdfium2.raw import FPDFPageObj_HasTransparency

    own = drawn.get_matrix().multiply(around.matrix)
    return Words(
        box=around.matrix.on_rect(*drawn.get_bounds()), base=own.f,
        size=drawn.get_font_size() * math.hypot(own.c, own.d), font=_font(drawn),
        colour=None if FPDFPageObj_HasTransparency(drawn) else _colour(drawn, mode),
        veiled=around.veiled, angle=math.degrees(math.atan2(own.b, own.a)) % 360,
        artifact=around.artifact or _is_artifact(drawn), drawn=drawn,
    )


def _around(form: Any, known: dict[int, _Around]) -> _Around:
    """What the form that words stand in, and those that it stands in, do to them."""
    from pypdfium2 import PdfMatrix
    from pypdfium2.raw import FPDFPageObj_HasTransparency

    if form is None:
        return _Around(None, PdfMatrix(), False, False)
    if id(form) not in known:
        outer = _around(form.container, known)
        known[id(form)] = _Around(
            form, form.get_matrix().multiply(outer.matrix), outer.artifact or _is_artifact(form),
            outer.veiled or bool(FPDFPageObj_HasTransparency(form)),
        )
    return known[id(form)]


def _font(drawn: Any) -> str:
    import pypdfium2

    try:
        return str(drawn.get_font().get_base_name())
    except (pypdfium2.PdfiumError, AssertionError):
        return ""


def is_italic(piece: Words) -> bool:
    """Whether the face of some words is an italic or oblique one: by its angle, its flags (ISO 32000-1, table 123, bit
    7), or its name."""
    import pypdfium2
    from pypdfium2.raw import FPDFFont_GetFlags, FPDFFont_GetItalicAngle

    angle = c_int()
    try:
        font = piece.drawn.get_font()
    except (pypdfium2.PdfiumError, AssertionError):
        return False
    leans = bool(FPDFFont_GetItalicAngle(font, angle)) and angle.value != 0
    flags = FPDFFont_GetFlags(font)
    named = any(word in piece.font.casefold() for word in ("italic", "oblique"))
    return leans or named or (flags >= 0 and bool(flags & _ITALIC))


def slant(piece: Words) -> float:
    """How far the axes of some words are from a right angle: 0 for letters as their face has them, 1 for flat ones."""
    own = piece.drawn.get_matrix()
    sides = math.hypot(own.a, own.b) * math.hypot(own.c, own.d)
    return abs(own.a * own.c + own.b * own.d) / sides if sides else 0.0


def _colour(drawn: Any, mode: int) -> Colour | None:
    from pypdfium2.raw import FPDFPageObj_GetFillColor, FPDFPageObj_GetStrokeColor

    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    read = FPDFPageObj_GetStrokeColor if mode in _STROKED else FPDFPageObj_GetFillColor
    known = read(drawn, red, green, blue, alpha) and alpha.value == 255
    return (red.value, green.value, blue.value) if known else None


def _is_artifact(drawn: Any) -> bool:
    from pypdfium2.raw import FPDF_WCHAR, FPDFPageObj_CountMarks, FPDFPageObj_GetMark, FPDFPageObjMark_GetName

    buffer, length = create_string_buffer(64), c_ulong()
    for at in range(max(FPDFPageObj_CountMarks(drawn), 0)):
        mark = FPDFPageObj_GetMark(drawn, at)
        if FPDFPageObjMark_GetName(mark, cast(buffer, POINTER(FPDF_WCHAR)), len(buffer), length):
            name = buffer.raw[: min(length.value, len(buffer))].decode("utf-16-le", "replace")
            if name.rstrip("\0") == "Artifact":
                return True
    return False
