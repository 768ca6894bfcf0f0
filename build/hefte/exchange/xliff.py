"""Rows to XLIFF 1.2 and 2.0, the formats of CAT tools, and back; which version a file has, it says itself."""

from __future__ import annotations

from pathlib import Path

from hefte.errors import SourceError
from hefte.exchange import limits, xliff12, xliff20
from hefte.exchange.elements import indent
from hefte.exchange.table import Row, Table, holdable
from hefte.model import Place


def write(rows: Table, version: str) -> bytes:
    """The file of that version, `1.2` or `2.0`. Raises SourceError for a character that it cannot hold."""
    from lxml import etree

    files: dict[str, list[Row]] = {}
    for row in holdable(rows):
        files.setdefault(row.reference.rpartition(":")[0], []).append(row)
    document = (xliff12 if version == "1.2" else xliff20).document(rows, files)
    indent(document)
    return bytes(etree.tostring(document, encoding="UTF-8", xml_declaration=True)) + b"\n"


def read(data: bytes, path: Path) -> Table:
    """The rows of an XLIFF file, 1.x or 2.x. Raises SourceError if it is not one, or could name other files."""
    from lxml import etree
    from translate.storage.xliff import Xliff1File
    from translate.storage.xliff2 import Xliff2File

    limits.plain_xml(data, path)
    try:
        head = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
        version = head.get("version", "") or (etree.QName(head).namespace or "").rpartition(":")[2]
        new = version.startswith("2")
        store = Xliff2File.parsestring(data) if new else Xliff1File.parsestring(data)
        units = [unit.xmlelement for unit in store.units]
    except Exception as error:  # the library asserts, and lxml has errors of its own
        raise limits.damaged(path, error) from None
    rows = tuple(xliff20.rows(units, path) if new else xliff12.rows(units, path))
    if not rows:
        raise SourceError(
            "no segment of a translation is in this file", place=Place(path),
            remedy="take a file that was made with `hefte translate export`",
        )
    return Table(source="", target=xliff20.language(head) if new else xliff12.language(head), rows=rows)
