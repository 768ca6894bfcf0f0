"""A release: what its manifest and the record in the repository say, what refuses it, and what a later look finds."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import buildkit
import releasekit
import wordkit
from buildkit import change, hefte
from hefte import digests, freshness, publication
from hefte.checks import on_dates
from hefte.errors import ReleaseRefusedError, SourceError
from hefte.release import manifest as manifests
from hefte.release import record
from releasekit import found, manifest, release, result, tiny

PRINT, SCREEN = "en/small-brochure-en-print.pdf", "en/small-brochure-en-screen.pdf"


@pytest.fixture(autouse=True)
def a_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The outputs are dated; the cache is the test's own."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", releasekit.NOW)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tiny(tmp_path / "small")


@pytest.fixture
def dist(root: Path) -> Path:
    """A release of two editions."""
    return release(root, result("en", "print", "screen"))


def reasons(root: Path, *results: object, **wishes: object) -> list[str]:
    """Why a release is refused; it has changed nothing then."""
    before = releasekit.tree(root)
    with pytest.raises(ReleaseRefusedError) as refused:
        release(root, *results, **wishes)  # type: ignore[arg-type]
    assert releasekit.tree(root) == before
    return [error.what for error in refused.value.also]


# --- what is written ------------------------------------------------------------------------------------------------


def test_the_manifest_says_what_was_made_of_what_by_what(root: Path, dist: Path) -> None:
    said = manifest(dist)
    assert (said["format"], said["released"]) == (1, "2026-12-02T12:00:00+00:00")
    assert said["publication"]["id"] == "small-brochure"
    assert said["sources"]["chapters/en/first.md"] == digests.of_file(root / "chapters/en/first.md")
    assert not [name for name in said["sources"] if "releases" in name]
    assert [(file["path"], file["digest"], file["size"], file["stories"]) for file in said["files"]] == [
        (path, digests.of_file(dist / path), (dist / path).stat().st_size, ["a-walk"]) for path in (PRINT, SCREEN)
    ]
    assert {"report.html", "report.json"} <= {file["path"] for file in said["reports"]}
    assert said["languages"]["en"]["validators"] == releasekit.VALIDATORS
    assert {"pdf-boxes", "consent-missing"} <= set(said["languages"]["en"]["checks"])
    assert said["digest"] == manifests.digest(said)
    assert found(dist) == []


def test_the_record_has_a_line_for_each_file(root: Path, dist: Path) -> None:
    lines = (root / "chapters/releases.toml").read_text("utf-8").splitlines()
    assert lines[1] == "files = [" and lines[-1] == "]" and len(lines) == 5
    [first, second] = tomllib.loads("\n".join(lines))["files"]
    assert first == {
        "version": "1", "date": dt.date(2026, 12, 2), "language": "en", "edition": "print", "path": PRINT,
        "digest": digests.of_file(dist / PRINT), "stories": ["a-walk"], "manifest": manifest(dist)["digest"],
    }
    assert second["edition"] == "screen"


def test_the_same_release_again_is_the_same_bytes_and_no_new_line(root: Path, dist: Path) -> None:
    before = releasekit.tree(root)
    assert releasekit.tree(release(root, result("en", "print", "screen")).parent) == before


def test_the_record_is_no_source_and_merges_line_by_line(root: Path) -> None:
    before = freshness.language_digests(root)
    release(root, result("en", "print"))
    ours = (root / record.FILE).read_text("utf-8")
    (root / record.FILE).unlink()
    release(root, result("en", "print", text="others"), out="other")
    theirs = (root / record.FILE).read_text("utf-8")
    both = [*ours.splitlines()[:-1], *theirs.splitlines()[2:-1], ours.splitlines()[2], "]"]  # one line twice
    (root / record.FILE).write_text("\n".join(both), "utf-8")
    assert len(record.load(root)) == 2
    assert freshness.language_digests(root) == before
    assert publication.load(root).id == "small-brochure"


def test_a_damaged_record_is_told(root: Path, dist: Path) -> None:
    (root / record.FILE).write_text("files = [ { version = 1 } ]\n", "utf-8")
    with pytest.raises(SourceError) as told:
        record.load(root)
    assert told.value.what == "the record of releases cannot be read: 'date'"


def test_who_signed_and_approved_stands_in_the_manifest(tmp_path: Path) -> None:
    root = buildkit.with_nynorsk(buildkit.new(tmp_path / "two"))
    assert hefte("story", "approve", "a-walk", "--lang", "nn", "--by", "Grete Roede", cwd=root).code == 0
    said = manifest(release(root, result("nn", "print")))["languages"]["nn"]
    assert {unit: (one["by"], len(one["digest"])) for unit, one in said["signatures"].items()} == dict.fromkeys(
        ("first", "colophon", "help", "back-cover", "language"), ("Grete Roede", 64)
    )
    [approval] = said["stories"].values()
    assert approval["by"] == "Grete Roede"
    assert approval["digest"] == publication.load(root).stories["a-walk"].approved["nn"]


# --- what a later look finds ----------------------------------------------------------------------------------------


def flip(dist: Path) -> None:
    data = bytearray((dist / PRINT).read_bytes())
    data[len(data) // 2] ^= 1
    (dist / PRINT).write_bytes(data)


def edit(dist: Path) -> None:
    path = dist / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"version": "1"', '"version": "2"', 1), "utf-8")


def forge(dist: Path) -> None:
    """Another file, and a manifest that fits it."""
    (dist / PRINT).write_bytes(releasekit.PAGE)
    said = manifest(dist)
    said["files"][0] |= {"digest": digests.of_bytes(releasekit.PAGE), "size": len(releasekit.PAGE)}
    releasekit.redigested(dist, said)


def link(dist: Path) -> None:
    shutil.copy(dist / PRINT, dist.parent / "elsewhere.pdf")
    (dist / PRINT).unlink()
    (dist / PRINT).symlink_to(dist.parent / "elsewhere.pdf")


def rewrite_record(dist: Path) -> None:
    path = dist.parent / record.FILE
    path.write_text(path.read_text("utf-8").replace(digests.of_file(dist / PRINT), "0" * 64), "utf-8")


TAMPERED: list[tuple[str, Callable[[Path], object], tuple[str, str]]] = [
    ("a bit turned", flip, ("release-tampered", f"{PRINT} is not the file that was made")),
    ("a file taken away", lambda dist: (dist / SCREEN).unlink(), ("release-tampered", f"{SCREEN} is missing")),
    ("a file put there", lambda dist: (dist / "en/new.pdf").write_bytes(b"%PDF"),
     ("release-tampered", "en/new.pdf does not belong to it")),
    ("a hidden file put there", lambda dist: (dist / "en/.x.pdf").write_bytes(b"%PDF"),
     ("release-tampered", "en/.x.pdf does not belong to it")),
    ("a file made a link", link, ("release-tampered", f"{PRINT} is not the file that was made")),
    ("the report edited", lambda dist: (dist / "report.json").write_text("{}"),
     ("release-tampered", "report.json is not the file that was made")),
    ("the manifest edited", edit,
     ("release-tampered", "manifest.json was changed, and says nothing of the files that can be believed")),
    ("file and manifest forged", forge,
     ("release-unrecorded", "chapters/releases.toml knows of no release with this manifest.json")),
    ("the record edited", rewrite_record,
     ("release-unrecorded", f"chapters/releases.toml has another {PRINT} than manifest.json")),
]


@pytest.mark.parametrize(("name", "tamper", "expected"), TAMPERED, ids=[each[0] for each in TAMPERED])
def test_whatever_is_changed_is_one_finding(
    dist: Path, name: str, tamper: Callable[[Path], object], expected: tuple[str, str]
) -> None:
    tamper(dist)
    assert found(dist) == [(expected[0], "error", expected[1])]


def test_a_forged_release_elsewhere_is_believed_where_nobody_knows_better(dist: Path, tmp_path: Path) -> None:
    """What the record is for: a copy without it proves no more than that it is whole."""
    forge(dist)
    assert found(releasekit.copy(dist, tmp_path / "usb")) == []


def test_the_command_says_it_and_ends_with_1(root: Path, dist: Path) -> None:
    fine = hefte("check", "dist", cwd=root)
    assert (fine.code, fine.out) == (0, "dist: 5 checks\nno findings\n")
    flip(dist)
    said = hefte("check", "dist", cwd=root)
    assert (said.code, said.out.splitlines()[0]) == (
        1, f"dist/{PRINT}: error: {PRINT} is not the file that was made; do not hand it out; fetch the release again, "
        "or make it again [release-tampered]",
    )
    asked = json.loads(hefte("check", "dist", "--json", cwd=root).out)["asked"]["dist"]
    assert (asked["release"]["version"], asked["recorded"], asked["files"]) == ("1", True, 4)


def test_a_release_behind_its_sources_says_so(root: Path, dist: Path) -> None:
    change(root / "chapters/en/first.md", "title: ", "title: New ")
    assert found(dist) == [
        ("release-outdated", "note", "1 source changed since the release: chapters/en/first.md"),
    ]


def test_a_release_with_a_story_that_was_withdrawn_since(root: Path, dist: Path) -> None:
    assert hefte("story", "withdraw", "a-walk", cwd=root, env={"XDG_CACHE_HOME": str(root.parent / "c")}).code == 0
    assert [one for one in found(dist) if one[0] == "release-withdrawn"] == [
        ("release-withdrawn", "error", f"{path} holds what has been withdrawn: `a-walk`") for path in (PRINT, SCREEN)
    ]


def test_a_build_that_is_no_release_is_held_against_its_report(root: Path) -> None:
    dist = releasekit.build(root, result("en", "print", "screen"))
    assert found(dist) == []
    flip(dist)
    (dist / SCREEN).unlink()
    (dist / "en/new-proof.pdf").write_bytes(b"%PDF")
    assert found(dist) == [
        ("build-changed", "error", f"{PRINT} is not the file that was made"),
        ("build-changed", "error", f"{SCREEN} is missing"),
        ("build-changed", "note", "en/new-proof.pdf does not belong to it"),
    ]
    (dist / "report.json").write_text("[]")
    assert found(dist)[0] == ("build-changed", "error", "report.json cannot be read")


def test_a_publication_s_folder_is_still_a_publication(root: Path) -> None:
    (root / "report.json").write_text("{}")
    assert ".: " in hefte("check", ".", cwd=root).out


# --- talking it round -----------------------------------------------------------------------------------------------


def test_a_release_of_nothing(root: Path) -> None:
    assert reasons(root, result("en")) == ["nothing was made"]


def test_a_draft_beside_what_is_released_does_not_become_a_part_of_it(tmp_path: Path) -> None:
    root = tiny(tmp_path / "small", "nn")
    releasekit.build(root, result("en", "print"), result("nn", "print", text="a draft"))
    draft = "nn/small-brochure-nn-print.pdf"
    assert reasons(root, result("en", "print"), languages=("en",)) == [
        f"`{draft}` lies in dist/ and belongs to no release that still holds",
    ]


def test_an_edition_that_was_never_validated_does_not_either(root: Path) -> None:
    releasekit.build(root, result("en", "print", "screen"))
    assert reasons(root, result("en", "print"), editions=("print",)) == [
        f"`{SCREEN}` lies in dist/ and belongs to no release that still holds",
    ]


def test_a_report_that_was_written_by_hand_lets_nothing_in(root: Path) -> None:
    dist = releasekit.build(root, result("en", "print", "screen"))
    said = json.loads((dist / "report.json").read_text("utf-8"))
    said["languages"]["en"] |= {"validated": True, "validators": {"EPUBCheck": "9"}, "asked": ["screen"]}
    (dist / "report.json").write_text(json.dumps(said), "utf-8")
    assert reasons(root, result("en", "print"), editions=("print",)) == [
        f"`{SCREEN}` lies in dist/ and belongs to no release that still holds",
    ]


def test_a_forged_manifest_lets_nothing_in(root: Path, dist: Path) -> None:
    forge(dist)
    assert reasons(root, result("en", "screen"), editions=("screen",)) == [
        f"`{PRINT}` lies in dist/ and belongs to no release that still holds",
    ]


def test_what_was_released_stays_where_another_language_is_released(tmp_path: Path) -> None:
    root = tiny(tmp_path / "small", "nn")
    dist = release(root, result("en", "print"), result("nn", "print"))
    before = manifest(dist)
    change(root / "chapters/nn/first.md", "title: ", "title: New ")
    release(root, result("nn", "print", text="better"), languages=("nn",))
    after = manifest(dist)
    assert after["files"][0] == before["files"][0]
    assert after["languages"]["en"] == before["languages"]["en"]
    assert after["files"][1]["digest"] != before["files"][1]["digest"]
    assert found(dist) == [] and len(record.load(root)) == 4


def test_an_edition_from_other_sources_does_not_stay(root: Path, dist: Path) -> None:
    change(root / "chapters/en/first.md", "title: ", "title: New ")
    assert reasons(root, result("en", "print", text="new"), editions=("print",)) == [
        f"`{SCREEN}` lies in dist/ and belongs to no release that still holds",
    ]


def test_sources_that_change_while_they_are_built(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = freshness.language_digests(root)["en"]
    said = iter(({"en": "old"}, {"en": digest}))
    monkeypatch.setattr(freshness, "language_digests", lambda _: next(said))
    assert reasons(root, result("en", "print")) == ["the sources of en were changed while it was built"]


def test_what_holds_a_withdrawn_story_goes_with_the_next_build_of_any_language(tmp_path: Path) -> None:
    root = tiny(tmp_path / "small", "nn")
    both = replace(result("nn"), files=(*result("nn", "print").files, *result("nn", "screen", stories=()).files))
    dist = releasekit.build(root, result("en", "print"), both)
    said = json.loads((dist / "report.json").read_text("utf-8"))
    said["languages"]["nn"]["findings"] = [{"check": "spelling", "severity": "note", "message": "words", "remedy": "x"}]
    (dist / "report.json").write_text(json.dumps(said), "utf-8")
    assert hefte("story", "withdraw", "a-walk", cwd=root, env={"XDG_CACHE_HOME": str(tmp_path / "c")}).code == 0
    releasekit.build(root, result("en", "print", text="without", stories=()), languages=("en",))
    assert sorted(path.name for path in dist.rglob("*.pdf") if "job" not in path.name) == [
        "small-brochure-en-print.pdf", "small-brochure-nn-screen.pdf",
    ]
    entry = json.loads((dist / "report.json").read_text("utf-8"))["languages"]["nn"]
    assert [file["edition"] for file in entry["files"]] == ["screen"]
    assert (entry["findings"], entry["sources"]) == ([], "")  # it quoted words; and the language is to be made again


def test_an_ordinary_build_into_a_release_makes_it_none(root: Path, dist: Path) -> None:
    releasekit.build(root, result("en", "print", text="a draft"))
    assert not (dist / "manifest.json").exists()
    assert len(record.load(root)) == 2


def test_a_date_from_outside_lets_no_due_date_pass(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SOURCE_DATE_EPOCH dates the outputs; what is due is due by the clock."""
    change(root / "chapters/publication.toml", "review_by = ", "review_by = 2020-01-01 # ")
    env = {"SOURCE_DATE_EPOCH": "1546300800", "XDG_CACHE_HOME": str(tmp_path / "cache")}  # 2019-01-01
    assert "review-by-past" not in hefte("check", cwd=root, env=env).out
    before = releasekit.tree(root)
    said = hefte("build", "--release", "--edition", "screen", "--force", cwd=root, env=env)
    assert said.code == 5
    assert "the publication was to be looked at again by 2020-01-01 (review-by-past)" in said.err
    assert releasekit.tree(root) == before


def test_each_date_is_asked_for(tmp_path: Path) -> None:
    book = wordkit.read(tmp_path / "book")
    assert on_dates(book, dt.date(2026, 6, 1)) == ()
    assert [(one.check, one.blocks_release) for one in on_dates(book, dt.date(2027, 6, 1))] == [
        ("helpline-unverified", True), ("helpline-unverified", True), ("review-by-past", True),
        ("story-review-due", True),
    ]
    assert [one.check for one in on_dates(book, dt.date(2024, 6, 1))] == [
        "helpline-unverified", "helpline-unverified", "consent-doubtful",
    ]
