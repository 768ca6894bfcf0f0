"""Rows to a PO file of gettext and back. The id is the context (`msgctxt`), the source the text (`msgid`)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hefte.errors import SourceError
from hefte.exchange.table import OPEN, Row, Table, digests, holdable
from hefte.model import Place
from hefte.model.translation import State

if TYPE_CHECKING:
    from translate.storage.pypo import pofile, pounit

SAME = "same-as-source"
"""The flag that a translator sets where the target is meant to be equal to its source."""

_CHARSET = re.compile(r'charset=\s*([^\s\\"]+)')
_CHARSET_BYTES = re.compile(rb'charset=\s*([^\s\\"]+)')
_UTF8 = (b"UTF-8", b"UTF8", b"US-ASCII", b"ASCII", b"CHARSET")
"""What a head says where the bytes are those of UTF-8; the last is what stands in a template."""
_BOMS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF8: "utf-8-sig"}


def write(rows: Table) -> bytes:
    """The PO file. Raises SourceError for a character that it cannot hold."""
    from translate.storage.pypo import pofile

    file = pofile(width=-1)  # lines are not broken: whoever compares two files sees whole segments
    file.updateheader(
        add=True, project_id_version=f"{rows.publication} {rows.version}", language=rows.target.replace("-", "_"),
        mime_version="1.0", content_type="text/plain; charset=UTF-8", content_transfer_encoding="8bit",
        pot_creation_date=f"{rows.date} 12:00+0000", po_revision_date=f"{rows.date} 12:00+0000",
        last_translator="", language_team="", x_generator="hefte", x_source_language=rows.source,
    )
    header = file.header()
    assert header is not None
    header.markfuzzy(False)
    for row in holdable(rows):
        _add(file, row)
    return bytes(file)


def _add(file: pofile, row: Row) -> None:
    from translate.storage.pypo import pounit

    unit = pounit(row.source, wrapper=file.wrapper)
    file.addunit(unit)
    unit.setcontext(row.id)
    unit.target = row.target
    for line in (row.context, *row.note.split("\n"), f"state: {row.state}" if row.state else "",
                 f"digest: {row.digests}" if row.digest else ""):
        unit.addnote(line, origin="developer")
    if row.reference:
        unit.addlocation(row.reference)
    if row.same:
        unit.settypecomment(SAME)
    if row.target and row.state in OPEN:
        unit.markfuzzy()
    if row.previous:
        unit.prev_source = row.previous


def read(data: bytes, path: Path) -> Table:
    """The rows of a PO file. Raises SourceError if it is not one, or not in UTF-8."""
    from translate.storage.pypo import pofile

    text = _decoded(data, path)
    file = pofile()
    try:
        file.parse(_CHARSET.sub("charset=UTF-8", text, count=1).encode())
    except Exception as error:  # the parser says what it does not understand in many ways
        raise _syntax(error, path) from None
    rows = tuple(_rows(file, path, text))
    if not rows:
        raise SourceError(
            "no segment of a translation is in this file", place=Place(path),
            remedy="take a file that was made with `hefte translate export`",
        )
    header = file.header()
    said = header.target if header is not None else ""
    language = re.search(r"^Language:[ \t]*(\S*)", said, re.MULTILINE)
    return Table(source="", target=language.group(1) if language else "", rows=rows)


def _rows(file: pofile, path: Path, text: str) -> Iterator[Row]:
    from translate.storage.pypo import unquotefrompo

    for unit in file.units:
        place = Place(path, _line(unit, text))
        # A text that begins with `_:` is taken for a comment of KDE's, which PO files had before they had contexts.
        source = unquotefrompo([*unit.msgidcomments, *unit.msgid])
        name = unquotefrompo(unit.msgctxt)
        if unit.obsolete or not (name or source):
            continue
        if unit.hasplural():
            raise SourceError(f"`{name}` has plural forms", remedy="keep one `msgid` and one `msgstr`", place=place)
        said = dict(line[3:].strip().split(": ", 1) for line in unit.automaticcomments if ": " in line)
        target = unit.target
        fuzzy = unit.hastypecomment("fuzzy")
        yield Row(
            id=name, source=source, target=target,
            state=State.FUZZY if fuzzy else State.READY if target else State.MISSING,
            previous=unit.prev_source, **digests(said.get("digest", "")), place=place,
            same=unit.hastypecomment(SAME),
        )


def _line(unit: pounit, text: str) -> int:
    """The line of the entry's `msgctxt`; the parser knows where its comments begin."""
    first = unit.line_number or 1
    for number, line in enumerate(text.split("\n")[first - 1:first + 200], first):
        if line.startswith(("msgctxt", "msgid")):
            return number
    return first


def _decoded(data: bytes, path: Path) -> str:
    """The file's text. Raises SourceError where the bytes are not those of UTF-8, or the head names another charset."""
    coding = next((name for mark, name in _BOMS.items() if data.startswith(mark)), "utf-8")
    said = _CHARSET_BYTES.search(data)
    if coding == "utf-8" and said and said.group(1).upper() not in _UTF8:
        raise SourceError(
            f"the file is written in {said.group(1).decode('ascii', 'replace')}, not in UTF-8",
            remedy="save it as UTF-8 (with gettext: msgconv -t UTF-8)",
            place=Place(path, data.count(b"\n", 0, said.start()) + 1),
        )
    try:
        text = data.decode(coding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"the file is not {coding.upper().removesuffix('-SIG')} (byte {data[error.start]:#04x})"
            + (", though its head says so" if said else ""),
            remedy="save it as UTF-8; letters may have been lost before: compare it with what was sent",
            place=Place(path, data.count(b"\n", 0, error.start) + 1),
        ) from None
    if "\0" in text:
        raise SourceError(
            "the file is not UTF-8 (it holds the byte 0x00)", remedy="save it as UTF-8",
            place=Place(path, text.count("\n", 0, text.index("\0")) + 1),
        )
    return text


def _syntax(error: Exception, path: Path) -> SourceError:
    line = re.search(r"on line (\d+)", str(error))
    return SourceError(
        "this is not how a PO file is written" if line else f"the file is damaged ({type(error).__name__})",
        remedy="look here for a quotation mark or a keyword that is missing; `msgfmt -c` says more",
        place=Place(path, int(line.group(1)) if line else 1),
    )
