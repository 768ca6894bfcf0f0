"""A spreadsheet from outside to rows: formulas are text, and what the program has made of a text is refused."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hefte.errors import SourceError
from hefte.exchange import limits, xlsx_cells
from hefte.exchange.table import Row, Table, digests
from hefte.model import Place
from hefte.model.translation import State
from hefte.records.validate import near, together

ROWS, WIDTH = 50_000, 60
"""How far a sheet is read. A book has a thousand segments; further out there is a stray space."""

_NEEDED = ("id", "source", "target")


def read(data: bytes, path: Path) -> Table:
    """The rows of the spreadsheet's first sheet that has the columns. Raises SourceError, one for each bad cell."""
    from openpyxl import load_workbook

    parts = limits.modest_zip(data, path)
    for name, content in parts.items():
        if name.endswith((".xml", ".rels", ".vml")):
            limits.plain_xml(content, path, f"the part {name} of the file")
    if "xl/workbook.xml" not in parts and not any(name.startswith("xl/workbook") for name in parts):
        raise SourceError("this is no spreadsheet", remedy="save it as .xlsx (Excel 2007-365)", place=Place(path))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves out: pictures, themes, other programs' additions
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            sheets = [(sheet, _cells(sheet)) for sheet in book.worksheets]
    except SourceError:
        raise
    except Exception as error:  # openpyxl has no class for a file that is not as it should be
        raise limits.damaged(path, error) from None
    for _, lines in sheets:
        if lines and (columns := _columns(lines[0][1])) and set(_NEEDED) <= set(columns):
            return Table(source="", target=_language(lines[0][1]), rows=_rows(lines, columns, path))
    raise SourceError(
        "no sheet has the columns id, source and target in its first row", place=Place(path),
        remedy="leave the first row as it was exported",
    )


def _cells(sheet: Any) -> list[tuple[int, Sequence[Any]]]:
    """The rows that hold something, with their numbers. What the sheet says of its own size is not believed."""
    sheet.reset_dimensions()
    lines = sheet.iter_rows(min_row=1, max_row=ROWS, max_col=WIDTH)
    return [(number, line) for number, line in enumerate(lines, 1) if any(cell.value is not None for cell in line)]


def _columns(head: Sequence[Any]) -> dict[str, int]:
    """Column name → its number. `target (uk)` is `target`."""
    found: dict[str, int] = {}
    for number, cell in enumerate(head):
        if isinstance(cell.value, str):
            found.setdefault(cell.value.split("(")[0].strip().lower(), number)
    return found


def _language(head: Sequence[Any]) -> str:
    for cell in head:
        if isinstance(cell.value, str) and cell.value.lower().startswith("target ("):
            return str(cell.value)[len("target ("):].strip(" )")
    return ""


def _rows(lines: Sequence[tuple[int, Sequence[Any]]], columns: dict[str, int], path: Path) -> tuple[Row, ...]:
    rows, errors = [], []
    for number, line in lines[1:]:
        try:
            rows.append(_row(number, line, columns, path))
        except SourceError as error:
            errors.append(error)
    if errors:
        raise together(errors)
    return tuple(row for row in rows if row.id or row.source or row.target)


def _row(number: int, line: Sequence[Any], columns: dict[str, int], path: Path) -> Row:
    place = Place(path, number)

    def text(column: str) -> str:
        at = columns.get(column)
        return "" if at is None or at >= len(line) else _plain(line[at])

    source = text("source")
    at = columns["target"]
    target = _typed(line[at], source, place) if at < len(line) else ""
    state = text("state").strip().lower()
    if state not in (*State, "same", ""):
        raise SourceError(f"`{text('state')}` is no state", remedy=near(state, [*State, "same"]), place=place)
    return Row(
        id=text("id").strip(), source=source, target=target, context=text("context"), note=text("note"),
        state=State(state) if state in tuple(State) else State.READY if state else None, same=state == "same",
        back_translation=text("back-translation"), previous=text("previous source"), **digests(text("digest")),
        place=place,
    )


def _plain(cell: Any) -> str:
    """What a cell holds, as text; numbers and dates as the program shows them by itself."""
    value = cell.value
    if value is None:
        return ""
    if hasattr(value, "text"):  # a formula over several cells
        value = f"={str(value.text).removeprefix('=')}"
    return xlsx_cells.unescaped(str(value)) if isinstance(value, str) else str(value)


def _typed(cell: Any, source: str, place: Place) -> str:
    """A cell that a person typed into. What was typed is lost where the program has made a number or a date of it, but
    for a number that stands just so in the source. Raises SourceError with the cell's address."""
    value = cell.value
    if isinstance(value, bool):
        what = f"the value {str(value).upper()}"
    elif isinstance(value, (dt.date, dt.time, dt.timedelta)):
        what = f"a date or time ({value})"
    elif isinstance(value, (int, float)):
        shown = f"{value:.15g}"
        if shown == source.strip():
            return shown
        what = f"a number ({shown})"
    else:
        return _plain(cell)
    raise SourceError(
        f"cell {cell.coordinate} holds {what}, which the program has made of what was typed there", place=place,
        remedy="set the cell's format to Text and type the words again, with an apostrophe before them, such as '1-2",
    )
