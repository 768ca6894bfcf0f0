"""Every full edition has the same words, on paper and for the screen: held against the book, and against each other."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
from pathlib import Path

import pytest

import epubkit
import pdfkit
import tagkit
from hefte import checks as running
from hefte import pairs
from hefte.checks import edition_parity, letters_held
from hefte.checks import pdf as checks
from hefte.checks.blocks import Block
from hefte.model import Finding
from tagkit import TITLE, Change, same, swap

SIT = '<li data-key="start.3" data-line="14">Sett deg ned.</li>'
STORY = "Ho sat lenge oppe. Så sov dei."
ALARM = "<p>Dette står bare på papiret, og ingen andre steder.</p>"


def html() -> str:
    """The book as a layout sets it, with contents that name its chapters."""
    book = epubkit.book()
    entries = "".join(f'<li><a href="#{text.id}">{text.title}</a></li>' for text in book.chapters)
    contents = f'<nav aria-label="Innhold"><h1>Innhold</h1><ol>{entries}</ol></nav>'
    whole = tagkit.html(book).replace("</section>", f"</section>{contents}", 1)
    for text in book.chapters:
        whole = whole.replace(f"<h1>{text.title}</h1>", f'<h1 id="{text.id}">{text.title}</h1>')
    return whole


@functools.cache
def press(change: Change = same, css: str = "", edition: str = "print", words: str = "all") -> bytes:
    """The book on paper."""
    laid_out = pdfkit.lay_out(change(html()), css, title=TITLE)
    content: bytes = pdfkit.write_print(laid_out, title=TITLE, edition=edition, words=words).content
    return content


def tagged(change: Change = same, edition: str = "screen", words: str = "all") -> bytes:
    laid_out = pdfkit.lay_out(change(html()), title=TITLE)
    return pdfkit.write_screen(laid_out, title=TITLE, edition=edition, words=words)


def said(content: bytes, edition: str, kind: str, **expect: object) -> list[str]:
    told = {"book": epubkit.book(), "full": True, "kind": kind, **expect}
    file = checks.open_pdf(io.BytesIO(content), Path("x.pdf"), edition, told)
    return [finding.message for finding in edition_parity.CHECK.run(file)]


NARROW = "@page { size: 100mm 70mm }"
"""Pages so small that paragraphs go over two of them."""


@pytest.mark.parametrize("css", ["", NARROW], ids=["A5", "small pages"])
def test_a_print_file_has_the_books_words(css: str) -> None:
    assert said(press(css=css), "print", "press") == []
    assert said(pdfkit.impose(press()), "booklet", "imposed") == []


def _away(sentence: str) -> Change:
    return swap(sentence, "")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_away(SIT), "“Sett deg ned.” (chapters/nb/start.md:14) "),
        (_away("Ho sat lenge oppe. "), "“Ho sat lenge oppe. Så sov dei.” (story-kveld.1) "),
        (swap("Skrevet for en prøve.", "Skrevet."), "“Skrevet for en prøve.” (chapters/nb/colophon.md) "),
    ],
    ids=["an item of a list", "a story's sentence", "the colophon"],
)
@pytest.mark.parametrize("css", ["", NARROW], ids=["A5", "small pages"])
def test_words_that_are_not_on_paper_are_named_with_their_place(change: Change, message: str, css: str) -> None:
    for edition, kind, content in (
        ("print", "press", press(change, css)), ("booklet", "imposed", pdfkit.impose(press(change))),
    ):
        (only,) = said(content, edition, kind)
        assert only.startswith(message), only
        assert only.endswith(f"is not in {edition}")


def test_a_text_that_stands_twice_must_be_there_twice() -> None:
    wanted = [Block("p", f"a.{at}", pieces=[(text, "nb")]) for at, text in enumerate((STORY, "Og så.", STORY))]
    both = {1: "hosatlengeoppesåsovdeiogså", 2: "hosatlengeoppesåsovdei2"}
    assert letters_held.hold(both, wanted).missing == []
    assert letters_held.hold({**both, 2: "2"}, wanted).missing == [2]


def test_a_text_goes_over_two_pages_with_their_folios_between() -> None:
    wanted = [Block("p", "a.1", pieces=[(STORY, "nb")])]
    assert letters_held.hold({1: "hosatlen7", 2: "8geoppesåsovdei"}, wanted).missing == []
    assert letters_held.hold({1: "hosatlen7", 2: "8oppesåsovdei"}, wanted).missing == [0]


def _with(words: str) -> Change:
    """Words of the layout's own, in a chapter."""
    return swap(SIT, f"{SIT}</ul>{words}<ul>")


@pytest.mark.parametrize("kind", ["press", "tagged"])
def test_words_that_the_book_has_not_are_found(kind: str) -> None:
    make: Callable[[Change], bytes] = press if kind == "press" else tagged
    (only,) = said(make(_with(ALARM)), "large-print", kind)
    quoted = "“dettestårbarepåpapiretogingenandresteder”" if kind == "press" else (
        "“Dette står bare på papiret, og ingen andre steder.”"
    )
    assert only == f"{quoted} is in large-print and not in the book"


def test_a_leaflet_has_chosen_words_and_is_not_asked() -> None:
    assert said(press(_away(SIT)), "leaflet", "press", full=False) == []
    file = checks.open_pdf(io.BytesIO(press()), Path("x.pdf"), "print", {"kind": "press"})
    assert list(edition_parity.CHECK.run(file)) == []


def together(folder: Path, **files: bytes) -> list[tuple[str, str]]:
    """What is found in files that were named together, by the files' names."""
    paths = {name: folder / f"{name}.{'epub' if name == 'ebook' else 'pdf'}" for name in files}
    for name, content in files.items():
        paths[name].write_bytes(content)
    looks = {path: running.Look((), ()) for path in paths.values()}
    seen, failures = pairs.compared(looks)
    assert failures == []
    found: list[Finding] = [finding for look in seen.values() for finding in look.findings]
    return [(finding.path.name if finding.path else "", finding.message) for finding in found]


LESS = _away(SIT)


def test_finished_files_of_one_text_are_held_against_each_other(tmp_path: Path) -> None:
    good = {"screen": tagged(), "large": tagged(edition="large-print"), "print": press()}
    assert together(tmp_path, **good, booklet=pdfkit.impose(press())) == []
    assert together(tmp_path, **{**good, "print": press(LESS)}) == [
        ("print.pdf", "“Sett deg ned.” stands in screen.pdf and not in print.pdf"),
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [("screen", "“Sett deg ned.” stands in large.pdf and not in screen.pdf"),
     ("large", "“Sett deg ned.” stands in screen.pdf and not in large.pdf")],
)
def test_two_tagged_files_are_held_against_each_other_both_ways(tmp_path: Path, name: str, message: str) -> None:
    files = {"large": tagged(edition="large-print"), "screen": tagged(), name: tagged(LESS)}
    assert together(tmp_path, **files) == [(f"{name}.pdf", message)]


def test_words_on_paper_that_the_screen_has_not_are_found(tmp_path: Path) -> None:
    assert together(tmp_path, screen=tagged(), print=press(_with(ALARM))) == [
        ("print.pdf", "“dettestårbarepåpapiretogingenandresteder” stands in print.pdf and not in screen.pdf"),
    ]


def test_paper_is_held_against_an_ebook_where_there_is_no_tagged_file(tmp_path: Path) -> None:
    assert together(tmp_path, print=press(), ebook=epubkit.good()) == []
    assert together(tmp_path, print=press(LESS), ebook=epubkit.good()) == [
        ("print.pdf", "“Sett deg ned.” stands in ebook.epub and not in print.pdf"),
    ]


def test_a_whole_story_may_be_told_in_one_of_them_only(tmp_path: Path) -> None:
    at = html().index('<aside class="story retold"')
    story = html()[at : html().index("</aside>", at) + len("</aside>")]
    assert together(tmp_path, screen=tagged(), print=press(_away(story))) == []


def test_chosen_words_are_held_against_nothing(tmp_path: Path) -> None:
    files = {"screen": tagged(), "leaflet": tagged(LESS, "leaflet-office", "chosen"), "ebook": epubkit.good()}
    assert together(tmp_path, **files, sheet=press(LESS, "", "leaflet", "chosen")) == []


def test_what_an_edition_says_of_itself_may_differ(tmp_path: Path) -> None:
    named = swap("Skrevet for en prøve.", "Skrevet for en prøve. Stor skrift, ISBN 978-82-000-0000-0.")
    assert together(tmp_path, screen=tagged(), large=tagged(named, "large-print"), print=press()) == []
