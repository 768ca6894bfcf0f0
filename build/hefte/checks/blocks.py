"""Text, of a book's fragment, an ebook's document or a PDF's tags, to its blocks, alike enough to be held together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from hefte.checks.pdf_geometry import Box
from hefte.checks.pdf_marked import Shown
from hefte.checks.pdf_tags import Node

_SIGNS = re.compile(r"[\W_]+")
_INLINE_TYPES = frozenset((
    "Span", "Em", "Strong", "Quote", "Code", "Link", "Annot", "Reference", "BibEntry", "Ruby", "RB", "RT", "RP",
    "NonStruct",
))
_INLINE_TAGS = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "dfn", "em", "i", "img", "q", "s", "small", "span", "strong",
    "sub", "sup", "svg", "time", "u",
))
Skip = Callable[[Any], bool]
_LABELS = re.compile(r"[\W_]*|[\W_]*(?:\w{1,3})[.):]?")
"""What a list item's mark may be: a bullet, a number, a letter."""


def letters(text: str) -> str:
    """What a text says, for comparing: its letters and digits, compatible ones made one (ligatures, presentation forms
    of Arabic), without case.

    Left out is how it is set: white space, hyphens at lines' ends, directional controls, vowel signs above and below,
    and punctuation, which right-to-left text draws on either side and whose mirrored pairs share their glyphs.
    """
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold()


@dataclass
class Block:
    """A paragraph, a heading, a list item's own words, a cell."""

    kind: str
    """The HTML element's name, or the PDF's type."""
    key: str = ""
    """In a book: data-key. In an ebook: the document. In a PDF: nothing."""
    line: int | None = None
    """In a book: that of its source."""
    story: str = ""
    """What tells apart the story that it belongs to; empty where it is of none."""
    inside: tuple[str, ...] = ()
    """What it stands in, outermost first."""
    page: int | None = None
    box: Box | None = None
    pieces: list[tuple[str, str]] = field(default_factory=list)
    """Its text with the language of each piece."""
    by_page: list[tuple[str, int]] = field(default_factory=list)
    """In a PDF: its text with the page of each piece."""
    last: Box | None = None
    """Where the last of them stands."""

    @property
    def text(self) -> str:
        """As one would quote it."""
        return " ".join("".join(text for text, _ in self.pieces).replace("\N{SOFT HYPHEN}", "").split())

    @cached_property
    def letters(self) -> str:
        """What it says. Asked for only when the block is whole."""
        return "".join(letters(text) for text, _ in self.pieces)

    @property
    def languages(self) -> str:
        """Those that its words are in, each once."""
        return " ".join(sorted({language.lower() for text, language in self.pieces if letters(text)}))

    @property
    def level(self) -> int:
        """Of a heading, from 1; else 0."""
        return int(self.kind[1]) if re.fullmatch("[Hh][1-6]", self.kind) else 0

    @property
    def quoted(self) -> str:
        """Its first words, for a message."""
        return quoted(self.text)


def quoted(text: str) -> str:
    """A text's first words, for a message."""
    return f"“{text}”" if len(text) <= 60 else f"“{text[:57].rstrip()}…”"


def of_tags(nodes: Iterable[Node]) -> list[Block]:
    """The blocks of a PDF in the order of its tags, without the marks of list items."""
    found: list[Block] = []
    for node in nodes:
        _node(node, (), found)
    return [block for block in found if block.letters]


def _node(node: Node, inside: tuple[str, ...], found: list[Block], story: str = "") -> None:
    if node.type == "Lbl" and "L" in inside and _LABELS.fullmatch(node.text) and not _holds(node, "Link"):
        return
    home = (*inside, node.type)
    story = f"story {len(found)}" if node.type == "Art" else story
    block: Block | None = None
    for kid in _run(node):
        if isinstance(kid, Node):
            _node(kid, home, found, story)
            block = None
            continue
        if block is None:
            block = Block(node.type, story=story, inside=inside)
            found.append(block)
        _add(block, *kid)


def _holds(node: Node, kind: str) -> bool:
    return any(each.type == kind for each in node.walk())


def _run(node: Node) -> Iterator[Node | tuple[str, str, Shown | None]]:
    """An element's own text in pieces, inline elements opened; what is a block of its own as it is."""
    if node.actual is not None:
        yield node.actual, node.language, next(node.content(), None)
        return
    for kid in node.kids:
        if isinstance(kid, Shown):
            yield kid.text, node.language, kid
        elif kid.type in _INLINE_TYPES and not any(each.type not in _INLINE_TYPES for each in kid.walk()):
            yield from _run(kid)
        else:
            yield kid


def _add(block: Block, text: str, language: str, shown: Shown | None) -> None:
    if shown is not None:
        if block.page is None:
            block.page, block.box = shown.page, shown.box
        if block.last is not None and (shown.box is None or apart(block.last, shown.box)):
            text = f" {text}"
        block.last = shown.box
        block.by_page.append((text, shown.page))
    block.pieces.append((text, language))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an HTML element stands."""

    language: str
    key: str
    inside: tuple[str, ...] = ()
    story: str = ""
    line: int | None = None

    def within(self, element: Any) -> _Place:
        """The same for what stands in an element."""
        told = element.get("role") == "doc-example" or "story" in element.get("class", "").split()
        return _Place(
            element.get("lang") or self.language, element.get("data-key") or self.key, (*self.inside, name(element)),
            (element.get("id") or "story") if told else self.story, _line(element, self.line),
        )


def _line(element: Any, around: int | None) -> int | None:
    said = element.get("data-line", "")
    return int(said) if said.isdecimal() else around


def apart(one: Box, other: Box) -> bool:
    """Whether two boxes stand on lines of their own."""
    return one[1] >= other[3] or other[1] >= one[3]


def of_html(root: Any, language: str, key: str = "", skip: Skip = lambda element: False) -> list[Block]:
    """The blocks of a fragment's or a document's tree; `skip` says what is not to be read."""
    found: list[Block] = []
    _element(root, _Place(language, key), found, skip)
    return [block for block in found if block.letters]


def _element(element: Any, around: _Place, found: list[Block], skip: Skip) -> None:
    here = around.within(element)
    block: Block | None = None
    for kid in _html_run(element, here.language, skip):
        if not isinstance(kid, tuple):
            _element(kid, here, found, skip)
            block = None
            continue
        if block is None:
            block = Block(name(element), here.key, here.line, here.story, around.inside)
            found.append(block)
        block.pieces.append(kid)


def _html_run(element: Any, language: str, skip: Skip) -> Iterator[Any]:
    """An element's own text in pieces, inline elements opened; block elements as they are."""
    if element.text:
        yield element.text, language
    for child in element:
        if isinstance(child.tag, str) and not skip(child):
            if name(child) in _INLINE_TAGS:
                yield from _html_run(child, child.get("lang") or language, skip)
            else:
                yield child
        if child.tail:
            yield child.tail, language


def name(element: Any) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
