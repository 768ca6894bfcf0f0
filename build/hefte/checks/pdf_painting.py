"""Turns a PDF's pages into what is painted on each: in which inks, overprinting or not, how fine."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pikepdf

from hefte.checks import pdf_geometry as geometry
from hefte.checks.pdf_geometry import Box
from hefte.checks.pdf_painter import Handler, Line, Paint, Painter, State, Step, Text, thickness
from hefte.checks.pdf_reading import DAMAGE, box
from hefte.checks.pdf_spaces import default_space, space_name
from hefte.checks.pdf_type import TYPE_HANDLERS

_DEEPEST, _MOST_FORMS = 20, 20_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of running the content of all pages."""

    paints: tuple[Paint, ...]
    damage: tuple[tuple[int, str], ...]
    texts: tuple[Text, ...]
    extents: Mapping[int, Box]
    lines: tuple[Line, ...]


def paints(pdf: pikepdf.Pdf) -> tuple[Paint, ...]:
    """All that the file paints, each way of painting once a page. What cannot be read is left to `damage`."""
    return _read(pdf).paints


def damage(pdf: pikepdf.Pdf) -> tuple[tuple[int, str], ...]:
    """Pages with content that could not be read, and why."""
    return _read(pdf).damage


def texts(pdf: pikepdf.Pdf) -> tuple[Text, ...]:
    """Every piece of text that is painted, clipped text left out."""
    return _read(pdf).texts


def extents(pdf: pikepdf.Pdf) -> Mapping[int, Box]:
    """Page → the box round all that is painted on it and is not white. Pages with nothing on them are left out."""
    return _read(pdf).extents


def lines(pdf: pikepdf.Pdf) -> tuple[Line, ...]:
    """Every stroke in a spot colour or the registration colour: what marks are drawn with."""
    return _read(pdf).lines


@functools.lru_cache(maxsize=2)
def _read(pdf: pikepdf.Pdf) -> Reading:
    found: dict[Paint, None] = {}
    damaged: list[tuple[int, str]] = []
    pieces: list[Text] = []
    extent: dict[int, Box] = {}
    strokes: list[Line] = []
    for number, page in enumerate(pdf.pages, 1):
        painter = Painter(HANDLERS, number, geometry.EVERYWHERE, found, pieces)
        try:
            painter.bleed = (
                box(page, "/BleedBox") or box(page, "/TrimBox") or box(page, "/MediaBox") or geometry.EVERYWHERE
            )
            painter.run(page, _resources(page), State(), 0)
        except DAMAGE as error:
            damaged.append((number, f"content that cannot be read: {error}".splitlines()[0]))
        damaged += [(number, said) for said in painter.damaged]
        if painter.extent != geometry.NOWHERE:
            extent[number] = painter.extent
        strokes += painter.lines
    return Reading(tuple(found), tuple(damaged), tuple(pieces), extent, tuple(strokes))


def _resources(page: pikepdf.Page) -> Any:
    node: Any = page.obj
    for _ in range(_DEEPEST):
        if "/Resources" in node:
            return node.Resources
        if "/Parent" not in node:
            break
        node = node.Parent
    return pikepdf.Dictionary()


# --- the operators ----------------------------------------------------------------------------------------------------


def _concatenate(painter: Painter, step: Step, state: State) -> None:
    state.matrix = geometry.product(geometry.matrix(step.operands), state.matrix)


def _simple_colour(painter: Painter, step: Step, state: State) -> None:
    space = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}[step.operator.lower()]
    space = default_space(space, step.resources)
    colour = (space, tuple(round(float(value), 4) for value in step.operands))
    if step.operator.islower():
        state.fill = colour
    else:
        state.stroke = colour


def _space_operator(painter: Painter, step: Step, state: State) -> None:
    space = space_name(step.operands[0], step.resources)
    initial = (0.0, 0.0, 0.0, 1.0) if space == "DeviceCMYK" else ()
    if step.operator == "cs":
        state.fill = (space, initial)
    else:
        state.stroke = (space, initial)


def _colour_operator(painter: Painter, step: Step, state: State) -> None:
    space = (state.fill if step.operator.islower() else state.stroke)[0]
    values = tuple(round(float(value), 4) for value in step.operands if not isinstance(value, pikepdf.Name))
    if (
        step.operands
        and isinstance(step.operands[-1], pikepdf.Name)
        and (pattern := step.resources.Pattern[step.operands[-1]])
    ):
        if pattern.get("/PatternType") == 1:
            _run_stream(painter, pattern, step.resources, replace(state, clip=geometry.EVERYWHERE), step.depth)
        else:
            painter.add("shading", state, colour=(space_name(pattern.Shading.ColorSpace, step.resources), ()))
    if step.operator.islower():
        state.fill = (space, values)
    else:
        state.stroke = (space, values)


def _graphics_state(painter: Painter, step: Step, state: State) -> None:
    given = step.resources.ExtGState[step.operands[0]]
    if "/OP" in given:
        state.stroke_overprint = bool(given.OP)
        state.fill_overprint = bool(given.get("/op", given.OP))
    elif "/op" in given:
        state.fill_overprint = bool(given.op)
    state.line_width = float(given.get("/LW", state.line_width))
    state.fill_alpha = float(given.get("/ca", state.fill_alpha))
    state.stroke_alpha = float(given.get("/CA", state.stroke_alpha))
    if "/BM" in given:
        state.blended = given.BM not in ("/Normal", "/Compatible")
    if "/SMask" in given:
        state.masked = given.SMask != "/None"


def _draw(painter: Painter, step: Step, state: State) -> None:
    target = step.resources.XObject[step.operands[0]]
    if target.get("/Subtype") == "/Image":
        _image(painter, target, step.resources, state)
    elif target.get("/Subtype") == "/Form":
        _run_stream(painter, target, step.resources, replace(state), step.depth)


def _inline_image(painter: Painter, step: Step, state: State) -> None:
    image = step.operands[0]
    space = str(image.colorspace or "/DeviceGray").removeprefix("/")
    _place_image(painter, state, (int(image.width), int(image.height)), colour=(space, ()))


def _image(painter: Painter, image: Any, resources: Any, state: State) -> None:
    if image.get("/ImageMask", False):
        colour = state.fill
    elif "/ColorSpace" in image:
        colour = (space_name(image.ColorSpace, resources), ())
    else:
        colour = ("JPXDecode", ())
    pixels = int(image.Width), int(image.Height)
    _place_image(painter, state, pixels, colour=colour, image=image.objgen)


def _place_image(painter: Painter, state: State, pixels: tuple[int, int], **more: Any) -> None:
    width, height = math.hypot(*state.matrix[:2]), math.hypot(*state.matrix[2:4])
    if width and height:
        ppi = round(min(pixels[0] * 72 / width, pixels[1] * 72 / height), 1)
        place = geometry.bounds(state.matrix, (0, 0, 1, 1))
        painter.add("image", state, place, pixels=pixels, ppi=ppi, **more)


def _run_stream(painter: Painter, stream: Any, resources: Any, state: State, depth: int) -> None:
    painter.forms += 1
    if depth > _DEEPEST or painter.forms > _MOST_FORMS:
        raise ValueError("forms are nested too deeply or drawn too often")
    if "/Matrix" in stream:
        state.matrix = geometry.product(geometry.matrix(stream.Matrix), state.matrix)
    outer, painter.path, painter.clipping = painter.path, [], False
    painter.run(stream, stream.get("/Resources", resources), state, depth + 1)
    painter.path = outer


def _shade(painter: Painter, step: Step, state: State) -> None:
    painter.add(
        "shading", state, colour=(space_name(step.resources.Shading[step.operands[0]].ColorSpace, step.resources), ())
    )


def _line_width(painter: Painter, step: Step, state: State) -> None:
    state.line_width = float(step.operands[0])


def _rectangle(painter: Painter, step: Step, state: State) -> None:
    x, y, width, height = (float(value) for value in step.operands)
    painter.path.append(geometry.bounds(state.matrix, (x, y, x + width, y + height)))


def _segment(painter: Painter, step: Step, state: State) -> None:
    numbers = [float(value) for value in step.operands]
    place = geometry.NOWHERE
    for x, y in zip(numbers[::2], numbers[1::2], strict=True):
        place = geometry.union(place, geometry.bounds(state.matrix, (x, y, x, y)))
    if step.operator == "m" or not painter.path:
        painter.path.append(place)
    else:
        painter.path[-1] = geometry.union(painter.path[-1], place)


def _clip(painter: Painter, step: Step, state: State) -> None:
    painter.clipping = True


def _end_path(painter: Painter, step: Step, state: State) -> None:
    place = functools.reduce(geometry.union, painter.path, geometry.NOWHERE)
    if place != geometry.NOWHERE:
        if step.operator in ("f", "F", "f*", "B", "B*", "b", "b*") and state.fill[0] != "Pattern":
            painter.add("fill", state, place, width=thickness(painter.path, state.clip))
        if step.operator in ("S", "s", "B", "B*", "b", "b*") and state.stroke[0] != "Pattern":
            painter.add("stroke", state, place, width=geometry.thinnest(state.matrix, state.line_width))
            painter.add_lines(state)
        if painter.clipping:
            state.clip = geometry.intersection(state.clip, place)
    painter.path, painter.clipping = [], False


HANDLERS: Mapping[str, Handler] = {
    "cm": _concatenate,
    "gs": _graphics_state,
    "Do": _draw,
    "BI": _inline_image,
    "sh": _shade,
    "re": _rectangle,
    "w": _line_width,
    "cs": _space_operator,
    "CS": _space_operator,
    **dict.fromkeys(("g", "G", "rg", "RG", "k", "K"), _simple_colour),
    **dict.fromkeys(("sc", "scn", "SC", "SCN"), _colour_operator),
    **TYPE_HANDLERS,
    **dict.fromkeys(("m", "l", "c", "v", "y"), _segment),
    **dict.fromkeys(("W", "W*"), _clip),
    **dict.fromkeys(("f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "n"), _end_path),
}
