"""A withdrawn story in what no build makes again: files of editions not asked for, of languages that fail, of languages
not asked for; and what was found in them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import releasekit
from buildkit import change, hefte
from hefte import publication
from hefte.model import Failure, Finding, LanguageResult, Severity
from hefte.stories import where
from releasekit import build, manifest, redigested, release, result, tiny

PRINT, SCREEN = "en/small-brochure-en-print.pdf", "en/small-brochure-en-screen.pdf"


@pytest.fixture(autouse=True)
def a_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", releasekit.NOW)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tiny(tmp_path / "small", "nn")


def withdraw(root: Path) -> str:
    said = hefte("story", "withdraw", "a-walk", cwd=root)
    assert said.code == 0, said.err
    return said.out


def pdfs(dist: Path) -> set[str]:
    return {path.relative_to(dist).as_posix() for path in dist.rglob("*.pdf")}


def entry(dist: Path, language: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((dist / "report.json").read_text("utf-8"))["languages"][language]
    return said


def told(root: Path) -> set[str]:
    return {one.path for one in where.built(publication.load(root), "a-walk")}


def test_an_edition_that_was_not_made_again_goes_too(root: Path) -> None:
    dist = build(root, result("en", "print", "screen"))
    change(root / "chapters/en/first.md", "title: ", "title: New ")
    build(root, result("en", "print", text="new"), languages=("en",), editions=("print",))
    assert pdfs(dist) == {PRINT, SCREEN}
    assert told(root) == {f"dist/{PRINT}", f"dist/{SCREEN}"}
    assert f"still holds it: dist/{SCREEN};" in withdraw(root)
    build(root, result("en", "print", text="without", stories=()), languages=("en",), editions=("print",))
    assert pdfs(dist) == {PRINT}


def test_what_a_language_left_that_fails_now_goes_too(root: Path) -> None:
    dist = build(root, result("en", "print"), result("nn", "print"))
    broken = LanguageResult("nn", failures=(Failure(("nn is broken",), 3),))
    change(root / "chapters/nn/first.md", "title: ", "title: New ")
    for _ in range(2):  # and it is not forgotten by a build after that
        build(root, broken, languages=("nn",))
    assert "dist/nn/small-brochure-nn-print.pdf" in told(root)
    withdraw(root)
    build(root, broken, languages=("nn",))
    assert pdfs(dist) == set()


def test_what_was_found_in_a_language_that_is_not_built_again_goes(root: Path) -> None:
    """A finding quotes words, also where no file was made of them."""
    quoting = Finding("spelling", Severity.ERROR, "Kvitterfryd", "x", path=root / "chapters/nn/stories/a-walk.md")
    broken = Failure(("Kvitterfryd cannot be read",), 3)
    dist = build(root, result("en", "print"), LanguageResult("nn", findings=(quoting,), failures=(broken,)))
    build(root, result("en", "print"), languages=("en",))
    assert entry(dist, "nn")["findings"][0]["message"] == "Kvitterfryd"  # nothing was withdrawn: it is not lost
    withdraw(root)
    build(root, result("en", "print", text="without", stories=()), languages=("en",))
    assert [entry(dist, "nn")[key] for key in ("findings", "failures", "sources")] == [[], [], ""]
    assert "Kvitterfryd" not in (dist / "report.html").read_text("utf-8")


def test_what_was_found_without_it_stays(root: Path) -> None:
    withdraw(root)
    note = Finding("spelling", Severity.NOTE, "a word", "x", path=root / "chapters/nn/first.md")
    dist = build(root, replace(result("nn", "print", stories=()), findings=(note,)))
    build(root, result("en", "print", stories=()), languages=("en",))
    assert [each["message"] for each in entry(dist, "nn")["findings"]] == ["a word"]


def narrowed(root: Path) -> None:
    path = root / "chapters/stories.toml"
    said = path.read_text("utf-8")
    assert '"translation"' in said
    path.write_text(said.replace(', "translation"', ""), "utf-8")


def deleted(root: Path) -> None:
    """An editor in a hurry: the record goes, and with it whatever said that the story may not come back."""
    (root / "chapters/stories.toml").write_text("", "utf-8")


@pytest.mark.parametrize("how", [narrowed, deleted])
def test_a_consent_that_is_narrowed_or_deleted_takes_the_file_of_another_language_away(how: Any, root: Path) -> None:
    dist = build(root, result("en", "print"), result("nn", "print"))
    how(root)
    build(root, result("en", "print", text="new", stories=()), languages=("en",))
    assert pdfs(dist) == {PRINT}


@pytest.mark.parametrize("how", [narrowed, deleted])
def test_nor_does_it_stay_in_a_release_of_one_language(how: Any, root: Path) -> None:
    dist = release(root, result("en", "print"), result("nn", "print"))
    how(root)
    release(root, result("en", "print", text="new", stories=()), languages=("en",))
    assert [file["path"] for file in manifest(dist)["files"]] == [PRINT]
    assert pdfs(dist) == {PRINT}


def test_an_edition_that_her_consent_does_not_cover_any_more_goes(root: Path) -> None:
    loaded = publication.load(root)
    record = replace(loaded.stories["a-walk"], scopes=("epub",))
    narrow = replace(loaded, stories={"a-walk": record})
    assert [narrow.may_hold("a-walk", "en", edition) for edition in ("print", "screen", "print-job", "epub")] == [
        False, False, False, True,
    ]
    assert loaded.may_hold("a-walk", "nn", "bilingual") and not loaded.may_hold("another", "en", "epub")


def test_the_sources_own_words_may_stand_beside_a_translation(root: Path) -> None:
    loaded = publication.load(root)
    record = replace(loaded.stories["a-walk"], scopes=("print", "epub"))
    untranslated = replace(loaded, stories={"a-walk": record})
    assert untranslated.may_hold("a-walk", "nn", "bilingual") and not untranslated.may_hold("a-walk", "nn", "print")


def test_another_publications_files_are_left_alone(root: Path) -> None:
    """Two that are built into the same folder: a story that only the other knows of is none without a consent."""
    dist = build(root, result("en", "print"))
    path = dist / "report.json"
    said = path.read_text("utf-8").replace("small-brochure-en", "others-en")
    path.write_text(said.replace("a-walk", "a-talk"), "utf-8")
    (dist / "en/others-en-print.pdf").write_bytes(b"%PDF")
    build(root, result("nn", "print"), languages=("nn",))
    assert (dist / "en/others-en-print.pdf").exists()


def test_a_language_that_was_taken_out_leaves_nothing(root: Path, tmp_path: Path) -> None:
    dist = build(root, result("en", "print"), result("nn", "print"))
    (root / "chapters/nn").rename(tmp_path / "nn")
    build(root, result("en", "print"))
    assert pdfs(dist) == {PRINT}


def test_a_manifest_that_names_another_publication_is_seen_through(root: Path) -> None:
    dist = release(root, result("en", "print"))
    withdraw(root)
    said = manifest(dist)
    said["publication"]["id"] = "another"
    redigested(dist, said)
    found = [each for each in releasekit.found(dist) if each[1] == "error"]
    assert found == [
        ("release-unrecorded", "error",
         "manifest.json is of another publication than `small-brochure`, in whose folder it lies"),
        ("release-withdrawn", "error", f"{PRINT} holds what has been withdrawn: `a-walk`"),
    ]


def test_a_look_at_a_build_tells_of_what_lies_there_still(root: Path) -> None:
    dist = build(root, result("en", "print", "screen"))
    change(root / "chapters/en/first.md", "title: ", "title: New ")
    build(root, result("en", "print", text="new", stories=()), languages=("en",), editions=("print",))
    withdraw(root)
    assert ("release-withdrawn", "error", f"{SCREEN} holds what has been withdrawn: `a-walk`") in releasekit.found(dist)
