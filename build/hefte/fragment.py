"""A chapter's body as text, to a tree that can be walked and changed, and back: XHTML fragments with lxml.

A fragment has no single root, so the tree is a `<div>` that holds it. No namespaces: the renderers put them on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
"""Elements that have no end tag (WHATWG HTML 13.1.2)."""

_SPACE = re.compile(r"\s+")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def parse(body: str) -> etree._Element:
    """The tree of a well-formed XHTML fragment: a `<div>` that holds it.

    Raises `lxml.etree.XMLSyntaxError` where the fragment is not well-formed, which is a bug of whoever made it.
    """
    return etree.fromstring(f"<div>{body}</div>", _PARSER)


def serialise(div: etree._Element) -> str:
    """What stands inside the `<div>`, as XHTML that an HTML parser reads alike: `<br/>`, but `<td></td>`."""
    for element in div.iter(etree.Element):
        if element.text is None and len(element) == 0 and element.tag not in VOID:
            element.text = ""
    whole = etree.tostring(div, encoding="unicode", with_tail=False)
    return whole[whole.index(">") + 1 : whole.rindex("<")]


def text_of(element: etree._Element) -> str:
    """The words inside an element, runs of white space made one space."""
    return _SPACE.sub(" ", "".join(element.itertext())).strip()


def leaves(div: etree._Element) -> Iterator[etree._Element]:
    """The leaf blocks (those with a data-key) in reading order."""
    return div.iterfind(".//*[@data-key]")


def own_text(leaf: etree._Element) -> str:
    """The words of a leaf block without those of leaf blocks inside it (a list inside a list item), line ends kept."""
    return "".join(text for _, text in own_pieces(leaf))


def own_pieces(leaf: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The words of a leaf block in the order of `own_text`, each piece with the element that it stands in."""
    yield leaf, leaf.text or ""
    for child in leaf:
        if child.get("data-key") is None and child.find(".//*[@data-key]") is None:
            yield from own_pieces(child)
        yield leaf, child.tail or ""


def replace(element: etree._Element, *others: etree._Element) -> None:
    """Put other elements in the place of one; the text after it stays."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        raise ValueError("the wrapper of a fragment cannot be replaced")
    element.tail = None
    at = parent.index(element)
    parent.remove(element)
    for offset, other in enumerate(others):
        parent.insert(at + offset, other)
    if not tail:
        return
    if others:
        others[-1].tail = (others[-1].tail or "") + tail
    elif at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
