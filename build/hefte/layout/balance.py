"""A heading to one whose lines are alike in length, and to the largest size at which its words fit: the page renderer
breaks a line where it is full, and leaves a last word alone."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from hefte.model import Theme

_PT_PER_MM = 72 / 25.4
_SURE = 0.985
"""How much of a line may be reckoned with: the renderer kerns and rounds a little otherwise."""
_NO_BREAK = "\N{NO-BREAK SPACE}"
_STEP = 0.5


def balanced(text: str, theme: Theme, width_mm: float, size_pt: float, role: str, weight: int) -> str:
    """The text with no-break spaces where its lines shall not be broken, so that they are as many as before and as
    alike as can be. `width_mm`: of the column; `role` and `weight`: what sets it. One that fits a line stays."""
    words = text.split(" ")
    room = width_mm * _PT_PER_MM * _SURE
    widths = [_width(word, theme, role, weight) * size_pt for word in words]
    blank = _width(" ", theme, role, weight) * size_pt
    count = len(_broken(widths, blank, room))
    if count == 1 or max(widths) > room:
        return text
    # Every width at which a line may just end; the least that needs no line more.
    spans = [(first, last) for last in range(1, len(words) + 1) for first in range(last)]
    ends = sorted({sum(widths[first:last]) + blank * (last - first - 1) for first, last in spans})
    least = next(end for end in ends if end >= max(widths) and len(_broken(widths, blank, end)) <= count)
    starts = [*_broken(widths, blank, least), len(words)]
    return " ".join(_NO_BREAK.join(words[start:end]) for start, end in pairwise(starts))


def largest(text: str, theme: Theme, width_mm: float, ways: list[tuple[float, int]], role: str, weight: int) -> float:
    """The largest size, pt, at which the text fits one of the `ways`: a size at most, and how many lines. A way may
    shrink its text down to the most of the next one; the last as far as it must, in steps of half a point."""
    for at, (most, lines) in enumerate(ways):
        least = ways[at + 1][0] if at + 1 < len(ways) else 6.0
        size = most
        while size > least:
            if _fits(text, theme, width_mm, size, lines, role, weight):
                return size
            size -= _STEP
    return max(6.0, size)


def _fits(text: str, theme: Theme, width_mm: float, size: float, lines: int, role: str, weight: int) -> bool:
    room = width_mm * _PT_PER_MM * _SURE
    widths = [_width(word, theme, role, weight) * size for word in text.split(" ")]
    return max(widths) <= room and len(_broken(widths, _width(" ", theme, role, weight) * size, room)) <= lines


def _broken(widths: list[float], blank: float, room: float) -> list[int]:
    """The number of the word that each line begins with, each line filled as far as it goes."""
    starts, used = [0], widths[0]
    for number, width in enumerate(widths[1:], 1):
        if used + blank + width > room + 1e-6:
            starts.append(number)
            used = width
        else:
            used += blank + width
    return starts


def _width(text: str, theme: Theme, role: str, weight: int) -> float:
    """Of a text in ems, set in the role's own family."""
    family, nearest = theme.roles[role], theme.weight(role, weight)
    file = next((
        face.file for face in theme.faces
        if face.family == family and face.weight == nearest and face.style == "normal"
    ), None)
    return 0.5 * len(text) if file is None else _measured(text, file)


@lru_cache(maxsize=4096)
def _measured(text: str, file: Path) -> float:
    import uharfbuzz as hb

    font, units = _font(file)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    return float(sum(each.x_advance for each in buffer.glyph_positions or ())) / units  # none of no letters


@lru_cache(maxsize=16)
def _font(file: Path) -> tuple[Any, int]:
    import uharfbuzz as hb

    face = hb.Face(hb.Blob.from_file_path(str(file)))
    return hb.Font(face), face.upem
