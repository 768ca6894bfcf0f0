"""Turns one language's Book into an EPUB 3.3."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from hefte.model import Book, PageStart, Theme
from hefte.renderers.epub.cover import cover_drawing, cover_picture
from hefte.renderers.epub.documents import CONTENTS, compose
from hefte.renderers.epub.fonts import embed
from hefte.renderers.epub.links import gather_pictures, link
from hefte.renderers.epub.metadata import metadata
from hefte.renderers.epub.navigation import add_page_list, ncx
from hefte.renderers.epub.package import Item, Package, pack, urn
from hefte.renderers.epub.pages import mark_pages, page_list
from hefte.renderers.epub.structure import strip, structure
from hefte.renderers.epub.templates import environment
from hefte.renderers.epub.xhtml import Document, serialise

__all__ = ["write"]


def write(
    book: Book, *, theme: Theme, layouts: Path | tuple[Path, ...], page_starts: tuple[PageStart, ...] = (),
    when: dt.datetime, identifier: str, fonts_cache: Path | None = None, claims_conformance: bool = True,
) -> bytes:
    """The EPUB of `book` (after its transforms for this edition): the same bytes for the same arguments.

    `layouts` holds `epub/` and `shared/`; of several folders the first that has a template wins. `page_starts` are the
    printed edition's pages in order; without them there is no page list. `when` (aware) becomes the date of
    modification. `identifier` is a UUID or URI, the same each time that this language and version are built.
    `fonts_cache` keeps font subsets and covers between runs. For `claims_conformance` see metadata.py.

    Raises SourceError (a template, a picture or a link is wrong) and MissingToolError (a font).
    """
    folders = (layouts,) if isinstance(layouts, Path) else layouts
    render = environment(folders, book, theme)
    documents = compose(book, render)
    mark_pages(documents, page_starts)
    pages = page_list(documents)
    add_page_list(documents, pages, render)
    structure(documents, book.language.labels, book.language.code)
    pictures = gather_pictures(documents, book.publication.root)
    link(documents)
    strip(documents)
    fonts = embed(documents, theme, fonts_cache)
    style = render("epub/book.css.j2", faces={face: item.name for face, item in fonts.items()})
    items = (
        *map(_item, documents), Item("style", "book.css", "text/css", style.encode()),
        *fonts.values(), *pictures, cover_drawing(render), cover_picture(book, theme, render, fonts_cache),
    )
    return pack(Package(
        identifier=urn(identifier), language=book.language.code, direction=book.language.direction,
        metadata=metadata(book, documents, paginated=bool(pages), claims_conformance=claims_conformance),
        items=items, spine=[document.id for document in documents],
        ncx=ncx(book, documents, pages, urn(identifier), render), modified=when,
    ))


def _item(document: Document) -> Item:
    properties = ("nav",) if document.id == CONTENTS else ()
    return Item(document.id, document.name, "application/xhtml+xml", serialise(document.root), properties)
