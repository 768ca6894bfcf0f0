"""Citations become numbers, in the order of their first use; `<hefte-references>` becomes the list of works cited."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from lxml import etree

from hefte import directions, fragment, numerals
from hefte.addresses import readable
from hefte.model import Book, Reference
from hefte.transforms.bodies import changed, element


def number_citations(book: Book) -> Book:
    """The book with numbered citations, `references` filled, and the list of works in its place.

    A key without a record stays as written, `[@key]`: the check of citations reports it.
    """
    known, uses = book.publication.references, Counter[str]()

    def number(tree: etree._Element) -> None:
        for cite in tree.findall(".//hefte-cite"):
            key = cite.get("data-ref", "")
            if key in known:
                uses[key] += 1
                _close_up(cite)
                shown = numerals.numeral(list(uses).index(key) + 1, book.language.code)
                fragment.replace(cite, _mark(key, shown, uses[key]))
            else:
                cite.tag, cite.text = "span", f"[@{key}]"
                cite.attrib.clear()

    book = changed(book, number)
    # the works are known only when every text has been numbered: a list may stand before the last citation
    book = replace(book, references=tuple(known[key] for key in uses))
    return _listed(book)


def _close_up(cite: etree._Element) -> None:
    """Take away the blank before a mark: it sits on the word that it belongs to, and never begins a line."""
    before, parent = cite.getprevious(), cite.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip()
    elif parent is not None:
        parent.text = (parent.text or "").rstrip()


def _mark(key: str, number: str, use: int) -> etree._Element:
    mark = element("sup", class_="cite")
    mark.append(element("a", number, href=f"#ref-{key}", id=f"cite-{key}-{use}"))
    return mark


def _listed(book: Book) -> Book:
    """The book with the works where they are asked for; a second list has ids of its own."""
    lists = 0

    def insert(tree: etree._Element) -> None:
        nonlocal lists
        for holder in tree.findall(".//hefte-references"):
            lists += 1
            suffix = "" if lists == 1 else f"-{lists}"
            ordered = element("ol", class_="references")
            ordered.extend(_entry(work, f"ref-{work.key}{suffix}", book.language.direction) for work in book.references)
            fragment.replace(holder, *([ordered] if book.references else []))

    return changed(book, insert)


def _entry(work: Reference, id: str, direction: str) -> etree._Element:
    """`Author (2019): Title. Publisher. address`, all of it in the work's own direction."""
    item = entry = element("li", id=id, data_key=id)
    own = directions.of_language(work.language) if work.language else directions.of_text(work.title)
    if own != direction:
        entry = etree.SubElement(item, "bdi", dir=own)
    entry.text = f"{work.author} ({work.year}): " if work.year else f"{work.author}: "
    title = element("cite", work.title, lang=work.language)
    title.tail = "" if work.title.endswith((".", "?", "!", "…")) else "."
    if work.publisher:
        title.tail += f" {work.publisher}."
    entry.append(title)
    if work.url:
        title.tail += " "
        entry.append(element("a", readable(work.url), href=work.url))
    return item

