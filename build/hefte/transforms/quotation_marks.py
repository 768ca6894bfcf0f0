"""Quotation marks become the language's own, nested ones too, each text by the language that it says it is in.

A block in which a mark has no counterpart stays as written; the check `quote-mismatch` names the place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from hefte import fragment
from hefte.model import Book, Chapter
from hefte.quotes import normalised
from hefte.transforms.bodies import changed

_LEFT_ALONE = frozenset({"code", "pre"})

Node = tuple[etree._Element, str]
"""An element, and which of its two texts: `text`, or the `tail` after it."""


def quotation_marks(book: Book) -> Book:
    """The book with each language's own quotation marks; every text keeps its length."""
    language = book.language.code
    book = changed(book, lambda tree: _leaves(tree, language))
    return replace(
        book, chapters=tuple(_titles(text, language) for text in book.chapters),
        matter={id: _titles(text, language) for id, text in book.matter.items()},
    )


def _titles(text: Chapter, language: str) -> Chapter:
    title, short, summary = (normalised(said, language)[0] for said in (text.title, text.short_title, text.summary))
    return replace(text, title=title, short_title=short, summary=summary)


def _leaves(tree: etree._Element, language: str) -> None:
    for leaf in fragment.leaves(tree):
        around = next((at.get("lang") for at in leaf.iterancestors() if at.get("lang")), None) or language
        by_language: dict[str, list[Node]] = {}
        for node, own in _nodes(leaf, leaf.get("lang") or around):
            by_language.setdefault(own, []).append(node)
        for own, nodes in by_language.items():
            _normalise(nodes, own)


def _nodes(element: etree._Element, language: str) -> Iterator[tuple[Node, str]]:
    """The texts of a block in reading order, each with its language; not those of blocks within it."""
    yield (element, "text"), language
    for child in element:
        if not (child.get("data-key") or child.tag in _LEFT_ALONE or child.find(".//*[@data-key]") is not None):
            yield from _nodes(child, child.get("lang") or language)
        yield (child, "tail"), language


def _normalise(nodes: list[Node], language: str) -> None:
    texts = [getattr(element, name) or "" for element, name in nodes]
    whole = "".join(texts)
    said, _ = normalised(whole, language)
    if said == whole:
        return
    at = 0
    for (element, name), text in zip(nodes, texts, strict=True):
        if text:
            setattr(element, name, said[at : at + len(text)])
        at += len(text)
