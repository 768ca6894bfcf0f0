"""Turns a laid-out body into a Flow: its blocks one under the other, each height split into what copyfitting may change
and what it may not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from weasyprint import CSS, HTML
from weasyprint.css import get_all_computed_styles
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Page
from weasyprint.formatting_structure import boxes

from hefte.model.flow import NOTHING, Break, Flow, Leaf, Length, Margins, Run, Unit, Values, Words
from hefte.renderers.words import words_of

_PT = 0.75
"""Points in a CSS pixel."""
PROBE = (1, 10_000, 100_000_000)
"""By how many pt the line, the paragraph spacing and the space around what stands apart grow in the probe. Each length
of the style sheet is a small multiple of some of them, so the growth of a length tells them apart like the digits of a
number: 15 500.5 pt more is half a line and one and a half paragraph spacings."""
_SIDES = ("margin_top", "border_top_width", "padding_top", "padding_bottom", "border_bottom_width", "margin_bottom")
_NEW_PAGE = {"page", "always", "left", "right", "recto", "verso"}
T = TypeVar("T")
Shares = Mapping[tuple[Any, str, str], tuple[float, float, float]]
"""Element, tag and property → how often it holds the line, the paragraph spacing and the space around what stands
apart."""


@dataclass(slots=True)
class _Node:
    """One element, put together again from the pages that it stands on."""

    box: Any
    children: list[_Node] = field(default_factory=list)
    lines: list[tuple[int, Any]] = field(default_factory=list)
    """With the page that each stands on."""
    pages: list[int] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    """Of it on each of those, its borders included, px."""

    @property
    def opaque(self) -> bool:
        """Whether what is in it is of no interest: a picture, a table, a box of fixed height."""
        return not self.lines and (not isinstance(self.box, boxes.BlockBox) or self.box.style["height"] != "auto")


def shares(html: HTML, pages: Sequence[Page], probe: str) -> Shares:
    """What each length of a body depends on. `pages` are those of its layout, `probe` is the same style sheet with the
    three sizes larger by PROBE."""
    css = CSS(string=probe, base_url="project:///")
    style_for = get_all_computed_styles(html, user_stylesheets=[css], counter_style=CounterStyle())
    found: dict[tuple[Any, str, str], tuple[float, float, float]] = {}
    for node in _all(_tree(pages)):
        box = node.box
        grown = style_for(box.element) if box.element_tag == box.element.tag else None
        for name in (*_SIDES, "line_height") if grown is not None else ():
            more = _points(grown, name) - _points(box.style, name)
            key = box.element, box.element_tag, name
            if more > 0.001 and (name == "line_height" or not _is_anonymous(box)):
                found[key] = _digits(more)
    return found


def read(pages: Sequence[Page], shared: Shares, at: Values) -> Flow:
    """The pages of a body, laid out with the sizes `at`."""
    page = pages[0]._page_box
    reader = _Reader(shared, at)
    return Flow(tuple(reader.runs(list(_sections(_tree(pages))))), round(page.height * _PT, 4))


def _digits(more: float) -> tuple[float, float, float]:
    apart = round(more / PROBE[2], 3)
    more -= apart * PROBE[2]
    paragraph = round(more / PROBE[1], 3)
    return round(more - paragraph * PROBE[1], 4), paragraph, apart


def _tree(pages: Sequence[Page]) -> _Node:
    root = _Node(None)
    for number, page in enumerate(pages):
        for box in page._page_box.children:
            if not isinstance(box, boxes.MarginBox):
                _join(root, box, number, first=True)
    return root


def _join(parent: _Node, box: Any, page: int, first: bool) -> None:
    """Add a box to the tree: what comes first on its page may go on from the one before."""
    last = parent.children[-1] if parent.children else None
    if first and last is not None and last.box.element is box.element and last.box.element_tag == box.element_tag:
        node = last
    else:
        node = _Node(box)
        parent.children.append(node)
    node.pages.append(page)
    node.heights.append(box.border_height())
    flowing = [child for child in getattr(box, "children", ()) if _flows(child)]
    for at, child in enumerate(flowing):
        if isinstance(child, boxes.LineBox):
            node.lines.append((page, child))
        else:
            _join(node, child, page, at == 0)


def _flows(box: Any) -> bool:
    block = isinstance(box, (boxes.LineBox, boxes.BlockLevelBox))
    return block and not hasattr(box, "_box") and box.is_in_normal_flow()


def _all(node: _Node) -> Iterator[_Node]:
    for child in node.children:
        yield child
        yield from _all(child)


def _sections(node: _Node) -> Iterator[_Node]:
    for child in node.children:
        if child.box.element_tag == "section":
            yield child
        else:
            yield from _sections(child)


class _Reader:
    """Flattens chapters."""

    def __init__(self, shared: Shares, at: Values) -> None:
        self.shared, self.at = shared, at
        self.same: dict[Any, Any] = {}

    def runs(self, sections: Sequence[_Node]) -> Iterator[Run]:
        """Each begins with a section that opens on a new page; those that do not go on with it."""
        for at, section in enumerate(sections):
            if not at or section.box.style["break_before"] in _NEW_PAGE:
                self.units: list[Unit] = []
                self.starts: list[list[int]] = []
                self.gaps: list[Margins] = [()]
                self.pad = NOTHING
                self.box: list[Leaf] | None = None
                self.dropped = section if at and section.box.style["margin_break"] == "discard" else None
            self._visit(section, "")
            if at + 1 == len(sections) or sections[at + 1].box.style["break_before"] in _NEW_PAGE:
                yield Run(tuple(self.units), tuple(_breaks(self.starts)))

    def _visit(self, node: _Node, aside: str) -> None:
        style, whole = node.box.style, False
        if style["break_before"] in {"avoid", "avoid-page"}:
            self._keep()
        if node is not self.dropped:
            self.gaps[-1] += (self._length(node, "margin_top"),)
        aside = aside or _aside(node.box.element)
        if node.opaque:
            self._opaque(node, aside)
        else:
            if whole := self.box is None and _stays_whole(style) and not _level(node):
                self.box, pages = [], list[int]()
                self.starts.append(pages)
            self._pad(node, "border_top_width", "padding_top")
            if node.lines:
                self._text(node, aside)
            for child in node.children:
                self._visit(child, aside)
            self._pad(node, "padding_bottom", "border_bottom_width")
            if whole:
                self._close(node, aside)
        self.gaps[-1] += (self._length(node, "margin_bottom"),)
        if style["break_after"] in {"avoid", "avoid-page"}:
            self._keep()

    def _keep(self) -> None:
        if self.units and self.box is None:
            self.units[-1] = replace(self.units[-1], keep=True)

    def _pad(self, node: _Node, *names: str) -> None:
        """Padding and borders part the margins on both sides of them."""
        more = [self._length(node, name) for name in names]
        if any(length != NOTHING for length in more):
            self.pad = _sum(self.pad, *more)
            self.gaps.append(())

    def _leaf(self, lines: int, line: Length, words: Words | None = None) -> Leaf:
        gaps = tuple(self._one(gap) for gap in self.gaps)
        leaf = Leaf(lines, self._one(line), gaps, self._one(self.pad), words)
        self.gaps, self.pad = [()], NOTHING
        return leaf

    def _one(self, value: T) -> T:
        """The same object for equal values: each is then worked out once (copyfitting/paper.py)."""
        one: T = self.same.setdefault(value, value)
        return one

    def _close(self, node: _Node, aside: str) -> None:
        """The end of a box that stays whole."""
        leaves, self.box = [*(self.box or ()), self._leaf(0, NOTHING)], None
        self.units.append(Unit("whole", tuple(leaves), aside))

    def _opaque(self, node: _Node, aside: str) -> None:
        leaf = self._leaf(1, (round(sum(node.heights) * _PT, 4), 0.0, 0.0, 0.0))
        if self.box is not None:
            self.box.append(leaf)
            self.starts[-1].append(node.pages[0])
            return
        opener = "opener" in (node.box.element.get("class") or "").split()
        self.units.append(Unit("opener" if opener else "whole", (leaf,), aside))
        self.starts.append([node.pages[0]])

    def _text(self, node: _Node, aside: str) -> None:
        style, lines = node.box.style, [line for _, line in node.lines]
        height, styled = max(line.height for line in lines) * _PT, _points(style, "line_height")
        share = self._length(node, "line_height") if abs(height - styled) < 0.05 else (round(height, 4), 0.0, 0.0, 0.0)
        leaf = self._leaf(len(lines), share, words_of(lines, node.box))
        pages = [page for page, _ in node.lines]
        if self.box is not None:
            self.box.append(leaf)
            self.starts[-1] += pages
            return
        level, whole = _level(node), _stays_whole(style)
        orphans, widows = (len(lines), len(lines)) if whole else (style["orphans"], style["widows"])
        kind = "heading" if level else "text"
        self.units.append(Unit(kind, (leaf,), aside, level, orphans=orphans, widows=widows))
        self.starts.append(pages)

    def _length(self, node: _Node, name: str) -> Length:
        now = _points(node.box.style, name)
        line, paragraph, apart = self.shared.get((node.box.element, node.box.element_tag, name), (0.0, 0.0, 0.0))
        if _is_anonymous(node.box) and name != "line_height":
            line = paragraph = apart = 0.0
        fixed = now - line * self.at[1] - paragraph * self.at[2] - apart * self.at[3]
        return (round(fixed, 4), line, paragraph, apart)


def _breaks(starts: Sequence[Sequence[int]]) -> Iterator[Break]:
    """Where a page begins, from the page that each line of each unit stands on."""
    here = starts[0][0] if starts and starts[0] else 0
    for unit, pages in enumerate(starts):
        for line, page in enumerate(pages):
            if page != here:
                yield unit, line
                here = page


def _sum(*lengths: Length) -> Length:
    fixed, line, paragraph, apart = (round(sum(column), 4) for column in zip(*lengths, strict=True))
    return fixed, line, paragraph, apart


def _points(style: Any, name: str) -> float:
    """A length of a computed style, pt; 0 for `auto`, `normal` and percentages."""
    value = style[name]
    if name == "line_height" and isinstance(value, (int, float)):
        return float(value * style["font_size"] * _PT)
    value = getattr(value, "value", value) if getattr(value, "unit", "px") in {"px", None} else 0
    return float(value) * _PT if isinstance(value, (int, float)) else 0.0


def _stays_whole(style: Any) -> bool:
    return style["break_inside"] in {"avoid", "avoid-page"}


def _level(node: _Node) -> int:
    """Of a heading, from 1; 0 for all else."""
    tag = node.box.element.tag
    return int(tag[1]) if tag in {"h1", "h2", "h3", "h4", "h5", "h6"} else 0


def _is_anonymous(box: Any) -> bool:
    return type(box.style).__name__ == "AnonymousStyle"


def _aside(element: Any) -> str:
    """The name of the story or the call-out that an element is."""
    classes = (element.get("class") or "").split()
    if element.tag != "aside" or not {"story", "callout"} & set(classes):
        return ""
    return element.get("id") or next((key for each in element.iter() if (key := each.get("data-key"))), "aside")
