"""Laid-out pages, to words broken where the leaf is turned, and to ladders of hyphens."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from hefte.checks.frame import Check
from hefte.checks.page_words import around, quoted
from hefte.model import Finding, LaidOut, Page, Severity

_MOST = 3
"""Lines one below the other that may end in a broken word."""


def _run(laid: LaidOut) -> Iterator[Finding]:
    for page in laid.pages:
        yield from _at_the_foot(page)
        yield from _ladders(page)


def _at_the_foot(page: Page) -> Iterator[Finding]:
    """Within a spread the other half of the word is in sight."""
    if page.side == "verso":
        return
    for block in page.blocks:
        if block.continues and block.lines and block.lines[-1].hyphenated:
            line = block.lines[-1]
            yield CHECK.found(
                f"a word is broken where the leaf is turned: {quoted(line.text.split()[-1])}", page=page.number,
                box=line.box,
            )


def _ladders(page: Page) -> Iterator[Finding]:
    for block in page.blocks:
        for hyphenated, group in groupby(block.lines, key=lambda line: line.hyphenated):
            lines = list(group)
            if hyphenated and len(lines) > _MOST:
                yield CHECK.found(
                    f"{len(lines)} lines one below the other end in a broken word", page=page.number, box=around(lines)
                )


CHECK = Check(
    id="page-hyphen",
    severity=Severity.WARNING,
    title="A word broken over the turn of the leaf, or a ladder of hyphens",
    rationale="Half a word has to be kept in mind while the leaf is turned. Hyphens in a row lead the eye astray.",
    source="Bringhurst, The Elements of Typographic Style, 2.4.3 and 2.4.10",
    remedy="change a word of the paragraph, or put a no-break space before the word that breaks",
    run=_run,
)
