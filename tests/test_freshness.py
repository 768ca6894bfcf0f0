"""What a build was made from, as digests: every change that matters is seen, and nothing else is."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

import buildkit
from hefte import digests, freshness

NOW = "1795348800"  # 2026-11-22T12:00:00Z


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return buildkit.with_languages(buildkit.new(tmp_path / "tiny"), "nn")


def changed(before: dict[str, str], root: Path) -> list[str]:
    """The languages whose digest is another than before."""
    return [name for name, digest in freshness.language_digests(root).items() if before.get(name) != digest]


def append(path: Path, text: str = "\n") -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.mark.parametrize("name", ["first.md", "language.toml", "stories/a-walk.md", "help.md"])
def test_a_word_of_one_language_concerns_it_alone(root: Path, name: str) -> None:
    before = freshness.language_digests(root)
    append(root / "chapters" / "nn" / name)
    assert changed(before, root) == ["nn"]


@pytest.mark.parametrize("name", ["publication.toml", "stories.toml", "references.toml", "glossary.toml"])
def test_a_record_concerns_all_languages(root: Path, name: str) -> None:
    before = freshness.language_digests(root)
    append(root / "chapters" / name)
    assert changed(before, root) == ["en", "nn"]


@pytest.mark.parametrize("name", ["layouts/brochure/brochure.css.j2", "assets/fonts/new.ttf", "chapters/en.md"])
def test_what_is_added_concerns_all_languages(root: Path, name: str) -> None:
    before = freshness.language_digests(root)
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text("x")
    assert changed(before, root) == ["en", "nn"]


def test_a_language_more_concerns_the_others_too(root: Path) -> None:
    """A poster leads to every language."""
    before = freshness.language_digests(root)
    shutil.copytree(root / "chapters/nn", root / "chapters/se")
    assert changed(before, root) == ["en", "nn", "se"]


def test_a_file_that_goes_or_is_renamed_is_seen(root: Path) -> None:
    before = freshness.language_digests(root)
    (root / "chapters/nn/help.md").rename(root / "chapters/nn/hepl.md")
    assert changed(before, root) == ["nn"]
    (root / "chapters/nn/hepl.md").unlink()
    assert changed(before, root) == ["nn"]


def test_two_files_that_change_places_are_seen(root: Path) -> None:
    before = freshness.language_digests(root)
    folder = root / "chapters" / "nn"
    for old, new in (("help.md", "x"), ("colophon.md", "help.md"), ("x", "colophon.md")):
        (folder / old).rename(folder / new)
    assert changed(before, root) == ["nn"]


def test_the_builder_its_libraries_and_the_date_set_from_outside_concern_all(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = freshness.language_digests(root)
    with monkeypatch.context() as patch:
        patch.setattr(digests, "of_hefte", lambda: "another hefte")
        assert changed(before, root) == ["en", "nn"]
    with monkeypatch.context() as patch:
        patch.setattr(freshness, "_version", lambda name: "0")
        assert changed(before, root) == ["en", "nn"]
    with monkeypatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", NOW)
        assert changed(before, root) == ["en", "nn"]
    assert changed(before, root) == []


def test_what_does_not_matter_is_not_seen(root: Path, tmp_path: Path) -> None:
    before = freshness.language_digests(root)
    for name in ("chapters/nn/.#first.md", "chapters/nn/.cache/x", "layouts/__pycache__/x", "dist/nn/x.pdf",
                 "notes.txt"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    os.utime(root / "chapters/nn/first.md", (0, 0))
    (root / "chapters/nn/first.md").chmod(0o600)
    assert changed(before, root) == []
    assert changed(before, Path(shutil.copytree(root, tmp_path / "elsewhere"))) == []


def test_a_link_to_nowhere_is_no_reason_to_stop(root: Path) -> None:
    before = freshness.language_digests(root)
    (root / "chapters/nn/gone.png").symlink_to("/nowhere/at/all")
    assert changed(before, root) == ["nn"]


def test_every_folder_beside_the_records_is_a_language(root: Path) -> None:
    (root / "chapters" / "de").mkdir()
    (root / "chapters" / "_drafts").mkdir()
    (root / "chapters" / ".git").mkdir()
    assert list(freshness.language_digests(root)) == ["de", "en", "nn"]


def test_of_hefte_is_of_the_code_and_its_data() -> None:
    package = Path(digests.__file__).parent
    names = set(digests.below(package))
    assert {"pipeline.py", "layout/theme.py", "tools/data/epubcheck-severities.tsv", "report/report.html.j2"} <= names
    assert not any(name.endswith(".pyc") for name in names)


# --- whether an earlier build still holds ---------------------------------------------------------------------------


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    (tmp_path / "nb").mkdir()
    (tmp_path / "nb/a.pdf").write_bytes(b"a")
    return tmp_path


def entry(**changes: Any) -> dict[str, Any]:
    return {
        "sources": "abc", "looked_on": "2026-11-22", "asked": None, "validated": False, "validators": {},
        "findings": [], "failures": [], "standing": None, "files": [file()],
        "older": [], "checks": [], "spelling": "", "fit": True, "fitted": [], **changes,
    }


def file() -> dict[str, Any]:
    return {
        "path": "nb/a.pdf", "digest": digests.of_bytes(b"a"), "edition": "print", "pages": 4, "size": 1, "checks": [],
        "look": "", "stories": [], "figures": {},
    }


@pytest.mark.parametrize(("changes", "digest", "editions", "validated", "expected"), [
    ({}, "abc", None, False, True),
    ({}, "abd", None, False, False),
    ({"looked_on": "2026-11-21"}, "abc", None, False, False),
    ({}, "abc", ("print",), False, False),
    ({"asked": ["epub", "print"]}, "abc", ("print", "epub"), False, True),
    ({"asked": ["print"]}, "abc", None, False, False),
    ({}, "abc", None, True, False),
    ({"validated": True}, "abc", None, True, True),
    ({"validated": True}, "abc", None, False, True),
    ({"files": [{"path": "nb/a.pdf", "digest": digests.of_bytes(b"b")}]}, "abc", None, False, False),
    ({"files": [{"path": "nb/b.pdf", "digest": digests.of_bytes(b"a")}]}, "abc", None, False, False),
    ({"files": []}, "abc", None, False, True),
])
def test_is_fresh(
    out: Path, changes: dict[str, Any], digest: str, editions: tuple[str, ...] | None, validated: bool, expected: bool
) -> None:
    assert freshness.is_fresh(out, entry(**changes), digest, editions, validated) is expected


def test_the_day_is_todays_where_nothing_sets_it(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    today = dt.date.today()
    assert freshness.is_fresh(out, entry(looked_on=today.isoformat()), "abc", None, False)
    yesterday = today - dt.timedelta(days=1)
    assert not freshness.is_fresh(out, entry(looked_on=yesterday.isoformat()), "abc", None, False)


@pytest.mark.parametrize("content", [
    b"", b"{", b"[]", b"3", b'{"languages": 3}', b'{"languages": {"nb": 3}}', b'{"languages": {"nb": {"sources": '
    b'"x"}}}',
    b"\xff\xfe", b'{"version": 1}', b'{"languages": ["nb"]}',
])
def test_a_report_that_is_none_of_ours_counts_for_nothing(tmp_path: Path, content: bytes) -> None:
    assert freshness.earlier_report(tmp_path) == {"languages": {}}
    (tmp_path / "report.json").write_bytes(content)
    assert freshness.earlier_report(tmp_path) == {"languages": {}}


def test_a_report_of_ours_is_read(tmp_path: Path) -> None:
    older = [{name: value for name, value in file().items() if name != "figures"}]
    whole = {"hefte": "0", "languages": {"nb": entry(), "nn": {"half": "an entry"}, "uk": entry(files=older)}}
    (tmp_path / "report.json").write_text(json.dumps(whole))
    assert freshness.earlier_report(tmp_path) == {"languages": {"nb": entry()}}
