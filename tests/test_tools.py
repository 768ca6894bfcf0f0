"""The validators of others: each is run for real on a file with nothing wrong, and on files wrong in one way each."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pikepdf
import pytest

import tiny_epub
from hefte import house
from hefte.errors import MissingToolError
from hefte.model import Finding, Severity
from hefte.tools import ace, epubcheck, page_validation, process

Books = dict[str, Path]
Found = dict[Path, list[Finding]]

ONE, PACKAGE, CSS = "EPUB/one.xhtml", "EPUB/package.opf", "EPUB/book.css"
END = "</section>"
SMIL = """<smil xmlns="http://www.w3.org/ns/SMIL" version="3.0"><body>
<par><text src="one.xhtml#h1"/><audio src="a.mp3" clipBegin="0s" clipEnd="1s"/></par>
<par><text src="one.xhtml#p3"/><audio src="a.mp3" clipBegin="1s" clipEnd="2s"/></par>
</body></smil>
"""
BEFORE_OVERLAY = """</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>"""
OVERLAY = """<meta property="media:duration">2s</meta><meta property="media:duration" refines="#mo">2s</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="one" href="one.xhtml" media-type="application/xhtml+xml" media-overlay="mo"/>
<item id="mo" href="one.smil" media-type="application/smil+xml"/><item id="a" href="a.mp3" media-type="audio/mpeg"/>"""
ONE_ITEM = '<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>'

# What is wrong → how it is made wrong, and how EPUBCheck's finding begins. It takes the first six lightly, left alone.
WRONG: dict[str, tuple[dict[str, tuple[str, str]], dict[str, str], str]] = {
    "RSC-025": (
        {ONE: (END, '<svg xmlns="http://www.w3.org/2000/svg" viewbox="0 0 1 1"><title>x</title></svg></section>'),
         PACKAGE: (ONE_ITEM, ONE_ITEM.replace("/>", ' properties="svg"/>'))}, {}, "RSC-025: "),
    "OPF-003": ({}, {"EPUB/left-over.xhtml": "x"}, 'OPF-003: Item "EPUB/left-over.xhtml" exists in the EPUB'),
    "OPF-088": ({ONE: ('="chapter"', '="kapittel"')}, {}, 'OPF-088: Unrecognized epub:type value "kapittel"'),
    "CSS-007": (
        {CSS: ("body", '@font-face { font-family: x; src: url("x.fnt") } body'),
         PACKAGE: ("</manifest>", '<item id="x" href="x.fnt" media-type="application/x-font"/></manifest>')},
        {"EPUB/x.fnt": "x"}, 'CSS-007: Font-face reference "EPUB/x.fnt" refers to non-standard font type "application'),
    "ACC-005": ({ONE: (END, "<table><tr><td>a</td></tr></table></section>")}, {}, "ACC-005: Table heading cells"),
    "MED_015": (
        {PACKAGE: (BEFORE_OVERLAY, OVERLAY)}, {"EPUB/one.smil": SMIL, "EPUB/a.mp3": "x"},
        "MED_015: Media overlay text references must be in reading order"),
    "RSC-012": ({"EPUB/nav.xhtml": ("two.xhtml#p4", "two.xhtml#p5")}, {}, "RSC-012: Fragment identifier is not"),
}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    folder = tmp_path_factory.mktemp("books")
    made = {name: tiny_epub.write(folder / f"{name}.epub", *wrong[:2]) for name, wrong in WRONG.items()}
    made["good"] = tiny_epub.write(folder / "good – sørg.epub")
    (folder / "broken.epub").write_bytes(b"PK\x03\x04 not a ZIP file")
    return {**made, "broken": folder / "broken.epub"}


@pytest.fixture(scope="module")
def epubcheck_found(books: Books) -> Found:
    return epubcheck.check(list(books.values()))


def test_epubcheck_finds_nothing_in_a_good_book(books: Books, epubcheck_found: Found) -> None:
    assert list(epubcheck_found) == list(books.values())
    assert epubcheck_found[books["good"]] == []
    assert epubcheck.probe() == "5.3.0"


@pytest.mark.parametrize("name", WRONG)
def test_epubcheck_finds_what_is_wrong(name: str, books: Books, epubcheck_found: Found) -> None:
    [finding] = epubcheck_found[books[name]]
    assert finding.message.startswith(WRONG[name][2])
    assert (finding.check, finding.severity, finding.path) == ("epubcheck", Severity.ERROR, books[name])


def test_epubcheck_says_where(books: Books, epubcheck_found: Found) -> None:
    [finding] = epubcheck_found[books["OPF-088"]]
    assert finding.message.endswith("(EPUB/one.xhtml:6)")


def test_epubcheck_says_that_a_file_is_no_book(books: Books, epubcheck_found: Found) -> None:
    assert epubcheck_found[books["broken"]][0].severity is Severity.ERROR
    assert epubcheck_found[books["broken"]][0].message.startswith("PKG-")


def test_epubcheck_says_how_to_get_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    epubcheck.probe.cache_clear()
    try:
        assert epubcheck.probe() is None
        with pytest.raises(MissingToolError, match="Java development kit, version 17") as raised:
            epubcheck.check([tmp_path / "any.epub"])
        assert "openjdk-17-jdk-headless" in raised.value.remedy
    finally:
        epubcheck.probe.cache_clear()


def test_ace_finds_nothing_in_a_good_book(books: Books) -> None:
    assert ace.check([books["good"]]) == {books["good"]: []}
    assert ace.probe() == "1.4.6"


def test_ace_finds_what_is_wrong(tmp_path: Path) -> None:
    item = '<item id="a" href="a.png" media-type="image/png"/></manifest>'
    changes = {ONE: (END, '<p><img src="a.png"/></p></section>'), PACKAGE: ("</manifest>", item)}
    book = tiny_epub.write(tmp_path / "a.epub", changes, {"EPUB/a.png": "x"})
    [finding] = ace.check([book])[book]
    assert finding.message.startswith("image-alt: ")
    assert finding.message.endswith("(one.xhtml, img)")
    assert (finding.check, finding.severity, finding.path) == ("ace", Severity.ERROR, book)
    assert "http" in finding.remedy


def test_ace_gives_no_report_on_what_is_no_book(books: Books) -> None:
    [finding] = ace.check([books["broken"]])[books["broken"]]
    assert finding.message.startswith("Ace by DAISY gave no report; it said: ")
    assert finding.severity is Severity.ERROR


def test_ace_says_what_it_needs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HEFTE_ACE", str(tmp_path / "ace-cli"))
    assert ace.probe() is None
    with pytest.raises(MissingToolError, match="@daisy/ace-cli") as raised:
        ace.check([tmp_path / "any.epub"])
    assert raised.value.exit_code == 4


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from weasyprint import HTML

    path = tmp_path_factory.mktemp("pdf") / "good.pdf"
    font = house.assets() / "fonts" / "SourceSans3-Regular.ttf"  # once our renderers are imported, there is no other
    style = f"<style>@font-face {{ font-family: Own; src: url({font.as_uri()}) }} html {{ font-family: Own }}</style>"
    html = f"<html lang=nb><title>Sorg</title>{style}<h1>Sorg</h1><p>Det er lov."
    HTML(string=html).write_pdf(path, pdf_variant="pdf/ua-1")
    return path


def test_page_validation_finds_nothing_in_a_good_pdf(tagged: Path) -> None:
    assert page_validation.check([tagged]) == {tagged: []}
    assert page_validation.probe() == "0.11.0"


def test_page_validation_finds_a_missing_title(tagged: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "untitled.pdf"
    with pikepdf.open(tagged) as pdf:
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            del metadata["dc:title"]
        pdf.save(wrong)
    [finding] = page_validation.check([wrong])[wrong]
    assert finding.message.startswith("PDFUA1-METADATA-TITLE-001: ")
    assert (finding.check, finding.severity, finding.path) == ("pdf-ua1", Severity.ERROR, wrong)


def test_page_validation_says_that_a_file_is_no_pdf(tmp_path: Path) -> None:
    wrong = tmp_path / "a.pdf"
    wrong.write_text("not a PDF")
    [finding] = page_validation.check([wrong])[wrong]
    assert finding.message.startswith("page-validation cannot read the file: ")


def test_run_gives_what_was_said() -> None:
    script = "import sys; print(sys.stdin.read() == '', 'å'); print('b', file=sys.stderr); sys.exit(3)"
    assert process.run([sys.executable, "-X", "utf8", "-c", script], timeout_s=30) == process.Outcome(3, "True å\nb")


def test_run_keeps_the_renderers_list_of_fonts_from_browsers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", str(Path(__file__).parents[1] / "build/hefte/renderers/fonts.conf"))
    monkeypatch.setenv("HEFTE_TEST", "kept")
    script = "import os; print(os.environ.get('FONTCONFIG_FILE'), os.environ['HEFTE_TEST'])"
    assert process.run([sys.executable, "-c", script], timeout_s=30).said == "None kept"


def test_run_stops_what_takes_too_long_and_its_children(tmp_path: Path) -> None:
    beats = tmp_path / "beats"
    script = f"(while :; do echo >> '{beats}'; sleep 0.05; done) & wait"
    start = time.monotonic()
    assert process.run(["sh", "-c", script], timeout_s=0.5) == process.Outcome(None, "")
    assert time.monotonic() - start < 5
    counted = beats.stat().st_size
    assert counted > 1
    time.sleep(0.3)
    assert beats.stat().st_size == counted
