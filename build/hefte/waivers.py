"""Findings to the same with those waived that the editor lets stand, and waivers that do not hold to findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from hefte import checks
from hefte.model import Finding, LanguageResult, Publication, Severity, Waiver

_OF_VALIDATORS = {"epubcheck": False, "pdf-ua1": False, "ace": True, "axe": True}
"""Findings of outside validators: whether they may be waived. Not where the file itself claims what they deny."""


def applied(publication: Publication, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings; of those waived the severity is a note, nothing is blocked, and the reason stands beside."""
    able = [waiver for waiver in publication.waivers if _may_be_waived(waiver.check)]
    return tuple(_waived(publication, finding, able) for finding in findings)


def refused(publication: Publication) -> tuple[Finding, ...]:
    """An error for each waiver of what may not be waived, or of a check that is none."""
    from hefte.checks.waiver_refused import CHECK

    wrong = [waiver for waiver in publication.waivers if not _may_be_waived(waiver.check)]
    if not wrong:
        return ()
    known = [(waiver, waiver.check in _OF_VALIDATORS or checks.named(waiver.check) is not None) for waiver in wrong]
    return tuple(CHECK.run((known, (*checks.every_id(), *_OF_VALIDATORS))))


def unused(
    publication: Publication, findings: Iterable[Finding], languages: Iterable[str], *, pages: bool, validated: bool
) -> tuple[Finding, ...]:
    """A warning for each waiver that matches none of `findings`, as far as that can be told.

    `languages` are those looked at in whole. `pages`: finished files of every edition were looked at. `validated`: by
    the checks of rendered pages and outside validators too.
    """
    from hefte.checks.waiver_unused import CHECK

    found = [finding for finding in findings if finding.waived is not None]
    idle = [
        waiver for waiver in publication.waivers
        if _may_be_waived(waiver.check) and not any(_matches(publication, waiver, finding) for finding in found)
        and _was_looked_at(publication, waiver, set(languages), pages, validated)
    ]
    return tuple(CHECK.run(idle))


def judged(
    publication: Publication, results: Sequence[LanguageResult], *, every_edition: bool, validated: bool
) -> list[LanguageResult]:
    """The results of a build with waivers applied, and what is to be said of the waivers themselves.

    What is said stands with the first language that was asked for: publication.toml is nobody's alone.
    """
    held = [replace(result, findings=applied(publication, result.findings)) for result in results]
    if not publication.waivers or not held:
        return held
    whole = [result.language for result in held if result.files and not result.failures]
    every = [finding for result in held for finding in result.findings]
    said = (*refused(publication), *unused(publication, every, whole, pages=every_edition, validated=validated))
    first = held[0]
    own = tuple(replace(finding, language=first.language) for finding in said)
    ran = (*first.checks, "waiver-refused", "waiver-unused")
    return [replace(first, findings=(*first.findings, *own), checks=ran), *held[1:]]


def _waived(publication: Publication, finding: Finding, waivers: Sequence[Waiver]) -> Finding:
    for waiver in waivers:
        if _matches(publication, waiver, finding):
            return replace(finding, severity=Severity.NOTE, blocks_release=False, waived=waiver.reason)
    return finding


def _matches(publication: Publication, waiver: Waiver, finding: Finding) -> bool:
    if waiver.check != finding.check or finding.path is None:
        return False
    if waiver.line not in (None, finding.line) or waiver.page not in (None, finding.page):
        return False
    root, path = publication.root, finding.path
    return fnmatchcase((path.relative_to(root) if path.is_relative_to(root) else path).as_posix(), waiver.path)


def _may_be_waived(id: str) -> bool:
    check = checks.named(id)
    return check.waivable if check else _OF_VALIDATORS.get(id, False)


def _was_looked_at(publication: Publication, waiver: Waiver, looked: set[str], pages: bool, validated: bool) -> bool:
    """Whether everything was looked at that the waiver could have matched."""
    check = checks.named(waiver.check)
    parts = waiver.path.split("/")
    source = parts[0] == "chapters"
    part = parts[1] if source and len(parts) > 2 else parts[0]
    named = [name for name in publication.languages if fnmatchcase(name, part)]
    meant = named or list(publication.languages)
    return looked.issuperset(meant) and (source or pages) and (validated or (check is not None and not check.rendered))
