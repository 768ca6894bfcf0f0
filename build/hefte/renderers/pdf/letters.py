"""Lets a reader get back the letters that were drawn: one glyph, on the line, for each letter of right-to-left text.

WeasyPrint tells of each glyph one text, that of its first use. But the glyphs of Arabic, Thai or Tamil are often parts
of letters (the dots of ب and ت are glyphs of their own, raised or lowered), and the same part stands in many: what is
copied or read aloud is then wrong. So where glyphs and their text do not agree, the letter as it stands, dots and all,
is made one more glyph of the embedded font, which has that text. ActualText would say the same, but readers turn it
round or take it for a line of its own (tried: PDFium, Poppler).

So too with brackets: the glyph that closes one in Latin text opens one in Arabic text, and stands for both characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.pdf import fonts as weasyprint_fonts

from hefte.renderers.pdf.glyphs import JOINED, Group, Placed, Shapes, groups_of

_SHOWN = re.compile(rb"\[(.*)\] TJ", re.DOTALL)
_PIECE = re.compile(r"<([0-9a-f]+)>|([^<>\s]+)")


@contextmanager
def told() -> Iterator[None]:
    """While the block runs, every text that is drawn tells its letters. Not for two threads at once."""
    draw, clean = drawing.draw_first_line, weasyprint_fonts.Font.clean
    shapes = Shapes()

    def draw_and_tell(stream: Any, textbox: Any, *rest: Any) -> Any:
        start = len(stream.stream)
        emojis = draw(stream, textbox, *rest)
        text = textbox.pango_layout.text
        joined = JOINED.search(text) is not None
        if len(stream.stream) > start and (joined or _mirrored(text)):
            groups, drawn = list(groups_of(stream, textbox.pango_layout)), stream.stream[start:]
            agreed = [shapes.agrees(group) for group in groups if joined or _mirrored(group.text)]
            raised = joined and any(isinstance(each, bytes) and each.endswith(b" Ts") for each in drawn)
            if raised or not all(agreed):
                stream.stream[start:] = _rewritten(drawn, deque(groups), shapes)
        return emojis

    def clean_and_add(font: Any, to_unicode: Any, hinting: bool) -> None:
        whole = font.file_content
        shapes.forget_parts(font, to_unicode)
        clean(font, shapes.without_made(font, to_unicode), hinting)
        shapes.add_to(font, whole)

    drawing.draw_first_line, weasyprint_fonts.Font.clean = draw_and_tell, clean_and_add
    try:
        yield
    finally:
        drawing.draw_first_line, weasyprint_fonts.Font.clean = draw, clean


def _mirrored(text: str) -> bool:
    """Whether right-to-left text would draw some of it the other way round."""
    return any(unicodedata.mirrored(sign) for sign in text)


def _rewritten(operators: Sequence[Any], waiting: deque[Group], shapes: Shapes) -> list[Any]:
    """The operators of a line, with one glyph for each group."""
    out, run = list[Any](), _Run()
    for operator in operators:
        if isinstance(operator, bytes) and (shown := _SHOWN.fullmatch(operator)):
            run.read(shown[1].decode(), waiting)
        elif isinstance(operator, bytes) and operator.endswith(b" Ts"):
            run.rise = float(operator[:-3])
        else:
            out += run.written(shapes)
            out.append(operator)
            run = _Run()
    return out + run.written(shapes)


class _Run:
    """Glyphs of one font and size. Lengths are thousandths of the size, from where the pen was."""

    def __init__(self) -> None:
        self.rise = 0.0
        """In points."""
        self._pen = 0.0
        self._groups: list[tuple[Group, list[Placed]]] = []

    def read(self, shown: str, waiting: deque[Group]) -> None:
        """What stands in the brackets of one TJ."""
        for codes, number in _PIECE.findall(shown):
            self._pen -= float(number or 0)
            for glyph in (int(codes[at : at + 4], 16) for at in range(0, len(codes), 4)):
                if not self._groups or len(self._groups[-1][1]) == len(self._groups[-1][0].glyphs):
                    self._groups.append((waiting.popleft(), []))
                group, placed = self._groups[-1]
                assert group.glyphs[len(placed)] == glyph, "the glyphs of a line are not in the order of its text"
                placed.append(Placed(glyph, self._pen, self.rise / group.size * 1000))
                self._pen += group.font.widths[glyph]

    def written(self, shapes: Shapes) -> list[bytes]:
        """One TJ that draws the same."""
        shown, drawn_to = "", 0.0
        ends = [*(group.base(placed).at for group, placed in self._groups[1:]), self._pen]
        for (group, placed), end in zip(self._groups, ends, strict=False):
            code, at = shapes.glyph(group, placed, end)
            shown += _back(drawn_to - at) + f"<{code:04x}>"
            drawn_to = at + group.font.widths[code]
        shown += _back(drawn_to - self._pen)
        return [b"[" + shown.replace("><", "").encode() + b"] TJ"] if shown else []


def _back(by: float) -> str:
    return f"{round(by, 3):g}" if round(by, 3) else ""
