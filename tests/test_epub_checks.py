"""The checks of a finished EPUB: each finds its fault in an ebook that has it, and nothing in one that has not."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

import epubkit
from epubkit import PAGES, changed, files, good, said, write
from hefte.checks.epub import EPUB_CHECKS
from hefte.model import Severity

Change = Callable[[bytes], bytes]


def swap(old: str, new: str) -> Change:
    """A change of one thing, which must be there."""
    return lambda data: data.replace(old.encode(), new.encode(), 1)


def cut(pattern: str) -> Change:
    """A change that leaves out all that the pattern finds."""
    return lambda data: re.sub(pattern.encode(), b"", data)


def at_end(new: str) -> Change:
    """A change that adds to the end of a chapter."""
    return swap("</section>", f"{new}</section>")


@dataclass(frozen=True)
class Fault:
    """An ebook with one thing wrong, and what is said of it: all that is said."""

    name: str
    file: str
    change: Change
    expected: list[tuple[str, str]]


START, VEIEN, NAV, OPF, NCX = (
    f"EPUB/{name}" for name in ("chapter-start.xhtml", "chapter-veien.xhtml", "nav.xhtml", "content.opf", "toc.ncx")
)
STYLE = "EPUB/book.css"
FAULTS = [
    Fault("mimetype is another", "mimetype", swap("application/epub+zip", "application/zip"), [
        ("epub-container", "mimetype does not say application/epub+zip"),
    ]),
    Fault("a document without language", START, cut(r' lang="nb"(?= dir)| xml:lang="nb"(?=>\n<head)'), [
        ("epub-document", f"{START} does not say what language it is in"),
    ]),
    Fault("a document of two languages", START, swap('lang="nb" dir="ltr"', 'lang="nn" dir="ltr"'), [
        ("epub-document", f"{START} says nn in lang and nb in xml:lang"),
    ]),
    Fault("an empty title", START, swap("<title>Å begynne</title>", "<title> </title>"), [
        ("epub-document", f"{START} has no title"),
    ]),
    Fault("a picture without alt text", "EPUB/cover.xhtml", cut(r' alt="[^"]*"'), [
        ("epub-alt", "EPUB/cover.xhtml: the picture images/motif.svg has no alt text"),
    ]),
    Fault("a drawing without a name", START, at_end('<svg xmlns="http://www.w3.org/2000/svg"/>'), [
        ("epub-alt", f"{START}: a drawing has no name"),
    ]),
    Fault("a heading that skips", START, lambda data: data.replace(b"h2", b"h3"), [
        ("epub-heading", f"{START}: from level 1 to 3 at “Når det er stille”"),
    ]),
    Fault("a link to no place", START, swap("#veien-h1", "#veien-h9"), [
        ("epub-link", f"{START}: chapter-veien.xhtml#veien-h9 is not there"),
    ]),
    Fault("a link to no file", START, swap("chapter-veien.xhtml#veien-h1", "borte.xhtml"), [
        ("epub-link", f"{START}: borte.xhtml is not there"),
    ]),
    Fault("an NCX entry to no file", NCX, swap('"help.xhtml"', '"hjelp.xhtml"'), [
        ("epub-link", f"{NCX}: hjelp.xhtml is not there"),
    ]),
    Fault("a note mark with elements", START, swap(">1</a></sup>", "><b>1</b></a></sup>"), [
        ("epub-note", f"{START}: the note mark 1 holds other elements; no pop-up opens"),
    ]),
    Fault("a note that does not lead back", VEIEN, cut('<a class="back"[^>]*start[^>]*>↑</a>'), [
        ("epub-note", f"{START}: the note mark 1 leads to a note that does not lead back"),
    ]),
    Fault("a link back to another place", VEIEN, swap("chapter-start.xhtml#cite-berg2019-1", "chapter-start.xhtml"), [
        ("epub-note", f"{START}: the note mark 1 leads to a note that does not lead back"),
        ("epub-note", f"{VEIEN}: a link back leads to no mark of this note"),
    ]),
    Fault("a page that the list lacks", NAV, cut(r"<li><a href=.help.xhtml#page-11.>11</a></li>\n"), [
        ("epub-page-list", "at place 11 of the page list stands 12 (EPUB/help.xhtml#page-12), of the text's markers "
                           "11 (EPUB/help.xhtml#page-11)"),
        ("epub-page-list", "at place 11 of the NCX's page list stands 11 (EPUB/help.xhtml#page-11), of the page list "
                           "12 (EPUB/help.xhtml#page-12)"),
    ]),
    Fault("two pages out of order", NAV, swap(
        '<li><a href="help.xhtml#page-11">11</a></li>\n<li><a href="help.xhtml#page-12">12</a></li>',
        '<li><a href="help.xhtml#page-12">12</a></li>\n<li><a href="help.xhtml#page-11">11</a></li>',
    ), [
        ("epub-page-list", "at place 11 of the page list stands 12 (EPUB/help.xhtml#page-12), of the text's markers "
                           "11 (EPUB/help.xhtml#page-11)"),
        ("epub-page-list", "at place 11 of the NCX's page list stands 11 (EPUB/help.xhtml#page-11), of the page list "
                           "12 (EPUB/help.xhtml#page-12)"),
    ]),
    Fault("a label that is not the marker's", START, swap('aria-label="5"', 'aria-label="55"'), [
        ("epub-page-list", "at place 5 of the page list stands 5 (EPUB/chapter-start.xhtml#page-5), of the text's "
                           "markers 55 (EPUB/chapter-start.xhtml#page-5)"),
    ]),
    Fault("an NCX that lacks the last page", NCX, cut(r'<pageTarget id="target-12".*?</pageTarget>\n'), [
        ("epub-page-list", "at place 12 of the NCX's page list stands nothing, of the page list "
                           "12 (EPUB/help.xhtml#page-12)"),
    ]),
    Fault("pages of nobody knows what", OPF, cut(r'<meta property="pageBreakSource">[^<]*</meta>'), [
        ("epub-page-list", "the pages are numbered, but it is not said after what"),
    ]),
    *(
        Fault(f"nothing of {name}", OPF, cut(rf'<meta property="schema:{name}">[^<]*</meta>'), [
            ("epub-accessibility", f"the metadata says nothing of schema:{name}"),
        ])
        for name in (
            "accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard", "accessibilitySummary"
        )
    ),
    Fault("a claim of nobody's", OPF, cut(r'<meta property="a11y:certifiedBy"[^<]*</meta>'), [
        ("epub-accessibility", "conformance is claimed, but by nobody"),
    ]),
    Fault("pictures that are not declared", START, at_end('<img src="images/motif.svg" alt="En prikk"/>'), [
        ("epub-accessibility", "there are pictures that say something, but accessMode does not have visual"),
    ]),
    Fault("a letter that no font has", START, swap("Pust.", "Pust ✿."), [
        ("epub-font", f"{START}: no embedded font has ✿ (U+273F)"),
    ]),
    Fault("a font that is none", "EPUB/fonts/Literata-Regular.woff2", lambda data: b"wOF2" + data[4:9], [
        ("epub-font", "EPUB/fonts/Literata-Regular.woff2 is not a font that can be read"),
    ]),
    Fault("a picture from the network", START, at_end('<img src="https://example.org/a.png" alt=""/>'), [
        ("epub-remote", f"{START}: fetches https://example.org/a.png"),
    ]),
    Fault("a style from the network", START, swap('href="book.css"', 'href="//example.org/book.css"'), [
        ("epub-remote", f"{START}: fetches //example.org/book.css"),
    ]),
    Fault("a font from the network", STYLE, swap("fonts/Literata-Regular.woff2", "https://example.org/a.woff2"), [
        ("epub-remote", "EPUB/book.css fetches https://example.org/a.woff2"),
    ]),
    Fault("an import from the network", STYLE, lambda data: b'@import "https://example.org/a.css";' + data, [
        ("epub-remote", "EPUB/book.css fetches https://example.org/a.css"),
    ]),
    Fault("a file of the manifest elsewhere", OPF, swap('"images/cover.png"', '"https://example.org/cover.png"'), [
        ("epub-remote", "the manifest names https://example.org/cover.png"),
    ]),
]

def test_the_good_one_is_good() -> None:
    assert said(good(), {"pages": [start.label for start in PAGES]}) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_found(fault: Fault) -> None:
    content = changed(good(), {fault.file: fault.change})
    assert [(check, without_line(message)) for check, message in said(content)] == fault.expected


def without_line(message: str) -> str:
    """Lines are asserted once, below: they change with every template."""
    return re.sub(r"xhtml:\d+:", "xhtml:", message)


def test_a_finding_names_the_line() -> None:
    line = files(good())[START].decode().split("#veien-h1")[0].count("\n") + 1
    assert said(changed(good(), {START: swap("#veien-h1", "#veien-h9")})) == [
        ("epub-link", f"{START}:{line}: chapter-veien.xhtml#veien-h9 is not there")
    ]


def test_every_check_has_an_ebook_that_fails_it() -> None:
    elsewhere = {"epub-direction", "epub-draft", "epub-words"}  # below, in test_draft.py, in test_epub_words.py
    elsewhere |= {"epub-skip-link", "epub-story-voice"}  # test_story_checks.py
    failed = {check for fault in FAULTS for check, _ in fault.expected} | elsewhere
    assert failed == {check.id for check in EPUB_CHECKS}


def test_every_check_says_why_and_what_to_do() -> None:
    for check in EPUB_CHECKS:
        assert all((check.title, check.rationale, check.source, check.remedy))
        assert check.severity is (Severity.WARNING if check.id == "epub-note" else Severity.ERROR)


def test_broken_text_is_found_and_the_rest_still_read() -> None:
    content = changed(good(), {"EPUB/help.xhtml": swap("</h1>", "")})
    check, message = said(content)[0]
    assert check == "epub-document"
    assert message.startswith("EPUB/help.xhtml is not well-formed: Opening and ending tag mismatch: h1")


def test_a_document_that_is_missing_is_found() -> None:
    content = changed(good(), {OPF: swap('<item href="help.xhtml"', '<item href="hjelp.xhtml"')})
    assert said(content)[0] == ("epub-document", "EPUB/hjelp.xhtml is listed and is not there")


def test_mimetype_must_come_first_and_bare() -> None:
    def packed(compression: int, names: list[str], extra: bytes = b"") -> bytes:
        out, there = io.BytesIO(), files(good())
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                info = zipfile.ZipInfo(name)
                info.compress_type = compression if name == "mimetype" else zipfile.ZIP_DEFLATED
                info.extra = extra if name == "mimetype" else b""
                archive.writestr(info, there[name])
        return out.getvalue()

    names = list(files(good()))
    assert said(packed(zipfile.ZIP_STORED, names)) == []
    assert said(packed(zipfile.ZIP_DEFLATED, names)) == [("epub-container", "mimetype is compressed")]
    assert said(packed(zipfile.ZIP_STORED, names[1:] + names[:1])) == [
        ("epub-container", "the first file is META-INF/container.xml, not mimetype")
    ]
    assert said(packed(zipfile.ZIP_STORED, names, struct.pack("<HHI", 0xCAFE, 4, 1))) == [
        ("epub-container", "mimetype has an extra field")
    ]


def test_the_pages_must_be_the_printed_ones() -> None:
    assert said(good(), {"pages": [str(number) for number in range(1, 17)]}) == [
        ("epub-page-list", "the page list has 12 pages (1 to 12), the printed edition 16 pages (1 to 16)")
    ]
    without = write(page_starts=())
    assert said(without, {"pages": ["1"]}) == [
        ("epub-page-list", "the page list has no pages, the printed edition 1 pages (1 to 1)")
    ]
    assert said(without, {"pages": []}) == []
    assert said(without) == []


@pytest.mark.parametrize(
    ("feature", "ebook"),
    [("pageNavigation", {"page_starts": ()}), ("pageBreakMarkers", {"page_starts": ()})],
)
def test_what_is_claimed_must_be_so(feature: str, ebook: dict[str, Any]) -> None:
    claim = swap(">ARIA<", f">{feature}<")
    assert said(changed(write(**ebook), {OPF: claim})) == [
        ("epub-accessibility", f"the metadata claims {feature}, and it is not so")
    ]


@cache
def arabic() -> bytes:
    """Set in fonts that have no Arabic, which is another check's affair."""
    return write(epubkit.arabic())


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        (OPF, swap('page-progression-direction="rtl"', ""), "the spine does not turn pages from the right"),
        (OPF, swap('page-progression-direction="rtl"', 'page-progression-direction="ltr"'),
         "the spine does not turn pages from the right"),
        (START, cut(' dir="rtl"'), f"{START} has no dir"),
        (NAV, lambda data: data.replace(b'dir="rtl"', b'dir="ltr"'), f"{NAV} (the nav) has no dir"),
    ],
)
def test_right_to_left_must_be_said_everywhere(file: str, change: Change, message: str) -> None:
    def direction(content: bytes) -> list[tuple[str, str]]:
        return [finding for finding in said(content) if finding[0] != "epub-font"]

    assert direction(arabic()) == []
    assert direction(changed(arabic(), {file: change})) == [("epub-direction", message)]


def test_scrambled_fonts_are_not_judged() -> None:
    """With META-INF/encryption.xml nobody but a reading system can read them (EPUB 3.3, 4.4)."""
    out = io.BytesIO(changed(good(), {"EPUB/fonts/Literata-Regular.woff2": lambda data: b"?" + data}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("META-INF/encryption.xml", "<encryption/>")
    assert said(out.getvalue()) == []
