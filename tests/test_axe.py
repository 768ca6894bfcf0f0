"""axe-core beside Ace: what shows only at night, on a narrow screen, or with spaced text; one browser for all books."""

from __future__ import annotations

from pathlib import Path

import pytest

import epubkit
import tiny_epub
from hefte.errors import MissingToolError
from hefte.model import Finding, Severity
from hefte.tools import axe

ONE, PACKAGE, CSS = "EPUB/one.xhtml", "EPUB/package.opf", "EPUB/book.css"
END = "</section>"
NIGHT = ":root { color-scheme: light dark } @media (prefers-color-scheme: dark) { p { color: #444 } } body"
FIXED = '<meta property="rendition:layout">pre-paginated</meta></metadata>'
LONG = "<p class='w' style='width: 500px'>Det er lov.</p></section>"
CUT = "<p class='c' style='height: 1.4em; line-height: 1.2; overflow: hidden'>Det er lov å sørge</p></section>"
WRAP = "p { white-space: nowrap; font-size: 16px } body"
CONTRAST = "color-contrast: Elements must meet minimum color contrast ratio thresholds"
TOO_WIDE = "reflow: on a screen of 320 CSS pixels the page is"

# What is wrong → how it is made wrong, and what is found in the first chapter.
WRONG: dict[str, tuple[dict[str, tuple[str, str]], list[str]]] = {
    "good": ({}, []),
    "contrast by night": ({CSS: ("body", NIGHT)}, [f"{CONTRAST} ({ONE}, p, in the dark)"]),
    "contrast by day": ({CSS: ("body", "p { color: #bbb; background: #fff } body")}, [f"{CONTRAST} ({ONE}, p)"]),
    "too wide": ({ONE: (END, LONG)}, [f"{TOO_WIDE} 188 too wide ({ONE}, p.w)"]),
    "fixed pages": ({ONE: (END, LONG), PACKAGE: ("</metadata>", FIXED)}, []),
    "cut off when spaced": (
        {ONE: (END, CUT)}, [f"text-spacing: with spaced text some of the text is cut off ({ONE}, p.c)"]),
    "no alt": (
        {ONE: (END, '<p><img src="a.png"/></p></section>')},
        [f"image-alt: Images must have alternative text ({ONE}, img)"]),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    folder = tmp_path_factory.mktemp("books")
    books = {name: tiny_epub.write(folder / f"{name}.epub", changes) for name, (changes, _) in WRONG.items()}
    books["wide when spaced"] = tiny_epub.write(folder / "spaced.epub", {CSS: ("body", WRAP)})
    books["whole"] = folder / "whole.epub"
    books["whole"].write_bytes(epubkit.good())
    seen = axe.check(list(books.values()))
    assert list(seen) == list(books.values())
    return {name: seen[path] for name, path in books.items()}


@pytest.mark.parametrize("name", WRONG)
def test_axe_finds_what_is_wrong(found: dict[str, list[Finding]], name: str) -> None:
    of_one = [finding for finding in found[name] if ONE in finding.message]
    assert [finding.message for finding in of_one] == WRONG[name][1]
    assert {(finding.check, finding.severity) for finding in of_one} <= {("axe", Severity.ERROR)}


def test_axe_finds_what_is_too_wide_only_when_spaced(found: dict[str, list[Finding]]) -> None:
    [message] = [finding.message for finding in found["wide when spaced"] if ONE in finding.message]
    assert message.startswith("text-spacing: with spaced text the page is ")
    assert message.endswith(f" too wide ({ONE}, p)")


def test_axe_finds_nothing_in_ours(found: dict[str, list[Finding]]) -> None:
    assert found["whole"] == []


def test_what_axe_saw(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes(epubkit.good())
    seen = axe.look([path])
    assert isinstance(seen, list)
    assert [look["document"] for _, look in seen] == [f"EPUB/{name}" for name in (
        "cover.xhtml", "colophon.xhtml", "nav.xhtml", "chapter-start.xhtml", "chapter-veien.xhtml", "help.xhtml")]
    assert [look["missed"] for _, look in seen if look["missed"]] == []
    assert {(look["light"]["paper"], look["dark"]["paper"]) for _, look in seen} == {
        ("rgb(255, 255, 255)", "rgb(18, 18, 18)")
    }


def test_a_page_of_the_web_is_held_to_more(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("<!DOCTYPE html><html lang=nb><title>Sorg</title><p>Det er lov.", encoding="utf-8")
    assert [finding.message.partition(":")[0] for finding in axe.check_pages([page])[page]] == [
        "landmark-one-main", "page-has-heading-one", "region",
    ]


def test_axe_says_what_it_needs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HEFTE_AXE", str(tmp_path))
    assert axe.probe() is None
    with pytest.raises(MissingToolError, match="npm packages axe-core and playwright-core") as raised:
        axe.check([tiny_epub.write(tmp_path / "any.epub")])
    assert raised.value.exit_code == 4
