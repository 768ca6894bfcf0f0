"""Laid-out pages to what of each of them belongs together, and to what is wrong where that goes on on another page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from hefte.model import Block, LaidOut, Page

LEAST = 3
"""Lines of what belongs together, on either side of the fold."""


def cut(laid: LaidOut, of: Callable[[Block], str]) -> Iterator[tuple[str, str, Page, list[Block]]]:
    """What is cut, once each: its name, how, and the page and blocks before the cut. `of` names what a block belongs
    to; empty where that is nothing."""
    told: dict[str, list[tuple[Page, list[Block]]]] = {}
    for page in laid.pages:
        for name in dict.fromkeys(of(block) for block in page.blocks if of(block)):
            told.setdefault(name, []).append((page, [block for block in page.blocks if of(block) == name]))
    for name, parts in told.items():
        for (page, blocks), (other, rest) in pairwise(parts):
            how = _wrong(page, blocks, other, rest)
            if how:
                yield name, how, page, blocks
                break


def _wrong(page: Page, blocks: list[Block], other: Page, rest: list[Block]) -> str:
    """What is wrong where something goes on from one page to the next. From verso to recto it may: both are seen."""
    if page.side != "verso":
        return f"is cut in two by the turn from page {page.number} to page {other.number}"
    for where, part in ((page, blocks), (other, rest)):
        lines = _lines(part)
        if lines < LEAST:
            return f"leaves {lines} line{'' if lines == 1 else 's'} on page {where.number}"
    return ""


def _lines(blocks: list[Block]) -> int:
    """In the fuller column."""
    columns = {block.column for block in blocks}
    return max(sum(block.worth for block in blocks if block.column == column) for column in columns)
