"""A full check of one language's editions, beside the build that made them; and again, with nothing changed."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import measure
from bench.measure import Cost

LANGUAGES = ("nb", "ar")
"""A light one, and one with joined letters from right to left."""
HEFTE = [sys.executable, "-m", "hefte"]


def measured(source: Path, folder: Path, rounds: int) -> dict[str, Any]:
    """The medians for each language: its build, the check of every file that it made, the same check again, and a build
    that changes nothing in the files (their findings are taken from the last report)."""
    return {language: _of(language, source, folder, rounds) for language in LANGUAGES}


def _of(language: str, source: Path, folder: Path, rounds: int) -> dict[str, Any]:
    costs: dict[str, list[Cost]] = {"build": [], "check": [], "check again": [], "build and check": []}
    for number in range(rounds):
        out = folder / f"checked-{language}-{number}"
        cache = {"XDG_CACHE_HOME": str(folder / f"checked-cache-{language}")}
        build = [*HEFTE, "build", str(source), "--quiet", "--force", "--lang", language, "--out", str(out)]
        if number == 0:
            measure.run(build, cache)  # fonts are subset and drawn once for all
        costs["build"].append(measure.run(build, cache))
        files = sorted(map(str, (out / language).iterdir()))
        check = [*HEFTE, "check", "--quiet", *files]
        costs["check"].append(measure.run([*check, "--force"], cache, allowed=(0, 1)))
        costs["check again"].append(measure.run(check, cache, allowed=(0, 1)))
        costs["build and check"].append(measure.run([*build, "--validate"], cache))
    return {name: asdict(measure.median(runs)) for name, runs in costs.items()}
