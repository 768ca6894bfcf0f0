"""Marks in the documents where each page of the printed edition begins, and reads the page list back from the marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hefte.model import PageStart
from hefte.renderers.epub.xhtml import Document, having, local, new, tag

_FRAME = {
    "@cover": "cover.title", "@colophon": "colophon.title", "@contents": "contents.title", "@help": "help.title"
}
"""A page of the frame begins where its heading stands."""
_FLOW = {"body", "section", "div", "aside", "blockquote", "li", "dd", "td", "th", "figure"}
"""Where a span may stand between blocks (HTML Standard, content models)."""
_ROOTS = {"body", "section"}


@dataclass(frozen=True, slots=True)
class Page:
    """An entry of the page list."""

    label: str
    href: str


def mark_pages(documents: tuple[Document, ...], starts: tuple[PageStart, ...]) -> None:
    """Insert one marker for each page, in order. Every page gets one.

    A filler page has no text: its marker ends the document that comes before it. So does the back cover's, which
    repeats what stands in the last document. A page whose first block this edition lacks (a story outside its scope)
    begins where the next page does.
    """
    here, waiting = 0, []
    for start in starts:
        marker = _marker(start.label)
        at = _put(documents, here, start, marker)
        if at is None:
            waiting.append(marker)
            continue
        here = at
        for passed in waiting:
            marker.addprevious(passed)
        waiting = []
    for passed in waiting:
        documents[-1].end.append(passed)


def page_list(documents: tuple[Document, ...]) -> tuple[Page, ...]:
    """The markers in reading order."""
    return tuple(
        Page(mark.get("aria-label"), f"{document.name}#{mark.get('id')}")
        for document in documents for mark in having(document.root, "role") if mark.get("role") == "doc-pagebreak"
    )


def _marker(label: str) -> Any:
    """EPUB Accessibility Techniques 1.1, 4.1: role, id, and the page number as label."""
    name = f"page-{int(label)}" if label.isdecimal() else "page-" + re.sub(r"\W", "-", label)
    return new("span", role="doc-pagebreak", epub_type="pagebreak", id=name, aria_label=label)


def _put(documents: tuple[Document, ...], here: int, start: PageStart, marker: Any) -> int | None:
    """Insert the marker at or after document number `here`; the number of its document, or None."""
    if start.key in ("@filler", "@back-cover"):
        at = here if start.key == "@filler" else len(documents) - 1
        documents[at].end.append(marker)
        return at
    key = _FRAME.get(start.key, start.key)
    for at in range(here, len(documents)):
        block = next((b for b in having(documents[at].root, "data-key") if b.get("data-key") == key), None)
        if block is not None:
            insert(block, start.offset, marker)
            return at
    return None


def insert(block: Any, offset: int, marker: Any) -> None:
    """Put the marker where `offset` characters of the block, white space not counted, have been read.

    At offset 0 it stands before the block, and before all that opens with it (a list, a story), where that is valid.
    Never inside a word: print may have hyphenated it there, and a voice would read two halves (DAISY Structure
    Guidelines, Page ID). Never inside a link, whose name it would become part of: before it.
    """
    if offset == 0:
        whole = _outermost(block)
        if local(whole.getparent()) in _FLOW:
            whole.addprevious(marker)
            return
    for owner, is_tail, text in _texts(block):
        count = sum(not char.isspace() for char in text)
        if offset < count:
            _split(block, owner, is_tail, _word_start(text, offset), marker)
            return
        offset -= count
    block.append(marker)


def _outermost(block: Any) -> Any:
    """The block, or the list, table, story or contents that begins with it."""
    whole = block
    while local(whole.getparent()) not in _ROOTS and next(having(whole.getparent(), "data-key")) is block:
        whole = whole.getparent()
    return whole


def _texts(block: Any) -> Iterator[tuple[Any, bool, str]]:
    """The block's text nodes in order: (element, whether the text follows it, text)."""
    yield block, False, block.text or ""
    for child in list(block):
        yield from _texts(child)
        yield child, True, child.tail or ""


def _word_start(text: str, offset: int) -> int:
    """The index of the character after `offset` visible ones, drawn back to the start of its word.

    Only scripts with upper and lower case are hyphenated; in others (Thai) the space may be far away.
    """
    visible = [index for index, char in enumerate(text) if not char.isspace()]
    index = visible[offset]
    while index and _cased(text[index - 1]) and _cased(text[index]):
        index -= 1
    return index


def _cased(char: str) -> bool:
    return char.islower() or char.isupper() or char == "\N{SOFT HYPHEN}"


def _split(block: Any, owner: Any, is_tail: bool, index: int, marker: Any) -> None:
    """Insert the marker in a text node, or before the link or note number that the text lies in."""
    holder = owner.getparent() if is_tail else owner
    around = [element for element in (holder, *holder.iterancestors()) if block in element.iterancestors()]
    linked = [element for element in around if element.tag in (tag("a"), tag("sup"))]
    if linked:
        linked[-1].addprevious(marker)
    elif is_tail:
        text, owner.tail = owner.tail, owner.tail[:index]
        holder.insert(holder.index(owner) + 1, marker)
        marker.tail = text[index:]
    else:
        text, owner.text = owner.text, owner.text[:index]
        owner.insert(0, marker)
        marker.tail = text[index:]
