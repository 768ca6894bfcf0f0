"""`dir` wherever the direction changes: on what is in another language, and round numbers and Latin words in
right-to-left text, which would be turned round there (see hefte.directions).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from hefte import directions, fragment
from hefte.model import Book
from hefte.transforms.bodies import changed

_LATIN, _OTHER = "\ue000", "\N{RIGHT-TO-LEFT MARK}"
"""What stands for a child where its parent's text is looked at: a letter from left to right, or the end of a run."""
_WITHIN_WORDS = frozenset({"em", "strong", "i", "b", "cite", "span", "q"})
"""Elements that a run of Latin words goes on through."""


def direct_spans(book: Book) -> Book:
    """The book with each change of direction said in its bodies. Its titles and labels are the layouts' affair."""
    return changed(book, lambda tree: _direct(tree, book.language.direction))


def _direct(holder: etree._Element, direction: str) -> None:
    """Everything inside an element whose text runs in `direction`."""
    for child in holder:
        own = child.get("dir") or (directions.of_language(child.get("lang")) if child.get("lang") else direction)
        if own != direction:
            child.set("dir", own)
    if direction == "rtl":
        _isolate(holder)
    for child in holder:
        _direct(child, child.get("dir") or direction)


def _isolate(holder: etree._Element) -> None:
    """Numbers and Latin words of an element's own text, with what they go on through, into elements of their own."""
    nodes = list(_nodes(holder))
    said = "".join(node if isinstance(node, str) else _sign(node) for node in nodes)
    pieces = list(directions.runs(said, "rtl"))
    if all(not apart or piece == _LATIN for piece, apart in pieces):
        return
    children = (node for node in nodes if not isinstance(node, str))
    holder.text = None
    for child in holder:
        child.tail = None
    holder[:] = []
    for piece, apart in pieces:
        into = holder
        if apart and piece != _LATIN:
            kept = "digits" if directions.is_number(piece) else None
            into = etree.SubElement(holder, "bdi", {**({"class": kept} if kept else {}), "dir": "ltr"})
        for sign in piece:
            if sign in (_LATIN, _OTHER):
                into.append(next(children))
            else:
                _add(into, sign)


def _nodes(holder: etree._Element) -> Iterator[etree._Element | str]:
    """The own texts and the children in order; marks that stand for children are not allowed in a text."""
    yield (holder.text or "").replace(_LATIN, "").replace(_OTHER, "")
    for child in holder:
        yield child
        yield (child.tail or "").replace(_LATIN, "").replace(_OTHER, "")


def _sign(child: etree._Element) -> str:
    within = child.tag in _WITHIN_WORDS and not child.get("dir") and not child.get("class")
    return _LATIN if within and directions.of_text(fragment.text_of(child), "rtl") == "ltr" else _OTHER


def _add(into: etree._Element, text: str) -> None:
    if len(into):
        into[-1].tail = (into[-1].tail or "") + text
    else:
        into.text = (into.text or "") + text
