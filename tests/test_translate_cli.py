"""`hefte translate start|record|update|memory` as they are typed: what they say, write and refuse."""

from __future__ import annotations

import json
from pathlib import Path

import buildkit
from buildkit import hefte


def test_a_language_from_start_to_memory(tmp_path: Path) -> None:
    root = buildkit.new(tmp_path / "tiny")
    said = hefte("translate", "start", "nn", cwd=root)
    assert said.code == 0
    assert said.out.splitlines()[0].startswith(f"made {root}/chapters/nn with 7 files and ")
    assert said.out.splitlines()[-1] == "when you have written some: hefte translate record nn"
    for path in sorted((root / "chapters/nn").rglob("*.md")):
        path.write_text(path.read_text(encoding="utf-8").replace("[…]", "Nynorsk."), encoding="utf-8")
    said = hefte("translate", "record", "nn", "first", "--by", "Ada Lovelace", "--tidy", "--json", cwd=root)
    facts = json.loads(said.out)
    assert (facts["language"], facts["units"]["first"], facts["units"]["language"]) == ("nn", "unsigned", "missing")
    assert facts["written"] == ["first.md", "stories/a-walk.md", "review.toml", "memory.tmx"]
    assert "%%" not in (root / "chapters/nn/first.md").read_text(encoding="utf-8")
    said = hefte("translate", "update", "nn", cwd=root)
    assert said.out.splitlines()[0] == "nn has the same blocks as its source, in the same order"
    out = tmp_path / "nn.tmx"
    said = hefte("translate", "memory", "nn", "--out", out, "--publication", root, cwd=tmp_path)
    assert said.out.startswith(f"wrote {out} with ")
    said = hefte("translate", "memory", "nn", "--in", out, cwd=root)
    assert said.out.startswith("took 0 texts of ")


def test_what_is_wrong_is_one_line_and_an_exit_code(tmp_path: Path) -> None:
    root = buildkit.new(tmp_path / "tiny")
    for words, code, what in (
        (("start", "en"), 2, f"{root}/chapters/en is there already and is not empty"),
        (("start", "nn", "--memory", "no.tmx"), 3, "no.tmx:1: the file is missing; name a TMX file"),
        (("record", "nn"), 2, "the publication has no language `nn`"),
        (("record", "en"), 2, "`en` is the language that is translated from"),
        (("memory", "en"), 2, "say what to do with the memory; give --out FILE.tmx or --in FILE.tmx"),
    ):
        said = hefte("translate", *words, cwd=root)
        assert (said.code, what in said.err, said.err.count("\n")) == (code, True, 1), said.err


def test_a_new_language_changes_nothing_but_its_folder(tmp_path: Path) -> None:
    root = buildkit.new(tmp_path / "tiny")
    before = buildkit.contents(root)
    assert hefte("translate", "start", "ti", "--quiet", cwd=root).out == ""
    after = buildkit.contents(root)
    assert {name for name in after if name not in before} == {
        name for name in after if name.startswith("chapters/ti/")
    }
    assert {name: after[name] for name in before} == before
