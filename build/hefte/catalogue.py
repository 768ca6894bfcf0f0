"""The folders of layouts to the editions that they make: layout.toml `[files]` of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from hefte import house
from hefte.errors import SourceError
from hefte.model import Edition

if TYPE_CHECKING:
    from hefte.records.toml import TomlFile

MAIN = "brochure"
"""The layout that the ebook's page list counts the pages of."""
_SHEET = "-job"


def job_sheet(edition: str) -> str:
    """The name of the job sheet of an edition for the press."""
    return f"{edition}{_SHEET}"


def comes_with(edition: str, known: Mapping[str, Edition]) -> str | None:
    """The edition for the press whose job sheet `edition` is; None where it is none."""
    of = edition.removesuffix(_SHEET)
    return of if of != edition and edition not in known and of in known else None


def folders(root: Path) -> tuple[Path, ...]:
    """Where the layouts of a publication are looked up: its own first, the house's for what it has not."""
    return tuple(folder for folder in (root / "layouts", house.layouts()) if folder.is_dir())


def editions(root: Path) -> dict[str, Edition]:
    """Name → each edition that a layout of the publication in `root`, or one that ships with hefte, can make.

    A layout of the publication's own stands for the shipped one of the same name. Raises SourceError where a
    layout.toml is no TOML, or where two layouts make files of one name.
    """
    found: dict[str, Edition] = {}
    for name, file in sorted(_files(root).items()):
        for edition in _editions(name, file.data):
            if edition.name in found:
                raise SourceError(
                    f"the layouts {found[edition.name].layout} and {name} both make an edition {edition.name}",
                    remedy="give one of them another name", place=file.place("files", edition.name),
                )
            found[edition.name] = edition
    return found


def _files(root: Path) -> dict[str, TomlFile]:
    """Layout → its layout.toml."""
    from hefte.records.toml import read_toml

    found = {}
    for folder in folders(root):
        for path in folder.glob("*/layout.toml"):
            if path.parent.name not in found:
                found[path.parent.name] = read_toml(folder, path)
    return found


def _editions(layout: str, said: Mapping[str, object]) -> Iterator[Edition]:
    """Of one file. What is wrong in it is said when it is used (layout/settings.py): every build of another edition
    need not stop for it."""
    files = said.get("files")
    for name, table in files.items() if isinstance(files, dict) else ():
        if not isinstance(table, dict):
            continue
        trim = table.get("trim")
        size = (float(trim[0]), float(trim[1])) if _is_size(trim) else None
        yield Edition(name, layout, str(table.get("kind", "")), size, str(table.get("of", "")))


def _is_size(said: object) -> TypeGuard[list[float]]:
    return isinstance(said, list) and len(said) == 2 and all(isinstance(each, int | float) for each in said)
