"""A translation to what in it nobody has confirmed: fuzzy, or without a record of its source."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check, Version
from hefte.model import Finding, Severity, State

_SAID = {State.FUZZY: "is marked as unsure", State.UNRECORDED: "has no record of the source text it is made from"}


def find(version: Version) -> Iterator[Finding]:
    """One finding a unit and state, at its first segment."""
    for unit in version.translation.units:
        for state, said in _SAID.items():
            pairs = [pair for pair in unit.pairs if pair.state is state and pair.target]
            if pairs and (first := pairs[0].target):
                more = f" (and {len(pairs) - 1} more in {unit.id})" if len(pairs) > 1 else ""
                yield CHECK.found(f"`{first.id}` {said}{more}", place=first.place, blocks_release=True)


CHECK = Check(
    id="translation-unconfirmed",
    severity=Severity.WARNING,
    title="A translation that nobody has confirmed",
    rationale="What a machine filled in, or what was made from an unknown state of the source, may say something else.",
    source="issue 3, working with translations; gettext, fuzzy entries",
    remedy="compare it with the source, then `hefte translate record`",
    run=find,
    waivable=False,
)
