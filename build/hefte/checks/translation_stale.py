"""A translation to what in it has not followed its source."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check, Version
from hefte.model import Finding, Severity, State


def find(version: Version) -> Iterator[Finding]:
    """One finding a segment whose source has changed since; of a pinned language one in all."""
    if version.pinned:
        yield CHECK.found(
            f"the source has changed; built from the texts as they were on {version.pinned.isoformat()}",
            place=version.place, severity=Severity.WARNING,
            remedy="bring the translation up to date: `hefte status --lang LANG` shows what has changed",
        )
        return
    block = version.publication.policy(version.translation.language).stale != "warn"
    severity = Severity.ERROR if block else Severity.WARNING
    for unit in version.translation.units:
        for pair in unit.pairs:
            if pair.state is State.STALE and pair.target:
                said = "has changed since it was translated" if pair.source else "is no longer there"
                id = pair.source.id if pair.source else pair.target.id
                yield CHECK.found(
                    f"the source of `{id}` {said}", place=pair.target.place, severity=severity, blocks_release=True,
                )


CHECK = Check(
    id="translation-stale",
    severity=Severity.ERROR,
    title="A translation that has not followed its source",
    rationale="A mother reads what the editor has since corrected.",
    source="issue 3; publication.toml `[translation] stale`",
    remedy="see both with `hefte status --lang LANG`, mend the translation, then `hefte translate record`",
    run=find,
    waivable=False,
)
