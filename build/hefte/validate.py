"""Turns finished files into what validators of other people's making find in them: EPUBCheck, Ace, page-validation."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hefte.errors import MissingToolError
from hefte.model import Built, Finding, LanguageResult


def files(results: Sequence[LanguageResult], tell: Callable[[str, str], None]) -> list[LanguageResult]:
    """The results with what EPUBCheck and Ace find in each EPUB, and their versions or why they did not run.

    The files are seen before they are put in place.
    """
    with tempfile.TemporaryDirectory(prefix="hefte-") as folder:
        laid: dict[Path, Built] = {}
        for built in (built for result in results for built in result.files):
            path = Path(folder) / Path(built.path).name
            path.write_bytes(built.content)
            laid[path] = built
        epubs = [path for path, built in laid.items() if built.edition == "epub"]

        def tell_all(said: str) -> None:
            for result in results:
                tell(result.language, said)

        found, validators = run(epubs, [], tell_all)
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
    return replace(result, findings=(*result.findings, *more), validators={**result.validators, **validators})


def tagged(content: bytes) -> tuple[tuple[Finding, ...], Mapping[str, str]]:
    """What page-validation finds in the bytes of a PDF that claims to be PDF/UA-1, and its version.

    It is a library and quick: no such claim leaves the house unseen.
    """
    with tempfile.TemporaryDirectory(prefix="hefte-") as folder:
        path = Path(folder) / "tagged.pdf"
        path.write_bytes(content)
        found, validators = run([], [path], lambda said: None)
    return found.get(path, ()), validators


def sees_epubs() -> bool:
    """Whether both validators of EPUBs can run here: only then may a book claim what they check."""
    from hefte.tools import ace, epubcheck

    return ace.probe() is not None and epubcheck.probe() is not None
