"""Laid-out pages, to those that end far above their foot though their chapter goes on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hefte.checks.frame import Check
from hefte.model import Block, Finding, LaidOut, Page, Severity

_MOST, _MOST_LOOSE = 0.25, 0.5
"""How much of a page may stay empty: of one full of text, and where empty space is part of the look: on a chapter's
first page, and on the loose sheets of two languages side by side, where a row is as high as the longer of them and a
story that moves takes both along."""


def _run(laid: LaidOut) -> Iterator[Finding]:
    for page, following in pairwise(laid.body):
        empty = page.room - page.filled
        if _goes_on(page, following) and empty > _most(page) * page.room:
            left, bottom, right, _ = page.area
            yield CHECK.found(
                f"the lower {100 * empty / page.room:.0f} % of the page are empty, before {_what(following.blocks[0])}",
                page=page.number, box=(left, bottom, right, round(bottom + empty, 2)),
            )


def _most(page: Page) -> float:
    return _MOST if page.side and not page.opens else _MOST_LOOSE


def _goes_on(page: Page, following: Page) -> bool:
    """Whether no chapter ends between them."""
    return bool(page.blocks and following.blocks) and page.blocks[-1].chapter == following.blocks[0].chapter


def _what(block: Block) -> str:
    """What did not fit."""
    if block.story:
        return f"`{block.story}`"
    kinds = {"picture": "a picture", "cell": "a table"}
    return "a call-out" if block.callout else kinds.get(block.kind, "what follows")


CHECK = Check(
    id="page-gap",
    severity=Severity.WARNING,
    title="A page that ends far above its foot",
    rationale=(
        "Where a page breaks off early the reader takes the chapter for finished. It comes of a story, a picture or a "
        "call-out that may not be cut and did not fit."
    ),
    source="layouts/<edition>: `break-inside: avoid`; measured on the shipped pages: 17 % at most on a page full of "
    "text in a brochure, 44 % on a chapter's first",
    remedy="move what did not fit a paragraph or two down in the text, so that words fill the page",
    run=_run,
)
