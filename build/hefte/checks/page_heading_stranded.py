"""Laid-out pages, to headings at their foot that what they announce has left, or a part of themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from hefte.checks.frame import Check
from hefte.checks.page_words import around, quoted
from hefte.model import Block, Finding, LaidOut, Severity

_LEAST = 2
"""Lines that must follow a heading on its page."""


def _run(laid: LaidOut) -> Iterator[Finding]:
    for page, following in zip_longest(laid.body, laid.body[1:]):
        for column in page.columns:
            after = _same(following.columns, column) if following else ()
            for at, block in enumerate(column):
                what = _wrong(block, column[at + 1 :], after)
                if what:
                    yield CHECK.found(
                        f"the heading {quoted(block.text)} {what}", page=page.number, box=around(block.lines),
                    )


def _wrong(block: Block, below: Sequence[Block], after: Sequence[Block]) -> str:
    """What is wrong with a heading that more comes of on the next page; empty if nothing is."""
    if block.kind != "heading":
        return ""
    if block.continues:
        return "is broken, and ends on the next page"
    lines = _left_alone(block, below, after)
    return "" if lines is None else f"stands at the foot with {'one' if lines else 'no'} line of what it announces"


def _left_alone(block: Block, below: Sequence[Block], after: Sequence[Block]) -> int | None:
    """How many lines follow a heading on its page, where that is too few and more come on the next one."""
    section = _section(block, below)
    lines = sum(each.worth for each in section if each.kind != "heading")
    goes_on = len(section) == len(below) and bool(_section(block, after))
    return lines if goes_on and lines < _LEAST else None


def _section(heading: Block, blocks: Sequence[Block]) -> list[Block]:
    """What belongs to a heading: all until another that is as high, or another chapter."""
    found = []
    for block in blocks:
        if block.chapter != heading.chapter or (block.kind == "heading" and block.level <= heading.level):
            break
        found.append(block)
    return found


def _same(columns: Sequence[Sequence[Block]], column: Sequence[Block]) -> Sequence[Block]:
    """The column of the next page that a column goes on in."""
    return next((other for other in columns if other and column and other[0].column == column[0].column), ())


CHECK = Check(
    id="page-heading-stranded",
    severity=Severity.WARNING,
    title="A heading at the foot of a page, its text on the next",
    rationale="A heading says what comes. At the foot of a page it says it of nothing.",
    source="layouts/<edition>: `break-after: avoid`; issue 4 (stranded headings)",
    remedy="let the style sheet keep it with two lines of what follows; else shorten or lengthen a paragraph before it",
    run=_run,
)
