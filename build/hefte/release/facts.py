"""Turns a build that may be published into the facts of its manifest: made of what, by what, signed by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hefte import __version__, checks, dates, digests, freshness
from hefte.model import Built, LanguageResult, Publication
from hefte.release import manifest


def facts(
    publication: Publication, results: Sequence[LanguageResult], whole: Mapping[str, Any],
    contents: Mapping[str, bytes], kept: Mapping[str, Any],
) -> dict[str, Any]:
    """Everything, with its digest. `whole`: report.json; `kept`: what stays of the last release."""
    files = [_file(publication, built) for result in results for built in result.files]
    made = {file["path"] for file in files}
    reports = [
        {"path": path, "size": len(content), "digest": digests.of_bytes(content)}
        for path, content in contents.items() if path not in made
    ]
    languages = {result.language: _language(publication, result, whole) for result in results}
    said: dict[str, Any] = {
        "format": manifest.FORMAT, "hefte": {"version": __version__, "code": digests.of_hefte()},
        "publication": {
            "id": publication.id, "version": publication.version, "date": publication.date.isoformat(),
            "review_by": publication.review_by.isoformat(), "source_language": publication.source_language,
        },
        "released": dates.moment(publication).isoformat(),
        "helplines": [
            {"id": line.id, "number": line.number, "verified_on": line.verified_on and line.verified_on.isoformat()}
            for line in publication.helplines
        ],
        "sources": freshness.source_digests(publication.root),
        "languages": dict(sorted({**kept["languages"], **languages}.items())),
        "files": _sorted(files, kept["files"]), "reports": _sorted(reports, kept["reports"]),
    }
    return {**said, "digest": manifest.digest(said)}


def _sorted(*lists: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted((one for each in lists for one in each), key=lambda one: str(one["path"]))


def _file(publication: Publication, built: Built) -> dict[str, Any]:
    return {
        "path": built.path, "language": built.language, "edition": built.edition, "version": publication.version,
        "pages": built.pages, "size": len(built.content), "digest": digests.of_bytes(built.content),
        "stories": list(built.stories),
    }


def _language(publication: Publication, result: LanguageResult, whole: Mapping[str, Any]) -> dict[str, Any]:
    """Of one language: what it was made from, what looked at it, what was let stand, and who signed."""
    ran = {id for built in result.files for id in built.checks} | {check.id for check in checks.source_checks()}
    return {
        "sources": whole["languages"][result.language]["sources"],
        "validators": dict(sorted(result.validators.items())),
        "checks": sorted(ran),
        "waivers": [
            {"check": finding.check, "message": finding.message, "reason": finding.waived}
            for finding in result.findings if finding.waived
        ],
        "signatures": _signatures(publication, result.language),
        "stories": _approvals(publication, result),
    }


def _signatures(publication: Publication, language: str) -> dict[str, dict[str, str]]:
    """Chapter → who signed the translation that was built; none in the source language."""
    from hefte.translation import versions

    if language == publication.source_language:
        return {}
    units = versions.translation(publication, language).units
    return {
        unit.id: {"by": unit.signature.by, "on": unit.signature.on.isoformat(), "digest": unit.signature.digest}
        for unit in units if unit.signature
    }


def _approvals(publication: Publication, result: LanguageResult) -> dict[str, dict[str, str]]:
    """Story told in the language → what was approved, by whom."""
    told = sorted({id for built in result.files for id in built.stories})
    approved = {id: publication.stories[id].approvals.get(result.language) for id in told if id in publication.stories}
    return {
        id: {"digest": one.digest, "by": one.by, "on": one.on.isoformat() if one.on else ""}
        for id, one in approved.items() if one
    }
