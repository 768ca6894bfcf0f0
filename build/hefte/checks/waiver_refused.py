"""A waiver of what may not be waived, or of a check that is none, to a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from hefte.checks.frame import Check
from hefte.model import Finding, Severity, Waiver


def find(subject: tuple[Iterable[tuple[Waiver, bool]], Iterable[str]]) -> Iterator[Finding]:
    """Of waivers (and whether there is such a check) and the ids that there are: one finding each."""
    waivers, ids = subject
    for waiver, known in waivers:
        if known:
            said = f"a finding of `{waiver.check}` cannot be waived"
            yield CHECK.found(said, place=waiver.place, remedy="mend what it finds, and take the waiver out")
        else:
            near = get_close_matches(waiver.check, sorted(ids), 1)
            hint = f"did you mean `{near[0]}`? " if near else ""
            said = f"there is no check `{waiver.check}` to waive a finding of"
            yield CHECK.found(said, place=waiver.place, remedy=f"{hint}docs/checks.md lists them all")


CHECK = Check(
    id="waiver-refused",
    severity=Severity.ERROR,
    title="A waiver that is refused",
    rationale="Consent, signatures, drafts and what a file claims of itself are not the editor's to let stand.",
    source="issue 4: --release is a gate that cannot be talked round",
    remedy="mend what it finds, and take the waiver out",
    run=find,
    waivable=False,
)
