"""A tagged PDF and the books that it was made from, to how its tagged text goes with theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hefte.checks import pdf_tags, segments
from hefte.checks.alignment import Alignment, align
from hefte.checks.blocks import Block, of_tags
from hefte.checks.frame import PdfFile
from hefte.checks.pdf_reading import READ, expected
from hefte.checks.segments import Part
from hefte.model import Book


@dataclass(frozen=True, slots=True)
class Held:
    """One of the books, held against the file."""

    book: Book
    parts: tuple[Part, ...]
    """In the order in which this edition has them."""
    alignment: Alignment

    @property
    def missing(self) -> list[tuple[Block, Block | None]]:
        """What is missing and may not be: see `Part.repeats`."""
        spare = {id(block) for part in self.parts if part.repeats for block in part.blocks}
        said = {block.letters for part in self.parts if not part.repeats for block in part.blocks}
        return [
            (block, before) for block, before in self.alignment.missing
            if not (id(block) in spare and block.letters in said)
        ]

    @property
    def wanted(self) -> list[Block]:
        """Every segment."""
        return segments.flat(self.parts)


def ours(file: PdfFile) -> bool:
    """Whether the file's books are known, all of their words belong into it, and it is read with its tags."""
    whole = expected(file, "book") is not None and expected(file, "full", True)
    return file.kind in READ and whole and pdf_tags.tagged(file.pdf)


def books(file: PdfFile) -> list[Book]:
    """The books that a file was made from: two for the bilingual edition."""
    return [book for book in (expected(file, "book"), expected(file, "source")) if book is not None]


def blocks(file: PdfFile) -> list[Block]:
    """What is read, in the order of the tags."""
    return of_tags(pdf_tags.read(file.pdf).top)


def held(file: PdfFile, found: list[Block]) -> Iterator[Held]:
    """Each book held against what is read. A story that only one of two languages tells stands in neither column."""
    wanted = books(file)
    told = frozenset.intersection(*(segments.stories(book) for book in wanted)) if len(wanted) > 1 else None
    for book in wanted:
        own = found if len(wanted) == 1 else [block for block in found if _in(book, block)]
        known = segments.parts(book, told)
        stands = segments.places(known, own)
        # The bilingual edition has no back cover; the rest no edition may lack.
        known = tuple(part for part in known if not part.repeats or part.name in stands)
        parts = segments.in_order_of(known, own, [chapter.id for chapter in book.chapters])
        yield Held(book, parts, align(segments.flat(parts), found, len(wanted) > 1))


def _in(book: Book, block: Block) -> bool:
    return book.language.code.lower() in block.languages.split()
