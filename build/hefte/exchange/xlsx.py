"""Rows to a spreadsheet for translators who have no other tool, and back."""

from __future__ import annotations

import io
import math
import re
import zipfile
from typing import Any

from hefte.errors import SourceError
from hefte.exchange import xlsx_cells
from hefte.exchange.table import Row, Table, holdable
from hefte.exchange.xlsx_reading import read
from hefte.model.translation import State

__all__ = ["read", "write"]

COLUMNS = {
    "id": 22, "context": 24, "source": 60, "target": 60, "note": 36, "back-translation": 40, "state": 12,
    "previous source": 40, "digest": 12,
}
"""Column → its width in characters. A row of the sheet is read by these names, in whatever order they stand."""

OPEN_COLUMNS = {"target", "back-translation", "state"}
"""Where the translator and the reviewer write. The others are grey and locked, without a password."""

_CELL = 32_767
"""Characters that a cell can hold."""

_LINE_PT, _HIGHEST_PT = 15, 400
"""Points: a line of text, and nearly what a row can have."""

_STAMP = (1980, 1, 1, 0, 0, 0)


def write(rows: Table) -> bytes:
    """The spreadsheet. Raises SourceError for what a cell cannot hold."""
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook()
    sheet = book.active
    sheet.title = (rows.target or "translation")[:31]
    look = xlsx_cells.look(rtl=rows.rtl)
    for number, (name, width) in enumerate(COLUMNS.items(), 1):
        _write(sheet.cell(1, number), _head(name, rows), look["head"])
        sheet.column_dimensions[sheet.cell(1, number).column_letter].width = width
    for line, row in enumerate(holdable(rows), 2):
        for number, (name, text) in enumerate(_texts(row).items(), 1):
            if len(text) > _CELL:
                raise SourceError(
                    f"`{row.id}`: the {name} has {len(text)} characters; a cell holds {_CELL}",
                    remedy="use another format, `--format po`", place=row.place,
                )
            kind = name if name in look else "open" if name in OPEN_COLUMNS else "locked"
            _write(sheet.cell(line, number), text, look[kind])
        sheet.row_dimensions[line].height = min(_LINE_PT * _lines(row), _HIGHEST_PT)
    sheet.freeze_panes = "B2"
    sheet.sheet_view.rightToLeft = rows.rtl
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    choice = DataValidation("list", formula1=f'"{",".join(_STATES)}"', allow_blank=True)
    choice.error = f"one of: {', '.join(_STATES)}"
    column = list(COLUMNS).index("state")
    choice.add(f"{'ABCDEFGHI'[column]}2:{'ABCDEFGHI'[column]}{len(rows.rows) + 1}")
    sheet.add_data_validation(choice)
    _lock(sheet)
    book.properties.creator = "hefte"
    book.properties.title = f"{rows.publication} {rows.version}: {rows.source} - {rows.target}"
    book.properties.language = rows.target
    file = io.BytesIO()
    book.save(file)
    return _dated(file.getvalue(), f"{rows.date}T12:00:00Z")


_STATES = (State.READY, State.FUZZY, State.STALE, State.UNRECORDED, State.MISSING, "same")


def _lines(row: Row) -> int:
    """How many lines the row needs, or will need when it is translated: not every program makes rows fit."""
    texts = {**_texts(row), "digest": ""}
    texts["target"] = max(texts["target"], texts["source"], key=len)
    return max(
        sum(math.ceil((len(line) + 1) * 1.1 / COLUMNS[name]) for line in text.split("\n"))
        for name, text in texts.items()
    )


def _head(name: str, rows: Table) -> str:
    said = {"source": rows.source, "target": rows.target}.get(name)
    return f"{name} ({said})" if said else name


def _texts(row: Row) -> dict[str, str]:
    state = "same" if row.same else row.state or ""
    return dict(zip(COLUMNS, (
        row.id, row.context, row.source, row.target, row.note, row.back_translation, state, row.previous, row.digests,
    ), strict=True))


def _write(cell: Any, text: str, look: Any) -> None:
    if text:
        cell.value = xlsx_cells.escaped(text)
        cell.data_type = "s"  # else what begins with `=` were a formula, and `#N/A` an error
    cell.font, cell.fill, cell.alignment, cell.protection = look.font, look.fill, look.alignment, look.protection
    cell.number_format = "@"  # text: else the program makes a date of `1-2` and a number of `007`


def _lock(sheet: Any) -> None:
    """Locks the sheet but for the cells that are open; sizes, filters and sorting stay the translator's."""
    lock = sheet.protection
    lock.sheet = True
    lock.formatCells = lock.formatColumns = lock.formatRows = lock.sort = lock.autoFilter = False
    lock.selectLockedCells = lock.selectUnlockedCells = False


def _dated(data: bytes, date: str) -> bytes:
    """The same file with the publication's date for the moment at which it was written: same state, same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in given.infolist():
            content = given.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", date.encode(), content)
            made.writestr(zipfile.ZipInfo(part.filename, _STAMP), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
