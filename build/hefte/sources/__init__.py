"""The texts of one language, chapters/<lang>/, to a `Book` as written, with placeholders for what is still to come."""

from __future__ import annotations

from pathlib import Path

from hefte.model import Book, Publication

__all__ = ["read"]


def read(publication: Publication, lang: str, folder: Path | None = None) -> Book:
    """The book in `lang`. See `hefte.sources.book.read`, which this imports when it is called: it needs pydantic."""
    from hefte.sources.book import read as read_book

    return read_book(publication, lang, folder)
