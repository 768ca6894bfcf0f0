"""Turns laid-out pages into Pages: each block, line and link, where it stands, and whether it is broken over pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from weasyprint.document import Page as Sheet
from weasyprint.formatting_structure import boxes

from hefte.model import Block, Line, Link, Page, PageStart
from hefte.model.pages import Box

_PT = 0.75
"""Points in a CSS pixel."""
_KINDS = {
    "p": "paragraph", "li": "item", "dt": "term", "dd": "description", "td": "cell", "th": "cell",
    "figcaption": "caption", **{f"h{level}": "heading" for level in range(1, 7)},
}
_COLUMNS = ("source", "target")
Edges = tuple[float, float, float, float]
"""Left, top, right, bottom in CSS px from the page's upper left corner."""


@dataclass(slots=True)
class _Extent:
    """Texts, and the space that they take."""

    texts: list[str] = field(default_factory=list)
    edges: list[Edges] = field(default_factory=list)
    height: tuple[float, float] | None = None
    """Top and bottom of a line, which are not its letters' own."""
    target: tuple[str, str] = ("", "")
    """Of a link: `internal` or `external`, and where it leads to."""
    pictured: bool = False
    """Of a line: whether a picture stands in it."""
    last: _Extent | None = None
    """Of a link: the line that its last word stands in."""

    def add(self, text: str, edges: Edges) -> None:
        self.texts.append(text)
        self.edges.append(edges)

    def around(self) -> Edges:
        left, top, right, bottom = zip(*self.edges, strict=True)
        upper, lower = self.height or (min(top), max(bottom))
        return min(left), upper, max(right), lower


@dataclass(frozen=True, slots=True)
class _Where:
    """What a box stands in."""

    chapter: str = ""
    language: str = ""
    story: str = ""
    callout: str = ""
    column: str = ""
    flows: bool = True
    repeated: bool = False
    """Whether it stands on every page of its table."""
    line: _Extent | None = None
    link: _Extent | None = None


@dataclass(slots=True)
class _Block:
    """A leaf block while its page is read."""

    element: Any
    edges: Edges
    where: _Where
    picture: bool = False
    lines: list[_Extent] = field(default_factory=list)


class _Reader:
    """Reads one page."""

    def __init__(self, sheet: Sheet) -> None:
        self.blocks: dict[Any, _Block] = {}
        self.links: dict[Any, _Extent] = {}
        self.margin: list[_Extent] = []
        page = sheet._page_box
        self.area: Edges = (
            page.content_box_x(), page.content_box_y(), page.content_box_x() + page.width,
            page.content_box_y() + page.height,
        )
        self.reached = self.area[1]
        self._visit(page, page, _Where())

    def _visit(self, box: Any, parent: Any, where: _Where) -> None:
        box = getattr(box, "_box", box)  # what is put somewhere on the page is wrapped
        if isinstance(box, boxes.MarginBox):
            self._read_margin(box)
            return
        if _is_beside_the_text(box):
            return
        where = _entered(where, box)
        if box.element_tag == "a" and box.link:
            where = replace(where, link=self.links.setdefault(box.element, _Extent(target=box.link[1])))
        if isinstance(box, (boxes.TextBox, boxes.ReplacedBox)):
            self._take(box, where)
        if isinstance(box, boxes.LineBox) and where.line is None:
            where = replace(where, line=self._line(box, parent, where))
        for child in getattr(box, "children", ()):
            self._visit(child, box, where)

    def _take(self, box: Any, where: _Where) -> None:
        """Words or a picture."""
        edges, text = _edges(box), getattr(box, "text", "")
        if where.line is not None:
            where.line.add(text, edges)
            where.line.pictured = where.line.pictured or isinstance(box, boxes.ReplacedBox)
        if where.link is not None:
            where.link.add(text if where.link.last is where.line else f" {text}", edges)
            where.link.last = where.line
        if where.line is None:
            self.blocks.setdefault(box.element, _Block(box.element, edges, where, picture=True))
        if where.flows:
            line = where.line.height if where.line is not None else None
            self.reached = max(self.reached, line[1] if line else edges[3])

    def _line(self, box: Any, parent: Any, where: _Where) -> _Extent:
        line = _Extent(height=(box.position_y, box.position_y + box.height))
        self.blocks.setdefault(box.element, _Block(box.element, _edges(parent), where)).lines.append(line)
        return line

    def _read_margin(self, box: Any) -> None:
        line = _Extent()
        for text in box.descendants():
            if isinstance(text, boxes.TextBox):
                line.add(text.text, _edges(text))
        self.margin.append(line)


def pages(
    sheets: Sequence[Sheet], starts: Sequence[PageStart] = (), *, first: int = 1, bound: bool = True, edge: float = 0.0
) -> tuple[Page, ...]:
    """One Page a sheet's side. `starts` (one a page) tells those of the frame; `first` is the first page's number.

    `bound`: whether two pages face each other. `edge`: how far the file's coordinates begin outside the trim, pt.
    """
    readers = [_Reader(sheet) for sheet in sheets]
    stands: dict[Any, list[int]] = {}
    for at, reader in enumerate(readers):
        for element, block in reader.blocks.items():
            if not block.where.repeated:
                stands.setdefault(element, []).append(at)
    found = []
    for at, (sheet, reader) in enumerate(zip(sheets, readers, strict=True)):
        made, key = _Page(sheet, edge), starts[at].key if starts else ""
        found.append(Page(
            number=first + at,
            blocks=tuple(
                made.block(block, stands.get(element, [at]), at) for element, block in reader.blocks.items()
                if block.picture or any(_words(line) or line.pictured for line in block.lines)
            ),
            side=("recto" if (first + at) % 2 else "verso") if bound else "", frame=key[1:] if key[:1] == "@" else "",
            margin=tuple(made.line(line) for line in reader.margin if _words(line)),
            links=tuple(made.link(link) for link in reader.links.values() if link.edges),
            anchors=frozenset(sheet.anchors), filled=round((reader.reached - reader.area[1]) * _PT, 2),
            room=round((reader.area[3] - reader.area[1]) * _PT, 2), area=made.box(reader.area),
        ))
    return tuple(found)


class _Page:
    """Turns what was read from one page into values in its file's points."""

    def __init__(self, sheet: Sheet, edge: float) -> None:
        self.height, self.edge = sheet.height, edge

    def box(self, edges: Edges) -> Box:
        left, top, right, bottom = edges
        corners = (left, self.height - bottom, right, self.height - top)
        made = [round(self.edge + corner * _PT, 2) for corner in corners]
        return made[0], made[1], made[2], made[3]

    def line(self, line: _Extent) -> Line:
        return Line(_words(line), self.box(line.around()))

    def link(self, link: _Extent) -> Link:
        return Link(_words(link), link.target[1], link.target[0] == "internal", self.box(link.around()))

    def block(self, block: _Block, stands: list[int], at: int) -> Block:
        """`stands`: the pages that it stands on, `at` this one."""
        where, tag = block.where, block.element.tag
        pictured = block.picture or not any(_words(line) for line in block.lines)
        kind = "picture" if pictured else _KINDS.get(tag, "other")
        return Block(
            kind=kind, lines=tuple(self.line(line) for line in block.lines if _words(line)), box=self.box(block.edges),
            chapter=where.chapter, language=where.language, key=block.element.get("data-key") or "",
            level=int(tag[1]) if kind == "heading" else 0, story=where.story, callout=where.callout,
            column=where.column, flows=where.flows, continued=stands[0] < at, continues=stands[-1] > at,
        )


def _is_beside_the_text(box: Any) -> bool:
    """A list's bullet, and what no voice reads: the mark of a draft."""
    element = box.element
    bullet = "::" in (box.element_tag or "") and isinstance(box, boxes.BlockLevelBox)
    return bullet or (element is not None and element.get("aria-hidden") == "true")


def _entered(where: _Where, box: Any) -> _Where:
    """What the contents of a box stand in."""
    changed: dict[str, Any] = {}
    if isinstance(box, boxes.BlockLevelBox):
        changed["line"] = None
    if box.style["position"] in {"absolute", "fixed"}:
        changed["flows"] = False
    if isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
        changed["repeated"] = True
    element = box.element
    if element is not None and not isinstance(box, boxes.TextBox):
        classes = (element.get("class") or "").split()
        if box.element_tag == "section" and element.get("id"):
            changed["chapter"] = element.get("id")
        if box.element_tag == "aside":
            changed["story"] = element.get("id") or where.story if "story" in classes else where.story
            changed["callout"] = _first_key(element) if "callout" in classes else ""
        if element.get("lang"):
            changed["language"] = element.get("lang")
        if "cell" in classes:
            changed["column"] = next((name for name in _COLUMNS if name in classes), "")
    return replace(where, **changed) if changed else where


def _first_key(element: Any) -> str:
    """The data-key of the first block in an element."""
    return next((key for each in element.iter() if (key := each.get("data-key"))), "")


def _edges(box: Any) -> Edges:
    """Of what is in a box, its padding left out."""
    if isinstance(box, boxes.TextBox):
        return box.position_x, box.position_y, box.position_x + box.width, box.position_y + box.height
    left, top = box.content_box_x(), box.content_box_y()
    return left, top, left + box.width, top + box.height


def _words(extent: _Extent) -> str:
    """White space folded, as it is seen."""
    return " ".join("".join(extent.texts).split())
