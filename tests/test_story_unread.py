"""A story and what cannot be read: it may hold the story, and that is said."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

import buildkit
import languagekit
from hefte.stories import where

DARK = "cannot be read here, and may hold the story"
LOCKED = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
"""How a spreadsheet with a password begins: it is no ZIP file."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return languagekit.publication_in(tmp_path / "talk", "vi")


def hefte(root: Path, *words: str) -> list[str]:
    env = {"XDG_CACHE_HOME": str(root.parent / "cache"), "SOURCE_DATE_EPOCH": "1780315200"}
    said = buildkit.hefte("story", *words, cwd=root, env=env)
    assert (said.code, said.err) == (0, "")
    return said.out.splitlines()


def packed(path: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)


def test_files_for_translators_that_cannot_be_read_are_named(root: Path) -> None:
    sent = root / "sent"
    sent.mkdir()
    (sent / "a-locked.xlsx").write_bytes(LOCKED)
    packed(sent / "b-damaged.xlsx", "xl/sharedStrings.xml", b"story-heard.1 " * 4000)
    whole = (sent / "b-damaged.xlsx").read_bytes()
    (sent / "b-damaged.xlsx").write_bytes(whole[:60] + bytes(20) + whole[80:])
    packed(sent / "c-with-it.xlsx", "xl/sharedStrings.xml", b"<t>story-heard.1</t>")
    packed(sent / "d-without.xlsx", "xl/sharedStrings.xml", b"<t>story-heard-too.1</t>")
    (sent / "e-gone.po").symlink_to("nowhere.po")
    places = [line for line in hefte(root, "where", "heard") if line.startswith("sent/")]
    assert places == [
        f"sent/a-locked.xlsx: {DARK}", f"sent/b-damaged.xlsx: {DARK}", "sent/c-with-it.xlsx: for a translator",
    ]
    done = [line for line in hefte(root, "withdraw", "heard") if "sent/" in line]
    assert sorted(done) == [
        "by hand: delete sent/c-with-it.xlsx (for a translator), and ask whoever got it to",
        f"by hand: look whether sent/a-locked.xlsx holds it: it {DARK}",
        f"by hand: look whether sent/b-damaged.xlsx holds it: it {DARK}",
    ]


@pytest.mark.parametrize("name", ["large.po", "large.xlsx"])
def test_a_file_that_is_too_large_is_named(name: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hefte import publication

    monkeypatch.setattr(where, "_LARGEST", 1000)
    if name.endswith(".po"):
        (root / name).write_bytes(b"#" * 1001)
    else:
        packed(root / name, "xl/sharedStrings.xml", b"#" * 1001)
    assert [(one.kind, one.path) for one in where.exported(publication.load(root), "heard")] == [("unread", name)]


@pytest.mark.parametrize("report", [
    "", "{}", "[]", '{"publication": {"version": 1, "date": 2}, "languages": {"nb": []}}',
])
def test_outputs_whose_report_is_damaged_are_named(report: str, root: Path) -> None:
    (root / "dist").mkdir()
    assert not [line for line in hefte(root, "where", "heard") if line.startswith("dist")]
    (root / "dist/report.json").write_text(report, "utf-8")
    assert f"dist: {DARK}" in hefte(root, "where", "heard")
    places = json.loads("".join(hefte(root, "where", "heard", "--json")))["places"]
    assert [place for place in places if place["kind"] == "unread"] == [{"kind": "unread", "path": "dist"}]
    done = hefte(root, "withdraw", "heard")
    assert f"by hand: look whether dist holds it: it {DARK}" in done
    assert not [line for line in done if line.startswith("still holds it")]
