"""Twelve languages in all editions: what each costs, and which share each step has."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import measure

AS = {"se": "nb", "vi": "en", "fa": "ar", "ur": "ar", "ckb": "ar"}
"""Languages that nobody has translated yet, and whose words stand in for theirs: the cost is that of the script."""


def twelve(source: Path, target: Path) -> list[str]:
    """Write the publication to `target` with twelve languages, and return their tags: those that ship, and `AS`."""
    for name in ("chapters", "layouts", "assets"):
        shutil.copytree(source / name, target / name)
    for tag, words in AS.items():
        shutil.copytree(target / "chapters" / words, target / "chapters" / tag)
    return sorted(path.parent.name for path in target.glob("chapters/*/language.toml"))


def measured(source: Path, folder: Path, build: list[str]) -> dict[str, Any]:
    """A cold build of all twelve (warm caches of fonts), its cost, and processor time by language and by step."""
    root, timings = folder / "twelve", folder / "twelve.json"
    tags = twelve(source, root)
    measure.run([*build, str(root), "--out", str(folder / "twelve-first")], allowed={0, 1})
    cost = measure.run(
        [*build, str(root), "--out", str(folder / "twelve-dist")], {"HEFTE_TIMINGS": str(timings)}, allowed={0, 1},
    )
    report = json.loads((folder / "twelve-dist" / "report.json").read_text(encoding="utf-8"))
    files = {tag: len(report["languages"][tag]["files"]) for tag in tags}
    by_language: dict[str, float] = defaultdict(float)
    by_step: dict[str, float] = defaultdict(float)
    for step in json.loads(timings.read_text(encoding="utf-8")):
        by_language[step["language"]] += step["cpu_s"]
        by_step[f"{step['step']} {step['edition']}".strip()] += step["cpu_s"]
    return {**asdict(cost), "files": files, "languages": dict(by_language), "steps": dict(by_step)}
