"""Laid-out pages, to stories that are cut in two by the turn of the leaf, or that leave a line or two on one side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hefte.checks.frame import Check
from hefte.checks.page_words import around
from hefte.model import Block, Finding, LaidOut, Page, Severity

_LEAST = 3
"""Lines of a story on either side of the fold."""


def _run(laid: LaidOut) -> Iterator[Finding]:
    told: dict[str, list[tuple[Page, list[Block]]]] = {}
    for page in laid.pages:
        for story in dict.fromkeys(block.story for block in page.blocks if block.story):
            told.setdefault(story, []).append((page, [block for block in page.blocks if block.story == story]))
    for story, parts in told.items():
        for (page, blocks), (other, rest) in pairwise(parts):
            what = _wrong(page, blocks, other, rest)
            if what:
                lines = [line for block in blocks for line in block.lines]
                yield CHECK.found(f"`{story}` {what}", page=page.number, box=around(lines))
                break


def _wrong(page: Page, blocks: list[Block], other: Page, rest: list[Block]) -> str:
    """What is wrong where a story goes on from one page to the next. From verso to recto it may: both are in sight."""
    if page.side != "verso":
        return f"is cut in two by the turn from page {page.number} to page {other.number}"
    for where, part in ((page, blocks), (other, rest)):
        lines = _lines(part)
        if lines < _LEAST:
            return f"leaves {lines} line{'' if lines == 1 else 's'} on page {where.number}"
    return ""


def _lines(blocks: list[Block]) -> int:
    """In the fuller column."""
    columns = {block.column for block in blocks}
    return max(sum(block.worth for block in blocks if block.column == column) for column in columns)


CHECK = Check(
    id="page-story-cut",
    severity=Severity.WARNING,
    title="A story cut in two",
    rationale=(
        "A story is read in one go, or not at all. Over the fold of a spread it may go on, three lines or more on each "
        "side; where the leaf is turned, what moved the reader is out of sight before it is over."
    ),
    source="issue 4 (a spread with a story cut in two); layouts/<edition>: `break-inside: avoid`",
    remedy="move the story a paragraph up or down in the text, or shorten what stands before it",
    run=_run,
)
