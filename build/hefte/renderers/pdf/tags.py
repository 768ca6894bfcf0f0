"""Turns WeasyPrint's drawing of a document into a record of which box became which tag, decoration left out.

WeasyPrint 70 tags margin boxes and `alt=""` images as content and forgets the HTML element behind a tag. Both are known
only while it draws and builds its tree, so two private functions are wrapped for the time of one write. What the record
is good for: see `retagging`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint.css import AnonymousStyle
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import stream as streams
from weasyprint.pdf import tags as weasyprint_tags

from hefte.renderers.pdf import retagging
from hefte.renderers.pdf.document import PT_PER_PX


@dataclass(frozen=True, slots=True)
class Record:
    """What one write told of its tags."""

    decoration: frozenset[int]
    """ids of the boxes that are artifacts: those in page margins, and decoration."""
    html: dict[int, Any] = field(default_factory=dict)
    """Object number of a structure element → the HTML element that it stands for."""
    links: dict[int, tuple[Any, Any]] = field(default_factory=dict)
    """Object number of a link annotation → itself and the box that it lies on."""


@contextmanager
def recording(document: Any) -> Iterator[Record]:
    """Record how `document` (WeasyPrint) is tagged while the block runs. Not for two threads at once."""
    record = Record(frozenset(id(box) for box in _decoration(document)))
    build, marked = weasyprint_tags._build_box_tree, streams.Stream.marked

    def recorded_build(box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
        real = getattr(box, "_box", box)
        if id(real) in record.decoration:
            return
        for element in build(box, parent, *rest):
            _note(record, element, real)
            yield element

    @contextmanager
    def recorded_marked(stream: Any, box: Any, tag: str) -> Iterator[None]:
        if id(box) in record.decoration:
            with stream.artifact():
                yield
            return
        with marked(stream, box, tag):
            start = len(stream.stream)
            yield
            if _is_hyphenated(box):
                _soften_hyphen(stream.stream, start)

    weasyprint_tags._build_box_tree, streams.Stream.marked = recorded_build, recorded_marked
    try:
        yield record
    finally:
        weasyprint_tags._build_box_tree, streams.Stream.marked = build, marked


def _decoration(document: Any) -> Iterator[Any]:
    """The boxes of a document that are artifacts (ISO 32000-1, 14.8.2.2: running heads, folios, ornaments)."""
    waiting = [(page._page_box, False) for page in document.pages]
    while waiting:
        found, inside = waiting.pop()
        box = getattr(found, "_box", found)
        inside = inside or isinstance(box, boxes.MarginBox) or (box.element is not None and _is_decorative(box.element))
        if inside:
            yield box
        waiting += [(child, inside) for child in box.all_children()]


def _is_decorative(html: Any) -> bool:
    """An element that says so. An image without any `alt` does not: that is a mistake, and stays one."""
    attributes = html.attrib
    return (
        "decorative" in attributes.get("class", "").split()
        or attributes.get("aria-hidden") == "true"
        or (html.tag == "img" and attributes.get("alt") == "")
    )


def _note(record: Record, element: Any, box: Any) -> None:
    """Remember the element's origin, told innermost first: html and body hand on what their children made.

    Anonymous boxes and pseudo-elements carry their parent's element: not theirs.
    """
    if box.element is None:
        return
    if box.element_tag == box.element.tag and not isinstance(box.style, AnonymousStyle):
        record.html.setdefault(element.number, box.element)
    if box.link_annotation and record.links.get(box.link_annotation.number) is None:
        record.links[box.link_annotation.number] = (box.link_annotation, box)


# --- soft hyphens -----------------------------------------------------------------------------------------------------

_LAST_GLYPH = re.compile(rb"\[(.*<[0-9a-f]*)([0-9a-f]{4}>[-.\d]*)\] TJ")
_HYPHEN = "\u2010"


def _is_hyphenated(box: Any) -> bool:
    """Whether a line's last word goes on in the next: authors write U+002D, WeasyPrint breaks words with U+2010."""
    return isinstance(box, boxes.TextBox) and box.text.endswith(_HYPHEN) and box.style["direction"] == "ltr"


def _soften_hyphen(ops: list[Any], start: int) -> None:
    """Say that the last glyph is a soft hyphen: the word is read and searched as one (ISO 32000-1, 14.8.2.2.3)."""
    for index in range(len(ops) - 1, start - 1, -1):
        if isinstance(ops[index], bytes) and (match := _LAST_GLYPH.fullmatch(ops[index])):
            head = match[1].removesuffix(b"<") if match[1].endswith(b"<") else match[1] + b">"
            soft = b"/Span <</ActualText <feff00ad>>> BDC [<" + match[2] + b"] TJ EMC"
            ops[index] = b"[" + head + b"] TJ " + soft
            return


def _plain_hyphens(pdf: Any) -> None:
    """Let U+2010 be read as U+002D: a font's one glyph for both would otherwise spoil addresses that are copied."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and b"begincmap" in item.stream:
            item.stream = [
                line.replace(b"> <2010>", b"> <002d>") if isinstance(line, bytes) else line for line in item.stream
            ]


# --- links ------------------------------------------------------------------------------------------------------------

_PRINT_FLAG = 4
"""ISO 14289-1 does not ask for it, but PDF/A and the validators that check both do."""


def refine(pdf: Any, record: Record, language: str) -> None:
    """Give the tags of `pdf` (pydyf) their true types, languages and order, and the links a name (see `retagging`)."""
    for annotation, box in record.links.values():
        annotation["F"] = _PRINT_FLAG
        if words := retagging.text_of(box.element):
            annotation["Contents"] = pydyf.String(words)
        annotation["Rect"] = _reachable(annotation["Rect"], box.style["font_size"] * PT_PER_PX)
    _plain_hyphens(pdf)
    retagging.refine(pdf, record.html, language)


def _reachable(rectangle: Any, least: float) -> Any:
    """A link's place, lower left corner first, at least as high as its type: `line-height: 0` leaves it none."""
    x0, y0, x1, y1 = rectangle
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    missing = max(0, least - (y1 - y0)) / 2
    return pydyf.Array(round(corner, 3) for corner in (x0, y0 - missing, x1, y1 + missing))
