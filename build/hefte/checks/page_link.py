"""Laid-out pages, to links that lead to a place which is on none of them."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.page_words import quoted
from hefte.model import Finding, LaidOut, Severity


def _run(laid: LaidOut) -> Iterator[Finding]:
    there = frozenset().union(*(page.anchors for page in laid.pages))
    for page in laid.pages:
        for link in page.links:
            if link.internal and link.target not in there:
                yield CHECK.found(
                    f"the link {quoted(link.text)} leads to #{link.target}, which is on no page", page=page.number,
                    box=link.box,
                )


CHECK = Check(
    id="page-link",
    severity=Severity.ERROR,
    title="A link within the pages that leads nowhere",
    rationale="On a screen nothing happens where one taps. In print the number or name beside it is likely wrong too.",
    source="ISO 32000-1, 12.6.4.2; layouts/<edition>/*.html.j2",
    remedy="give the element that it should lead to this id, or correct the link",
    run=_run,
)
