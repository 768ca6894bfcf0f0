"""What a layout is given besides the book and the theme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hefte.model.book import Story
from hefte.model.look import FontFace
from hefte.model.publication import Edition


@dataclass(frozen=True, slots=True)
class Tongue:
    """One of the publication's languages, as a layout shows it that shows them all."""

    code: str
    """BCP 47."""
    name: str
    """In itself: `українська`."""
    direction: str
    """`ltr` or `rtl`."""
    address: str
    """Where its edition is to be found."""
    families: tuple[str, ...]
    """The fonts that set its name."""
    weight: int
    """The weight of these fonts that is nearest to a strong one."""


@dataclass(frozen=True, slots=True)
class Given:
    """What depends on the edition, and on the publication as a whole."""

    edition: Edition | None = None
    """The first that is made of the pages; None for print."""
    stories: tuple[Story, ...] = ()
    """Those that a layout of chosen words may tell (transforms/excerpts.py)."""
    tongues: tuple[Tongue, ...] = ()
    """Every language, the source language first, for a layout that shows them."""
    faces: Mapping[FontFace, str] = field(default_factory=dict)
    """Faces that their names need and the theme does not have → the letters that each sets."""

    @property
    def name(self) -> str:
        """The edition's."""
        return self.edition.name if self.edition else "print"
