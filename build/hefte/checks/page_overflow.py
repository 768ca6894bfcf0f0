"""Laid-out pages, to lines that reach out of their column, or below the room for text."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.page_words import quoted
from hefte.model import Finding, LaidOut, Severity

_TOLERANCE = 1.0
"""pt. A letter may lean out of its own width by less."""


def _run(laid: LaidOut) -> Iterator[Finding]:
    for page in laid.pages:
        for block in page.blocks:
            for line in block.lines:
                out = max(block.box[0] - line.box[0], line.box[2] - block.box[2])
                below = page.area[1] - line.box[1] if block.flows and not page.frame else 0.0
                if max(out, below) > _TOLERANCE:
                    where = f"{out:.0f} pt out of its column" if out > _TOLERANCE else f"{below:.0f} pt too far down"
                    yield CHECK.found(f"a line reaches {where}: {quoted(line.text)}", page=page.number, box=line.box)


CHECK = Check(
    id="page-overflow",
    severity=Severity.ERROR,
    title="A line that reaches out of its column",
    rationale="A long word or address runs over the words beside it, into the fold, or off the paper, without a word.",
    source="issue 4 (overflow); WeasyPrint says nothing of it",
    remedy="put a soft hyphen (U+00AD) where the word may break, or a shorter one in its place",
    run=_run,
)
