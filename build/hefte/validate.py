"""Turns finished files into what validators of other people's making find in them: EPUBCheck, Ace, page-validation."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hefte.errors import MissingToolError
from hefte.model import Built, Finding, LanguageResult


def files(results: Sequence[LanguageResult], tell: Callable[[str, str], None]) -> list[LanguageResult]:
    """The results with each validator's findings, and its version or why it did not run. The files are seen before
    they are put in place."""
    with tempfile.TemporaryDirectory(prefix="hefte-") as folder:
        laid: dict[Path, Built] = {}
        for built in (built for result in results for built in result.files):
            path = Path(folder) / Path(built.path).name
            path.write_bytes(built.content)
            laid[path] = built
        epubs = [path for path, built in laid.items() if built.edition == "epub"]
        tagged = [path for path, built in laid.items() if built.edition == "screen"]

        def tell_all(said: str) -> None:
            for result in results:
                tell(result.language, said)

        found, validators = run(epubs, tagged, tell_all)
    return [_with(result, laid, found, validators) for result in results]


def run(
    epubs: Sequence[Path], tagged: Sequence[Path], tell: Callable[[str], None]
) -> tuple[Mapping[Path, tuple[Finding, ...]], Mapping[str, str]]:
    """Findings by file, and validator → version or `not run: …`. `tagged` are the PDFs that claim to be PDF/UA."""
    from hefte.tools import ace, epubcheck, page_validation

    found: dict[Path, tuple[Finding, ...]] = {}
    validators: dict[str, str] = {}
    for tool, of in ((epubcheck, epubs), (ace, epubs), (page_validation, tagged)):
        if not of:
            continue
        tell(f"asking {tool.NAME}")
        try:
            findings = tool.check(of)
            validators[tool.NAME] = tool.probe() or "unknown version"
        except MissingToolError as error:
            validators[tool.NAME] = f"not run: {error.what}; {error.remedy}"
            continue
        for path, more in findings.items():
            found[path] = (*found.get(path, ()), *more)
    return found, validators


def _with(
    result: LanguageResult, laid: Mapping[Path, Built], found: Mapping[Path, Iterable[Finding]],
    validators: Mapping[str, str],
) -> LanguageResult:
    more = tuple(
        replace(finding, path=Path(built.path), language=result.language, edition=built.edition)
        for path, built in laid.items() if built.language == result.language for finding in found.get(path, ())
    )
    return replace(result, findings=(*result.findings, *more), validators=validators)
