"""Runs the measurements of `make bench`, prints them as tables and writes them to tests/bench/results/."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import sys
import tempfile
import zipfile
from collections import defaultdict
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench import checking, fitting, following, languages, measure, tables
from bench.grow import grow
from bench.measure import Cost

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).with_name("results")
HEFTE = [sys.executable, "-m", "hefte", "build", "--quiet"]
SIZES = (1, 4, 16)


def main() -> None:
    """Measure, tell, keep."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each is run; the median counts (default: 5)")
    parser.add_argument("--growth-rounds", type=int, default=3, help="the same for the grown publications (default: 3)")
    parser.add_argument("--keep", action="store_true", help="keep the result in git, as the reference of today")
    parser.add_argument("--only-languages", action="store_true", help="only the build of twelve languages")
    parser.add_argument("--only-checks", action="store_true", help="only the checks of finished files")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hefte-bench-") as name:
        folder = Path(name)
        measured: dict[str, Any] = {"checks": checking.measured(ROOT, folder, asked.rounds)}
        if not asked.only_checks:
            measured |= {"languages": languages.measured(ROOT, folder, HEFTE)}
        if not asked.only_languages and not asked.only_checks:
            measured |= {"status": following.measured(ROOT, folder, asked.rounds)}
            measured |= {"fitting": fitting.measured(ROOT, asked.rounds)}
            measured |= {"builds": builds(folder, asked.rounds), "growth": growth(folder, asked.growth_rounds)}
    result = {**about(), **measured}
    RESULTS.mkdir(exist_ok=True)
    name = f"reference-{dt.date.today()}" if asked.keep else f"{dt.datetime.now():%Y-%m-%dT%H%M%S}"
    (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    tables.show(result)
    print(f"written to {(RESULTS / name).relative_to(ROOT)}.json")


def about() -> dict[str, Any]:
    """What the figures hold for."""
    made_with = {name: version(name) for name in ("weasyprint", "pikepdf", "EbookLib")}
    return {
        "date": dt.date.today().isoformat(), "cores": os.cpu_count(), "machine": platform.machine(),
        "python": platform.python_version(), "load": round(os.getloadavg()[0], 1), **made_with,
    }


def builds(folder: Path, rounds: int) -> dict[str, Any]:
    """Ours and the reference by turns: whatever else the machine does falls on both.

    `first`: nothing is in the caches, as on a new machine. `cold`: a new process and an empty dist/, the caches as an
    earlier build left them. `one job`: the same in one process, as the reference runs: two that share a core's
    execution units each count more seconds for the same work.
    """
    root, timings = folder / "publication", folder / "timings.json"
    grow(ROOT, root, 1)
    reference = prepare_reference(root, folder / "made")
    costs: dict[str, list[Cost]] = defaultdict(list)
    steps = []
    for n in range(rounds):
        out = folder / f"dist-{n}"
        ours = [*HEFTE, str(root), "--out", str(out)]
        costs["first"].append(measure.run(ours, {"XDG_CACHE_HOME": str(folder / f"cache-{n}")}))
        costs["cold"].append(measure.run([*ours[:-1], str(folder / f"cold-{n}")]))
        one = [*ours[:-1], str(folder / f"one-{n}"), "--jobs", "1"]
        costs["one job"].append(measure.run(one, {"HEFTE_TIMINGS": str(timings)}))
        steps.append(json.loads(timings.read_text(encoding="utf-8")))
        costs["reference"].append(measure.run([*reference, str(folder / f"reference-{n}")]))
        costs["unchanged"].append(measure.run(ours))
        with next(root.glob("chapters/*/stories/*.md")).open("a", encoding="utf-8") as story:
            story.write(f"\nRunde {n}.\n")
        costs["one change"].append(measure.run(ours))
    return {
        "rounds": rounds, "steps": shares(steps),
        **{name: asdict(measure.median(runs)) for name, runs in costs.items()},
    }


def prepare_reference(root: Path, folder: Path) -> list[str]:
    """Build once, which also warms the machine's own caches, and unpack what the reference starts from."""
    measure.run([*HEFTE, str(root), "--out", str(folder / "dist"), "--keep-html", str(folder / "html")])
    [language] = [path.parent.name for path in root.glob("chapters/*/language.toml")]
    [book] = (folder / "dist" / language).glob("*.epub")
    with zipfile.ZipFile(book) as archive:
        archive.extractall(folder / "book")
    script = Path(__file__).with_name("reference.py")
    command = [sys.executable, str(script), str(folder / "html" / language), str(folder / "book"), str(root)]
    measure.run([*command, str(folder / "reference")])
    return command


def shares(runs: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Each step's seconds of processor time, the mean of all runs, in the order of the steps."""
    seconds: dict[tuple[str, str], float] = defaultdict(float)
    for step in (step for run in runs for step in run):
        seconds[step["step"], step["edition"]] += step["cpu_s"] / len(runs)
    return [{"step": step, "edition": edition, "cpu_s": taken} for (step, edition), taken in seconds.items()]


def growth(folder: Path, rounds: int) -> list[dict[str, Any]]:
    """What a cold build, and the reference, cost as the publication grows; all sizes in each round."""
    roots = {times: folder / f"x{times}" for times in SIZES}
    references = {}
    for times, root in roots.items():
        grow(ROOT, root, times)
        references[times] = prepare_reference(root, folder / f"made-{times}")
    ours: dict[int, list[Cost]] = defaultdict(list)
    theirs: dict[int, list[Cost]] = defaultdict(list)
    for _ in range(rounds):
        for times, root in roots.items():
            fresh = Path(tempfile.mkdtemp(dir=folder))
            ours[times].append(measure.run([*HEFTE, str(root), "--out", str(fresh / "dist")]))
            theirs[times].append(measure.run([*references[times], str(fresh / "reference")]))
    return [
        {
            "times": times, "pages": printed_pages(folder / f"made-{times}" / "dist"),
            **asdict(measure.median(ours[times])), "reference": asdict(measure.median(theirs[times])),
        }
        for times in SIZES
    ]


def printed_pages(out: Path) -> int:
    """How many pages the print files have together."""
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    files = [file for language in report["languages"].values() for file in language["files"]]
    return sum(file["pages"] for file in files if file["edition"] == "print")


if __name__ == "__main__":
    main()
