"""Turns the structure tree that WeasyPrint wrote into the one that the HTML means: types, languages, whole elements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any

import pydyf

from hefte import directions
from hefte.renderers.pdf import structure
from hefte.renderers.pdf.document import PT_PER_PX, resolve
from hefte.renderers.pdf.structure import Node

ROLES = {"Em": "Span", "Strong": "Span"}
"""Types of PDF 2.0 that we use in PDF 1.7, and the standard types they stand for (ISO 32000-1, 14.7.3)."""

_TYPES = {
    "em": "Em",
    "i": "Em",
    "strong": "Strong",
    "b": "Strong",
    "cite": "Span",
    "sup": "Span",
    "sub": "Span",
    "code": "Code",
    "small": "Span",
    "abbr": "Span",
    "bdi": "Span",
    "bdo": "Span",
    "q": "Quote",
    "dfn": "Span",
    "time": "Span",
    "aside": "Sect",
    "nav": "Sect",
    "header": "Div",
    "footer": "Div",
    "figure": "Div",
}
"""HTML elements that WeasyPrint has no type for. `aside` is not a Note: that is a footnote or an endnote."""


def text_of(html: Any) -> str:
    """The words of an HTML element, white space collapsed; its `aria-label` or `alt` where there is one."""
    if label := html.attrib.get("aria-label") or html.attrib.get("alt"):
        return str(label)
    parts = [html.text or ""]
    for child in html:
        parts += [text_of(child) if isinstance(child.tag, str) else "", child.tail or ""]
    return " ".join("".join(parts).split())


def refine(pdf: Any, html: Mapping[int, Any], language: str) -> None:
    """Rewrite the structure tree of `pdf`; `html` tells the HTML element of a structure element's object number."""
    tree = structure.read(pdf, html)
    _join_fragments(tree)
    _set_languages(tree, language)
    for change in PASSES:
        change(pdf, tree)
    _set_directions(tree, directions.of_language(language))
    structure.write(pdf, tree)
    root = resolve(pdf, pdf.catalog["StructTreeRoot"])
    root["RoleMap"] = pydyf.Dictionary({ours: f"/{standard}" for ours, standard in ROLES.items()})


def _set_languages(node: Node, language: str) -> None:
    """Lang on each element whose language is not its parent's."""
    own = node.html.attrib.get("lang", language) if node.html is not None else language
    if own != language:
        node.element["Lang"] = pydyf.String(own)
    for kid in node.nodes():
        _set_languages(kid, own)


def _set_directions(node: Node, direction: str) -> None:
    """WritingMode (ISO 32000-1, table 343) on each block that runs the other way than its parent."""
    own = node.html.attrib.get("dir", direction) if node.html is not None else direction
    if own != direction and node.type not in _INLINE and "A" not in node.element:
        node.element["A"] = pydyf.Dictionary({"O": "/Layout", "WritingMode": _WRITING_MODES[own]})
    for kid in node.nodes():
        _set_directions(kid, own)


def _join_fragments(tree: Node) -> None:
    """An element broken over pages or lines becomes one element again, read where it began.

    A link keeps its pages apart, since its marked content is its own; a table's header is repeated on each page.
    """
    first: dict[tuple[int, str, Any], Node] = {}

    def join(node: Node) -> None:
        kept: list[Any] = []
        for kid in node.kids:
            if not isinstance(kid, Node) or kid.type in ("Table", "Figure"):
                kept.append(kid)
                continue
            # A list item's body is an anonymous box where the item has a bullet.
            html = node.html if kid.html is None and kid.type == "LBody" else kid.html
            key = (id(html), kid.type, kid.element["Pg"] if kid.type == "Link" else None)
            begun = first.setdefault(key, kid) if html is not None else kid
            join(kid)
            if begun is kid:
                kept.append(kid)
            else:
                begun.kids += kid.kids
        node.kids = kept

    join(tree)


def _name_types(pdf: Any, tree: Node) -> None:
    """Types for what WeasyPrint calls NonStruct; `data-pdf-tag` has the last word."""
    for node in tree.walk():
        if node.html is None:
            continue
        if node.type in ("NonStruct", "Span"):
            node.type = _TYPES.get(node.html.tag, node.type)
        if node.html.tag == "aside" and node.has_class("story"):
            node.type = "Art"
        if node.html.tag == "sup" and node.has_class("cite"):
            node.type = "Reference"
        if (wanted := node.html.attrib.get("data-pdf-tag")) and node.type != "LBody":
            node.type = wanted
        if label := node.html.attrib.get("aria-label"):
            node.element["Alt" if node.type == "Figure" else "T"] = pydyf.String(label)


def _unwrap_anonymous(pdf: Any, tree: Node) -> None:
    """Anonymous wrappers say nothing: their kids move up (marked content only where both are on one page)."""
    for node in list(tree.walk()):
        node.kids = [inner for kid in node.kids for inner in _unwrapped(kid, node)]


def _unwrapped(kid: Any, parent: Node) -> list[Any]:
    if not isinstance(kid, Node):
        return [kid]
    of_nobody = kid.html is None and kid.type in ("Div", parent.type) and kid.type != "Span"
    anonymous = kid.type == "NonStruct" or of_nobody
    if not anonymous or (
        any(isinstance(inner, int) for inner in kid.kids) and kid.element["Pg"] != parent.element.get("Pg")
    ):
        return [kid]
    return [deeper for inner in kid.kids for deeper in _unwrapped(inner, parent)]


def _describe_lists(pdf: Any, tree: Node) -> None:
    """A description list: terms are labels, `<div>` groups or runs of dt and dd are items (ISO 32000-1, table 336)."""
    for node in tree.walk():
        if node.html is not None and node.html.tag == "dl":
            node.kids = list(_items(pdf, node))


def _items(pdf: Any, described: Node) -> Iterator[Any]:
    item: Node | None = None
    for kid in described.nodes():
        if kid.html is not None and kid.html.tag == "div":
            kid.type, kid.kids, item = "LI", [body for wrapper in kid.nodes() for body in _bodies(wrapper)], None
            yield kid
            continue
        for body in _bodies(kid):
            if item is None or body.type == "Lbl":
                item = structure.new(pdf, "LI", kid, [])
                yield item
            item.kids.append(body)


def _bodies(wrapper: Node) -> list[Node]:
    """WeasyPrint wraps each dt and dd as LI > LBody: the bodies, a term's as a label."""
    bodies = wrapper.nodes() if wrapper.type == "LI" else [wrapper]
    for body in bodies:
        body.type = "Lbl" if body.html is not None and body.html.tag == "dt" else "LBody"
    return bodies


def _make_contents(pdf: Any, tree: Node) -> None:
    """The lists in a `<nav>` are tables of contents (ISO 32000-1, table 333)."""
    names = {"L": "TOC", "LI": "TOCI", "LBody": "Reference"}
    for nav in tree.walk():
        if nav.html is not None and nav.html.tag == "nav":
            for node in nav.walk():
                node.type = names.get(node.type, node.type)


def _make_notes(pdf: Any, tree: Node) -> None:
    """The works cited are endnotes: Note, each with an ID (ISO 14289-1, 7.9)."""
    for node in tree.walk():
        key = node.html.attrib.get("id", "") if node.html is not None else ""
        if node.type != "LI" or not key.startswith("ref-"):
            continue
        for body in (kid for kid in node.nodes() if kid.type == "LBody"):
            note = structure.new(pdf, "Note", body, body.kids)
            note.element["ID"] = pydyf.String(key)
            body.kids = [note]


def _place_figures(pdf: Any, tree: Node) -> None:
    """BBox in points from the page's lower left (ISO 32000-1, 14.8.5.4.3); WeasyPrint counts pixels from above."""
    for node in tree.walk():
        if node.type == "Figure" and "A" in node.element and "BBox" in node.element["A"]:
            height = resolve(pdf, node.element["Pg"])["MediaBox"][3]
            x0, y0, x1, y1 = (length * PT_PER_PX for length in node.element["A"]["BBox"])
            box = (x0, height - y1, x1, height - y0)
            node.element["A"]["BBox"] = pydyf.Array(round(corner, 3) for corner in box)


def _fold_spans(pdf: Any, tree: Node) -> None:
    """A line of text needs no Span of its own: its marked content belongs to what it stands in, if on the same page."""
    for node in tree.walk():
        if node.type not in _GROUPS | _LISTS:
            node.kids = [deeper for kid in node.kids for deeper in _folded(kid, node)]


def _folded(kid: Any, parent: Node) -> list[Any]:
    says_nothing = isinstance(kid, Node) and kid.type == "Span" and kid.element.keys() <= _BARE
    if not says_nothing or kid.element["Pg"] != parent.element["Pg"]:
        return [kid]
    return [deeper for inner in kid.kids for deeper in _folded(inner, parent)]


def _make_paragraphs(pdf: Any, tree: Node) -> None:
    """A block with nothing but text is a paragraph, and text among blocks becomes one: it does not stand by itself."""
    for node in tree.walk():
        if node.type == "Div" and all(_is_inline(kid) for kid in node.kids):
            node.type = "P"
        elif node.type in _GROUPS:
            runs = [(inline, list(run)) for inline, run in groupby(node.kids, _is_inline)]
            node.kids = [
                kid for inline, run in runs for kid in ([structure.new(pdf, "P", run[0], run)] if inline else run)
            ]


def _is_inline(kid: Any) -> bool:
    return isinstance(kid, Node) and kid.type in _INLINE


def _fill_lists(pdf: Any, tree: Node) -> None:
    """A list holds items, an item a label and a body (ISO 32000-1, table 336): its blocks go into the body."""
    for node in tree.walk():
        if node.type == "L":
            node.kids = [
                kid if _is(kid, "L", "LI", "Caption") else structure.new(pdf, "LI", node, [kid]) for kid in node.kids
            ]
        elif node.type == "LI" and not all(_is(kid, "Lbl", "LBody") for kid in node.kids):
            labels = [kid for kid in node.kids if _is(kid, "Lbl")]
            content = [kid for kid in node.kids if not _is(kid, "Lbl")]
            kids = [inner for kid in content for inner in (kid.kids if _is(kid, "LBody") else [kid])]
            node.kids = [*labels, structure.new(pdf, "LBody", node, kids)]


def _is(kid: Any, *types: str) -> bool:
    return isinstance(kid, Node) and kid.type in types


def _drop_empty(pdf: Any, tree: Node) -> None:
    """Elements without content go: markers in the layout, boxes that held nothing but decoration."""
    for kid in tree.nodes():
        _drop_empty(pdf, kid)
    tree.kids = [kid for kid in tree.kids if not isinstance(kid, Node) or kid.kids or kid.type in _CELLS]


_WRITING_MODES = {"ltr": "/LrTb", "rtl": "/RlTb"}
_BARE = {"Type", "S", "K", "Pg", "P"}
_GROUPS = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote"}
_LISTS = {"L", "TOC", "Table"}
_INLINE = {"Span", "Em", "Strong", "Quote", "Code", "Link", "Reference"}
_CELLS = {"TR", "TD", "TH"}

PASSES: tuple[Callable[[Any, Node], None], ...] = (
    _name_types,
    _unwrap_anonymous,
    _describe_lists,
    _drop_empty,
    _fill_lists,
    _make_contents,
    _make_notes,
    _place_figures,
    _make_paragraphs,
    _fold_spans,
)
