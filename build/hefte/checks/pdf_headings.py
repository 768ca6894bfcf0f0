"""A tagged PDF to headings that are not the source's, that skip a level, or that the bookmarks do not know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hefte.checks import pdf_held, pdf_tags
from hefte.checks.blocks import Block, letters
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import each_page, guarded
from hefte.model import Book, Finding, Severity

_DEEPEST = 50
"""Bookmarks below bookmarks."""


def _run(file: PdfFile) -> Iterator[Finding]:
    if not pdf_tags.tagged(file.pdf):
        return
    headings = [block for block in pdf_held.blocks(file) if block.level]
    yield from _levels(file, headings)
    if pdf_held.ours(file):
        yield from _as_written(file, headings)
        yield from _bookmarks(file, headings)


def _levels(file: PdfFile, headings: list[Block]) -> Iterator[Finding]:
    """The first heading that is more than one level below the one before it (ISO 14289-1, 7.4.2)."""
    before = 0
    for heading in headings:
        if heading.level > before + 1:
            above = f"level {before}" if before else "no heading"
            yield _found(file, f"{heading.quoted} is a heading of level {heading.level} after {above}", heading)
            return
        before = heading.level


def _as_written(file: PdfFile, headings: list[Block]) -> Iterator[Finding]:
    """Those of each book, with their levels and in their order; then those of no book."""
    known: set[str] = set()
    for held in pdf_held.held(file, pdf_held.blocks(file)):
        wanted = [block for block in held.wanted if block.level]
        known |= {block.letters for block in wanted} | _of_the_frame(held.book)
        pairs = {id(pair.wanted): pair.blocks[0] for pair in held.alignment.pairs}
        for block in wanted:
            there = pairs.get(id(block))
            if there is not None and there.level != block.level:
                said = f"a heading of level {there.level}" if there.level else f"no heading ({there.kind})"
                yield _found(file, f"{block.quoted} ({block.key}) is {said}, not one of level {block.level}", there)
    for heading in headings:
        if heading.letters not in known:
            yield _found(file, f"{heading.quoted} is tagged as a heading, and is none in the source", heading)


def _of_the_frame(book: Book) -> set[str]:
    """What a layout may put above its own pages: the contents, the pages for notes."""
    return {letters(label) for label in book.language.labels.values()}


def _bookmarks(file: PdfFile, headings: list[Block]) -> Iterator[Finding]:
    """Each bookmark has the words of a heading, leads to its page, and comes in its order."""
    at = 0
    with file.pdf.open_outline(strict=False) as outline:
        for item in _items(outline.root):
            own = letters(item.title)
            place = next((n for n in range(at, len(headings)) if headings[n].letters == own), None)
            if place is None:
                known = any(each.letters == own for each in headings)
                what = "is out of order" if known else "is the name of no heading"
                yield CHECK.found(f"the bookmark “{item.title}” {what}", path=file.path)
                continue
            at, page = place + 1, _page(file, item)
            if page is not None and page != headings[place].page:
                what = f"the bookmark “{item.title}” leads to page {page}, and its heading is on {headings[place].page}"
                yield _found(file, what, headings[place])


def _items(items: Any, depth: int = 0) -> Iterator[Any]:
    for item in items if depth < _DEEPEST else ():
        yield item
        yield from _items(item.children, depth + 1)


def _page(file: PdfFile, item: Any) -> int | None:
    """Where a bookmark with a destination of its own leads; a named one is not followed."""
    action = item.action
    there: Any = item.destination if item.destination is not None else action.get("/D") if action is not None else None
    try:
        home = there[0]
    except (TypeError, LookupError, ValueError):
        return None
    return next((number for number, page in each_page(file) if page.obj.objgen == home.objgen), None)


def _found(file: PdfFile, what: str, block: Block) -> Finding:
    return CHECK.found(what, path=file.path, page=block.page, box=block.box)


CHECK = Check(
    id="pdf-headings",
    severity=Severity.ERROR,
    title="Headings other than the source's",
    rationale="Who cannot see a page goes from heading to heading, and learns from their levels what belongs to what.",
    source="ISO 14289-1, 7.4; WCAG 2.2, 1.3.1 and 2.4.6",
    remedy="mend the layout: a heading of the text is an h1, h2 or h3 with a bookmark, nothing else is; in a foreign "
    "file, mend the types of its tags",
    run=guarded(_run),
)
