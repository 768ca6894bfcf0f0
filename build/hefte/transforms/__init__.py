"""A `Book` as written, to the `Book` that layouts get: one function a file, Book → Book, in the order below."""

from __future__ import annotations

from collections.abc import Callable

from hefte.model import Book
from hefte.transforms.direct_spans import direct_spans
from hefte.transforms.insert_records import insert_records
from hefte.transforms.leave_out_stories import leave_out_stories
from hefte.transforms.number_citations import number_citations
from hefte.transforms.place_stories import place_stories
from hefte.transforms.quotation_marks import quotation_marks
from hefte.transforms.title_callouts import title_callouts
from hefte.transforms.typography import typography

TRANSFORMS: tuple[Callable[[Book], Book], ...] = (
    place_stories,  # first: a story's citations and records are then found in their place
    title_callouts,
    number_citations,
    insert_records,
    quotation_marks,
    typography,
    direct_spans,  # last: it also sees the words that the others brought in
)


def apply(book: Book, medium: str) -> Book:
    """The book for one medium, `print` (all PDFs) or `epub`: stories whose consent excludes it are left out first."""
    book = leave_out_stories(book, medium)
    for transform in TRANSFORMS:
        book = transform(book)
    return book
