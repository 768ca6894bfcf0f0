"""A publication into one that is several times as long: its chapters and stories again, under ids of their own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

_CHAPTERS = re.compile(r"^chapters = \[(.*?)\]", re.MULTILINE | re.DOTALL)
_TABLE = re.compile(r"^\[([a-z0-9-]+)", re.MULTILINE)
_STORY = re.compile(r"^(:::+ story )([a-z0-9-]+)", re.MULTILINE)
_REFERENCES = re.compile(r"^:::+ references\s*\n:::+\s*$", re.MULTILINE)


def grow(source: Path, target: Path, times: int) -> None:
    """Write to `target` the publication in `source` with every chapter and story `times` times."""
    for name in ("chapters", "layouts", "assets"):
        shutil.copytree(source / name, target / name)
    toml = (source / "chapters/publication.toml").read_text(encoding="utf-8")
    match = _CHAPTERS.search(toml)
    assert match is not None, "publication.toml lists no chapters"
    chapters = re.findall(r'"([^"]+)"', match[1])
    listed = [f'"{_copy(name, n)}"' for n in range(1, times + 1) for name in chapters]
    grown = toml.replace(match[0], f"chapters = [{', '.join(listed)}]")
    (target / "chapters/publication.toml").write_text(grown, encoding="utf-8")
    _stories(target / "chapters/stories.toml", times)
    for language in (path.parent for path in (target / "chapters").glob("*/language.toml")):
        for n in range(2, times + 1):
            _language(language, chapters, n)


def _copy(name: str, n: int) -> str:
    return name if n == 1 else f"{name}-x{n}"


def _stories(path: Path, times: int) -> None:
    text = path.read_text(encoding="utf-8")
    copies = [_TABLE.sub(lambda match, n=n: f"[{_copy(match[1], n)}", text) for n in range(1, times + 1)]  # type: ignore[misc]
    path.write_text("\n".join(copies), encoding="utf-8")


def _language(folder: Path, chapters: list[str], n: int) -> None:
    """The n-th copy of a language's chapters and stories. The list of works cited stays in the first."""
    for name in chapters:
        text = (folder / f"{name}.md").read_text(encoding="utf-8")
        text = _STORY.sub(lambda match: f"{match[1]}{_copy(match[2], n)}", _REFERENCES.sub("", text))
        (folder / f"{_copy(name, n)}.md").write_text(text, encoding="utf-8")
    for story in [path for path in (folder / "stories").glob("*.md") if not re.search(r"-x\d+$", path.stem)]:
        shutil.copy(story, story.with_stem(_copy(story.stem, n)))
