"""Turns a template's text into a strict XHTML tree and back into bytes, and names what the other passes look for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from hefte.model import Place

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
SVG = "http://www.w3.org/2000/svg"
EPUB_TYPE = f"{{{OPS}}}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(frozen=True, slots=True)
class Document:
    """One XHTML file of the ebook. The passes of this package change its tree in place; nobody else holds it."""

    name: str
    """File name; all documents lie in one folder, so links need no path."""
    id: str
    """In the package's manifest; begins with a letter (a digit makes the id invalid XML)."""
    title: str
    root: Any
    """The `html` element."""
    place: Place
    """The source or template that it came from, for messages."""

    @property
    def body(self) -> Any:
        """The `body` element."""
        return self.root.find(tag("body"))

    @property
    def end(self) -> Any:
        """The last section, or the body where there is none: where an end-of-document marker goes."""
        last = self.body[-1]
        return last if last.tag == tag("section") else self.body


def tag(name: str) -> str:
    """An XHTML element's name as lxml spells it."""
    return f"{{{XHTML}}}{name}"


def local(element: Any) -> str:
    """An element's name without its namespace; empty for comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def new(name: str, text: str | None = None, **attributes: str) -> Any:
    """An XHTML element. `epub_type` becomes epub:type; other underscores become hyphens; `class_` is `class`."""
    element = etree.Element(tag(name), nsmap={None: XHTML, "epub": OPS})
    for key, value in attributes.items():
        element.set(EPUB_TYPE if key == "epub_type" else key.rstrip("_").replace("_", "-"), value)
    element.text = text
    return element


def having(root: Any, attribute: str) -> Iterator[Any]:
    """The elements that carry `attribute`, in document order."""
    return (element for element in root.iter("*") if attribute in element.attrib)


def of_class(root: Any, *names: str) -> list[Any]:
    """The elements with one of these classes, in document order (a list, so that the tree may change meanwhile)."""
    return [element for element in having(root, "class") if not set(names).isdisjoint(element.get("class").split())]


def parse(text: str) -> Any:
    """The root of a document. Raises lxml.etree.XMLSyntaxError: what a reading system would refuse, we refuse first."""
    return etree.fromstring(text.encode(), parser=etree.XMLParser(resolve_entities=False, no_network=True))


def serialise(root: Any) -> bytes:
    """The document's bytes. Empty elements keep an end tag: some reading systems parse XHTML as HTML."""
    for element in root.iter(tag("*")):
        if local(element) not in _VOID and not len(element) and element.text is None:
            element.text = ""
    etree.cleanup_namespaces(root, top_nsmap={None: XHTML, "epub": OPS})
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", doctype="<!DOCTYPE html>")
    return data
