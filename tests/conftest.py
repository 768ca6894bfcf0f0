"""What all tests share: the shipped publication, built once; no warning of WeasyPrint; repeatable examples."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from buildkit import environment, with_nynorsk

ROOT = Path(__file__).resolve().parents[1]
_DEADLINE_S = 600

# No deadline: how long an example takes says more of the machine than of the code. In CI the same examples every time,
# so that a change is judged by what it changed; at home new ones, so that something is found.
hypothesis.settings.register_profile("home", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "home")


_LONGEST = (
    "test_page_checks", "test_pipeline_failures", "test_pipeline", "test_withdrawal", "test_translating_page",
    "test_bad_input_cli", "test_scripts", "test_reproducible", "test_validators", "test_cli", "test_bilingual",
)
"""The files that take longest: each worker runs a whole file, and one that came last would keep the others waiting. The
first builds every translation; the next ask for none."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, the others as they come (with --no-loadscope-reorder; else xdist goes by number)."""
    rank = {name: number for number, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))


@pytest.fixture
def dictionaries() -> None:
    """Asked for by tests that ask Hunspell."""


@pytest.fixture(autouse=True)
def no_dictionaries(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What tests write is no text that somebody spelt: no other test asks Hunspell."""
    if "dictionaries" not in request.fixturenames:
        monkeypatch.setattr("hefte.tools.hunspell.dictionary", lambda language: None)


@dataclass(frozen=True)
class Outputs:
    """A publication as `hefte build --validate` left it."""

    root: Path
    """The publication's folder."""
    dist: Path
    html: Path
    """What the page renderer was given, one folder a language."""
    report: dict[str, Any]
    """dist/report.json."""


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """The publication of this repository in its source language, all editions, validated."""
    return _built(ROOT, _once(tmp_path_factory, "shipped", lambda folder: _build(ROOT, folder, "--lang", "nb")))


@pytest.fixture(scope="session")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """The same in every language that it is translated into."""
    tags = sorted(path.parent.name for path in (ROOT / "chapters").glob("*/language.toml"))
    others = ",".join(tag for tag in tags if tag != "nb")
    return _built(ROOT, _once(tmp_path_factory, "translated", lambda folder: _build(ROOT, folder, "--lang", others)))


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """The publication that `hefte new` makes, built and validated likewise."""

    def make(folder: Path) -> None:
        _hefte("new", str(folder / "tiny"))
        _build(folder / "tiny", folder)

    folder = _once(tmp_path_factory, "tiny", make)
    return _built(folder / "tiny", folder)


@pytest.fixture(scope="session")
def two_languages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the publication that `hefte new` makes, in Nynorsk too, built into its dist/, not validated. To be
    copied, not changed."""

    def make(folder: Path) -> None:
        _hefte("new", str(folder / "two"))
        with_nynorsk(folder / "two")
        _hefte("build", str(folder / "two"))

    return _once(tmp_path_factory, "two-languages", make) / "two"


@pytest.fixture(autouse=True)
def weasyprint_warnings() -> Iterator[list[str]]:
    """What WeasyPrint warns of during a test. What is left in the list at its end fails it.

    A test that expects a warning looks at the list and clears it.
    """
    said: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    handler = Listener(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    yield said
    logger.removeHandler(handler)
    assert said == [], "WeasyPrint warned"


def _built(root: Path, folder: Path) -> Outputs:
    report = json.loads((folder / "dist" / "report.json").read_text(encoding="utf-8"))
    return Outputs(root, folder / "dist", folder / "html", report)


def _build(root: Path, folder: Path, *words: str) -> None:
    where = ("--out", str(folder / "dist"), "--keep-html", str(folder / "html"))
    _hefte("build", str(root), *where, "--validate", *words)


def _hefte(*words: str) -> None:
    """Run the command as a user would; it has to succeed, and to complain of nothing."""
    command = [sys.executable, "-m", "hefte", *words]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment(), check=False)
    assert done.returncode == 0, f"hefte {words[0]} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    assert done.stderr == "", f"hefte {words[0]} said:\n{done.stderr}"


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that `make` filled, once for all of pytest-xdist's workers: the first makes it, the others wait."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    done, failed = folder / ".done", folder / ".failed"
    try:
        folder.mkdir()
    except FileExistsError:
        _wait(done, failed)
        return folder
    try:
        make(folder)
    except BaseException as error:
        failed.write_text(str(error), encoding="utf-8")
        raise
    done.touch()
    return folder


def _wait(done: Path, failed: Path) -> None:
    give_up = time.monotonic() + _DEADLINE_S
    while not done.exists():
        assert not failed.exists(), failed.read_text(encoding="utf-8")
        assert time.monotonic() < give_up, f"{done.parent} was not ready after {_DEADLINE_S} s"
        time.sleep(0.2)
