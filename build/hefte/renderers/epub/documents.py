"""Turns a Book into the ebook's documents in reading order: cover, colophon, contents, chapters, help."""

from __future__ import annotations

from hefte.model import Book, Chapter
from hefte.renderers.epub.templates import Render, document
from hefte.renderers.epub.xhtml import Document

COVER, COLOPHON, CONTENTS, HELP = "cover", "colophon", "nav", "help"


def compose(book: Book, render: Render) -> tuple[Document, ...]:
    """The documents, each strictly parsed.

    They stand in the printed edition's order, so that the page list can be complete and in reading order at once
    (EPUB 3.3, 7.5: NAV-011 in EPUBCheck). The help comes last: its helplines are needed at night, and found there
    (design/stories.md). Of the back cover, which repeats them, only its page marker is kept.
    """
    colophon, chapters, help_ = book.matter["colophon"], book.chapters, book.matter["help"]
    return (
        document(render, "cover", name=COVER, title=book.language.title, place=book.language.place),
        document(render, "colophon", name=COLOPHON, title=colophon.title, place=colophon.place, matter=colophon),
        document(render, "nav", name=CONTENTS, title=book.language.labels["contents"], place=book.language.place,
                 entries=[(href(chapter), chapter.title) for chapter in chapters] + [(f"{HELP}.xhtml", help_.title)]),
        *(
            document(render, "chapter", name=stem(chapter), title=chapter.title, place=chapter.place, chapter=chapter)
            for chapter in chapters
        ),
        document(render, "help", name=HELP, title=help_.title, place=help_.place, matter=help_),
    )


def stem(chapter: Chapter) -> str:
    """A chapter's file name without its ending; never that of a document of the frame."""
    return f"chapter-{chapter.id}"


def href(chapter: Chapter) -> str:
    """A chapter's file name."""
    return f"{stem(chapter)}.xhtml"
