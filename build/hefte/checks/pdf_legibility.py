"""Turns two pictures of a page, with its words and without them, into how well each piece of text stands out.

What is behind a letter is what the page shows there when the letter is not drawn: a photograph, a tint, a watermark.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hefte.checks.pdf_geometry import Box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    Whole = NDArray[np.uint32]

Colour = tuple[int, int, int]

ENOUGH, ENOUGH_LARGE = 4.5, 3.0
"""WCAG 2.1, 1.4.3: the contrast that text needs."""
_LARGE_PT, _LARGE_BOLD_PT = 18, 14
_BOLD, _HALF_BOLD = ("bold", "black", "heavy"), ("semibold", "demibold", "semi-bold", "demi-bold")
_WORST = 0.1
"""Of a text's letters may stand on a worse ground than the one that it is judged by: the border of a shape that a
letter crosses."""
_SAME = 8
"""Steps of 255 between two colours that nobody tells apart."""
_FULLY = 0.9
"""How much of the way from the ground to the text's own colour its darkest pixel comes, where nothing veils it."""


@dataclass(frozen=True, slots=True)
class Legible:
    """A piece of text as it is seen."""

    box: Box
    size: float
    """In points."""
    large: bool
    """Whether WCAG calls it large."""
    ink: Colour
    ground: Colour
    """That of the worst tenth of its letters."""
    contrast: float
    """From 1 to 21, of the colours."""
    grey: float
    """The same of the greys that a black-and-white printer makes of them."""
    said: str = ""
    """What it says, where that was asked for."""

    @property
    def enough(self) -> float:
        """The contrast that it needs."""
        return ENOUGH_LARGE if self.large else ENOUGH


def is_large(size: float, font: str) -> bool:
    """WCAG 2.1, large scale: 18 points, or 14 in bold. Semibold is not bold there (700)."""
    name = font.casefold()
    bold = any(word in name for word in _BOLD) and not any(word in name for word in _HALF_BOLD)
    return size >= (_LARGE_BOLD_PT if bold else _LARGE_PT) - 0.05


@dataclass(frozen=True, slots=True)
class View:
    """A page seen with its words and without."""

    inked: Whole
    bare: Whole
    """Pixels, each as one number; see `whole`."""
    differs: NDArray[np.bool_]
    """Where the two are not the same: where letters are."""

    def cut(self, rows: slice, columns: slice) -> View:
        """A part of it."""
        return View(self.inked[rows, columns], self.bare[rows, columns], self.differs[rows, columns])


def view(inked: Pixels, bare: Pixels) -> View:
    """A page from its two pictures (tools/pdfium.pixels)."""
    import numpy as np

    one, other = (np.ascontiguousarray(picture).view(np.uint32)[..., 0] for picture in (inked, bare))
    return View(one, other, one != other)


def vanishes(piece: Any, seen: View) -> bool:
    """Whether some of a piece's letters may stand on a ground of their own colour, where the two pictures are alike."""
    import numpy as np

    if piece.colour is None or not seen.inked.size:
        return False
    own = np.array([*piece.colour, 255], np.uint8).view(np.uint32)[0]
    return bool((seen.bare == own).mean() >= _WORST)


def measured(piece: Any, seen: View) -> Legible | None:
    """How a piece of text (tools/pdfium_words.Words) stands out in the view of its box. None where it is not to be
    seen, having been covered."""
    import numpy as np

    if not seen.inked.size:
        return None
    below = seen.bare[seen.differs]
    if not below.size:
        ground = np.median(_parts(seen.bare.ravel()), axis=0)
        hidden = piece.colour is not None and np.abs(ground - piece.colour).max() <= _SAME
        return _legible(piece, piece.colour, _rounded(ground)) if hidden else None
    ink = _ink(piece, seen.inked[seen.differs], below)
    if (below == below[0]).all():
        return _legible(piece, ink, _rounded(_parts(below[:1])[0]))
    grounds = _parts(below[:: max(1, len(below) // 4096)]).astype(float)
    contrasts = contrast(luminance(ink), luminance(grounds))
    worst = grounds[contrasts.argsort()[int(_WORST * (len(grounds) - 1))]]
    return _legible(piece, ink, _rounded(worst))


def _parts(whole: Any) -> Any:
    """Pixels that are one number each to red, green and blue."""
    import numpy as np

    return np.ascontiguousarray(whole).view(np.uint8).reshape(-1, 4)[:, :3]


def _ink(piece: Any, letters: Any, below: Any) -> Colour:
    """The colour of the letters: what the file says, where the pixels bear it out; else the pixel that differs most.
    Pixels alone will not do: of a thin stroke none is covered whole."""
    import numpy as np

    own: Colour | None = piece.colour
    if own is not None and not piece.veiled:
        return own
    seen, grounds = _parts(letters).astype(np.int16), _parts(below).astype(np.int16)
    at = int(np.abs(seen - grounds).sum(axis=1).argmax())
    if own is None:
        return _rounded(seen[at])
    way = np.abs(np.asarray(own) - grounds[at]).max()
    return _rounded(seen[at]) if way > _SAME and np.abs(seen[at] - grounds[at]).max() < _FULLY * way else own


def _legible(piece: Any, ink: Colour, ground: Colour) -> Legible:
    ratio, in_grey = _ratios(ink, ground)
    return Legible(
        box=tuple(round(at, 1) for at in piece.box), size=round(piece.size, 1),
        large=is_large(piece.size, piece.font), ink=ink, ground=ground, contrast=ratio, grey=in_grey,
    )


@functools.lru_cache(maxsize=4096)
def _ratios(ink: Colour, ground: Colour) -> tuple[float, float]:
    """The contrast of two colours, and of their greys."""
    colours = float(contrast(luminance(ink), luminance(ground)))
    return colours, float(contrast(luminance(grey(ink)), luminance(grey(ground))))


def luminance(colours: Any) -> Any:
    """Relative luminance, from 0 to 1 (WCAG 2.1, relative luminance), of colours whose last axis is red, green, blue
    from 0 to 255."""
    import numpy as np

    parts = np.asarray(colours, float) / 255
    linear = np.where(parts <= 0.03928, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def contrast(one: Any, other: Any) -> Any:
    """The contrast ratio of two luminances (WCAG 2.1, contrast ratio), each to each."""
    import numpy as np

    return (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)


def grey(colours: Any) -> Any:
    """What a black-and-white printer makes of colours (ISO 32000-1, 10.3.2), as red, green and blue that are alike."""
    import numpy as np

    level = np.asarray(colours, float) @ np.array([0.3, 0.59, 0.11])
    return np.repeat(level[..., np.newaxis], 3, axis=-1)


def _rounded(colour: Any) -> Colour:
    red, green, blue = (round(float(part)) for part in colour)
    return red, green, blue
