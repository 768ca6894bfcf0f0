"""Laid-out pages, to call-outs that are cut in two by the turn of the leaf, or that leave a line or two on one side."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.page_parts import cut
from hefte.checks.page_words import around, quoted
from hefte.model import Finding, LaidOut, Severity


def _run(laid: LaidOut) -> Iterator[Finding]:
    for _, how, page, blocks in cut(laid, lambda block: block.callout):
        lines = [line for block in blocks for line in block.lines]
        begins = quoted(lines[0].text) if lines else "with a picture"
        yield CHECK.found(f"the call-out {begins} {how}", page=page.number, box=around(lines))


CHECK = Check(
    id="page-callout-cut",
    severity=Severity.WARNING,
    title="A call-out cut in two",
    rationale=(
        "A call-out is what a reader in a hurry finds: what to remember, when to call for help. In two pieces half of "
        "it is missed, and its frame is open at one end."
    ),
    source="layouts/<edition>: `.callout`, `break-inside: avoid`; page-story-cut for what may go on over a fold",
    remedy="shorten it, or move it a paragraph up or down in the text",
    run=_run,
)
