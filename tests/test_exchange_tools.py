"""Translators' own programs on what is exported: gettext, translate-toolkit's filters and stores, LibreOffice."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from translate.filters.checks import StandardChecker
from translate.storage.pypo import pofile
from translate.storage.xliff import Xliff1File
from translate.storage.xliff2 import Xliff2File

from buildkit import contents
from exchangekit import ODD, edited, export, hostile_and_recorded, kept, row, table, take_in
from hefte import publication
from hefte.exchange import detect
from hefte.model.translation import State
from hefte.translation import workspace

STORES: dict[str, Any] = {"po": pofile, "xliff": Xliff1File, "xliff2": Xliff2File}
ROWS = (
    row("a.1", "Ny tekst [@b]", "Старий текст [@b]", State.STALE, previous="Gammel tekst [@b]"),
    row("a.2", "Ikke oversatt"), row("a.3", "Side", "Сторінка", State.FUZZY), row("a.title", "Tittel", "Назва"),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return hostile_and_recorded(tmp_path)


def program(name: str) -> str:
    """Where a program is. One that is missing fails the test: `make test` installs them."""
    found = shutil.which(name)
    assert found is not None, f"{name} is not on this machine: scripts/prepare-tests installs it"
    return found


def run(*words: str | Path) -> str:
    """Runs a program that has to succeed; what it says. It gets the machine's fonts, which hefte hides from itself."""
    env = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    done = subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, check=False, timeout=240, env=env,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


# --- gettext ---------------------------------------------------------------------------------------------------------


def test_msgfmt_accepts_a_po_file(root: Path, tmp_path: Path) -> None:
    path = export(root, "fa", "po")
    said = run(program("msgfmt"), "--check", "--statistics", "-o", tmp_path / "fa.mo", path)
    assert said.strip() == f"{len(detect.read(path).rows)} translated messages."


def test_msgfmt_counts_states_as_we_do_and_takes_odd_texts(tmp_path: Path) -> None:
    path = tmp_path / "uk-po.po"
    path.write_bytes(detect.write(table(*ROWS, *(row(f"o.{number}", "x" + odd.strip("\n"), "y" + odd.strip("\n"))
                                                 for number, odd in enumerate(ODD))), "po"))
    said = run(program("msgfmt"), "--check", "--statistics", "-o", tmp_path / "uk.mo", path)
    count = f"{len(ODD) + 1} translated messages, 2 fuzzy translations, 1 untranslated message."
    assert said.strip().splitlines()[-1] == count


def test_gettext_sorts_and_wraps_and_nothing_changes(root: Path) -> None:
    before, path = contents(root), export(root, "fa", "po")
    run(program("msgcat"), "--sort-output", "--width=40", "-o", path, path)
    assert take_in(root, "fa", path) == 0
    assert contents(root) == before


# --- translate-toolkit -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["po", "xliff"])
def test_pofilter_finds_what_was_lost_and_nothing_else(format: str, root: Path, tmp_path: Path) -> None:
    path = export(root, "fa", format)
    store = STORES[format].parsefile(str(path))
    assert len(store.units) - (format == "po") == len(detect.read(path).rows)
    lost = "\u0648\u0627\u0698\u0647"
    edited(path, {"first.1": lost})
    out = tmp_path / "filtered"
    run(sys.executable, "-m", "translate.filters.pofilter", "--progress=none", "-t", "urls", "-t", "untranslated",
        path, out)
    found = STORES[format].parsefile(str(out))
    assert [unit.target for unit in found.units if unit.source] == [lost]


def test_the_toolkits_checks_run_on_xliff_2_0(root: Path) -> None:
    """pofilter itself does not read this version."""
    path = export(root, "fa", "xliff2")
    lost = "\u0648\u0627\u0698\u0647"
    edited(path, {"first.1": lost})
    checker = StandardChecker()
    found = [unit.target for unit in Xliff2File.parsefile(str(path)).units if "urls" in checker.run_filters(unit)]
    assert found == [lost]


@pytest.mark.parametrize("format", ["po", "xliff", "xliff2"])
def test_the_toolkit_sees_the_states_that_we_mean(format: str, tmp_path: Path) -> None:
    path = tmp_path / f"uk-{format}"
    path.write_bytes(detect.write(table(*ROWS), format))
    units = [unit for unit in STORES[format].parsefile(str(path)).units if unit.source]
    assert [(unit.source, bool(unit.target), unit.isfuzzy()) for unit in units] == [
        ("Ny tekst [@b]", True, True), ("Ikke oversatt", False, False), ("Side", True, True), ("Tittel", True, False),
    ]


@pytest.mark.parametrize("format", ["po", "xliff", "xliff2"])
def test_a_target_written_by_the_toolkit_changes_that_segment_only(format: str, root: Path) -> None:
    path = export(root, "fa", format)
    store = STORES[format].parsefile(str(path))
    [unit] = [unit for unit in store.units if unit.source == "Word 5 1. not a list"]
    unit.target = "واژه\u00a0نو 😀"
    store.savefile(str(path))
    before = contents(root / "chapters")
    assert take_in(root, "fa", path) == 0
    after = contents(root / "chapters")
    changed = {name for name in after if after[name] != before[name] and "/snapshot/" not in name}
    assert changed == {"fa/first.md", "fa/memory.tmx"}
    loaded = publication.load(root)
    targets = [pair.target.text for each in workspace.open(loaded, "fa").units for pair in each.pairs
               if pair.source and pair.target and pair.source.id == "first.2"]
    assert targets == ["واژه\u00a0نو 😀"]


# --- LibreOffice -----------------------------------------------------------------------------------------------------


def saved(path: Path, kind: str = "xlsx") -> Path:
    """The spreadsheet as LibreOffice saves it, having opened it."""
    out = path.parent / "saved"
    run(program("soffice"), f"-env:UserInstallation=file://{path.parent}/profile", "--headless", "--convert-to", kind,
        "--outdir", out, path)
    return out / f"{path.stem}.{kind}"


def test_libreoffice_opens_and_saves_the_spreadsheet_and_nothing_changes(root: Path) -> None:
    before, path = contents(root), export(root, "fa", "xlsx")
    again = saved(path)
    assert again.read_bytes() != path.read_bytes()
    assert kept(detect.read(again), "xlsx") == kept(detect.read(path), "xlsx")
    assert take_in(root, "fa", again) == 0
    assert contents(root) == before


def test_libreoffice_keeps_odd_texts_and_the_look(tmp_path: Path) -> None:
    # It reads `_x000D_` as a carriage return however it is written, and has no carriage returns in cells.
    odd = [text for text in ODD if "\r" not in text and "_x000D_" not in text]
    rows = table(*(row(f"o.{number}", text, text) for number, text in enumerate(odd)), *ROWS, target="ar", rtl=True)
    (tmp_path / "ar-xlsx.xlsx").write_bytes(detect.write(rows, "xlsx"))
    again = saved(tmp_path / "ar-xlsx.xlsx")
    assert kept(detect.read(again), "xlsx") == kept(rows, "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(again.read_bytes())).active
    # without a window it forgets which rows stand still
    assert (sheet.sheet_view.rightToLeft, sheet.protection.sheet) == (True, True)
    assert {sheet.cell(2, column).number_format for column in range(1, 10)} == {"@"}
    assert (sheet["C2"].protection.locked, sheet["D2"].protection.locked) == (True, False)


def test_a_spreadsheet_of_libreoffices_own_kind_is_refused_with_what_to_do(root: Path) -> None:
    from hefte.errors import SourceError

    with pytest.raises(SourceError, match="this is a document of another kind") as raised:
        take_in(root, "fa", saved(export(root, "fa", "xlsx"), "ods"))
    assert raised.value.remedy == "save it as .xlsx (Excel 2007-365)"
