"""How it looks: design tokens, layouts, and the pages that come of them. Lengths in mm or pt as each field says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hefte.model.findings import Place


@dataclass(frozen=True, slots=True)
class Colour:
    """A design token: one colour in both worlds, each value chosen by hand."""

    name: str
    srgb: tuple[int, int, int]
    """0-255."""
    cmyk: tuple[float, float, float, float]
    """Percent of ink."""

    @property
    def hex(self) -> str:
        """`#rrggbb`."""
        return "#{:02x}{:02x}{:02x}".format(*self.srgb)


@dataclass(frozen=True, slots=True)
class FontFace:
    """One font file of a declared family."""

    family: str
    weight: int
    style: str
    """`normal` or `italic`."""
    file: Path
    """Absolute."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The shared design tokens: layouts/shared/theme.toml."""

    colours: Mapping[str, Colour]
    faces: tuple[FontFace, ...]
    roles: Mapping[str, str]
    """`text`, `display`, `story` → family."""
    tokens: Mapping[str, str]
    """Sizes and spaces by name, as CSS values."""
    place: Place


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where one page of the printed edition begins, for the ebook's page list."""

    label: str
    """The page's number as printed or counted: `1` is the cover."""
    key: str
    """data-key of the block the page begins in; or `@cover`, `@colophon`, `@contents`, `@help`, `@back-cover`,
    `@filler` for a page of the frame."""
    offset: int = 0
    """How many characters of that block, white space not counted, stand on earlier pages."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an edition is, apart from how it looks: layouts/<edition>/layout.toml."""

    front: tuple[str, ...]
    """Pages before the body, one name a page."""
    tail: tuple[str, ...]
    """Pages after it."""
    fillers: tuple[tuple[str, ...], ...]
    """Which pages to add when one is missing to a full signature, when two are, …"""
    signature: int
    """The page count is a multiple of this."""
    panels: Mapping[str, float]
    """Fixed panel → how far down its page its text may reach, mm from the trim's top."""


@dataclass(frozen=True, slots=True)
class Overflow:
    """A fixed panel whose text does not fit."""

    panel: str
    page: int
    """The page that it stands on, from 1."""
    what: str
    """How far it runs over."""
    remedy: str


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What the frame of a brochure must know of the laid-out body."""

    pages: int
    """How many pages the chapters take."""
    starts: Mapping[str, int]
    """Anchor (a chapter's id, say) → the page that it stands on."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One language as HTML and CSS, ready for the page renderer.

    The body (the chapters) comes first; the frame (cover, contents, last pages) is made once the body's page numbers
    are
    known. So the contents tell the truth after one layout, where `target-counter` would lay everything out again.
    """

    css: str
    body: str
    frame: Callable[[BodyFacts], str]
    settings: Settings
