"""Turns a colour of a PDF into the inks that it lays down."""

from __future__ import annotations

from collections.abc import Mapping

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
NO_PLATE = ("All", "None")
"""Names that are no ink: on every plate, and on none (ISO 32000-1, 8.6.6.4)."""
_TRACE = 0.005
"""Less of an ink is none: half a percent leaves no dot on the plate."""
_DARKEST = 0.15
"""What a colour reflects at most, of red, green and blue each, to be taken for black."""


def colorants(space: str) -> tuple[str, ...]:
    """The inks that a colour space names: the four of CMYK, the names of Separation and DeviceN; none for light."""
    family, _, rest = space.partition("/")
    if family == "DeviceCMYK" or space == "ICCBased/4":
        return PROCESS
    if family in ("DeviceGray", "CalGray") or space == "ICCBased/1":
        return ("Black",)
    return tuple(rest.split("+")) if family == "DeviceN" else (rest,) if family == "Separation" else ()


def spots(space: str) -> tuple[str, ...]:
    """The inks of a colour space that are neither process inks nor the names of none."""
    return tuple(name for name in colorants(space) if name not in PROCESS + NO_PLATE)


def amounts(space: str, values: tuple[float, ...]) -> Mapping[str, float]:
    """Ink → how much of it a colour lays down, from 0 to 1; inks that it leaves out are left out. Empty for colours
    that are light and no ink, and for registration marks."""
    names = colorants(space)
    if space.partition("/")[0] in ("DeviceGray", "CalGray") or space == "ICCBased/1":
        values = tuple(1 - value for value in values)
    if len(names) != len(values) or set(names) & set(NO_PLATE):
        return {}
    return {name: value for name, value in zip(names, values, strict=True) if value > _TRACE}


def looks_black(inks: Mapping[str, float]) -> bool:
    """Whether the process inks together are as dark as black, whatever they are made of."""
    left = 1 - inks.get("Black", 0)
    return all((1 - inks.get(name, 0)) * left <= _DARKEST for name in PROCESS[:3])
