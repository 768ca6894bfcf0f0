"""Turns the structure tree of a PDF (pydyf) into nodes that can be moved about, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pydyf

from hefte.renderers.pdf.document import resolve


@dataclass(eq=False, slots=True)
class Node:
    """A structure element while its tree is being changed."""

    element: Any
    """The pydyf dictionary."""
    html: Any
    """The HTML element behind it (xml.etree), or None."""
    kids: list[Any]
    """Nodes, marked-content ids (int) and object references (bytes)."""

    @property
    def type(self) -> str:
        """The structure type, such as `P`."""
        return str(self.element["S"]).removeprefix("/")

    @type.setter
    def type(self, value: str) -> None:
        self.element["S"] = f"/{value}"

    def has_class(self, name: str) -> bool:
        """Whether the HTML element is of that class."""
        return self.html is not None and name in self.html.attrib.get("class", "").split()

    def nodes(self) -> list[Node]:
        """The kids that are elements."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def walk(self) -> Iterator[Node]:
        """This node and all below it, parents first; the kids are read after the node was given out."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.nodes())


def new(pdf: Any, kind: str, like: Node, kids: list[Any]) -> Node:
    """A node of its own, on the page of another one."""
    element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{kind}", "Pg": like.element["Pg"]})
    pdf.add_object(element)
    return Node(element, None, kids)


def read(pdf: Any, html: Mapping[int, Any]) -> Node:
    """The tree below the Document element; `html` tells the HTML element of a structure element's object number."""
    root = resolve(pdf, pdf.catalog["StructTreeRoot"])
    return _read(pdf, resolve(pdf, root["K"][0]), html)


def _read(pdf: Any, element: Any, html: Mapping[int, Any]) -> Node:
    kids: list[Any] = []
    for kid in element["K"]:
        target = resolve(pdf, kid)
        is_element = isinstance(target, dict) and target["Type"] == "/StructElem"
        kids.append(_read(pdf, target, html) if is_element else kid)
    return Node(element, html.get(element.number), kids)


def write(pdf: Any, tree: Node) -> None:
    """Put a changed tree in place of the old one, and let the parent tree name the new owners of what is drawn."""
    root = resolve(pdf, pdf.catalog["StructTreeRoot"])
    owners = _owners(pdf, tree)
    _redirect(pdf, resolve(pdf, root["ParentTree"])["Nums"], owners)


def _owners(pdf: Any, tree: Node) -> dict[tuple[Any, int], bytes]:
    """Set kids and parents; empty what is no longer used. Returns who owns each (page, marked-content id)."""
    owners: dict[tuple[Any, int], bytes] = {}
    used = set()
    for node in tree.walk():
        used.add(node.element.number)
        node.element["K"] = pydyf.Array([kid.element.reference if isinstance(kid, Node) else kid for kid in node.kids])
        for kid in node.kids:
            if isinstance(kid, Node):
                kid.element["P"] = node.element.reference
            elif isinstance(kid, int):
                owners[node.element["Pg"], kid] = node.element.reference
            else:
                annotation = resolve(pdf, resolve(pdf, kid)["Obj"])
                owners[None, annotation["StructParent"]] = node.element.reference
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem" and item.number not in used:
            item.clear()
    return owners


def _redirect(pdf: Any, numbers: list[Any], owners: Mapping[tuple[Any, int], bytes]) -> None:
    """Let the parent tree (pairs of a number and an owner, or of a page and its owners) name the owners of now."""
    for index in range(0, len(numbers), 2):
        key, value = numbers[index : index + 2]
        if isinstance(value, list):
            page = pdf.page_references[key]
            numbers[index + 1] = pydyf.Array([owners[page, mcid] for mcid in range(len(value))])
        else:
            numbers[index + 1] = owners[None, key]
