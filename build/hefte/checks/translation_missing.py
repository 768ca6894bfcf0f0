"""A translation to what is not written in it."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check, Version
from hefte.model import Finding, Place, Severity, State

_MANY = 3
"""Segments of one text. Where more are missing, it has hardly been begun, and one finding says so."""


def find(version: Version) -> Iterator[Finding]:
    """One finding a segment without a target, or one for all of a text; one a text that the language lacks."""
    if version.pinned:
        return
    for unit in version.translation.units:
        if not unit.pairs and unit.state is State.MISSING:
            yield from _whole(version, unit.id)
        missing = [pair for pair in unit.pairs if pair.state is State.MISSING and pair.source]
        shown = missing[:1] if len(missing) > _MANY else missing
        for pair in shown:
            if pair.source:
                place = pair.target.place if pair.target else _beginning(version, pair.source.file)
                more = f" (and {len(missing) - 1} more in {unit.id})" if len(missing) > len(shown) else ""
                said = f"`{pair.source.id}` is not translated: {_short(pair.source.text)}"
                yield CHECK.found(said + more, place=place)


def _whole(version: Version, id: str) -> Iterator[Finding]:
    """A chapter left out on purpose is a warning, in every edition of that language."""
    if version.publication.policy(version.translation.language).missing == "leave-out":
        yield CHECK.found(
            f"the chapter `{id}` is not there and is left out", place=version.place, severity=Severity.WARNING,
            remedy="translate it when there is time: `hefte translate update` makes the file",
        )
    else:
        yield CHECK.found(f"the text `{id}` is not there", place=version.place)


def _beginning(version: Version, file: str) -> Place:
    return Place(version.place.path.parent / file)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


CHECK = Check(
    id="translation-missing",
    severity=Severity.ERROR,
    title="A text that is not translated",
    rationale="A mother would find a gap, or a line in a language that she does not read.",
    source="issue 3, working with translations",
    remedy="translate it; `hefte status --lang LANG` shows all that is missing",
    run=find,
    waivable=False,
)
