"""Turns the sRGB colours of a laid-out document's content into the palette's CMYK, black overprinting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pydyf

from hefte.model import Colour

Inks = tuple[float, float, float, float]
"""Shares of cyan, magenta, yellow and black, 0 to 1."""

_RGB = re.compile(rb"(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (rg|RG)")
_OTHER = re.compile(rb"/lab-d(?:50|65) (?:cs|CS)")
_BLACK: Inks = (0, 0, 0, 1)
OVERPRINT, KNOCKOUT = "hefte-overprint", "hefte-knockout"


class Palette:
    """Looks up sRGB in the declared colours, and remembers what is not declared: no colour is ever guessed."""

    def __init__(self, colours: Mapping[str, Colour]) -> None:
        self._inks: dict[tuple[int, ...], Inks] = {}
        for colour in colours.values():
            cyan, magenta, yellow, black = (round(ink / 100, 4) for ink in colour.cmyk)
            self._inks.setdefault(colour.srgb, (cyan, magenta, yellow, black))
        self.unmapped: dict[str, None] = {}
        """What was asked for and not found, as `#rrggbb`, in order."""

    def inks(self, channels: Iterable[float]) -> Inks | None:
        """The inks for sRGB channels 0 to 1, which WeasyPrint writes with six decimals, rounded to 8 bits."""
        key = tuple(round(255 * channel) for channel in channels)
        found = self._inks.get(key)
        if found is None:
            self.refuse("#{:02x}{:02x}{:02x}".format(*key))
        return found

    def refuse(self, colour: str) -> None:
        """Remember a colour that has no place in a press's file."""
        self.unmapped[colour] = None


def convert(pdf: Any, palette: Palette) -> None:
    """Rewrite every content stream, shading and transparency group of `pdf` (pydyf, not compressed yet) in DeviceCMYK.

    What the palette lacks stays as it was and is remembered there. Luminosity masks become grey: they hold no ink.
    """
    masks = set(_mask_references(pdf))
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and hasattr(item, "_resources"):
            if item.reference in masks:
                item.stream = [_grey(op) for op in item.stream]
                _set_group_space(item, "/DeviceGray")
            else:
                item.stream = list(_overprinting(_recoloured(item.stream, palette), None if item.extra else False))
                _set_group_space(item, "/DeviceCMYK")
                _declare_states(item)
        elif isinstance(item, pydyf.Dictionary):
            if "ShadingType" in item:
                _convert_shading(item, palette)
            for space in ("lab-d50", "lab-d65"):
                item.pop(space, None)


def _recoloured(ops: Iterable[Any], palette: Palette) -> Iterator[Any]:
    """The content's operators with `rg` and `RG` replaced by `k` and `K`."""
    for op in ops:
        if isinstance(op, bytes) and op[-2:] in (b"rg", b"RG") and (match := _RGB.fullmatch(op)):
            inks = palette.inks(float(channel) for channel in match.groups()[:3])
            yield op if inks is None else _ink_operator(inks, stroke=match[4] == b"RG")
        else:
            if isinstance(op, bytes) and _OTHER.fullmatch(op):
                palette.refuse("a colour given in Lab or OKLab")
            yield op


def _ink_operator(inks: Inks, *, stroke: bool) -> bytes:
    return " ".join(f"{ink:g}" for ink in inks).encode() + (b" K" if stroke else b" k")


_FULL_BLACK = _ink_operator(_BLACK, stroke=False)


def _overprinting(ops: Iterable[Any], on: bool | None) -> Iterator[Any]:
    """Switch overprinting on where 100 K begins to fill and off where it ends; `on`: at first, None if not known.

    Small black type that knocks out shows white rims at the slightest misregister. `q` and `Q` save and restore the
    overprint parameters together with the colour (ISO 32000-1, 8.4.1), so following the two is following the state.
    A form inherits what holds where it is drawn, which is why it cannot know. Tints, strokes and, above all, white
    knock out as is the default.
    """
    stack: list[bool | None] = []
    for op in ops:
        yield op
        if not isinstance(op, bytes):
            continue
        if op == b"q":
            stack.append(on)
        elif op == b"Q":
            on = stack.pop() if stack else on
        elif op[-2:] in (b" k", b"cn", b"rg", b"cs") and on is not (op == _FULL_BLACK):
            on = op == _FULL_BLACK
            yield f"/{OVERPRINT if on else KNOCKOUT} gs".encode()


def _declare_states(stream: Any) -> None:
    """The two graphics states, for the streams that name them (OPM 1: an ink of 0 leaves what is below)."""
    states = stream._resources["ExtGState"]
    if any(f"/{state} gs".encode() in stream.stream for state in (OVERPRINT, KNOCKOUT)):
        states[OVERPRINT] = pydyf.Dictionary({"Type": "/ExtGState", "OP": "false", "op": "true", "OPM": 1})
        states[KNOCKOUT] = pydyf.Dictionary({"Type": "/ExtGState", "OP": "false", "op": "false", "OPM": 0})


def _mask_references(pdf: Any) -> Iterator[bytes]:
    for item in pdf.objects:
        for state in getattr(item, "_resources", {}).get("ExtGState", {}).values():
            if isinstance(mask := state.get("SMask"), dict):
                yield mask["G"]


def _grey(op: Any) -> Any:
    """An RGB operator of a luminosity mask as the grey of the same luminosity (ISO 32000-1, 10.3.2)."""
    match = _RGB.fullmatch(op) if isinstance(op, bytes) else None
    if not match:
        return op
    red, green, blue = (float(channel) for channel in match.groups()[:3])
    return f"{0.3 * red + 0.59 * green + 0.11 * blue:g} {'G' if match[4] == b'RG' else 'g'}".encode()


def _set_group_space(stream: Any, space: str) -> None:
    if "Group" in stream.extra:
        stream.extra["Group"]["CS"] = space


def _convert_shading(shading: Any, palette: Palette) -> None:
    """Colour both ends of each step of a gradient; a press blends inks where the screen blended lights."""
    if shading["ColorSpace"] in ("/DeviceGray", "/DeviceCMYK"):
        return
    if all([_convert_function(function, palette) for function in _steps(shading["Function"])]):
        shading["ColorSpace"] = "/DeviceCMYK"


def _steps(function: Any) -> Iterator[Any]:
    yield from function.get("Functions", [function])


def _convert_function(function: Any, palette: Palette) -> bool:
    ends = [palette.inks(function[end]) for end in ("C0", "C1")]
    for name, inks in zip(("C0", "C1"), ends, strict=True):
        if inks is not None:
            function[name] = pydyf.Array(inks)
    return None not in ends
