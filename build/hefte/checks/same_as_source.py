"""A translation to what in it is word for word its source."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check, Version
from hefte.model import Finding, Severity

_ENOUGH = 40
"""Letters. Shorter ones may be a name, or the same words in both languages."""


def find(version: Version) -> Iterator[Finding]:
    """One finding a segment whose target is its source unchanged."""
    own = tuple(
        f"story-{id}." for id, record in version.publication.stories.items()
        if record.language == version.translation.language  # it was told so, and stands so in the source too
    )
    for unit in version.translation.units:
        for pair in unit.pairs:
            same = pair.source and pair.target and pair.source.text == pair.target.text
            told_so = pair.target is not None and pair.target.id.startswith(own)
            if same and pair.target and not told_so and sum(map(str.isalpha, pair.target.text)) >= _ENOUGH:
                yield CHECK.found(f"`{pair.target.id}` is the source text unchanged", place=pair.target.place)


CHECK = Check(
    id="same-as-source",
    severity=Severity.WARNING,
    title="A target that is the source unchanged",
    rationale="Nine times in ten the line was overlooked.",
    source="issue 3, bad input",
    remedy="translate it; if it is a name or a title, mark its language: [words]{lang=nb}",
    run=find,
)
