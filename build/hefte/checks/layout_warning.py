"""What WeasyPrint complained of while it laid out the pages, to findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hefte.checks.frame import Check
from hefte.model import Finding, Severity


def _run(complaints: Iterable[str]) -> Iterator[Finding]:
    for said in complaints:
        yield CHECK.found(f"WeasyPrint: {said.rstrip('.')}")


CHECK = Check(
    id="layout-warning",
    severity=Severity.ERROR,
    title="A complaint of the layout engine",
    rationale="A style that is passed over, a missing glyph or picture: it would be printed 5,000 times.",
    source="WeasyPrint's log",
    remedy="mend the style sheet, template or font that it names",
    run=_run,
)
