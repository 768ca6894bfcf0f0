"""Laid-out pages, to paragraphs whose first line stands alone at the foot of one."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.page_alone import alone
from hefte.checks.page_words import quoted
from hefte.model import Finding, LaidOut, Severity


def _run(laid: LaidOut) -> Iterator[Finding]:
    for page, line in alone(laid, first=True):
        what = f"the first line of a paragraph stands alone at the foot: {quoted(line.text)}"
        yield CHECK.found(what, page=page.number, box=line.box)


CHECK = Check(
    id="page-orphan",
    severity=Severity.WARNING,
    title="A first line alone at the foot of a page",
    rationale="A thought that is torn off after a line is read twice: before the leaf is turned, and after.",
    source="layouts/<edition>: `orphans: 2`; issue 4 (widows, orphans)",
    remedy="let `orphans` be 2 or more in the style sheet; else shorten or lengthen a paragraph before it",
    run=_run,
)
