"""PO, XLIFF 1.2 and 2.0, spreadsheet: what a row says comes back as it was, and each file says what it should."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from exchangekit import FORMATS, ODD, kept, row, table, tables, through
from hefte.errors import SourceError
from hefte.exchange import detect, po, xliff, xlsx
from hefte.exchange.table import Table
from hefte.model.translation import State

STALE = row("a.1", "Ny tekst [@b]", "Старий текст [@b]", State.STALE, previous="Gammel tekst [@b]")
READY = row("a.title", "Tittel", "Назва")
MISSING = row("story-x.2", "Ikke oversatt")
FUZZY = row("language.labels.page", "Side", "Сторінка", State.FUZZY)
BOOK = table(STALE, READY, MISSING, FUZZY)


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=tables())
def test_every_text_and_state_comes_back(format: str, rows: Table, tmp_path: Path) -> None:
    assert kept(through(rows, format, tmp_path), format) == kept(rows, format)


@pytest.mark.parametrize("format", FORMATS)
def test_what_programs_take_for_something_else_comes_back(format: str, tmp_path: Path) -> None:
    rows = table(*(row(f"odd.{number}", text, text) for number, text in enumerate(ODD)))
    assert kept(through(rows, format, tmp_path), format) == kept(rows, format)


@pytest.mark.parametrize("format", FORMATS)
def test_the_file_says_its_language_and_is_the_same_each_time(format: str, tmp_path: Path) -> None:
    assert through(BOOK, format, tmp_path).target == "uk"
    assert detect.write(BOOK, format) == detect.write(BOOK, format)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("bad", ["\x07", "\x1b", "\ufffe", "\ud800"])
def test_what_xml_cannot_hold_is_refused_before_anything_is_written(format: str, bad: str) -> None:
    with pytest.raises(SourceError) as raised:
        detect.write(table(READY, row("a.9", "Tekst", f"те{bad}кст")), format)
    assert raised.value.what.startswith(f"`a.9`: the target holds the control character U+{ord(bad):04X}")


# --- PO --------------------------------------------------------------------------------------------------------------


def test_po_in_full() -> None:
    assert po.write(table(STALE, MISSING)).decode() == """\
msgid ""
msgstr ""
"Project-Id-Version: hefte 1.0\\n"
"Report-Msgid-Bugs-To: \\n"
"POT-Creation-Date: 2026-11-22 12:00+0000\\n"
"PO-Revision-Date: 2026-11-22 12:00+0000\\n"
"Last-Translator: \\n"
"Language-Team: \\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Generator: hefte\\n"
"Language: uk\\n"
"X-Source-Language: nb\\n"

#. Heading · paragraph
#. keep as it is: {{ x }}
#. glossary: a = b
#. state: stale
#. digest: 89ed3e9ac7b1b0e2a0b8
#: chapters/nb/a.md:7
#, fuzzy
#| msgid "Gammel tekst [@b]"
msgctxt "a.1"
msgid "Ny tekst [@b]"
msgstr "Старий текст [@b]"

#. Heading · paragraph
#. keep as it is: {{ x }}
#. glossary: a = b
#. state: missing
#. digest: 98d7f7f1ba5a36a7f1ae
#: chapters/nb/a.md:7
msgctxt "story-x.2"
msgid "Ikke oversatt"
msgstr ""
""".replace("89ed3e9ac7b1b0e2a0b8", STALE.digests).replace("98d7f7f1ba5a36a7f1ae", MISSING.digests)


def test_a_language_with_a_territory_is_written_as_gettext_does() -> None:
    data = po.write(table(READY, target="fa-AF"))
    assert b'"Language: fa_AF\\n"' in data
    assert po.read(data, Path("fa.po")).target == "fa_AF"


def test_a_po_row_knows_the_line_of_its_context() -> None:
    data = po.write(BOOK)
    lines = data.decode().splitlines()
    for one in po.read(data, Path("uk.po")).rows:
        assert one.place is not None
        assert lines[one.place.line - 1] == f'msgctxt "{one.id}"'


def test_obsolete_entries_and_a_mark_of_the_translator() -> None:
    text = po.write(table(READY)).decode().replace("msgctxt", "#, same-as-source\nmsgctxt")
    text += '\n#~ msgctxt "a.7"\n#~ msgid "Borte"\n#~ msgstr "Нема"\n'
    [one] = po.read(text.encode(), Path("uk.po")).rows
    assert (one.id, one.same, one.state) == ("a.title", True, State.READY)


# --- XLIFF -----------------------------------------------------------------------------------------------------------

OLD = "{urn:oasis:names:tc:xliff:document:1.2}"
NEW = "{urn:oasis:names:tc:xliff:document:2.0}"


def test_xliff_1_2_has_states_an_approval_and_the_previous_version() -> None:
    root = etree.fromstring(xliff.write(BOOK, "1.2"))
    assert (root.get("version"), root[0].get("source-language"), root[0].get("target-language")) == ("1.2", "nb", "uk")
    units = {unit.get("id"): unit for unit in root.iter(f"{OLD}trans-unit")}
    states = {
        id: (unit.get("approved"), target.get("state"), target.get("state-qualifier"))
        for id, unit in units.items() if (target := unit.find(f"{OLD}target")) is not None
    }
    assert states == {
        "a.1": (None, "needs-review-translation", "x-stale"),
        "a.title": ("yes", "translated", None),
        "language.labels.page": (None, "needs-review-translation", "x-fuzzy"),
    }
    assert units["story-x.2"].find(f"{OLD}target") is None
    assert units["a.1"].findtext(f"{OLD}alt-trans/{OLD}source") == "Gammel tekst [@b]"
    # the order that XLIFF 1.2 wants in a unit: source, target, then the rest
    assert [etree.QName(one).localname for one in units["a.1"]] == [
        "source", "target", "context-group", "note", "note", "alt-trans",
    ]


def test_xliff_2_0_has_states_and_the_previous_source() -> None:
    root = etree.fromstring(xliff.write(BOOK, "2.0"))
    assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == ("2.0", "nb", "uk")
    units = {unit.get("id"): unit for unit in root.iter(f"{NEW}unit")}
    states = {id: (one.get("state"), one.get("subState")) for id, unit in units.items()
              for one in unit.iter(f"{NEW}segment")}
    assert states == {
        "a.1": ("initial", "hefte:stale"), "a.title": ("translated", None), "story-x.2": ("initial", "hefte:missing"),
        "language.labels.page": ("initial", "hefte:fuzzy"),
    }
    meta = {one.get("type"): one.text for one in units["a.1"].iter("{*}meta")}
    assert meta == {"digest": STALE.digests, "previous-source": STALE.previous, "reference": STALE.reference}
    # the order that XLIFF 2.0 wants in a unit: modules, notes, then segments
    assert [etree.QName(one).localname for one in units["a.1"]] == ["metadata", "notes", "segment"]


def test_each_text_of_the_book_is_a_file_of_its_own() -> None:
    rows = table(READY, row("b.1", "Annet", "Інше", reference="chapters/nb/b.md:3"))
    for version, names in (("1.2", f"{OLD}file"), ("2.0", f"{NEW}file")):
        root = etree.fromstring(xliff.write(rows, version))
        assert [file.get("original") for file in root.iter(names)] == ["chapters/nb/a.md", "chapters/nb/b.md"]
        assert [one.id for one in xliff.read(xliff.write(rows, version), Path("x.xlf")).rows] == ["a.title", "b.1"]


@pytest.mark.parametrize(("attributes", "state"), [
    ('state="new"', State.FUZZY), ('state="needs-translation"', State.FUZZY), ('state="translated"', State.READY),
    ('state="final"', State.READY), ('state="signed-off"', State.READY), ("", None),
    ('state="needs-review-translation" state-qualifier="x-stale"', State.STALE),
    ('state="needs-review-translation" state-qualifier="fuzzy-match"', State.FUZZY),
])
def test_states_of_xliff_1_2(attributes: str, state: State | None) -> None:
    assert [one.state for one in xliff.read(old_file(f"<target {attributes}>x</target>"), Path("x"))
            .rows] == [state]


def test_an_approval_counts_where_there_is_no_state() -> None:
    target = "<target>x</target>"
    assert [xliff.read(old_file(target, f'approved="{said}"'), Path("x")).rows[0].state for said in ("yes", "no")] == [
        State.READY, State.FUZZY,
    ]
    target = '<target state="needs-review-translation">x</target>'
    assert xliff.read(old_file(target, 'approved="yes"'), Path("x")).rows[0].state is State.FUZZY


def test_what_a_cat_tool_puts_around_parts_of_a_target_is_not_text() -> None:
    parts = '<mrk mtype="seg" mid="1">Én. <g id="1">To</g></mrk><!-- x --><mrk mtype="seg" mid="2"> tre</mrk>'
    assert xliff.read(old_file(f"<target>{parts}</target>"), Path("x")).rows[0].target == "Én. To tre"


def old_file(target: str, attributes: str = "") -> bytes:
    return f"""<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a" source-language="nb" target-language="uk" datatype="plaintext"><body>
<trans-unit id="a.1" {attributes}><source>Kilde</source>{target}</trans-unit></body></file></xliff>""".encode()


def new_file(segments: str) -> bytes:
    return f"""<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="nb" trgLang="uk">
<file id="f"><unit id="a.1">{segments}</unit></file></xliff>""".encode()


def test_a_unit_that_a_tool_has_split_is_put_together_again() -> None:
    [one] = xliff.read(new_file(
        '<segment id="1" state="final"><source>Én.</source><target>Раз.</target></segment>'
        '<ignorable><source> </source></ignorable>'
        '<segment id="2" state="translated"><source>To.</source><target>Два.</target></segment>'
    ), Path("x")).rows
    assert (one.id, one.source, one.target, one.state) == ("a.1", "Én. To.", "Раз. Два.", State.READY)


def test_a_split_unit_of_which_a_part_has_no_target_has_none() -> None:
    [one] = xliff.read(new_file(
        "<segment><source>Én.</source><target>Раз.</target></segment><segment><source>To.</source></segment>"
    ), Path("x")).rows
    assert (one.source, one.target, one.state) == ("Én.To.", "", State.MISSING)


def test_xliff_in_utf_16() -> None:
    text = xliff.write(BOOK, "1.2").decode().replace("encoding='UTF-8'", "encoding='UTF-16'")
    assert kept(xliff.read(text.encode("utf-16"), Path("x")), "xliff") == kept(BOOK, "xliff")


# --- the spreadsheet -------------------------------------------------------------------------------------------------


def test_the_look_of_the_spreadsheet() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.write(BOOK))).active
    assert [cell.value for cell in sheet[1]] == [
        "id", "context", "source (nb)", "target (uk)", "note", "back-translation", "state", "previous source", "digest",
    ]
    assert (sheet.freeze_panes, sheet.sheet_view.rightToLeft, sheet.protection.sheet) == ("B2", False, True)
    assert {cell.number_format for line in sheet.iter_rows() for cell in line} == {"@"}
    locked = {sheet.cell(1, cell.column).value: (cell.protection.locked, cell.fill.fgColor.rgb) for cell in sheet[2]}
    open_columns = {"target (uk)", "back-translation", "state"}
    assert {name for name, (lock, _) in locked.items() if not lock} == open_columns
    assert {colour for name, (_, colour) in locked.items() if name not in open_columns} == {"FFEDEDED"}


def test_a_language_from_right_to_left_has_its_sheet_that_way() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.write(table(READY, target="ar", rtl=True)))).active
    assert sheet.sheet_view.rightToLeft is True
    assert (sheet["D2"].alignment.readingOrder, sheet["C2"].alignment.readingOrder) == (2, 1)


def test_a_row_is_as_high_as_its_translation_will_be() -> None:
    rows = table(row("a.1", "x" * 300), row("a.2", "x", note="one\ntwo"), row("a.3", "x" * 30_000))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.write(rows))).active
    assert [sheet.row_dimensions[line].height for line in (2, 3, 4)] == [90, 30, 400]


def test_no_cell_is_a_formula_or_an_error() -> None:
    texts = ["=1+1", "+1", "-1", "@x", "#N/A", "2026-11-23"]
    data = xlsx.write(table(*(row(f"a.{number}", text, text) for number, text in enumerate(texts))))
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    filled = [cell for cell in re.findall(r"<c .*?</c>", sheet) if "<t" in cell or "<v>" in cell]
    assert {re.sub(r'.* t="(\w+)".*', r"\1", cell) for cell in filled} == {"inlineStr"}


def test_columns_and_rows_in_another_order_and_columns_that_are_gone() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Remarks", "target (uk)", "source", "ID", None])
    book.active.append([5, "Назва", "Tittel", "a.title", None])
    file = io.BytesIO()
    book.save(file)
    rows = xlsx.read(file.getvalue(), Path("x.xlsx"))
    assert [(one.id, one.source, one.target, one.state) for one in rows.rows] == [("a.title", "Tittel", "Назва", None)]


def test_a_text_longer_than_a_cell_is_refused() -> None:
    with pytest.raises(SourceError, match=r"`a\.1`: the source has 32768 characters; a cell holds 32767"):
        xlsx.write(table(row("a.1", "x" * 32_768)))


def test_a_back_translation_and_the_state_same_come_back(tmp_path: Path) -> None:
    rows = table(row("a.1", "Kirkens SOS", "Kirkens SOS", back_translation="The Church's SOS"))
    [one] = through(rows, "xlsx", tmp_path).rows
    assert (one.back_translation, one.same) == ("The Church's SOS", False)
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(rows)))
    book.active["G2"] = "same"
    book.save(tmp_path / "b.xlsx")
    [one] = detect.read(tmp_path / "b.xlsx").rows
    assert (one.same, one.state) == (True, State.READY)
