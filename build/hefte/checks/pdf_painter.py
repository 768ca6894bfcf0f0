"""Turns the operators of a PDF's content, one after the other, into the paint that they lay down on a page."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf

from hefte.checks import pdf_geometry as geometry
from hefte.checks.pdf_geometry import Box, Matrix
from hefte.checks.pdf_reading import DAMAGE


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
    ppi: float | None = None
    """An image's effective resolution, the lower of both directions."""


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
    rendering: int = 0

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
    forms: int = 0
    damaged: dict[str, None] = field(default_factory=dict)
    path: Box = geometry.NOWHERE
    clipping: bool = False

    def run(self, content: Any, resources: Any, state: State, depth: int) -> None:
        """Run a content stream from a graphics state, its names looked up in `resources`."""
        stack: list[State] = []
        for operands, operator in self.instructions(content):
            if operator == "q":
                stack.append(replace(state))
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
        self.found[Paint(self.page, kind, space, values, overprint, state.opaque, outside, **more)] = None


Handler = Callable[[Painter, Step, State], None]
