"""Laid-out pages, to paragraphs whose last line stands alone at the top of one."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.page_alone import alone
from hefte.checks.page_words import quoted
from hefte.model import Finding, LaidOut, Severity


def _run(laid: LaidOut) -> Iterator[Finding]:
    for page, line in alone(laid, first=False):
        what = f"the last line of a paragraph stands alone at the top: {quoted(line.text)}"
        yield CHECK.found(what, page=page.number, box=line.box)


CHECK = Check(
    id="page-widow",
    severity=Severity.WARNING,
    title="A last line alone at the top of a page",
    rationale="It is read without what it ends, and looks like a mistake.",
    source="Bringhurst, The Elements of Typographic Style, 2.4.8; layouts/<edition>: `widows: 2`",
    remedy="let `widows` be 2 or more in the style sheet; else shorten or lengthen a paragraph before it",
    run=_run,
)
