"""A publication into one that is several times as long: each chapter's text again, its stories under new ids."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

_TABLE = re.compile(r"^\[([a-z0-9-]+)", re.MULTILINE)
_STORY = re.compile(r"^(:::+ story )([a-z0-9-]+)", re.MULTILINE)
_REFERENCES = re.compile(r"^:::+ references\s*\n:::+\s*$", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def grow(source: Path, target: Path, times: int) -> None:
    """Write to `target` the publication in `source`, with all text and every story of its chapters `times` times.

    In its source language alone. The chapters stay as many as they are: their list has to fit on the page of contents.
    """
    for name in ("chapters", "layouts", "assets"):
        shutil.copytree(source / name, target / name)
    for language in (target / "chapters").iterdir():
        if language.is_dir() and language.name != "nb":
            shutil.rmtree(language)
    records = target / "chapters" / "stories.toml"
    text = records.read_text(encoding="utf-8")
    records.write_text("\n".join(_stories(text, n) for n in range(1, times + 1)), encoding="utf-8")
    for story in list((target / "chapters").glob("*/stories/*.md")):
        for n in range(2, times + 1):
            shutil.copy(story, story.with_stem(_copy(story.stem, n)))
    listed = _listed(target)
    for chapter in (target / "chapters").glob("*/*.md"):
        if chapter.stem in listed:
            _lengthen(chapter, times)


def _listed(root: Path) -> list[str]:
    toml = (root / "chapters" / "publication.toml").read_text(encoding="utf-8")
    found = re.search(r"^chapters = \[(.*?)\]", toml, re.MULTILINE | re.DOTALL)
    assert found is not None, "publication.toml lists no chapters"
    return re.findall(r'"([^"]+)"', found[1])


def _copy(name: str, n: int) -> str:
    return name if n == 1 else f"{name}-x{n}"


def _stories(text: str, n: int) -> str:
    return _TABLE.sub(lambda match: f"[{_copy(match[1], n)}", text)


def _lengthen(path: Path, times: int) -> None:
    text = path.read_text(encoding="utf-8")
    front = _FRONT_MATTER.match(text)
    assert front is not None, f"{path} has no front matter"
    body = text[front.end() :]
    path.write_text("\n".join([front[0], *(_again(body, n) for n in range(2, times + 1)), body]), encoding="utf-8")


def _again(body: str, n: int) -> str:
    """The n-th copy of a chapter's text. The list of works cited stands only once, as everywhere."""
    return _STORY.sub(lambda match: match[1] + _copy(match[2], n), _REFERENCES.sub("", body))
