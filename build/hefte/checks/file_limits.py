"""A look at a named file that had to be stopped, to the finding that says how far it came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hefte.checks.frame import Check
from hefte.model import Finding, Severity


def _run(stopped: tuple[str, Sequence[str]]) -> Iterator[Finding]:
    why, done = stopped
    yield CHECK.found(f"looking at it {why}, after {len(done)} of the checks; the last that ended was {done[-1]}")


CHECK = Check(
    id="file-limits",
    severity=Severity.ERROR,
    title="A look that had to be stopped",
    rationale="A file can be made so that whoever opens it runs out of memory or waits for ever. What was not looked "
    "at is not known to be right.",
    source="docs/commands.md, limits",
    remedy="ask whoever sent it what it holds, and have it exported anew with smaller pictures or in parts",
    run=_run,
    waivable=False,
)
