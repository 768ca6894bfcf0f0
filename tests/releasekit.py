"""Makes releases of a small publication from files that nobody laid out: what a release does with them is seen."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import buildkit
from hefte import digests, freshness, pipeline, publication, report
from hefte.model import Built, LanguageResult
from hefte.release import verify
from hefte.wishes import Wishes

PAGE = (Path(__file__).parent / "fixtures" / "pdf" / "plain.pdf").read_bytes()
NOW = "1796212800"
"""2026-12-02, noon, UTC."""
VALIDATORS = {"page-validation": "0.11.0"}


def tiny(folder: Path, *languages: str) -> Path:
    """The publication that `hefte new` makes, in other languages too, in `folder`."""
    return buildkit.with_languages(buildkit.new(folder), *languages)


def result(language: str, *editions: str, text: str = "", stories: tuple[str, ...] = ("a-walk",)) -> LanguageResult:
    """What came of one language; `text` makes its files others."""
    return LanguageResult(language, validators=VALIDATORS, files=tuple(
        Built(
            f"{language}/small-brochure-{language}-{edition}.pdf", edition, language,
            PAGE + f"% {language} {edition} {text}\n".encode(), pages=1, checks=("pdf-boxes",), stories=stories,
        )
        for edition in editions
    ))


def release(root: Path, *results: LanguageResult, out: str = "dist", **wishes: Any) -> Path:
    """Write these results as a release; the folder."""
    wished = Wishes(root=root, out=root / out, release=True, jobs=1, **wishes)
    loaded = publication.load(root)
    report.write(loaded, results, wished, freshness.language_digests(root), pipeline.earlier_of(wished))
    return root / out


def build(root: Path, *results: LanguageResult, **wishes: Any) -> Path:
    """Write them as an ordinary build."""
    wished = Wishes(root=root, out=root / "dist", jobs=1, **wishes)
    loaded = publication.load(root)
    report.write(loaded, results, wished, freshness.language_digests(root), pipeline.earlier_of(wished))
    return root / "dist"


def manifest(dist: Path) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((dist / "manifest.json").read_text(encoding="utf-8"))
    return said


def found(dist: Path) -> list[tuple[str, str, str]]:
    """Check, severity and message of everything that is found in a folder."""
    findings, _ = verify.verify(dist)
    return [(one.check, str(one.severity), one.message) for one in findings]


def redigested(dist: Path, said: dict[str, Any]) -> None:
    """Write a manifest as somebody would who knows how its digest is made."""
    from hefte.release import manifest as manifests

    (dist / "manifest.json").write_bytes(manifests.dump(said))


def tree(root: Path) -> str:
    """One digest of every file of a folder, hidden ones too."""
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return digests.of_files(files)


def copy(root: Path, to: Path) -> Path:
    return Path(shutil.copytree(root, to))
