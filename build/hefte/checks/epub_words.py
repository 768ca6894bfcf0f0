"""An EPUB to the words of the book that it lacks, has twice, or has in another order."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks import epub_blocks, segments
from hefte.checks.alignment import align, twice
from hefte.checks.blocks import Block
from hefte.checks.frame import Check, EpubFile
from hefte.checks.letters_held import TELLING
from hefte.model import Book, Finding, Severity


def unlike(epub: EpubFile) -> Iterator[Finding]:
    """Every segment of the book stands in the documents, once and in order. The tagged PDF is held against the same
    book (pdf-reading-order), so that both say the same."""
    book: Book | None = (epub.expect or {}).get("book")
    if book is None:
        return
    found = epub_blocks.read(epub)
    known = tuple(part for part in segments.parts(book) if not part.repeats)
    wanted = segments.flat(segments.in_order_of(known, found, [chapter.id for chapter in book.chapters]))
    held = align(wanted, found)
    yield from said([block for block, _ in held.missing], held.moved, twice(wanted, found), "the ebook")
    yield from _added(epub, book, held.extra, "".join(block.letters for block in wanted))


def _added(epub: EpubFile, book: Book, extra: list[Block], known: str) -> Iterator[Finding]:
    """Text in a chapter's document that the book has not."""
    own, lawful = set(epub_blocks.chapters(epub)), segments.frame(book)
    more = [
        block for block in extra
        if block.key in own and len(block.letters) >= TELLING and block.letters not in known
        and block.letters not in lawful
    ]
    for block in more[:1]:
        yield CHECK.found(f"{block.quoted} stands in the ebook ({block.key}) and not in the book{_more(more)}")


def said(missing: list[Block], moved: list[tuple[Block, Block]], again: list[Block], where: str) -> Iterator[Finding]:
    """The first of each kind, and how many more there are."""
    for block in missing[:1]:
        yield CHECK.found(f"{block.quoted} ({block.key}) is not in {where}{_more(missing)}")
    for block, there in moved[:1]:
        home = f" ({there.key})" if there.key else ""
        yield CHECK.found(f"{block.quoted} ({block.key}) stands elsewhere in {where}{home}{_more(moved)}")
    for block in again[:1]:
        home = f" ({block.key})" if block.key else ""
        yield CHECK.found(f"{block.quoted} stands twice in {where}{home}{_more(again)}")


def _more(those: list[Block] | list[tuple[Block, Block]]) -> str:
    return f", and {len(those) - 1} more" if len(those) > 1 else ""


CHECK = Check(
    id="epub-words",
    severity=Severity.ERROR,
    title="Words in one edition that are not in the other",
    rationale="A mother and her midwife speak of the same brochure, one on a phone, one on paper. A warning that only "
    "one of them has is worse than none.",
    source="The book itself; EPUB Accessibility 1.1, 3.4",
    remedy="build both again; if it comes back, mend the layout of the edition that lacks them",
    run=unlike,
)
