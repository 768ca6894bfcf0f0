"""What is packed and locked is whole. A source folder named `build` is taken for rubbish by many tools, silently."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email import message_from_string
from importlib.metadata import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
TRAP = "/build/\nbuild/\n"
"""What stock lists of ignored files for Python say."""


def below(folder: str) -> set[str]:
    """The files below a folder of this repository, as paths from it."""
    paths = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {
        path.relative_to(ROOT / folder).as_posix()
        for path in paths
        if "__pycache__" not in path.parts and path.name != ".DS_Store"
    }


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, made where `build/` is ignored, and the wheel, made from that sdist."""
    copy, out = tmp_path_factory.mktemp("copy") / "hefte", tmp_path_factory.mktemp("packed")
    leave = shutil.ignore_patterns(".git", ".venv", "dist", "node_modules", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, copy, ignore=leave)
    with (copy / ".gitignore").open("a", encoding="utf-8") as file:
        file.write(TRAP)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=out, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def test_the_wheel_holds_every_module_layout_and_asset(packed: Path) -> None:
    [wheel] = packed.glob("*.whl")
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == (
        {f"hefte/{name}" for name in below("build/hefte")}
        | {f"hefte/layouts/{name}" for name in below("layouts")}
        | {f"hefte/assets/{name}" for name in below("assets")}
    )


def test_the_wheel_says_what_it_is(packed: Path) -> None:
    [wheel] = packed.glob("*.whl")
    archive = zipfile.ZipFile(wheel)
    info = f"hefte-{PROJECT['version']}.dist-info"
    metadata = message_from_string(archive.read(f"{info}/METADATA").decode())
    assert metadata["License-Expression"] == "AGPL-3.0-or-later"
    assert metadata["Requires-Python"] == ">=3.11"
    assert archive.read(f"{info}/entry_points.txt").decode() == "[console_scripts]\nhefte = hefte.cli:main\n"
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in archive.read(f"{info}/licenses/LICENSE").decode()


def test_the_sdist_holds_what_is_needed_to_build_and_to_test(packed: Path) -> None:
    [sdist] = packed.glob("*.tar.gz")
    top = f"hefte-{PROJECT['version']}"
    with tarfile.open(sdist) as archive:
        names = {name.removeprefix(f"{top}/") for name in archive.getnames()}
    for folder in ("assets", "build/hefte", "chapters", "docs", "layouts", "scripts"):
        assert {f"{folder}/{name}" for name in below(folder)} - names == set()
    left_out = ("tools/node_modules/", "bench/results/")
    tests = {f"tests/{name}" for name in below("tests") if not name.startswith(left_out)}
    assert (tests | {"Makefile", "pyproject.toml", "requirements.lock"}) - names == set()
    assert not [name for name in names if "node_modules" in name]


def test_the_wheel_works_without_the_checkout(packed: Path, tmp_path: Path) -> None:
    [wheel] = packed.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    script = "from hefte import house; print(house.layouts(), house.assets(), sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path / "site")},
        capture_output=True, text=True, check=True,
    )
    site = (tmp_path / "site").resolve() / "hefte"
    assert done.stdout.split() == [str(site / "layouts"), str(site / "assets")]


def test_git_does_not_ignore_the_source(tmp_path: Path) -> None:
    """Not even where a person's own list, for all their repositories, names build/."""
    (tmp_path / "ignore").write_text(TRAP, encoding="utf-8")
    names = [f"build/hefte/{name}" for name in sorted(below("build/hefte"))]
    command = ["git", "-c", f"core.excludesFile={tmp_path / 'ignore'}", "check-ignore", "--no-index", *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")


def test_ruff_sees_every_module() -> None:
    command = [sys.executable, "-m", "ruff", "check", "--show-files"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    seen = {Path(line) for line in done.stdout.splitlines()}
    assert {ROOT / "build" / "hefte" / name for name in below("build/hefte") if name.endswith(".py")} - seen == set()


def test_the_lock_holds_every_dependency_at_a_version_that_is_allowed() -> None:
    entries = re.findall(r"^([\w.-]+)==(\S+) \\$", LOCK, re.MULTILINE)
    locked = {canonicalize_name(name): version for name, version in entries}
    for line in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]):
        wanted = Requirement(line)
        assert wanted.specifier.contains(locked[canonicalize_name(wanted.name)]), line


def test_the_lock_installs_on_the_oldest_python_that_is_promised() -> None:
    """Debian 12 has 3.11.2; a lock that was made with a later one may hold what refuses it."""
    names = re.findall(r"^([\w.-]+)==", LOCK, re.MULTILINE)
    wanted = {name: metadata(name)["Requires-Python"] or "" for name in names}
    assert [name for name, pythons in wanted.items() if not SpecifierSet(pythons).contains("3.11.2")] == []


def test_the_lock_names_digests_and_no_place() -> None:
    entries = re.split(r"^(?=\w)", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) > 40
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"^(?:-|.*(?:://| @ |file:)).*$", LOCK, re.MULTILINE) == []


def test_the_lock_of_the_node_packages_names_digests_and_no_place() -> None:
    packages = json.loads((ROOT / "tests/tools/package-lock.json").read_text(encoding="utf-8"))["packages"]
    del packages[""]
    assert len(packages) > 100
    assert {name for name, package in packages.items() if "integrity" not in package} == set()
    assert {name for name, package in packages.items() if "resolved" in package} == set()


def test_every_dependency_is_accounted_for() -> None:
    text = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([^`]+)`", text, re.MULTILINE))
    node = json.loads((ROOT / "tests/tools/package.json").read_text(encoding="utf-8"))["dependencies"]
    python = (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"])
    assert told == {Requirement(line).name for line in python} | set(node)
