"""Turns a PDF's colour spaces into the names of their families."""

from __future__ import annotations

from typing import Any

import pikepdf

_DEEPEST = 20
_DEFAULTS = {"DeviceRGB": "/DefaultRGB", "DeviceGray": "/DefaultGray", "DeviceCMYK": "/DefaultCMYK"}


def space_name(space: Any, resources: Any, depth: int = 0) -> str:
    """A colour space's family as `Paint.space` has it; a name is looked up in `resources`."""
    if isinstance(space, pikepdf.Name):
        known = resources.get("/ColorSpace", {}) if depth < _DEEPEST else {}
        if space in known:
            return space_name(known[space], resources, depth + _DEEPEST)
        return default_space(str(space).removeprefix("/"), resources)
    family = str(space[0]).removeprefix("/")
    if family == "ICCBased":
        return f"ICCBased/{int(space[1].N)}"
    if family == "Separation":
        return f"Separation/{str(space[1]).removeprefix('/')}"
    if family == "DeviceN":
        return "DeviceN/" + "+".join(str(one).removeprefix("/") for one in space[1])
    if family == "Indexed":
        return space_name(space[1], resources, depth + 1)
    return family


def default_space(space: str, resources: Any) -> str:
    """A device space, or what /DefaultRGB and its like put in its place (ISO 32000-1, 8.6.5.6)."""
    default = _DEFAULTS.get(space)
    spaces = resources.get("/ColorSpace", {})
    if default is None or default not in spaces or isinstance(spaces[default], pikepdf.Name):
        return space
    return space_name(spaces[default], resources, _DEEPEST)
