"""Turns the operators of a PDF's content, one after the other, into the paint that they lay down on a page."""

from __future__ import annotations

import copy
import math
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from hefte.checks import pdf_geometry as geometry
from hefte.checks.pdf_faces import UNKNOWN, Face
from hefte.checks.pdf_geometry import Box, Matrix
from hefte.checks.pdf_reading import DAMAGE

THIN = 1.0
"""An area that is thinner, pt, may be meant as a line."""
_SHORTEST = 2.0
"""An area that is shorter, pt, is a speck and no line."""
_EDGE = 0.01
_MOST_LINES = 1000
"""Of a page, that are told one by one."""
_WHITE = {("DeviceCMYK", (0.0,) * 4), ("DeviceGray", (1.0,)), ("DeviceRGB", (1.0,) * 3), ("ICCBased/3", (1.0,) * 3)}


@dataclass(frozen=True, slots=True)
class Paint:
    """One way in which something is painted on a page; the same way twice is told once."""

    page: int
    kind: str
    """`text`, `fill`, `stroke`, `image` or `shading`."""
    space: str
    """The colour space's family, such as `DeviceCMYK`, `ICCBased/3`, `Separation/All`; in an Indexed space its base."""
    values: tuple[float, ...] = ()
    """The colour's components."""
    overprint: bool = False
    opaque: bool = True
    """No alpha, soft mask or blend mode is in force."""
    outside: bool = False
    """It lies wholly outside the BleedBox."""
    image: tuple[int, int] | None = None
    """An image XObject's object and generation number; None for an inline image and what is not an image."""
    pixels: tuple[int, int] | None = None
    """An image's width and height."""
    ppi: float | None = None
    """An image's effective resolution, the lower of both directions."""
    size: float | None = None
    """The size of text as it stands on the page, pt."""
    width: float | None = None
    """How thick a line is, and an area that is thinner than `THIN`, pt; 0 for the thinnest that a device can draw."""
    place: Box | None = field(default=None, compare=False)
    """Where it is painted this way for the first time, as far as it is not clipped away; None if that is not known."""


@dataclass(frozen=True, slots=True)
class Text:
    """What one operator shows: every piece of text that is painted, not only the ways in which it is."""

    page: int
    place: Box
    """From a little below the line to a little above capitals, clipped."""
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """One stroke in a spot colour or the registration colour, such as a crop mark: each by itself."""

    page: int
    space: str
    place: Box
    """From end to end, without its thickness."""
    outside: bool
    """It lies wholly outside the BleedBox."""


@dataclass(slots=True)
class State:
    """As much of the graphics state as the checks ask for (ISO 32000-1, 8.4)."""

    matrix: Matrix = geometry.IDENTITY
    clip: Box = geometry.EVERYWHERE
    fill: tuple[str, tuple[float, ...]] = ("DeviceGray", (0.0,))
    stroke: tuple[str, tuple[float, ...]] = ("DeviceGray", (0.0,))
    fill_overprint: bool = False
    stroke_overprint: bool = False
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    blended: bool = False
    masked: bool = False
    line_width: float = 1.0
    rendering: int = 0
    face: Face = UNKNOWN
    font_size: float = 0.0
    character_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    """Horizontal scaling (Tz), 1 for none."""
    leading: float = 0.0
    rise: float = 0.0

    @property
    def opaque(self) -> bool:
        """Nothing shows through."""
        return self.fill_alpha == self.stroke_alpha == 1 and not self.blended and not self.masked


@dataclass(frozen=True, slots=True)
class Step:
    """One operator with what it works on."""

    operator: str
    operands: Any
    resources: Any
    depth: int
    """Of forms in forms."""


@dataclass(slots=True)
class Painter:
    """Runs the operators of one page (ISO 32000-1, 8 and 9) as far as colour, place and overprint go."""

    handlers: Mapping[str, Handler]
    """Operator → what it does."""
    page: int
    bleed: Box
    found: dict[Paint, None]
    """What was painted, in order."""
    texts: list[Text]
    """Every piece of text, in order."""
    lines: list[Line] = field(default_factory=list)
    """Strokes in a spot colour, in order, as many as there may be marks."""
    forms: int = 0
    damaged: dict[str, None] = field(default_factory=dict)
    extent: Box = geometry.NOWHERE
    """The box round all that is not white."""
    path: list[Box] = field(default_factory=list)
    """The subpaths so far."""
    clipping: bool = False
    text_matrix: Matrix = geometry.IDENTITY
    line_matrix: Matrix = geometry.IDENTITY
    faces: dict[tuple[int, int], Face] = field(default_factory=dict)
    """Fonts by object number, each read once."""
    lettering: bool = False
    """Whether a letter is being drawn: what it is drawn with is text, be it an area, a line or a picture."""
    letters: set[Any] = field(default_factory=set)
    """Letters of fonts that are drawn, with the colour they were drawn in: each once."""

    def run(self, content: Any, resources: Any, state: State, depth: int) -> None:
        """Run a content stream from a graphics state, its names looked up in `resources`."""
        stack: list[State] = []
        for operands, operator in self.instructions(content):
            if operator == "q":
                stack.append(copy.copy(state))
            elif operator == "Q":
                state = stack.pop() if stack else state
            elif handler := self.handlers.get(operator):
                try:
                    handler(self, Step(operator, operands, resources, depth), state)
                except DAMAGE as error:
                    self.damaged[f"operator {operator}: {error}".splitlines()[0]] = None

    def instructions(self, content: Any) -> Iterator[tuple[Any, str]]:
        """A content stream's operators; what pikepdf warns of is damage."""
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            parsed = pikepdf.parse_content_stream(content)
        self.damaged |= {str(one.message).splitlines()[0]: None for one in said}
        for instruction in parsed:
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                yield [instruction.iimage], "BI"
            else:
                yield instruction.operands, str(instruction.operator)

    def add(self, kind: str, state: State, place: Box = geometry.NOWHERE, **more: Any) -> None:
        """Note something painted, in the colour that its kind takes."""
        stroking = kind == "stroke"
        space, values = more.pop("colour", None) or (state.stroke if stroking else state.fill)
        seen = geometry.intersection(place, state.clip) if place != geometry.NOWHERE else state.clip
        if seen[0] > seen[2] or seen[1] > seen[3]:
            return  # Clipped away.
        overprint = state.stroke_overprint if stroking else state.fill_overprint
        outside = place != geometry.NOWHERE and geometry.apart(seen, self.bleed)
        if (space, values) not in _WHITE:
            self.extent = geometry.union(self.extent, seen)
        if self.lettering:
            kind, more = "text", {}
        where = None if math.inf in seen or -math.inf in seen else seen
        paint = Paint(self.page, kind, space, values, overprint, state.opaque, outside, **more, place=where)
        self.found.setdefault(paint)
        if kind == "text" and where is not None and not self.lettering:
            self.texts.append(Text(self.page, where, more.get("size", 0.0)))


    def add_lines(self, state: State) -> None:
        """Note each stroke of the path by itself, where its colour may be that of marks."""
        if state.stroke[0].startswith("Separation/") and len(self.lines) < _MOST_LINES:
            for part in self.path:
                seen = geometry.intersection(part, state.clip)
                if seen[0] <= seen[2] and seen[1] <= seen[3]:
                    outside = geometry.apart(seen, self.bleed)
                    self.lines.append(Line(self.page, state.stroke[0], seen, outside))


def thickness(path: list[Box], clip: Box) -> float | None:
    """How thick the thinnest part of an area is where it is thin enough for a line; None where no part is."""
    found = None
    for part in path:
        thin, long = _sides(geometry.intersection(part, clip))
        # Where a clip cuts it off at its very edge, nothing is painted: so borders are drawn, side by side.
        hidden = thin < _EDGE <= _sides(part)[0]
        if not hidden and 0 <= thin < THIN and long >= _SHORTEST and (found is None or thin < found):
            found = round(thin, 3)
    return found


def _sides(place: Box) -> tuple[float, float]:
    """The shorter and the longer side."""
    left, bottom, right, top = place
    return min(right - left, top - bottom), max(right - left, top - bottom)


Handler = Callable[[Painter, Step, State], None]
