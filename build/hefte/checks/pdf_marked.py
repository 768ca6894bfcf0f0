"""A page of a PDF to what it shows, in the order it is drawn: text and paint, each with the mark that it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf

from hefte.checks import pdf_geometry as geometry
from hefte.checks import pdf_glyphs
from hefte.checks.pdf_geometry import Box, Matrix
from hefte.checks.visual_order import logical

_DEEPEST = 20
"""Of forms in forms."""
_MOST_FORMS = 2_000
"""That a page may draw: forms that draw each other would never end."""
_PATHS = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})

Stream = tuple[int, int]
"""Object and generation number of the form that content stands in; (0, 0) for the page itself."""


@dataclass(slots=True)
class Shown:
    """What stands in one marked-content sequence, or in a row outside all of them."""

    page: int
    stream: Stream
    mcid: int | None
    artifact: bool
    text: str = ""
    box: Box | None = None
    """Round the text."""
    kinds: set[str] = field(default_factory=set)
    """`text`, `image`, `path`, `shading`."""

    @property
    def bare(self) -> bool:
        """Neither tagged nor said to be decoration."""
        return self.mcid is None and not self.artifact


@dataclass(frozen=True, slots=True)
class _Mark:
    """A marked-content sequence that is open (ISO 32000-1, 14.6)."""

    stream: Stream
    mcid: int | None
    artifact: bool
    actual: str | None
    """ActualText: what is read in the place of what is drawn (14.9.4)."""


@dataclass(slots=True)
class _State:
    """As much of the text state as tells where text stands (9.3)."""

    matrix: Matrix = geometry.IDENTITY
    font: pdf_glyphs.Font | None = None
    size: float = 1.0
    leading: float = 0.0


Fonts = dict[Any, pdf_glyphs.Font]
"""Those read so far, for all pages of a file."""


def shown(page: pikepdf.Page | pikepdf.Object, number: int, fonts: Fonts) -> list[Shown]:
    """All that a page, or a form, draws; `number` is the page's, from 1."""
    reader = _Reader(number, fonts)
    held: Any = page.obj if isinstance(page, pikepdf.Page) else page
    reader.run(page, held.get("/Resources", {}), (0, 0), geometry.IDENTITY, 0)
    return [each for each in reader.found if each.kinds]


class _Reader:
    """Runs the operators of a page."""

    def __init__(self, page: int, fonts: Fonts) -> None:
        self.found: list[Shown] = []
        self._page, self._forms = page, 0
        self._marks: list[_Mark] = []
        self._owner: _Mark | None = None
        """Of what was found last."""
        self._fonts = fonts
        self._home: Stream = (0, 0)
        self._row = ""
        """What was drawn on the line so far, in the order of drawing."""
        self._at: Box | None = None

    def run(self, content: Any, resources: Any, stream: Stream, matrix: Matrix, depth: int) -> None:
        """A page's or a form's content."""
        state, saved, opened = _State(matrix), list[_State](), len(self._marks)
        line = pen = geometry.IDENTITY
        for instruction in pikepdf.parse_content_stream(content):
            operator, operands = str(instruction.operator), instruction.operands
            if operator in ("BDC", "BMC"):
                self._flush()
                self._marks.append(_mark(operator, operands, resources, stream))
            elif operator == "EMC":
                if len(self._marks) > opened:
                    self._close(stream)
            elif operator == "q":
                saved.append(_State(state.matrix, state.font, state.size, state.leading))
            elif operator == "Q":
                state = saved.pop() if saved else state
            elif operator == "cm":
                state.matrix = geometry.product(geometry.matrix(operands), state.matrix)
            elif operator in ("BT", "ET"):
                self._flush()
                line = pen = geometry.IDENTITY
            elif operator == "Tm":
                self._flush()
                line = pen = geometry.matrix(operands)
            elif operator in ("Td", "TD"):
                self._flush()
                state.leading = -float(operands[1]) if operator == "TD" else state.leading
                line = pen = geometry.product((1, 0, 0, 1, float(operands[0]), float(operands[1])), line)
            elif operator == "TL":
                state.leading = float(operands[0])
            elif operator == "Tf":
                state.font, state.size = self._font(resources.Font[operands[0]]), float(operands[1])
            elif operator in ("Tj", "TJ", "'", '"', "T*"):
                if operator not in ("Tj", "TJ"):
                    self._flush()
                    line = pen = geometry.product((1, 0, 0, 1, 0, -state.leading), line)
                if operator != "T*" and state.font is not None:
                    pen = self._text(operands[-1], state.font, state, pen, stream)
            elif operator in _PATHS:
                self._paint("path", stream)
            elif operator == "sh":
                self._paint("shading", stream)
            elif operator == "INLINE IMAGE":
                self._paint("image", stream)
            elif operator == "Do":
                self._object(resources.XObject[operands[0]], resources, stream, state.matrix, depth)
        while len(self._marks) > opened:
            self._close(stream)

    def _object(self, drawn: Any, resources: Any, stream: Stream, matrix: Matrix, depth: int) -> None:
        if drawn.get("/Subtype") != "/Form":
            self._paint("image", stream)
        elif depth < _DEEPEST and self._forms < _MOST_FORMS:
            self._forms += 1
            inner = geometry.product(geometry.matrix(drawn.get("/Matrix", [1, 0, 0, 1, 0, 0])), matrix)
            self.run(drawn, drawn.get("/Resources", resources), drawn.objgen, inner, depth + 1)

    def _font(self, font: Any) -> pdf_glyphs.Font:
        if font.objgen == (0, 0):
            return pdf_glyphs.read(font)
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = pdf_glyphs.read(font)
        return self._fonts[font.objgen]

    def _text(self, operand: Any, font: pdf_glyphs.Font, state: _State, pen: Matrix, stream: Stream) -> Matrix:
        """What one operator shows; returns where the pen is then."""
        said, reach = "", 0.0
        for piece in operand if isinstance(operand, pikepdf.Array) else [operand]:
            if isinstance(piece, pikepdf.String):
                text, width = font.read(bytes(piece))
                said, reach = said + text, reach + width
            else:
                reach -= float(piece)
        across = reach * state.size / 1000
        place = geometry.bounds(
            geometry.product(pen, state.matrix), (0, -0.25 * state.size, across, 0.75 * state.size)
        )
        if said.strip():
            self._here(stream).kinds.add("text")
        if said:
            self._row += said
            self._at = geometry.union(self._at, place) if self._at else place
            self._home = stream
        return geometry.product((1, 0, 0, 1, across, 0), pen)

    def _flush(self) -> None:
        """A line ends, or its mark does: what was drawn is put in the order in which it is read."""
        row, place = self._row, self._at
        self._row, self._at = "", None
        if not row or place is None:
            return
        here = self._here(self._home)
        if not any(mark.actual is not None for mark in self._marks):
            _add(here, logical(row), place)
        here.box = geometry.union(here.box, place) if here.box else place

    def _paint(self, kind: str, stream: Stream) -> None:
        self._here(stream).kinds.add(kind)

    def _close(self, stream: Stream) -> None:
        """A mark ends."""
        self._flush()
        mark = self._marks.pop()
        if mark.actual is not None and not any(outer.actual is not None for outer in self._marks):
            self._marks.append(mark)
            here = self._here(stream)
            here.kinds.add("text")
            here.text += mark.actual
            self._marks.pop()

    def _here(self, stream: Stream) -> Shown:
        """The sequence that something drawn now belongs to: the innermost one that is an artifact or has an MCID."""
        owner = next((mark for mark in reversed(self._marks) if mark.artifact or mark.mcid is not None), None)
        mcid, artifact = (owner.mcid, owner.artifact) if owner else (None, False)
        home = owner.stream if owner else stream
        if not self.found or owner is not self._owner:
            self.found.append(Shown(self._page, home, mcid, artifact))
            self._owner = owner
        return self.found[-1]


def _mark(operator: str, operands: Any, resources: Any, stream: Stream) -> _Mark:
    said: Any = operands[1] if operator == "BDC" else {}
    if isinstance(said, pikepdf.Name):
        said = resources.get("/Properties", {}).get(str(said), {})
    artifact = str(operands[0]) == "/Artifact"
    mcid, actual = said.get("/MCID"), said.get("/ActualText")
    return _Mark(
        stream, None if mcid is None or artifact else int(mcid), artifact, None if actual is None else str(actual)
    )


def _add(here: Shown, text: str, place: Box) -> None:
    """Text after text; a space between lines, and where a gap was left."""
    before = here.box
    below = before is not None and (place[1] >= before[3] or place[3] <= before[1])
    if below and here.text and not here.text.endswith((" ", "\N{SOFT HYPHEN}")):
        here.text += " "
    here.text += text

