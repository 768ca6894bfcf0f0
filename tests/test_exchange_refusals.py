"""Files from translators that are damaged, dangerous, or something else: one clear error each, never a traceback."""

from __future__ import annotations

import codecs
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchangekit import FORMATS, kept, row, table
from hefte.errors import SourceError
from hefte.exchange import detect, limits, po, xliff, xlsx
from hefte.model.translation import State

BOOK = table(row("a.title", "Tittel", "Привіт, світе"), row("a.1", "Én setning om æ, ø og å", "Речення"))


def refused(path: Path, data: bytes) -> SourceError:
    """The error that the file is refused with, which has the file's path and one line."""
    path.write_bytes(data)
    with pytest.raises(SourceError) as raised:
        detect.read(path)
    error = raised.value
    assert error.place is not None and error.place.path == path
    assert error.line().count("\n") == 0
    return error


def said(error: SourceError) -> tuple[int, str]:
    assert error.place is not None
    return error.place.line, error.what


# --- characters ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("charset", "encoding"), [("ISO-8859-1", "latin-1"), ("windows-1251", "cp1251"), ("CP1251", "cp1251")],
)
def test_a_po_in_another_charset(charset: str, encoding: str, tmp_path: Path) -> None:
    text = po.write(table(row("a.1", "Tekst", "æ" if encoding == "latin-1" else "ж"))).decode()
    data = text.replace("UTF-8", charset).replace("·", "-").encode(encoding)
    error = refused(tmp_path / "uk.po", data)
    assert said(error) == (10, f"the file is written in {charset}, not in UTF-8")
    assert error.remedy == "save it as UTF-8 (with gettext: msgconv -t UTF-8)"


@pytest.mark.parametrize(("encoding", "letter", "byte"), [("latin-1", "æ", "0xe6"), ("cp1251", "ж", "0xe6")])
def test_a_po_that_lies_about_its_charset(encoding: str, letter: str, byte: str, tmp_path: Path) -> None:
    text = po.write(table(row("a.1", "Tekst", letter, context="", note=""))).decode()
    error = refused(tmp_path / "uk.po", text.encode(encoding))
    line = text.split("\n").index(f'msgstr "{letter}"') + 1
    assert said(error) == (line, f"the file is not UTF-8 (byte {byte}), though its head says so")


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8])
def test_a_po_with_a_byte_order_mark_is_read(mark: bytes, tmp_path: Path) -> None:
    text = po.write(BOOK).decode()
    encoding = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}.get(mark, "utf-8")
    text = text if encoding == "utf-8" else text.replace("UTF-8", "UTF-16")
    (tmp_path / "uk.po").write_bytes(mark + text.encode(encoding))
    assert kept(detect.read(tmp_path / "uk.po"), "po") == kept(BOOK, "po")


def test_a_po_in_utf_16_without_a_mark_is_refused(tmp_path: Path) -> None:
    error = refused(tmp_path / "uk.po", po.write(BOOK).decode().encode("utf-16-le"))
    assert said(error)[1].startswith("the file is not UTF-8")


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_the_line_ends_of_other_systems(ends: str, tmp_path: Path) -> None:
    (tmp_path / "uk.po").write_bytes(po.write(BOOK).replace(b"\n", ends.encode()))
    assert kept(detect.read(tmp_path / "uk.po"), "po") == kept(BOOK, "po")


def test_a_po_with_a_broken_line(tmp_path: Path) -> None:
    text = po.write(BOOK).decode().replace('msgstr "Речення"', 'msgstr "Речення')
    error = refused(tmp_path / "uk.po", text.encode())
    assert said(error) == (text.split("\n").index('msgstr "Речення') + 1, "this is not how a PO file is written")


def test_a_po_with_plural_forms(tmp_path: Path) -> None:
    text = po.write(BOOK).decode().replace('msgstr "Речення"', 'msgid_plural "x"\nmsgstr[0] "a"\nmsgstr[1] "b"')
    assert said(refused(tmp_path / "uk.po", text.encode()))[1] == "`a.1` has plural forms"


# --- XML that reaches out --------------------------------------------------------------------------------------------

SECRET = "the content of another file"
BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("version", ["1.2", "2.0"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("doctype", [
    '<!DOCTYPE xliff [<!ENTITY x SYSTEM "{secret}">]>', '<!DOCTYPE xliff SYSTEM "{secret}">', BOMB,
    '<!DOCTYPE xliff PUBLIC "-//XLIFF//DTD XLIFF//EN" "xliff.dtd">',
])
def test_a_document_type_is_refused_before_anything_in_it_is_read(
    doctype: str, encoding: str, version: str, tmp_path: Path,
) -> None:
    (tmp_path / "secret.txt").write_text(SECRET)
    head = doctype.replace("{secret}", str(tmp_path / "secret.txt"))
    text = xliff.write(BOOK, version).decode().replace("encoding='UTF-8'?>", f"encoding='{encoding}'?>\n{head}")
    error = refused(tmp_path / "uk.xlf", text.replace("Речення", "&x;").encode(encoding))
    assert said(error) == (2, "the file has a document type (`<!DOCTYPE`), in which it could name other files")
    assert SECRET not in error.line()


def test_an_entity_without_a_document_type(tmp_path: Path) -> None:
    text = xliff.write(BOOK, "1.2").decode().replace("Речення", "&x;")
    assert said(refused(tmp_path / "uk.xlf", text.encode()))[1] == "the file is not well-formed XML (undefined entity)"


@pytest.mark.parametrize("encoding", ["utf-7", "nonsense", "shift_jis"])
def test_an_encoding_that_hides_what_stands_there(encoding: str, tmp_path: Path) -> None:
    text = xliff.write(BOOK, "1.2").decode().replace("UTF-8", encoding)
    assert said(refused(tmp_path / "uk.xlf", text.encode()))[1].startswith("the file is not well-formed XML (")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
def test_a_document_type_inside_a_spreadsheet(part: str, tmp_path: Path) -> None:
    def add(content: bytes) -> bytes:
        at = content.index(b"?>") + 2 if content.startswith(b"<?xml") else 0
        return content[:at] + BOMB.encode() + content[at:]

    error = refused(tmp_path / "uk.xlsx", repacked(xlsx.write(BOOK), part, add))
    assert error.what.startswith(f"the part {part} of the file has a document type")


def repacked(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The spreadsheet with another content in one of its parts, packed as usual."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


# --- sizes -----------------------------------------------------------------------------------------------------------


def test_a_spreadsheet_that_unpacks_to_too_much(tmp_path: Path) -> None:
    more = b" " * (limits.UNPACKED + 1)
    data = repacked(xlsx.write(BOOK), "xl/worksheets/sheet1.xml", lambda content: content + more)
    assert len(data) < 1_000_000
    error = refused(tmp_path / "uk.xlsx", data)
    assert error.what == "the file unpacks to 80 MB in 9 parts; a translation has at most 80 MB in 500"


def test_a_part_that_lies_about_its_size(tmp_path: Path) -> None:
    data = bytearray(repacked(xlsx.write(BOOK), "xl/worksheets/sheet1.xml", lambda content: content + b" " * 1_000_000))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        real = archive.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    assert data.count(real) >= 2
    error = refused(tmp_path / "uk.xlsx", bytes(data.replace(real, (1000).to_bytes(4, "little"))))
    assert error.what.startswith("the file is damaged (")


def test_a_spreadsheet_of_too_many_parts(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(limits.PARTS + 1):
            archive.writestr(f"xl/{number}.bin", b"")
    assert "in 501 parts" in refused(tmp_path / "uk.xlsx", file.getvalue()).what


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    assert refused(tmp_path / "uk.po", b"#" * (limits.LIMIT + 1)).what == "the file is larger than 20 MB"


def test_a_cell_far_out_is_not_read_up_to() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(BOOK)))
    book.active["XFD1048576"] = "stray"
    file = io.BytesIO()
    book.save(file)
    assert kept(xlsx.read(file.getvalue(), Path("x")), "xlsx") == kept(BOOK, "xlsx")


# --- what Excel makes of texts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "what"), [
    (dt.datetime(2026, 1, 2), "a date or time (2026-01-02 00:00:00)"), (dt.time(8, 30), "a date or time (08:30:00)"),
    (44927, "a number (44927)"), (1.5, "a number (1.5)"), (True, "the value TRUE"),
])
def test_a_date_or_number_in_the_target_is_refused_with_its_cell(value: object, what: str, tmp_path: Path) -> None:
    error = refused(tmp_path / "uk.xlsx", with_cells({"D3": value}))
    assert said(error) == (3, f"cell D3 holds {what}, which the program has made of what was typed there")
    assert error.remedy == (
        "set the cell's format to Text and type the words again, with an apostrophe before them, such as '1-2"
    )


def test_all_bad_cells_are_named_at_once(tmp_path: Path) -> None:
    error = refused(tmp_path / "uk.xlsx", with_cells({"D2": 1, "D3": 2}))
    assert [one.what.split()[1] for one in (error, *error.also)] == ["D2", "D3"]


def test_a_number_that_stands_so_in_the_source_is_that_text() -> None:
    data = with_cells({"C3": "116123", "D3": 116123})
    assert xlsx.read(data, Path("x")).rows[1].target == "116123"


@pytest.mark.parametrize("formula", ['=HYPERLINK("https://a.b","x")', "=1+1", "=cmd|' /C calc'!A0"])
def test_a_formula_is_its_own_text(formula: str) -> None:
    data = with_cells({"D3": formula})
    assert b"<f>" in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert xlsx.read(data, Path("x")).rows[1].target == formula


def with_cells(values: dict[str, object]) -> bytes:
    """The book's spreadsheet, in which a program has put other values into cells."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(BOOK)))
    for address, value in values.items():
        cell = book.active[address]
        cell.number_format = "General"
        cell.value = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_half_a_character_is_no_character() -> None:
    assert xlsx.read(with_cells({"D3": "a_xD83D_b_x000D_c"}), Path("x")).rows[1].target == "a_xD83D_b\rc"


def test_a_state_that_there_is_not(tmp_path: Path) -> None:
    error = refused(tmp_path / "uk.xlsx", with_cells({"G2": "redy"}))
    assert (error.what, error.remedy) == ("`redy` is no state", "did you mean `ready`?")


# --- other files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("begins", "what"), [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "this is an old or a locked spreadsheet"),
    (b"%PDF-1.7\n", "this is a PDF"),
    (b'<?xml version="1.0"?>\n<tmx version="1.4"></tmx>', "this is a translation memory"),
    (b"id;source;target\n1;2;3\n", "this is neither PO, XLIFF nor a spreadsheet (.xlsx)"),
    (b"", "this is neither PO, XLIFF nor a spreadsheet (.xlsx)"),
    (b"<html><body/></html>", "the file is damaged ("),
    (b"PK\x03\x04 and no more", "the file is damaged (File is not a zip file)"),
])
def test_other_files(begins: bytes, what: str, tmp_path: Path) -> None:
    assert refused(tmp_path / "file", begins).what.startswith(what)


def test_a_document_of_another_kind(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    error = refused(tmp_path / "uk.ods", file.getvalue())
    assert error.line().endswith("this is a document of another kind; save it as .xlsx (Excel 2007-365)")


def test_files_without_a_segment(tmp_path: Path) -> None:
    for data in (po.write(table()), xliff.write(BOOK, "1.2").replace(b"trans-unit", b"other")):
        assert refused(tmp_path / "x", data).what == "no segment of a translation is in this file"
    assert "no sheet has the columns" in refused(tmp_path / "x", with_cells({"A1": "nummer"})).what


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="the file is missing"):
        detect.read(tmp_path / "no.po")


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(format: str, data: st.DataObject, tmp_path: Path) -> None:
    rows = table(row("a.1", "Tekst", "Текст", State.STALE, previous="Gammel"))
    content = bytearray(detect.write(rows, format))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        new = data.draw(st.binary(max_size=9) | st.sampled_from([b"<", b'"', b"#|"]))
        content[at:at + data.draw(st.integers(0, 9))] = new
    path = tmp_path / "file"
    path.write_bytes(bytes(content))
    try:
        detect.read(path)
    except SourceError as error:
        assert error.place is not None and error.place.path == path
