"""What a finished file says of its edition and kind, and which checks go by that: read back from files just written."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Pdf, String

import pdfkit
import sightkit
from hefte import seen
from hefte.checks import on_built, pdf_bookmarks, pdf_code, pdf_contrast, pdf_grey, pdf_page_count, pdf_reading
from hefte.checks import pdf as checks
from hefte.checks.frame import PdfFile
from sightkit import grey, text

BODY = "<section><h1>Ark</h1><p>Noen å snakke med</p></section><section><h1>Bak</h1><p>Ring</p></section>"


def read(content: bytes) -> PdfFile:
    """A file as somebody names it."""
    return checks.open_pdf(io.BytesIO(content), Path("x.pdf"))


def named(content: bytes) -> tuple[str | None, str | None]:
    return checks.edition_of(read(content)), checks.kind_of(read(content))


def press(**changes: Any) -> bytes:
    content: bytes = pdfkit.write_print(pdfkit.lay_out(BODY), **changes).content
    return content


def test_each_renderer_writes_what_the_file_is_and_the_checks_read_it() -> None:
    laid_out = pdfkit.lay_out(BODY)
    printed = pdfkit.write_print(laid_out, edition="leaflet").content
    assert named(printed) == ("leaflet", "press")
    assert named(press()) == ("print", "press")
    assert named(pdfkit.write_screen(laid_out)) == ("screen", "tagged")
    assert named(pdfkit.write_screen(laid_out, edition="leaflet-office", kind="office")) == ("leaflet-office", "office")
    assert named(pdfkit.impose(printed)) == ("booklet", "imposed")
    assert named(pdfkit.impose(printed, edition="pocket-sheets")) == ("pocket-sheets", "imposed")


def test_files_of_two_editions_have_two_identities() -> None:
    ids = {bytes(read(press(edition=edition)).pdf.trailer.ID[0]) for edition in ("print", "leaflet")}
    xmp = {pdf_reading.xmp(read(press(edition=edition)).pdf)["xmpMM:DocumentID"] for edition in ("print", "leaflet")}
    assert (len(ids), len(xmp)) == (2, 2)


def without_keys(content: bytes, **changed: str) -> bytes:
    """The file as it was before it named its kind, with other values in its Info dictionary."""
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(content)) as pdf:
        del pdf.docinfo["/HefteEdition"], pdf.docinfo["/HefteKind"]
        for key, value in changed.items():
            pdf.docinfo[f"/{key}"] = String(value)
        pdf.save(out)
    return out.getvalue()


def test_a_file_of_an_older_hefte_is_told_by_its_shape() -> None:
    assert named(without_keys(press())) == ("print", "press")
    assert named(without_keys(pdfkit.impose(press()))) == ("booklet", "imposed")
    assert named(without_keys(pdfkit.write_screen(pdfkit.lay_out(BODY)))) == ("screen", "tagged")


def test_a_kind_that_is_none_and_another_creator_are_not_believed() -> None:
    assert named(without_keys(press(), HefteEdition="leaflet", HefteKind="anything")) == ("print", "press")
    assert named(without_keys(press(), HefteEdition="leaflet", HefteKind="office", Creator="Word")) == (None, None)


@pytest.mark.parametrize(
    ("pages", "kind", "scaling", "duplex"),
    [(2, "office", "/None", "/DuplexFlipLongEdge"), (1, "office", "/None", None), (2, "tagged", None, None)],
)
def test_an_office_file_asks_for_both_sides_and_its_own_size(
    pages: int, kind: str, scaling: str | None, duplex: str | None
) -> None:
    said = read(pdfkit.write_screen(pdfkit.lay_out(BODY if pages == 2 else "<p>A"), kind=kind)).pdf
    wishes: Any = said.Root.ViewerPreferences
    assert len(said.pages) == pages
    assert (wishes.get("/PrintScaling"), wishes.get("/Duplex")) == (scaling, duplex)


def test_a_sheet_that_lies_across_is_turned_on_its_short_edge() -> None:
    laid_out = pdfkit.lay_out(BODY, "@page { size: 297mm 210mm }")
    said = read(pdfkit.write_screen(laid_out, kind="office")).pdf
    assert said.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"


@pytest.mark.parametrize(
    ("edition", "expect", "found"),
    [
        ("print", {}, ["there are 2 pages, which is not a multiple of 4"]),
        ("leaflet", {"kind": "press", "signature": 2}, []),
        ("poster-a3", {"kind": "press", "signature": 1}, []),
        ("large-print", {"kind": "tagged", "signature": 4}, ["there are 2 pages, which is not a multiple of 4"]),
        ("screen", {}, []),
    ],
)
def test_pages_come_in_multiples_of_what_the_layout_says(
    edition: str, expect: dict[str, Any], found: list[str]
) -> None:
    file = checks.open_pdf(io.BytesIO(press()), Path("x.pdf"), edition, expect)
    assert [finding.message for finding in pdf_page_count.CHECK.run(file)] == found


@pytest.mark.parametrize(("edition", "found"), [
    ("leaflet", []), ("print", ["there are 2 pages, which is not a multiple of 4"]),
])
def test_a_file_that_is_asked_alone_is_no_brochure_but_by_its_name(edition: str, found: list[str]) -> None:
    file = checks.open_pdf(io.BytesIO(press(edition=edition)), Path("x.pdf"))
    known = replace(file, edition=checks.edition_of(file), kind=checks.kind_of(file))
    assert (known.edition, known.kind) == (edition, "press")
    assert [finding.message for finding in pdf_page_count.CHECK.run(known)] == found


FAINT = text("faint", grey(115)) + text("large", grey(140), size=20, at="20 50")
"""Enough for WCAG 2.1, 1.4.3, and too little for 1.4.6."""


@pytest.mark.parametrize(
    ("least", "messages"),
    [
        (None, []),
        (7.0, ["“faint”, 12 pt, in #737373 on #ffffff, has a contrast of 4.74 : 1, less than 7 : 1",
               "“large”, 20 pt, in #8c8c8c on #ffffff, has a contrast of 3.36 : 1, less than 4.5 : 1"]),
    ],
)
def test_an_edition_may_require_more_contrast(least: float | None, messages: list[str]) -> None:
    found = sightkit.found(pdf_contrast.CHECK, sightkit.drawn(FAINT), "large-print", {
        "kind": "tagged", "contrast": least,
    })
    assert sorted(message for _, _, message in found) == messages


def test_an_office_file_is_held_to_contrast_and_to_grey() -> None:
    content = sightkit.drawn(text("faint", grey(150)))
    for check in (pdf_contrast.CHECK, pdf_grey.CHECK):
        found = sightkit.found(check, content, "leaflet-office", {"kind": "office"})
        assert [(severity, page) for severity, page, _ in found] == [("error", 1)], check.id
    assert sightkit.found(pdf_grey.CHECK, content, "screen", {}) == []


@pytest.mark.parametrize(
    ("expect", "messages"),
    [
        ({"codes": (sightkit.ADDRESS, "https://example.org/ar")},
         ["no page has a code that can be read; one should lead to https://example.org/ar"]),
        ({"codes": (sightkit.ADDRESS,)}, []),
        ({"code": False, "codes": ("https://example.org/other",)}, []),
        ({"codes": ("https://example.org/other",)},
         [f"the code leads to {sightkit.ADDRESS}, not to https://example.org/other"]),
    ],
)
def test_a_poster_has_the_codes_that_it_is_to_have(expect: dict[str, Any], messages: list[str]) -> None:
    content = sightkit.drawn(sightkit.code() + text("example.org/amming", at="20 180"))
    told = {"kind": "office", "code": True, "book": object(), **expect}
    assert [said for _, _, said in sightkit.found(pdf_code.CHECK, content, "poster-a4", told)] == messages


def test_one_sheet_needs_no_bookmarks() -> None:
    content = pdfkit.write_screen(pdfkit.lay_out("<p>Ark<p>Bak", "p { break-before: page }"), kind="office")
    file = checks.open_pdf(io.BytesIO(content), Path("x.pdf"), "leaflet-office", {"kind": "office"})
    assert list(pdf_bookmarks.CHECK.run(file)) == []


def test_the_builder_says_which_kind_of_file_it_made() -> None:
    sheet = pdfkit.write_screen(pdfkit.lay_out(BODY), edition="large-print")
    ids = on_built("large-print", sheet, "nb/x-large-print.pdf", {"kind": "tagged", "pages": 2}).ids
    assert "pdf-bookmarks" in ids
    assert "pdf-crop-marks" not in ids
    keys = {seen.key("pocket", b"", {"kind": kind}, rendered=True) for kind in ("ebook", "press")}
    assert len(keys) == 2
