"""Where the layouts, fonts and profiles that ship with hefte lie: in the wheel, or in the checkout it runs from."""

from __future__ import annotations

from pathlib import Path

PROFILE = Path("icc/ISOcoated_v2_300_bas.icc")
"""The output profile where publication.toml names none, below `assets()`: coated paper, FOGRA39, 300 % ink."""


def layouts() -> Path:
    """The folder of layouts, one folder an edition and `shared/`."""
    return _shipped("layouts")


def assets() -> Path:
    """The folder of fonts, images and ICC profiles."""
    return _shipped("assets")


def _shipped(name: str) -> Path:
    package = Path(__file__).resolve().parent
    within = package / name
    return within if within.is_dir() else package.parents[1] / name
