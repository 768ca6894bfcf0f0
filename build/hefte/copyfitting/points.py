"""Pages and the sizes that they are set with, to the points off: what a designer would dislike in them, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from hefte.model import Settings
from hefte.model.fitting import PARTS, Fitting, Score
from hefte.model.flow import SetPage

Sizes = Mapping[str, Decimal]
"""Token → its value, in the theme's own points."""


def fillers(body: int, settings: Settings) -> int:
    """How many pages are missing to a full signature around so many pages of chapters."""
    return -(len(settings.front) + body + len(settings.tail)) % settings.signature


def parts(pages: Sequence[SetPage], settings: Settings, distance: float) -> dict[str, float]:
    """Points off for each thing, of those that there are any for."""
    score = settings.score
    points = dict.fromkeys(PARTS, 0.0)
    points["distance"] = distance
    points["filler"] = score.filler * fillers(len(pages), settings)
    for page in pages:
        for name, off in _of_page(page, score, settings.least_lines).items():
            points[name] += off
    first = len(settings.front) + 1
    bound = settings.signature > 1
    points["spread"] = sum(
        score.spread * abs(left.filled - right.filled)
        for number, (left, right) in enumerate(pairwise(pages), first)
        if bound and number % 2 == 0 and left.chapter == right.chapter and left.goes_on and right.goes_on
    )
    return {name: round(off, 2) for name, off in points.items() if round(off, 2)}


def of_pages(pages: Sequence[SetPage], settings: Settings) -> float:
    """Points off for some pages, each by itself."""
    return sum(sum(_of_page(page, settings.score, settings.least_lines).values()) for page in pages)


def _of_page(page: SetPage, score: Score, least: int) -> dict[str, float]:
    """What is wrong with a page by itself."""
    off = {"scrap": score.scrap * page.scraps, "cut": score.cut * page.cut}
    if page.lines < least and not page.opens:
        off["thin"] = score.thin
    if page.under_heading is not None and page.under_heading < score.heading_lines:
        off["heading"] = score.heading
    if page.goes_on:
        off["gap"] = score.gap * max(0.0, 1 - page.filled - score.gap_from)
        if not page.opens and 1 - page.filled > score.hole_from:
            off["hole"] = score.hole
    elif score.ending_from:
        off["ending"] = score.ending * max(0.0, 1 - page.filled / score.ending_from)
    return off


def distance(sizes: Sizes, own: Sizes, fitting: Fitting, score: Score) -> float:
    """Points off for being away from the designer's own sizes."""
    off = 0.0
    for name, limits in fitting.limits.items():
        reach = limits.most - own[name] if sizes[name] > own[name] else own[name] - limits.least
        off += float(abs(sizes[name] - own[name]) / reach) if reach > 0 else 0.0
    return score.distance * off
