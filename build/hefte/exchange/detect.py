"""A table to a file of one of the formats, and a file back to a table: which format it has, its bytes say."""

from __future__ import annotations

import re
from pathlib import Path

from hefte.errors import SourceError
from hefte.exchange import limits
from hefte.exchange.table import Table
from hefte.model import Place

FORMATS = {"po": ".po", "xliff": ".xlf", "xliff2": ".xlf", "xlsx": ".xlsx"}
"""Format → how a file of it is named."""

_OTHERS = (
    (rb"\xd0\xcf\x11\xe0", "an old or a locked spreadsheet", "save it as .xlsx, without a password"),
    (rb"PK\x03\x04.{26}mimetype", "a document of another kind", "save it as .xlsx (Excel 2007-365)"),
    (rb"(?:\xef\xbb\xbf)?\s*<[^>]*>?\s*(?:<!DOCTYPE[^>]*>)?\s*<tmx", "a translation memory",
     "take it in with `hefte translate memory LANG --in FILE`"),
    (rb"%PDF", "a PDF", "send the file that was exported"),
)
"""How other files begin that a translator may send; what they are, what to do."""


def write(rows: Table, format: str) -> bytes:
    """The file, in one of FORMATS."""
    from hefte.exchange import po, xliff, xlsx

    if format == "po":
        return po.write(rows)
    return xlsx.write(rows) if format == "xlsx" else xliff.write(rows, "2.0" if format == "xliff2" else "1.2")


def read(path: Path) -> Table:
    """The rows of a file. Raises SourceError if it is none of the formats, or a damaged or dangerous one."""
    from hefte.exchange import po, xliff, xlsx

    data = limits.read(path)
    for begins, what, remedy in _OTHERS:
        if re.match(begins, data, re.DOTALL):
            raise SourceError(f"this is {what}", remedy=remedy, place=Place(path))
    if data.startswith(b"PK"):
        return xlsx.read(data, path)
    # In UTF-16 every second byte is zero.
    head = data.replace(b"\0", b"")
    if re.match(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<", head):
        return xliff.read(data, path)
    if b"msgid" in head:
        return po.read(data, path)
    raise SourceError(
        "this is neither PO, XLIFF nor a spreadsheet (.xlsx)", place=Place(path),
        remedy="send the file that was exported, in the format in which it was",
    )
