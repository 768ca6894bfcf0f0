"""The ebook as a package: what validators and readers say of it, its bytes, its metadata, its order."""

from __future__ import annotations

import datetime as dt
import io
import os
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

import epubkit
import readers
from epubkit import (
    FOOTNOTE,
    NS,
    PAGES,
    PICTURES,
    figures,
    files,
    good,
    tree,
    with_first,
    write,
)
from hefte.tools import epubcheck


def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    """No error, no warning, with the severities that we raise. One run: the virtual machine starts once."""
    books = {
        "good": good(), "without-pages": write(page_starts=()), "footnote": write(with_first(FOOTNOTE)),
        "pictures": write(with_first(PICTURES, root=figures(tmp_path))), "arabic": write(epubkit.arabic()),
        "unclaimed": write(claims_conformance=False),
    }
    paths = []
    for name, content in books.items():
        paths.append(tmp_path / f"{name}.epub")
        paths[-1].write_bytes(content)
    assert epubcheck.check(paths) == {path: [] for path in paths}


def test_a_reader_finds_every_place_and_page(tmp_path: Path) -> None:
    """foliate-js opens it: each entry of the contents and each page is there, shown as such, in the fonts embedded."""
    path = tmp_path / "ro.epub"
    path.write_bytes(good())
    seen = readers.foliate(path)
    assert [entry["label"] for entry in seen["toc"]] == ["Å begynne", "Veien videre", "Noen å ringe"]
    assert [page["label"] for page in seen["pages"]] == [start.label for start in PAGES]
    visits = seen["visits"]
    assert all(visit["exists"] for visit in visits)
    assert [visit["page"] for visit in visits[3:]] == [start.label for start in PAGES]
    fonts = {(font, status) for visit in visits for font, status in visit["fonts"].items()}
    assert {font for font, status in fonts if status == "loaded"} == {font for font, _ in fonts}
    assert (seen["missed"], seen["errors"]) == ([], [])


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another folder, another time zone, another language of the system."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(os.environ, "TZ", "Asia/Tokyo")
    monkeypatch.setitem(os.environ, "LANG", "ar_EG.UTF-8")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("elsewhere")
def test_the_same_book_is_the_same_bytes() -> None:
    assert write() == good()


def test_the_archive_is_dated_by_the_publication() -> None:
    with zipfile.ZipFile(io.BytesIO(good())) as archive:
        infos = archive.infolist()
    assert [info.filename for info in infos] == [
        "mimetype", "META-INF/container.xml", "EPUB/content.opf", "EPUB/cover.xhtml", "EPUB/colophon.xhtml",
        "EPUB/nav.xhtml", "EPUB/chapter-start.xhtml", "EPUB/chapter-veien.xhtml", "EPUB/help.xhtml", "EPUB/book.css",
        "EPUB/fonts/SourceSans3-Regular.woff2", "EPUB/fonts/SourceSans3-Italic.woff2",
        "EPUB/fonts/SourceSans3-SemiBold.woff2", "EPUB/fonts/Literata-Regular.woff2",
        "EPUB/fonts/Literata-Medium.woff2", "EPUB/images/motif.svg", "EPUB/images/cover.png", "EPUB/toc.ncx",
    ]
    assert {info.date_time for info in infos} == {(2026, 11, 22, 12, 0, 0)}
    assert (infos[0].compress_type, infos[0].extra, infos[0].header_offset) == (zipfile.ZIP_STORED, b"", 0)


def test_a_date_before_zip_is_written_as_its_first() -> None:
    content = write(when=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)
    assert "1970-01-01T00:00:00Z" in files(content)["EPUB/content.opf"].decode()


def test_a_time_of_another_zone_is_written_as_utc() -> None:
    oslo = dt.timezone(dt.timedelta(hours=1))
    content = write(when=dt.datetime(2026, 11, 22, 13, tzinfo=oslo))
    assert content == good()


def test_metadata() -> None:
    package = tree(good(), "content.opf")
    said = [
        (meta.get("property") or meta.get("name") or f"dc:{etree.QName(meta).localname}",
         meta.text or meta.get("content"))
        for meta in package.iterfind("opf:metadata/*", NS)
    ]
    assert said == [
        ("dcterms:modified", "2026-11-22T12:00:00Z"),
        ("dc:identifier", epubkit.IDENTIFIER),
        ("dc:language", "nb"),
        ("dc:title", "Ro"),
        ("dc:title", "Om å finne den"),
        ("dc:creator", "Rolig forlag"),
        ("dc:publisher", "Rolig forlag"),
        ("dc:date", "2026-11-22"),
        ("dc:description", "Et hefte om ro."),
        ("dc:rights", "CC BY 4.0"),
        ("dc:subject", "ro"),
        ("dc:subject", "hvile"),
        ("dc:source", "Ro, trykt utgave 2026.1"),
        ("title-type", "main"),
        ("title-type", "subtitle"),
        ("pageBreakSource", "Ro, trykt utgave 2026.1"),
        ("schema:accessMode", "textual"),
        ("schema:accessModeSufficient", "textual"),
        ("schema:accessibilityFeature", "tableOfContents"),
        ("schema:accessibilityFeature", "readingOrder"),
        ("schema:accessibilityFeature", "structuralNavigation"),
        ("schema:accessibilityFeature", "displayTransformability"),
        ("schema:accessibilityFeature", "ARIA"),
        ("schema:accessibilityFeature", "pageNavigation"),
        ("schema:accessibilityFeature", "pageBreakMarkers"),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", "Alt kan leses med øynene, ørene og fingrene."),
        ("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"),
        ("a11y:certifiedBy", "Rolig forlag"),
        ("cover", "cover-image"),
    ]


def properties(content: bytes, name: str) -> list[str]:
    path = f"//opf:meta[@property='{name}']/text()"
    return [str(value) for value in tree(content, "content.opf").xpath(path, namespaces=NS)]


def test_pictures_that_say_something_are_declared(tmp_path: Path) -> None:
    content = write(with_first(PICTURES, root=figures(tmp_path)))
    assert properties(content, "schema:accessMode") == ["textual", "visual"]
    assert properties(content, "schema:accessModeSufficient") == ["textual,visual", "textual"]
    assert "alternativeText" in properties(content, "schema:accessibilityFeature")


def test_decoration_is_not_declared(tmp_path: Path) -> None:
    content = write(with_first(PICTURES.replace("En prikk", ""), root=figures(tmp_path)))
    assert properties(content, "schema:accessMode") == ["textual"]
    assert "alternativeText" not in properties(content, "schema:accessibilityFeature")


def test_conformance_is_claimed_only_where_it_is_checked() -> None:
    content = write(claims_conformance=False)
    assert properties(content, "dcterms:conformsTo") == properties(content, "a11y:certifiedBy") == []


def test_a_translator_is_named() -> None:
    book = epubkit.book()
    content = write(replace(book, language=replace(book.language, translator="Kari Nord")))
    package = tree(content, "content.opf")
    assert package.findtext(".//dc:contributor", None, NS) == "Kari Nord"
    assert package.xpath("//opf:meta[@refines='#translator']/text()", namespaces=NS) == ["trl"]


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("0d7c1c5e-7a53-5a0e-9f4e-5a1d0c0ffee0", "urn:uuid:0d7c1c5e-7a53-5a0e-9f4e-5a1d0c0ffee0"),
        ("urn:isbn:9788200000006", "urn:isbn:9788200000006"),
    ],
)
def test_the_identifier_is_a_uri_and_the_ncx_has_it_too(given: str, written: str) -> None:
    content = write(identifier=given)
    assert tree(content, "content.opf").findtext(".//dc:identifier", None, NS) == written
    (uid,) = tree(content, "toc.ncx").xpath("//ncx:meta[@name='dtb:uid']/@content", namespaces=NS)
    assert uid == written


def test_reading_order_is_the_printed_one_and_ends_with_the_help() -> None:
    package = tree(good(), "content.opf")
    spine = package.xpath("//opf:itemref/@idref", namespaces=NS)
    assert spine == ["cover", "colophon", "nav", "chapter-start", "chapter-veien", "help"]
    assert package.find("opf:spine", NS).attrib == {"toc": "ncx", "page-progression-direction": "ltr"}


def test_ids_and_file_names_begin_with_a_letter() -> None:
    book = epubkit.book()
    chapters = (replace(book.chapters[0], id="a1-start"), book.chapters[1])
    package = tree(write(replace(book, chapters=chapters)), "content.opf")
    items = package.xpath("//opf:item", namespaces=NS)
    assert all(item.get("id")[0].isalpha() and item.get("href").split("/")[-1][0].isalpha() for item in items)
