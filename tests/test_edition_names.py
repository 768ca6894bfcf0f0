"""Each edition by its name and number: read, refused where wrong, printed in the colophon, told in the ebook."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import buildkit
import epubkit
import wordkit
from hefte import house, publication
from hefte.model import Book
from hefte.renderers import pages
from hefte.tools import epubcheck
from hefte.translation import strings

PUBLICATION = "chapters/publication.toml"
PRINT, SCREEN, EPUB = "978-0-00-000000-2", "978-0-00-000001-9", "9780000000026"
TABLES = f'\n[isbn.nb]\nprint = "{PRINT}"\nscreen = "{SCREEN}"\nepub = "{EPUB}"\n'


def test_names_and_numbers_are_read(tmp_path: Path) -> None:
    book = wordkit.read(tmp_path, {PUBLICATION: wordkit.PUBLICATION + TABLES})
    assert book.language.editions["booklet"] == "Hefte for kontorskriver"
    assert book.publication.isbn == {"nb": {"print": PRINT, "screen": SCREEN, "epub": EPUB}}


# what stands in the place of the print edition's number, and what is said of it
REFUSED = {
    "978-0-00-000000-3": "cannot be `978-0-00-000000-3`: its last digit does not fit the others; copy the number anew",
    "978-0-00-000000": "cannot be `978-0-00-000000`; write the 13 digits of an ISBN, hyphens between its groups: 978-…",
    "0-00-000000-2": "cannot be `0-00-000000-2`; write the 13 digits of an ISBN, hyphens between its groups: 978-…",
    "978--0000000002": "cannot be `978--0000000002`; write the 13 digits of an ISBN, hyphens between its groups: 978-…",
}


@pytest.mark.parametrize("number", REFUSED)
def test_a_number_that_is_none_is_refused(tmp_path: Path, number: str) -> None:
    line = wordkit.PUBLICATION.count("\n") + 3
    said = wordkit.complaints(tmp_path, {PUBLICATION: wordkit.PUBLICATION + TABLES.replace(PRINT, number)})
    assert said == [f"{PUBLICATION}:{line}: `isbn.nb.print` {REFUSED[number]}"]


def test_a_number_belongs_to_one_edition(tmp_path: Path) -> None:
    line = wordkit.PUBLICATION.count("\n") + 4
    tables = TABLES.replace(SCREEN, PRINT.replace("-", ""))
    assert wordkit.complaints(tmp_path, {PUBLICATION: wordkit.PUBLICATION + tables}) == [
        f"{PUBLICATION}:{line}: `isbn.nb.screen` is 9780000000002 a second time; give each edition in each language a "
        "number of its own",
    ]


def test_a_number_belongs_to_a_language_that_is_there(tmp_path: Path) -> None:
    line = wordkit.PUBLICATION.count("\n") + 2
    assert wordkit.complaints(tmp_path, {PUBLICATION: wordkit.PUBLICATION + TABLES.replace("isbn.nb", "isbn.nn")}) == [
        f"{PUBLICATION}:{line}: `isbn.nn` is no language of this publication; known here: nb",
    ]


def test_a_number_for_an_edition_that_no_layout_makes_is_refused(tmp_path: Path) -> None:
    tables = TABLES.replace("screen =", "scren =")
    line = (wordkit.PUBLICATION + tables).splitlines().index(f'scren = "{SCREEN}"') + 1
    assert wordkit.complaints(tmp_path, {PUBLICATION: wordkit.PUBLICATION + tables}) == [
        f"{PUBLICATION}:{line}: `isbn.nb` has a number for `scren`, which no layout makes; did you mean `screen`?",
    ]


def test_names_are_texts_that_are_translated() -> None:
    ids = [each.id for each in strings.split(wordkit.LANGUAGE, Path("language.toml"))]
    assert [id for id in ids if "editions" in id] == [
        f"language.editions.{name}" for name in ("print", "booklet", "screen", "epub", "bilingual")
    ]


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The tiny publication, its print file and its screen file numbered."""
    root = buildkit.new(tmp_path_factory.mktemp("editions") / "tiny")
    path = root / PUBLICATION
    tables = TABLES.replace("isbn.nb", "isbn.en")
    path.write_text(path.read_text(encoding="utf-8") + tables, encoding="utf-8")
    book: Book = buildkit.book(root)
    return book


def facts(rendering: Any) -> list[str]:
    """The lines of the colophon that name the edition and its number."""
    body = str(rendering.body.layout.frame(rendering.facts))
    rows = re.findall(r"<dt>(Edition|ISBN)</dt><dd>(.*?)</dd>", body)
    return [f"{term}: {re.sub('<[^>]*>', '', words)}" for term, words in rows]


def test_the_screen_file_has_a_colophon_of_its_own(numbered: Book) -> None:
    printed = buildkit.render(numbered)
    shown = pages.for_edition(printed, "screen")
    assert facts(printed)[0].startswith("Edition: Printed booklet, 1, ")
    assert facts(printed)[1:] == [f"ISBN: {PRINT}"]
    assert facts(shown)[0].startswith("Edition: PDF for screens, 1, ")
    assert facts(shown)[1:] == [f"ISBN: {SCREEN}"]
    new = [old is not now for old, now in zip(printed.document.pages, shown.document.pages, strict=True)]
    assert new == [False, True, *[False] * 6]
    assert "colophon" in shown.document.pages[1].anchors
    assert shown.document.pages[1]._page_box.page_type.side == printed.document.pages[1]._page_box.page_type.side
    assert (shown.starts, shown.overflows, shown.complaints) == (printed.starts, (), ())


def test_a_name_that_takes_too_much_room_sets_the_page_smaller(numbered: Book) -> None:
    long = {**numbered.language.editions, "screen": "A name that goes on. " * 45}
    book = replace(numbered, language=replace(numbered.language, editions=long))
    given = {"assets": house.assets(), "layouts": house.layouts()}
    printed = pages.render(buildkit.lay_out(book), "en", book.publication.root, given)
    shown = pages.for_edition(printed, "screen")
    assert (printed.facts.fits, list(shown.facts.fits)) == ({}, ["colophon"])
    assert (len(shown.document.pages), shown.overflows) == (8, ())


def test_an_edition_without_a_name_has_its_version_alone(numbered: Book) -> None:
    unnamed = replace(numbered, language=replace(numbered.language, editions={}))
    assert facts(buildkit.render(unnamed))[0].startswith("Edition: 1, ")


def test_the_ebook_tells_its_number_and_the_printed_one(tmp_path: Path) -> None:
    book = epubkit.book()
    numbers = {"nb": {"print": PRINT, "epub": EPUB}}
    language = replace(book.language, editions={"epub": "E-bok"})
    book = replace(book, publication=replace(book.publication, isbn=numbers), language=language)
    content = epubkit.write(book)
    package = epubkit.tree(content, "content.opf")
    names = {"dc": "http://purl.org/dc/elements/1.1/"}
    assert package.xpath("//dc:identifier/text()", namespaces=names) == [epubkit.IDENTIFIER, f"urn:isbn:{EPUB}"]
    assert package.xpath("//dc:source/text()", namespaces=names) == ["urn:isbn:9780000000002"]
    colophon = etree.tostring(epubkit.tree(content, "colophon.xhtml"), encoding="unicode")
    assert "<dd>E-bok, 2026.1, 22. november 2026</dd>" in colophon
    assert f'<dt>ISBN</dt><dd><bdi dir="ltr">{EPUB}</bdi></dd>' in colophon
    path = tmp_path / "ro.epub"
    path.write_bytes(content)
    assert epubcheck.check([path]) == {path: []}


def test_a_translation_gets_gaps_for_the_names(tmp_path: Path) -> None:
    from hefte.translation import start

    loaded = publication.load(wordkit.write(tmp_path))
    start.start(loaded, "pl")
    begun = (tmp_path / "chapters/pl/language.toml").read_text(encoding="utf-8")
    assert '[editions]\n# Trykt hefte\nprint = "[…]"\n' in begun
