"""Each call-out gets its title, in the book's own words: remember, seek help, read more."""

from __future__ import annotations

from lxml import etree

from hefte.model import Book
from hefte.transforms.bodies import changed, element


def title_callouts(book: Book) -> Book:
    """The book with a `<p class="callout-title">` as the first child of every call-out."""

    def title(tree: etree._Element) -> None:
        for aside in tree.iterfind(".//aside"):
            classes = aside.get("class", "").split()
            if classes[:1] == ["callout"]:
                label = book.language.labels[classes[1].replace("-", "_")]
                aside.insert(0, element("p", label, class_="callout-title"))

    return changed(book, title)
