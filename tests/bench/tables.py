"""The figures of a run as tables on the terminal, each with what is to be reached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.table import Table

Result = dict[str, Any]
CHECK_TIMES = 2
"""The most that a full check may take, of the build that made the files (issue 4)."""
FITTING_TIMES = 3
"""The most that fitting a text to its sheets may cost, of one layout of it (issue 5)."""
STATUS_S = 2.0
"""The most that `hefte status` may take."""

TARGETS: tuple[tuple[str, float, str, Callable[[Result, Any], float]], ...] = (
    ("CPU of a cold build, of the reference's", 0.5, "×", lambda b, g: b["cold"]["cpu_s"] / b["reference"]["cpu_s"]),
    ("memory of the largest process", 200, "MB", lambda b, g: b["cold"]["peak_mb"]),
    ("a second build, nothing changed", 0.5, "s", lambda b, g: b["unchanged"]["wall_s"]),
    ("CPU a page at ×16, of that at ×4 (linear: 1)", 1.2, "×", lambda b, g: _a_page(g[2]) / _a_page(g[1])),
)
"""What is measured, the most that it may be, the unit, and how it follows from the builds and the growth."""


def show(result: Result) -> None:
    """Print everything."""
    console = Console(highlight=False)
    console.print(checks(result["checks"]))
    for table in languages(result["languages"]) if "languages" in result else ():
        console.print(table)
    if "status" in result:
        console.print(status(result["status"]))
    if "fitting" in result:
        console.print(fitting(result["fitting"]))
    if "builds" in result:
        measured, grown = result["builds"], result["growth"]
        for table in (builds(measured), steps(measured["steps"]), growth(grown), targets(measured, grown)):
            console.print(table)


def checks(result: Result) -> Table:
    """Each language's build, and a full check of what it made: no more than twice the build."""
    table = _table("A full check of a language's editions", "", "wall s", "CPU s", "MB", "of the build", "")
    for language, costs in result.items():
        build = costs["build"]["wall_s"]
        for name, cost in costs.items():
            of = cost["wall_s"] / build
            reached = ("reached" if of <= CHECK_TIMES else "missed") if name == "check" else ""
            row = (f"{cost['wall_s']:.1f}", f"{cost['cpu_s']:.1f}", f"{cost['peak_mb']:.0f}", f"×{of:.1f}", reached)
            table.add_row(f"{language}: {name}", *row)
    return table


def fitting(rows: list[Result]) -> Table:
    """What copyfitting costs against one layout, body and frame."""
    table = _table("Copyfitting", "", "one layout, CPU s", "fitted, CPU s", "layouts", "of one", "")
    for row in rows:
        reached = "reached" if row["times"] <= FITTING_TIMES else "missed"
        figures = (f"{row['plain']:.2f}", f"{row['fitted']:.2f}", str(row["layouts"]), f"×{row['times']:.1f}", reached)
        table.add_row(row["language"], *figures)
    return table


def status(result: Result) -> Table:
    """`hefte status` over forty languages: to be answered in two seconds, whatever is in the cache."""
    table = _table("hefte status, 40 languages × 12 chapters", "", "wall s", "CPU s", "MB", "")
    for name, cost in result.items():
        reached = "reached" if cost["wall_s"] <= STATUS_S else "missed"
        table.add_row(name, f"{cost['wall_s']:.2f}", f"{cost['cpu_s']:.2f}", f"{cost['peak_mb']:.0f}", reached)
    return table


def languages(result: Result) -> tuple[Table, Table]:
    """What each language costs, and the share of each step."""
    said = f"{len(result['languages'])} languages, all editions: {result['wall_s']:.1f} s, {result['cpu_s']:.1f} s CPU"
    by_language = _table(f"{said}, {result['peak_mb']:.0f} MB", "", "CPU s", "files")
    for name, seconds in sorted(result["languages"].items()):
        by_language.add_row(name, f"{seconds:.2f}", str(result["files"][name]))
    by_step = _table("Steps of all languages", "", "CPU s", "share")
    total = sum(result["steps"].values())
    for name, seconds in result["steps"].items():
        by_step.add_row(name, f"{seconds:.1f}", f"{seconds / total:.0%}")
    return by_language, by_step


def builds(result: Result) -> Table:
    """Ours against the reference."""
    title = f"Four editions, median of {result['rounds']}"
    table = _table(title, "", "CPU s", "of reference", "wall s", "of reference", "MB")
    against = result["reference"]
    for name in ("reference", "first", "cold", "one job", "one change", "unchanged"):
        cost = result[name]
        ratios = (f"{cost[key] / against[key]:.2f}" for key in ("cpu_s", "wall_s"))
        cpu, wall = ratios
        table.add_row(name, f"{cost['cpu_s']:.2f}", cpu, f"{cost['wall_s']:.2f}", wall, f"{cost['peak_mb']:.0f}")
    return table


def steps(result: list[Result]) -> Table:
    """Where the time of a cold build goes."""
    table = _table("A cold build's steps", "", "CPU s", "share")
    total = sum(step["cpu_s"] for step in result)
    for step in result:
        name = f"{step['step']} {step['edition']}".strip()
        table.add_row(name, f"{step['cpu_s']:.2f}", f"{step['cpu_s'] / total:.0%}")
    return table


def growth(result: list[Result]) -> Table:
    """Cold builds of longer publications."""
    table = _table("As the publication grows", "", "pages", "CPU s", "of reference", "CPU ms a page", "wall s", "MB")
    for size in result:
        table.add_row(
            f"×{size['times']}", str(size["pages"]), f"{size['cpu_s']:.1f}",
            f"{size['cpu_s'] / size['reference']['cpu_s']:.2f}", f"{_a_page(size) * 1000:.0f}",
            f"{size['wall_s']:.1f}", f"{size['peak_mb']:.0f}",
        )
    return table


def targets(measured: Result, grown: list[Result]) -> Table:
    """What is to be reached, and whether it was."""
    table = _table("Targets", "", "is", "at most", "")
    for name, most, unit, figure in TARGETS:
        is_ = figure(measured, grown)
        table.add_row(name, f"{is_:.2f} {unit}", f"{most:g} {unit}", "reached" if is_ <= most else "missed")
    return table


def _a_page(size: Result) -> float:
    return float(size["cpu_s"] / size["pages"])


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for n, column in enumerate(columns):
        table.add_column(column, justify="left" if n == 0 else "right")
    return table
