"""Laid-out pages, to lines of the contents whose title or number is not that of the place they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.page_words import is_number, numerals, plain, quoted, squeezed
from hefte.model import Book, Finding, LaidOut, Link, Page, Severity

_ENTRY = re.compile(r"(?P<before>\d+)\s+(?P<title>.*)|(?P<name>.*?)\s*(?P<after>\d+)?", re.DOTALL)


def _run(laid: LaidOut) -> Iterator[Finding]:
    listing = [page for page in laid.pages if page.frame == "contents"]
    entries = [(page, link) for page in listing for link in page.links if link.internal]
    for page, link in entries:
        number, title = _entry(link)
        opened = next((other for other in laid.pages if _titles(other, link.target)), None)
        if opened is None:
            what = f"{quoted(title)} leads to `{link.target}`, which begins on no page"
        elif squeezed(title) not in map(squeezed, _titles(opened, link.target)):
            what = f"{quoted(title)} is called {quoted(_titles(opened, link.target)[0])} on page {opened.number}"
        elif not number:
            what = f"{quoted(title)} has no page number"
        elif number not in _numbered(opened, laid):
            what = f"{quoted(title)} is on page {_numbered(opened, laid)[0]}, not {number}"
        else:
            continue
        yield CHECK.found(what, page=page.number, box=link.box)
    if listing:
        yield from _left_out(laid.books[0], listing[0], [link.target for _, link in entries])


def _entry(link: Link) -> tuple[str, str]:
    """The number, which may stand on either side, and the title."""
    found = _ENTRY.fullmatch(plain(link.text))
    assert found is not None  # any text will do
    return found["before"] or found["after"] or "", found["title"] or found["name"] or ""


def _titles(page: Page, chapter: str) -> list[str]:
    """What a chapter is called on the page that it begins on, in each column; none on other pages."""
    return [block.text for block in page.opens if block.chapter == chapter]


def _numbered(page: Page, laid: LaidOut) -> tuple[str, ...]:
    """The number that the page bears; where it bears none, what it would be."""
    printed = tuple(plain(line.text) for line in page.margin if is_number(line.text))
    return printed or numerals(page.number, laid.books)


def _left_out(book: Book, page: Page, targets: list[str]) -> Iterator[Finding]:
    listed = list(dict.fromkeys(targets))
    chapters = [chapter.id for chapter in book.chapters]
    for chapter in book.chapters:
        if chapter.id not in listed:
            yield CHECK.found(f"the contents leave out the chapter {quoted(chapter.title)}", page=page.number)
    in_order = [target for target in listed if target in chapters]
    if in_order != [chapter for chapter in chapters if chapter in in_order]:
        yield CHECK.found("the contents list the chapters in another order", page=page.number)


CHECK = Check(
    id="page-contents",
    severity=Severity.ERROR,
    title="A line of the contents that is not true",
    rationale="Who looks something up at night turns to the page that the contents name, and must find it there.",
    source="issue 4 (contents' page numbers true)",
    remedy="let the layout take number and title from the chapter itself: `starts[chapter.id]`, `chapter.title`",
    run=_run,
)
