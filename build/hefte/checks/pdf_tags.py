"""A tagged PDF, anybody's, to its structure tree with all that it holds: types, languages, alternatives, text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pikepdf

from hefte.checks.pdf_geometry import Box, union
from hefte.checks.pdf_marked import Fonts, Shown, Stream, shown

_DEEPEST = 200
"""Elements in elements. What is deeper is a mistake, or malice."""
_ROLES = 20
"""Steps from a type of one's own to a standard one (ISO 32000-1, 14.7.3)."""
_Key = tuple[int, Stream, int]
"""Page, stream and MCID: what the tags know marked content by."""


@dataclass(slots=True)
class Node:
    """A structure element."""

    type: str
    """As the role map resolves it: `P`, `H1`."""
    language: str
    """Its own, or that of the nearest element around it, or the file's; empty where nobody says."""
    said: str | None = None
    """Its own Lang, if it has one."""
    alt: str | None = None
    actual: str | None = None
    """ActualText."""
    page: int | None = None
    """Where the element says that its content is (Pg)."""
    kids: list[Node | Shown] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    """Contents of the annotations that it encloses."""

    def walk(self) -> Iterator[Node]:
        """The element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def content(self) -> Iterator[Shown]:
        """The marked content in it, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.content()
            else:
                yield kid

    @property
    def text(self) -> str:
        """What is read: the element's replacement where it has one."""
        if self.actual is not None:
            return self.actual
        return " ".join(" ".join(kid.text for kid in self.kids).split())

    @property
    def where(self) -> tuple[int | None, Box | None]:
        """The first page with content of it, and the box round its text there."""
        content = list(self.content())
        page = next((each.page for each in content), self.page)
        box: Box | None = None
        for each in content:
            if each.page == page and each.box is not None:
                box = union(box, each.box) if box else each.box
        return page, box


@dataclass(slots=True)
class Tree:
    """What a file's tags hold, and what they do not."""

    top: list[Node] = field(default_factory=list)
    artifacts: list[Shown] = field(default_factory=list)
    loose: list[Shown] = field(default_factory=list)
    """Content that is neither in the tree nor an artifact."""
    problems: list[str] = field(default_factory=list)
    """Where the tree is none."""

    def walk(self) -> Iterator[Node]:
        """Every element in reading order."""
        for node in self.top:
            yield from node.walk()


def tagged(pdf: pikepdf.Pdf) -> bool:
    """Whether there are any tags."""
    return isinstance(pdf.Root.get("/StructTreeRoot"), pikepdf.Dictionary)


@lru_cache(maxsize=1)
def read(pdf: pikepdf.Pdf) -> Tree:
    """The tags of an open file with their content. Read once for all checks."""
    return _Reader(pdf).tree


class _Reader:
    """Walks a structure tree (ISO 32000-1, 14.7), whatever shape it is in."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.tree = Tree()
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        self._content: dict[_Key, list[Shown]] = {}
        fonts: Fonts = {}
        for number, page in enumerate(pdf.pages, 1):
            for each in shown(page, number, fonts):
                if each.mcid is None:
                    (self.tree.artifacts if each.artifact else self.tree.loose).append(each)
                else:
                    self._content.setdefault((number, each.stream, each.mcid), []).append(each)
        self._seen: set[tuple[int, int]] = set()
        root: Any = pdf.Root.get("/StructTreeRoot")
        if isinstance(root, pikepdf.Dictionary):
            self._roles: Any = root.get("/RoleMap", {})
            self._ways_back(pdf)
            top = Node("StructTreeRoot", str(pdf.Root.get("/Lang", "")))
            self._kids(root, top, None, 0)
            self.tree.top = [kid for kid in top.kids if isinstance(kid, Node)]
        self.tree.loose += [each for row in self._content.values() for each in row]
        self.tree.loose.sort(key=lambda each: each.page)

    def _ways_back(self, pdf: pikepdf.Pdf) -> None:
        """From content that somebody points at, a reader comes to its element by StructParents (14.7.4.4)."""
        for number in dict.fromkeys(page for page, stream, _ in self._content if stream == (0, 0)):
            if "/StructParents" not in pdf.pages[number - 1].obj:
                self.tree.problems.append(f"nothing leads from page {number} to its tags (StructParents)")

    def _kids(self, element: Any, node: Node, page: int | None, depth: int) -> None:
        """What an element's K holds: elements, MCIDs, references to both content and annotations."""
        below = element.get("/K")
        for kid in list(below) if isinstance(below, pikepdf.Array) else [] if below is None else [below]:
            if isinstance(kid, pikepdf.Dictionary):
                self._kid(kid, node, page, depth)
            elif isinstance(kid, int):
                self._take(node, page, (0, 0), kid)
            else:
                self.tree.problems.append(f"a {node.type} holds what is neither an element nor content")

    def _kid(self, kid: Any, node: Node, page: int | None, depth: int) -> None:
        kind = kid.get("/Type")
        if kind == "/MCR":
            stream = kid.get("/Stm")
            own = self._page_of(kid) or page
            self._take(node, own, stream.objgen if stream is not None else (0, 0), kid.get("/MCID"))
        elif kind == "/OBJR":
            found = kid.get("/Obj")
            if isinstance(found, pikepdf.Dictionary) and found.get("/Type", "/Annot") == "/Annot":
                node.links.append(str(found.get("/Contents", "")))
        elif "/S" not in kid:
            self.tree.problems.append(f"an element in a {node.type} has no type")
        elif depth >= _DEEPEST:
            self.tree.problems.append(f"the elements are more than {_DEEPEST} deep")
        elif kid.objgen != (0, 0) and kid.objgen in self._seen:
            self.tree.problems.append(f"a {self._type(kid)} stands in the tree twice, or in itself")
        else:
            self._seen.add(kid.objgen)
            node.kids.append(self._node(kid, node, page, depth))

    def _node(self, element: Any, parent: Node, page: int | None, depth: int) -> Node:
        said = element.get("/Lang")
        node = Node(
            self._type(element), parent.language if said is None else str(said), None if said is None else str(said),
            _text(element, "/Alt"), _text(element, "/ActualText"), self._page_of(element) or page,
        )
        self._kids(element, node, node.page, depth + 1)
        return node

    def _take(self, node: Node, page: int | None, stream: Stream, mcid: Any) -> None:
        """Content that an element claims; nobody else may."""
        if not isinstance(mcid, int):
            self.tree.problems.append(f"a {node.type} holds content without a number")
        elif page is not None:
            node.kids += self._content.pop((page, stream, int(mcid)), [])

    def _page_of(self, element: Any) -> int | None:
        page = element.get("/Pg")
        return self._pages.get(page.objgen) if isinstance(page, pikepdf.Dictionary) else None

    def _type(self, element: Any) -> str:
        name = str(element.get("/S", ""))
        for _ in range(_ROLES):
            if name not in self._roles or name[1:] in STANDARD:
                return name[1:]
            name = str(self._roles[name])
        self.tree.problems.append(f"the type {element.S} leads to no standard one")
        return str(element.S)[1:]


def _text(element: Any, name: str) -> str | None:
    found = element.get(name)
    return None if found is None else str(found)


STANDARD = frozenset((
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private",
    "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead",
    "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT",
    "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form",
))
"""ISO 32000-1, 14.8.4."""
