"""Turns the small book of epubkit into a tagged PDF, right or wrong on purpose, and says what the checks find in it."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf

import epubkit
import pdfkit
from hefte.checks import pdf, pdf_alt, pdf_artifact, pdf_headings, pdf_link_text, pdf_reading_order, pdf_span_language
from hefte.checks.frame import PdfFile
from hefte.model import Book

CHECKS = {
    module.CHECK.id: module.CHECK
    for module in (pdf_artifact, pdf_reading_order, pdf_span_language, pdf_headings, pdf_alt, pdf_link_text)
}
"""Those that look at the tags' contents."""
TITLE = "Ro – Om å finne den"
Found = tuple[str, int | None, str]
"""Check, page, message."""
Change = Callable[[str], str]


def html(book: Book) -> str:
    """The book as a layout sets it: cover, colophon, chapters, help, back cover. What the back cover says in short, the
    help says in full."""
    language = book.language
    said = f"<h1>{language.title}</h1><p>{language.subtitle}</p><p>{language.audience}</p>"
    cover = f'<section class="cover">{said}</section>'
    texts = [book.matter["colophon"], *book.chapters, book.matter["help"], book.matter["back-cover"]]
    return cover + "".join(
        f"<section><h1>{text.title}</h1>{f'<p>{text.summary}</p>' if text.summary else ''}{text.body}</section>"
        for text in texts
    )


def same(text: str) -> str:
    return text


def swap(old: str, new: str) -> Change:
    """A change of one thing, which must be there."""

    def change(text: str) -> str:
        assert old in text, f"{old!r} is not there"
        return text.replace(old, new, 1)

    return change


@functools.cache
def good() -> bytes:
    return made(epubkit.book())


def made(book: Book, change: Change = same, css: str = "") -> bytes:
    """The PDF of a book, its HTML changed on the way."""
    return pdfkit.write_screen(pdfkit.lay_out(change(html(book)), css, title=TITLE), title=TITLE)


def mutated(content: bytes, *changes: Callable[[pikepdf.Pdf], None]) -> bytes:
    """A file changed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as file:
        for change in changes:
            change(file)
        file.save(out)
    return out.getvalue()


def opened(content: bytes, book: Book | None = None, **expect: Any) -> PdfFile:
    """As ours where a book is given, else as anybody's."""
    known = {"book": book, **expect} if book else None
    return pdf.open_pdf(io.BytesIO(content), Path("ro.pdf"), "screen" if book else None, known)


def found(content: bytes, book: Book | None = None, only: Sequence[str] = tuple(CHECKS), **expect: Any) -> list[Found]:
    """What the checks of the tags' contents find."""
    file = opened(content, book, **expect)
    return [
        (finding.check, finding.page, finding.message) for name in only for finding in CHECKS[name].run(file)
    ]


def wrong(change: Change, of: Book | None = None, css: str = "") -> list[Found]:
    """What they find in the PDF of other words than the book's."""
    book = of or epubkit.book()
    return found(made(book, change, css), book)


def after(*changes: Callable[[pikepdf.Pdf], None], foreign: bool = False) -> list[Found]:
    """What they find in the good file after a change."""
    return found(mutated(good(), *changes), None if foreign else epubkit.book())


def elements(file: pikepdf.Pdf, *types: str) -> list[Any]:
    """The structure elements of these types, in the order of their object numbers."""
    return [each for each in file.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") in types]


def with_first(body: str) -> Book:
    """The book with another text in its first chapter."""
    base = epubkit.book()
    first, *others = base.chapters
    return replace(base, chapters=(replace(first, body=body), *others))
