"""Laid-out pages, to stories that are cut in two by the turn of the leaf, or that leave a line or two on one side."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.page_parts import cut
from hefte.checks.page_words import around
from hefte.model import Finding, LaidOut, Severity


def _run(laid: LaidOut) -> Iterator[Finding]:
    for story, how, page, blocks in cut(laid, lambda block: block.story):
        lines = [line for block in blocks for line in block.lines]
        yield CHECK.found(f"`{story}` {how}", page=page.number, box=around(lines))


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
