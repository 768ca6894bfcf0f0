"""Turns the documents and the page list into what reading systems navigate by: the nav's page list, and the NCX."""

from __future__ import annotations

from hefte.model import Book
from hefte.renderers.epub.documents import CONTENTS
from hefte.renderers.epub.pages import Page
from hefte.renderers.epub.templates import Render
from hefte.renderers.epub.xhtml import Document, parse, tag


def add_page_list(documents: tuple[Document, ...], pages: tuple[Page, ...], render: Render) -> None:
    """Append the page list to the contents' document; nothing where there are no pages."""
    if pages:
        (contents,) = (document for document in documents if document.id == CONTENTS)
        contents.body.append(parse(render("epub/page-list.xhtml.j2", pages=pages)))


def ncx(book: Book, documents: tuple[Document, ...], pages: tuple[Page, ...], identifier: str, render: Render) -> bytes:
    """The table of contents in EPUB 2's form, with the same entries as the nav."""
    (contents,) = (document for document in documents if document.id == CONTENTS)
    toc = next(contents.body.iter(tag("nav")))
    entries = [(link.get("href"), "".join(link.itertext())) for link in toc.iter(tag("a"))]
    values = {"entries": entries, "pages": pages, "identifier": identifier, "title": book.language.title}
    return render("epub/toc.ncx.j2", **values).encode()
