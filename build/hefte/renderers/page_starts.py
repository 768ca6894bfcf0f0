"""Turns laid-out pages into PageStarts: the block, and the place in it, that each printed page begins with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.document import Page
from weasyprint.formatting_structure import boxes

from hefte.model import PageStart
from hefte.numerals import numeral

_HYPHENS = "\u2010-"


class _Reader:
    """Reads blocks character by character as pages use them up. White space is not counted: a layout folds it."""

    def __init__(self, body: Any) -> None:
        self.keys: dict[Any, str] = {}
        self.texts: dict[str, str] = {}
        self.used: dict[str, int] = {}
        self.last = ("", 0)
        """The block read last, and how much of it is used."""
        self._learn(body, None)

    def _learn(self, element: Any, key: str | None) -> None:
        key = element.get("data-key") or key
        if key is not None:
            self.keys[element] = key
            self._add(key, element.text)
        for child in element:
            self._learn(child, key)
            if key is not None:
                self._add(key, child.tail)

    def _add(self, key: str, text: str | None) -> None:
        self.texts[key] = self.texts.get(key, "") + "".join((text or "").split())

    def read(self, box: Any) -> tuple[str, int] | None:
        """The block of a text box and how much of it was used before, then mark the box's own text as used."""
        key = self.keys.get(box.element)
        if key is None or "::" in (box.element_tag or "") or box.element.tag == "img":  # whose picture cannot be drawn
            return None
        before = position = self.used.get(key, 0)
        text = self.texts[key]
        for character in "".join(box.text.split()):
            if position < len(text) and text[position].casefold() == character.casefold():  # `text-transform`
                position += 1
            elif character not in _HYPHENS:  # one that the layout set at a line's end
                raise ValueError(f"page text and source differ in {key} at {position}: {character!r}")
        self.used[key] = position
        self.last = (key, position)
        return key, before


def page_starts(pages: list[Page], body: Any, language: str) -> tuple[PageStart, ...]:
    """One PageStart a page. `body` is the HTML tree of the chapters, `language` the book's, whose digits are printed.

    A page of the frame is known by its section's name, `@cover` say; every other page begins with some block of the
    body.
    """
    reader = _Reader(body)
    starts, heads = [], set[Any]()
    for number, page in enumerate(pages, 1):
        label = numeral(number, language)
        frame = _frame_name(page._page_box)
        if frame:
            starts.append(PageStart(label, f"@{frame}"))
            continue
        found = [place for box in _texts(page._page_box, heads) if (place := reader.read(box)) is not None]
        # A page with nothing but a picture begins where the text before it ends.
        starts.append(PageStart(label, *(found[0] if found else reader.last)))
    return tuple(starts)


def _texts(box: Any, heads: set[Any]) -> Iterator[Any]:
    """The text boxes of a page in reading order, margin boxes left out, and tables' heads that stand there again:
    `heads` are those that were read."""
    if isinstance(box, boxes.MarginBox) or _is_repeated(box, heads):
        return
    if isinstance(box, boxes.TextBox):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _texts(getattr(child, "_box", child), heads)


def _is_repeated(box: Any, heads: set[Any]) -> bool:
    """Whether it is the head of a table that goes on from an earlier page. The first one is noted."""
    if not isinstance(box, boxes.TableRowGroupBox) or not box.is_header:
        return False
    if box.element in heads:
        return True
    heads.add(box.element)
    return False


def _frame_name(box: Any) -> str | None:
    """The name of the frame's section on this page; None for a page of the body."""
    if isinstance(box, boxes.MarginBox):
        return None
    element = box.element
    if element is not None and box.element_tag == "section" and "frame" in (element.get("class") or "").split():
        name = element.get("id")
        return "filler" if name in {"notes", "notes-lines", "pause"} else str(name)
    for child in getattr(box, "children", ()):
        name = _frame_name(getattr(child, "_box", child))
        if name:
            return name
    return None
