"""reference.py PAGES BOOK ROOT OUT: the same pages and the same ebook, made plainly: what hefte is measured against.

PAGES holds one language's body.html, frame.html and style.css (`hefte build --keep-html`), BOOK the unpacked EPUB, ROOT
the publication. One process; one WeasyPrint rendering for each PDF edition, of one document whose contents take their
page numbers from `target-counter`, as WeasyPrint's handbook has it; EbookLib as its handbook shows it. Nothing is
checked, the print file is no PDF/X (no CMYK, no output intent), the booklet is not imposed, and the ebook's fonts come
ready cut: hefte does all that too.
"""

from __future__ import annotations

import mimetypes
import re
import sys
from pathlib import Path
from typing import Any

from ebooklib import epub
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

EDITIONS = {"print": "pdf/x-4", "booklet": None, "screen": "pdf/ua-1"}
CONTENTS = """
.toc a::before { content: target-counter(attr(href), page) }
.chapters, .chapter:first-child { break-before: auto }
@page chapter:first { counter-reset: none }
"""
"""What the frame is told in hefte, plainly: the numbers of the pages that the contents point to."""


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
    style = (pages / "style.css").read_text(encoding="utf-8") + CONTENTS
    fonts = FontConfiguration()
    sheet = CSS(string=style, font_config=fonts, **options)
    return HTML(string=one_document(pages), **options).render(stylesheets=[sheet], font_config=fonts)


def one_document(pages: Path) -> str:
    """Front pages, chapters and last pages in one document, without the page numbers that hefte wrote into it."""
    frame, body = ((pages / name).read_text(encoding="utf-8") for name in ("frame.html", "body.html"))
    frame = re.sub(r'<span class="page">\d+</span>', "", frame)
    front, contents, rest = frame.partition('id="contents"')
    before, end, last = rest.partition("</section>")
    chapters = body[body.index("<section") : body.rindex("</section>") + len("</section>")]
    return "".join((front, contents, before, end, chapters, last))


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
