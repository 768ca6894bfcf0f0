"""Turns the text operators of a PDF's content into text with its size and place (ISO 32000-1, 9.3 and 9.4)."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import pikepdf

from hefte.checks import pdf_geometry as geometry
from hefte.checks.pdf_faces import UNKNOWN, Face, face
from hefte.checks.pdf_painter import Handler, Painter, State, Step

_BELOW, _ABOVE = -0.2, 0.75
"""Where letters end below and above the line, in parts of the size: the descenders and capitals of most faces."""
_DEEPEST, _MOST_LETTERS, _MOST_DRAWN = 20, 256, 20_000
_FILLED, _STROKED = (0, 2, 4, 6), (1, 2, 5, 6)


def _begin(painter: Painter, step: Step, state: State) -> None:
    painter.text_matrix = painter.line_matrix = geometry.IDENTITY


def _matrix(painter: Painter, step: Step, state: State) -> None:
    painter.text_matrix = painter.line_matrix = geometry.matrix(step.operands)


def _move(painter: Painter, step: Step, state: State) -> None:
    x, y = (float(value) for value in step.operands)
    if step.operator == "TD":
        state.leading = -y
    _to(painter, x, y)


def _next_line(painter: Painter, step: Step, state: State) -> None:
    _to(painter, 0, -state.leading)


def _to(painter: Painter, x: float, y: float) -> None:
    painter.text_matrix = painter.line_matrix = geometry.product((1, 0, 0, 1, x, y), painter.line_matrix)


def _font(painter: Painter, step: Step, state: State) -> None:
    known: Any = step.resources.get("/Font", {})
    state.font_size = float(step.operands[1])
    state.face = _known(painter, known[step.operands[0]]) if step.operands[0] in known else UNKNOWN


def _known(painter: Painter, font: Any) -> Face:
    if font.objgen == (0, 0):
        return face(font)
    if font.objgen not in painter.faces:
        painter.faces[font.objgen] = face(font)
    return painter.faces[font.objgen]


def _parameter(painter: Painter, step: Step, state: State) -> None:
    value = float(step.operands[0])
    if step.operator == "Tc":
        state.character_space = value
    elif step.operator == "Tw":
        state.word_space = value
    elif step.operator == "Tz":
        state.stretch = value / 100
    elif step.operator == "TL":
        state.leading = value
    elif step.operator == "Ts":
        state.rise = value
    else:
        state.rendering = int(value)


def _show(painter: Painter, step: Step, state: State) -> None:
    if step.operator in ("'", '"'):
        _to(painter, 0, -state.leading)
    if step.operator == '"':
        state.word_space, state.character_space = (float(value) for value in step.operands[:2])
    width = _width(step.operands[-1], state)
    whole = geometry.product(painter.text_matrix, state.matrix)
    painter.text_matrix = geometry.product((1, 0, 0, 1, width, 0), painter.text_matrix)
    if width:
        _paint(painter, state, whole, width)
        if state.face.drawn is not None and step.depth < _DEEPEST:
            _draw(painter, state, whole, step)


def _paint(painter: Painter, state: State, whole: geometry.Matrix, advance: float) -> None:
    low, high = (state.rise + part * state.font_size for part in (_BELOW, _ABOVE))
    place = geometry.bounds(whole, (0, low, advance, high))
    size = round(abs(state.font_size) * geometry.height(whole), 2)
    if state.rendering in _FILLED:
        painter.add("text", state, place, size=size)
    if state.rendering in _STROKED:
        # Round letters that are filled as well, a thin line makes them bolder and may be as thin as it likes.
        width = None if state.rendering in _FILLED else geometry.thinnest(state.matrix, state.line_width)
        painter.add("stroke", state, place, width=width)


def _draw(painter: Painter, state: State, whole: geometry.Matrix, step: Step) -> None:
    """What the letters of a font of the kind Type 3 are drawn with (9.6.5): all of them, each once a page in the colour
    of the text, since they may have colours of their own."""
    font = state.face.drawn
    letters: Any = font.get("/CharProcs", {})
    size = (state.font_size * state.stretch, 0, 0, state.font_size, 0, state.rise)
    inside = copy.copy(state)
    inside.matrix = geometry.product(geometry.matrix(font.FontMatrix), geometry.product(size, whole))
    before = painter.lettering, painter.text_matrix, painter.line_matrix, painter.path
    painter.lettering, painter.path = True, []
    for name in sorted(letters.keys())[:_MOST_LETTERS]:
        if (letters[name].objgen, state.fill) not in painter.letters and painter.forms < _MOST_DRAWN:
            painter.forms += 1
            painter.letters.add((letters[name].objgen, state.fill))
            painter.run(letters[name], font.get("/Resources", step.resources), copy.copy(inside), step.depth + 1)
    painter.lettering, painter.text_matrix, painter.line_matrix, painter.path = before


def _width(shown: Any, state: State) -> float:
    """How far a string, or an array of strings and distances, moves on, in the units of the text matrix."""
    moved = 0.0
    for item in shown if isinstance(shown, pikepdf.Array) else [shown]:
        if not isinstance(item, pikepdf.String):
            moved -= float(item) / 1000 * state.font_size
            continue
        for code, width in state.face.advances(bytes(item)):
            moved += width / 1000 * state.font_size + state.character_space
            if code == 32 and state.face.bytes_a_code == 1:
                moved += state.word_space
    return moved * state.stretch


TYPE_HANDLERS: Mapping[str, Handler] = {
    "BT": _begin,
    "Tm": _matrix,
    "T*": _next_line,
    "Tf": _font,
    **dict.fromkeys(("Td", "TD"), _move),
    **dict.fromkeys(("Tc", "Tw", "Tz", "TL", "Ts", "Tr"), _parameter),
    **dict.fromkeys(("Tj", "TJ", "'", '"'), _show),
}
