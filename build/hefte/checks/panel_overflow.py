"""The laid-out fixed panels (cover, contents, help …), to those whose text does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hefte.checks.frame import Check
from hefte.model import Finding, Overflow, Severity


def _run(overflows: Iterable[Overflow]) -> Iterator[Finding]:
    for one in overflows:
        whose = f" in {one.language}" if one.language else ""
        yield CHECK.found(f"the fixed panel {one.panel}{whose} {one.what}", page=one.page, remedy=one.remedy)


CHECK = Check(
    id="panel-overflow",
    severity=Severity.ERROR,
    title="A fixed panel whose text does not fit",
    rationale="WeasyPrint lets text run over a panel's edge, or onto one more page, without a word.",
    source="layouts/<edition>/layout.toml, [panels]",
    remedy="shorten the text of this page",
    run=_run,
)
