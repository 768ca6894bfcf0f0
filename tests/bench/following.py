"""`hefte status` over forty languages of twelve chapters: from an empty cache, again, and after one changed chapter."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import measure
from bench.measure import Cost

LANGUAGES = (
    "ar", "bg", "bn", "cs", "da", "de", "el", "es", "et", "fa", "fi", "fr", "ga", "he",
    "hi", "hr", "hu", "is", "it", "ja", "ka", "ko", "lt", "lv", "mk", "ml", "mr", "nl",
    "pl", "pt", "ro", "ru", "sk", "sl", "so", "sq", "sr", "sv", "th", "uk",
)
CHAPTERS = 12
STATUS = [sys.executable, "-m", "hefte", "status"]
_FRAME = re.compile(r"^::: ?(story .*|references|helplines)\n:::\n", re.MULTILINE)
_WORD = re.compile(r"([a-zæøå]{4})(?=[.,?!](?:\s|$))", re.MULTILINE)


def measured(source: Path, folder: Path, rounds: int) -> dict[str, Any]:
    """The medians of each."""
    root = folder / "forty"
    forty(source, root)
    costs: dict[str, list[Cost]] = {"first": [], "again": [], "one change": []}
    for number in range(rounds):
        cache = {"XDG_CACHE_HOME": str(folder / f"status-cache-{number}")}
        costs["first"].append(measure.run([*STATUS, str(root)], cache))
        costs["again"].append(measure.run([*STATUS, str(root)], cache))
        changed = root / "chapters" / LANGUAGES[number % len(LANGUAGES)] / "what-is-it.md"
        changed.write_text(changed.read_text(encoding="utf-8").replace("\n\n", f"\n\n{number} ", 1), encoding="utf-8")
        costs["one change"].append(measure.run([*STATUS, str(root)], cache))
    return {name: asdict(measure.median(runs)) for name, runs in costs.items()}


def forty(source: Path, root: Path) -> None:
    """The publication with twelve chapters in its source language, and in forty more: words that no other language has,
    everything recorded but for one text a chapter that is stale."""
    shutil.copytree(source / "chapters" / "nb", root / "chapters" / "nb")
    for path in (source / "chapters").glob("*.toml"):
        shutil.copy(path, root / "chapters")
    _twelve(root)
    for tag in LANGUAGES:
        shutil.copytree(root / "chapters" / "nb", root / "chapters" / tag)
        for path in sorted((root / "chapters" / tag).rglob("*.md")):
            path.write_text(_WORD.sub(rf"\1{tag}", path.read_text(encoding="utf-8")), encoding="utf-8")
        words = root / "chapters" / tag / "language.toml"
        words.write_text(words.read_text(encoding="utf-8").replace('"original"', '"human"'), encoding="utf-8")
    from hefte import publication
    from hefte.translation import recording

    loaded = publication.load(root)
    for tag in LANGUAGES:
        recording.record(loaded, tag, by="Ada Lovelace")
    for id in loaded.chapters:
        path = root / "chapters" / "nb" / f"{id}.md"
        text = path.read_text(encoding="utf-8").replace("summary: ", "summary: Nå er det slik. ", 1)
        path.write_text(text, encoding="utf-8")


def _twelve(root: Path) -> None:
    """More chapters, each with the text of another, but for what may stand only once."""
    toml = root / "chapters" / "publication.toml"
    text = toml.read_text(encoding="utf-8")
    found = re.search(r"^chapters = \[(.*?)\]", text, re.MULTILINE | re.DOTALL)
    assert found is not None, "publication.toml lists no chapters"
    ids = re.findall(r'"([^"]+)"', found[1])
    for number in range(len(ids), CHAPTERS):
        again = (root / "chapters" / "nb" / f"{ids[number % 7]}.md").read_text(encoding="utf-8")
        ids.append(f"more-{number}")
        plain = re.sub(r"\{#[^}]*\}", "", _FRAME.sub("", again))
        (root / "chapters" / "nb" / f"more-{number}.md").write_text(plain, encoding="utf-8")
    listed = ", ".join(f'"{id}"' for id in ids)
    toml.write_text(text.replace(found[0], f"chapters = [{listed}]"), encoding="utf-8")
