"""The house stands as docs/architecture.md draws it: who may import whom, what a file says, how long it may be."""

from __future__ import annotations

import ast
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
MODULES = sorted(BUILD.rglob("*.py"))
FILES = [*MODULES, *sorted(path for path in (ROOT / "tests").rglob("*.py") if "node_modules" not in path.parts)]

# A part may import the parts in the lines above its own, and none in its own line.
RANKS = (
    {"__version__", "locales", "model"},
    {"errors", "interrupts", "scripts"},
    {
        "addresses", "cache", "dates", "digests", "directions", "family", "files", "fragment", "glossary", "house",
        "numerals", "parallel", "paths", "protected", "quotes", "timing",
    },
    {"freshness", "letters", "limits", "pseudo", "records"},
    {"catalogue", "wishes"},
    {"publication", "sources", "transforms", "layout", "renderers", "checks", "tools"},
    {"translation"},
    {"exchange", "release", "seen"},
    {"validate", "copyfitting", "passed", "proof", "report", "stories", "waivers"},
    {"editions", "foreign", "pairs"},
    {"pipeline"},
    {"cli", "web"},
    {"__main__"},
)
EXCEPTED = {("checks", "tools")}
RANK = {part: rank for rank, parts in enumerate(RANKS) for part in parts}

# Importing one of these costs more than the whole answer to `hefte --help` may take.
HEAVY = {
    "PIL", "babel", "fontTools", "lxml", "markdown_it", "numpy", "openpyxl", "pikepdf", "py3langid", "pydantic",
    "pypdfium2", "translate", "uharfbuzz", "weasyprint", "zxingcpp",
}


def imported(path: Path) -> Iterator[str]:
    """The full names that a module imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def arrows() -> Iterator[tuple[str, str, Path]]:
    """Every import of one part of hefte by another."""
    for path in MODULES:
        parts = path.relative_to(BUILD).with_suffix("").parts
        for name in imported(path):
            if name.split(".")[0] == "hefte" and parts[1] != "__init__" and parts[1] != name.split(".")[1]:
                yield parts[1], name.split(".")[1], path


def test_imports_point_to_the_centre() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports hefte.{to}"
        for of, to, path in arrows()
        if {of, to} <= set(RANK) and RANK[to] >= RANK[of] and (of, to) not in EXCEPTED
    ]
    assert wrong == []


def test_every_part_has_its_rank() -> None:
    parts = {path.relative_to(BUILD / "hefte").with_suffix("").parts[0] for path in MODULES} - {"__init__"}
    assert parts - set(RANK) == set()


@pytest.mark.parametrize("library", ["click", "rich"])
def test_only_the_command_line_knows_the_terminal(library: str) -> None:
    who = {path.relative_to(BUILD / "hefte").parts[0] for path in MODULES for name in imported(path)
           if name.split(".")[0] == library}
    assert who == {"cli"}


def test_there_is_no_package_named_build() -> None:
    assert not (BUILD / "__init__.py").exists(), "it would hide the tool of that name: `python -m build`"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_says_what_it_is_for_and_is_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    said = ast.get_docstring(ast.parse(text)) or ""
    assert len(said.splitlines()[0] if said else "") > 20, "the first line says what the module turns into what"
    assert len(text.splitlines()) <= 350, "split it by meaning"


SCRIPT = """
import sys
sys.argv = ["hefte", *sys.argv[1:]]
from hefte.cli import main
try:
    main()
except SystemExit as end:
    status = end.code
print("status", status, *sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def loaded(*words: str, folder: Path) -> tuple[str, set[str]]:
    """The exit status of `hefte words`, and the top-level names of all that it had imported by then."""
    command = [sys.executable, "-c", SCRIPT, *words]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    _, status, *names = said.stderr.splitlines()[-1].split()
    return status, set(names)


@pytest.mark.parametrize(
    ("words", "status"), [(("--help",), "0"), (("build", "--help"), "0"), (("build",), "2"), (("build", "--lnag"), "2")]
)
def test_a_quick_answer_imports_nothing_heavy(words: tuple[str, ...], status: str, tmp_path: Path) -> None:
    ended, names = loaded(*words, folder=tmp_path)
    assert ended == status
    assert names & HEAVY == set()


def test_checking_words_does_not_import_the_renderer() -> None:
    status, names = loaded("check", str(ROOT), "--quiet", folder=ROOT)
    assert status == "0"
    assert names & {"weasyprint", "pikepdf"} == set()


def test_help_takes_less_than_0_3_s(tmp_path: Path) -> None:
    taken = [cpu_s([sys.executable, "-m", "hefte", "--help"], tmp_path) for _ in range(5)]
    assert min(taken) < 0.3


def cpu_s(command: list[str], folder: Path) -> float:
    """Seconds of processor time. By the clock, a test on a busy machine would measure the others."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
