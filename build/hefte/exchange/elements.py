"""What XLIFF 1.2 and 2.0 have in common as XML: elements made, found, and read without a space lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

XML = "{http://www.w3.org/XML/1998/namespace}"


def words(node: _Element | None) -> str:
    """All the text in an element, with that of the inline elements that a tool has put around parts of it."""
    if node is None:
        return ""
    parts = [node.text or ""]
    for one in node:
        if isinstance(one.tag, str):
            parts.append(words(one))
        parts.append(one.tail or "")
    return "".join(parts)


def add(
    parent: _Element, name: str, text: str | None = None, attributes: Mapping[str, str | None] | None = None,
) -> _Element:
    """A new last child, in the parent's namespace unless it names its own; without attributes that say nothing."""
    from lxml import etree

    namespace = etree.QName(parent).namespace
    one = etree.SubElement(parent, name if name.startswith("{") else f"{{{namespace}}}{name}")
    one.text = text
    for key, value in (attributes or {}).items():
        if value:
            one.set(key, value)
    return one


def child(node: _Element | None, name: str) -> _Element | None:
    """The first child of that name, whatever its namespace."""
    return None if node is None else next(children(node, name), None)


def children(node: _Element, *names: str) -> Iterator[_Element]:
    """The children of those names, whatever their namespace."""
    from lxml import etree

    return (one for one in node if isinstance(one.tag, str) and etree.QName(one).localname in names)


def indent(node: _Element, level: int = 0) -> None:
    """Lines for the eye, around elements that hold elements; made before any text has elements in it."""
    if len(node):
        node.text = "\n" + "  " * (level + 1)
        for one in node:
            indent(one, level + 1)
            one.tail = "\n" + "  " * (level + 1)
        node[-1].tail = "\n" + "  " * level
