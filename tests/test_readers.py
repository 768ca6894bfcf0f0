"""The readers that other tests look at ebooks with: what they say of a good little book, and of one that is wrong."""

from __future__ import annotations

from pathlib import Path

import readers
import tiny_epub


def test_foliate_opens_a_book(tmp_path: Path) -> None:
    seen = readers.foliate(tiny_epub.write(tmp_path / "good – sørg.epub"))
    assert (seen["title"], seen["language"], seen["sections"]) == ("Å sørge", "nb", 2)
    assert [(entry["label"], entry["href"]) for entry in seen["toc"]] == [
        ("Sorg", "EPUB/one.xhtml"), ("Hjelp", "EPUB/two.xhtml"),
    ]
    assert [(page["label"], page["href"]) for page in seen["pages"]] == [
        ("3", "EPUB/one.xhtml#p3"), ("4", "EPUB/two.xhtml#p4"),
    ]
    assert seen["landmarks"] == [{"type": "bodymatter", "href": "EPUB/one.xhtml"}]
    assert [(visit["exists"], visit["heading"], visit["entry"], visit["page"]) for visit in seen["visits"]] == [
        (True, "Sorg", "Sorg", "3"), (True, "Hjelp", "Hjelp", "4"),
        (True, "Sorg", "Sorg", "3"), (True, "Hjelp", "Hjelp", "4"),
    ]
    assert {(visit["lang"], visit["direction"]) for visit in seen["visits"]} == {("nb", "ltr")}
    assert (seen["missed"], seen["errors"]) == ([], [])


def test_foliate_tells_what_is_not_there(tmp_path: Path) -> None:
    book = tiny_epub.write(tmp_path / "a.epub", {
        "EPUB/nav.xhtml": ("two.xhtml#p4", "two.xhtml#p5"),
        "EPUB/two.xhtml": ("</h1>", '</h1><p><img src="http://example.org/a.png" alt="x"/></p>'),
        "EPUB/book.css": ("body {", "@font-face { font-family: Gone; src: url(no.woff2) } body { font-family: Gone;"),
    })
    seen = readers.foliate(book)
    assert [visit["exists"] for visit in seen["visits"]] == [True, True, True, False]
    assert seen["visits"][0]["fonts"] == {"Gone normal normal": "error"}
    assert "http://example.org/a.png" in seen["missed"]
