"""A translation to the links, records, citations and notes of its source that it lacks, or has and should not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hefte.checks.frame import Check, Version
from hefte.model import Finding, Severity, State
from hefte.protected import tokens


def find(version: Version) -> Iterator[Finding]:
    """One finding a token of a segment that is not stale: those are worked over anyway. The order is free."""
    for unit in version.translation.units:
        for pair in unit.pairs:
            if pair.state is State.STALE or not (pair.source and pair.target and pair.target.text):
                continue
            source, target = tokens(pair.source.text), tokens(pair.target.text)
            for said, more in (("has lost", source - target), ("has what its source has not:", target - source)):
                for token, count in Counter(more).items():
                    times = f" ({count} times)" if count > 1 else ""
                    yield CHECK.found(f"`{pair.target.id}` {said} `{token}`{times}", place=pair.target.place)


CHECK = Check(
    id="token-lost",
    severity=Severity.ERROR,
    title="A link, number, citation or note that the translation has lost",
    rationale="A mother who reads this language would not get the number to call, or another one.",
    source="issue 3, protected tokens",
    remedy="put it in as the source has it; where in the sentence is free",
    run=find,
)
