"""reference.py PAGES BOOK ROOT OUT: the same pages and the same ebook, made plainly: what hefte is measured against.

PAGES holds one language's body.html, frame.html and style.css (`hefte build --keep-html`), BOOK the unpacked EPUB, ROOT
the publication. One process; one WeasyPrint rendering for each PDF edition; EbookLib as its handbook shows it. Nothing
is checked, the print file is no PDF/X (no CMYK, no output intent), and the booklet is not imposed: hefte does that too.
"""

from __future__ import annotations

import mimetypes
import sys
from pathlib import Path
from typing import Any

from ebooklib import epub
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

EDITIONS = {"print": "pdf/x-4", "booklet": None, "screen": "pdf/ua-1"}


class Fetcher(URLFetcher):
    """Reads `project:///assets/…` from the publication's folder."""

    def __init__(self, root: Path) -> None:
        super().__init__(allowed_protocols=("file", "data"))
        self.root = root

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The file behind a URL."""
        return super().fetch(url.replace("project://", self.root.as_uri(), 1), headers)


def render(pages: Path, root: Path) -> Any:
    """All pages, laid out anew."""
    options = {"base_url": "project:///", "url_fetcher": Fetcher(root)}
    body, frame = (
        HTML(string=(pages / name).read_text(encoding="utf-8"), **options).render(stylesheets=[style(pages, options)])
        for name in ("body.html", "frame.html")
    )
    return frame.copy([*frame.pages, *body.pages])


def style(pages: Path, options: dict[str, Any]) -> Any:
    """The style sheet, whose fonts are read through the fetcher too."""
    return CSS(string=(pages / "style.css").read_text(encoding="utf-8"), **options)


def write_pdfs(pages: Path, root: Path, out: Path) -> None:
    """One rendering for each edition."""
    for edition, variant in EDITIONS.items():
        render(pages, root).write_pdf(out / f"{edition}.pdf", pdf_variant=variant)


def write_epub(unpacked: Path, out: Path) -> None:
    """The same documents, fonts and pictures through EbookLib."""
    book = epub.EpubBook()
    book.set_identifier("reference")
    book.set_title("Reference")
    book.set_language("nb")
    documents = []
    for path in sorted(path for path in unpacked.rglob("*") if path.is_file()):
        name = path.relative_to(unpacked).as_posix()
        if path.suffix == ".xhtml" and "nav" not in path.stem:
            document = epub.EpubHtml(title=path.stem, file_name=name, content=path.read_bytes())
            documents.append(document)
            book.add_item(document)
        elif path.suffix in {".css", ".woff2", ".ttf", ".otf", ".svg", ".png", ".jpg"}:
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            book.add_item(epub.EpubItem(file_name=name, media_type=kind, content=path.read_bytes()))
    book.toc = documents
    book.spine = ["nav", *documents]
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    epub.write_epub(str(out / "reference.epub"), book)


if __name__ == "__main__":
    pages_, book_, root_, out_ = map(Path, sys.argv[1:])
    out_.mkdir(parents=True, exist_ok=True)
    write_pdfs(pages_, root_, out_)
    write_epub(book_, out_)
