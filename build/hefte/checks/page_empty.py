"""Laid-out pages, to those of a chapter that have almost nothing on them."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.page_words import around
from hefte.model import Finding, LaidOut, Severity


def _run(laid: LaidOut) -> Iterator[Finding]:
    for page in laid.body:
        if not page.blocks:
            yield CHECK.found("the page is empty", page=page.number, box=page.area)
        elif page.lines < laid.least_lines and not page.opens:
            lines = [line for block in page.blocks for line in block.lines]
            yield CHECK.found(
                f"the page has {page.lines} line{'' if page.lines == 1 else 's'}, of {laid.least_lines} at least",
                page=page.number, box=around(lines) or page.area,
            )


CHECK = Check(
    id="page-empty",
    severity=Severity.WARNING,
    title="A page of a chapter that is nearly empty",
    rationale=(
        "A line or two on a page of their own look forgotten, and each reader pays for the paper. Pages for notes are "
        "meant to be empty, and a chapter that is short is as long as it is."
    ),
    source="layouts/<edition>/layout.toml, `least_lines`",
    remedy="shorten the chapter by those lines, or widen the limits of [fitting] in theme.toml",
    run=_run,
)
