"""What fitting the text to its sheets costs against one layout of it: seconds of processor time, and how often as much.

Run as a script it measures one language, in a process of its own: `fitting.py ROOT LANGUAGE ROUNDS` prints JSON."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

LANGUAGES = ("nb", "en", "uk")
"""One that is laid out twice, one whose page count changes, and one that takes all three layouts."""


def measured(root: Path, rounds: int) -> list[dict[str, Any]]:
    """One row a language: `language`, `plain` and `fitted` (CPU s, medians), `layouts`, `times`."""
    script = [sys.executable, __file__, str(root)]
    return [
        json.loads(subprocess.run([*script, language, str(rounds)], capture_output=True, check=True).stdout)
        for language in LANGUAGES
    ]


def _row(root: Path, language: str, rounds: int) -> dict[str, Any]:
    """By turns, so that whatever else the machine does falls on both; the first round fills the caches."""
    from hefte import copyfitting, house, layout, publication, transforms
    from hefte.translation import versions

    book = transforms.apply(versions.read(publication.load(root), language)[0], "print")
    folders = layout.folders(root)
    theme = layout.for_language(layout.load_theme(folders, (root / "assets", house.assets())), language)
    took: dict[bool, list[float]] = {False: [], True: []}
    layouts = 1
    for _ in range(rounds + 1):
        for fit in took:
            start = time.process_time()
            fitted = copyfitting.pages_of(book, theme, folders, root, fit=fit)[2]
            took[fit].append(time.process_time() - start)
            layouts = fitted.layouts if fitted else layouts
    plain, whole = (statistics.median(seconds[1:]) for seconds in took.values())
    return {
        "language": language, "plain": round(plain, 3), "fitted": round(whole, 3), "layouts": layouts,
        "times": round(whole / plain, 2),
    }


if __name__ == "__main__":
    print(json.dumps(_row(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))))
