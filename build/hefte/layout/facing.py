"""Turns two languages' bodies into rows: each block beside its counterpart, stories and call-outs kept together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from hefte import fragment
from hefte.errors import SourceError
from hefte.model import Chapter, Place

_LISTS = {"ul", "ol", "dl"}
_LONG = 1200
"""Characters of a cell: some 20 lines."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a row."""

    body: str
    """XHTML fragment, without ids on the source's side: an anchor may be defined only once."""
    language: str
    """Of the words where it differs from the side's: a story may be told in another one. Else empty."""


@dataclass(frozen=True, slots=True)
class Row:
    """A block and its counterpart."""

    source: Cell
    target: Cell
    kind: str
    """The name of the element: `p`, `h2`, `li` …"""

    @property
    def is_long(self) -> bool:
        """Whether it may be broken over pages: else a third of a page could stay empty."""
        return max(len(self.source.body), len(self.target.body)) > _LONG


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand together."""

    rows: tuple[Row, ...]
    kind: str = ""
    """The classes of the story or call-out that they are; empty for running text."""
    id: str = ""
    name: str = ""
    """A story's accessible name, in the target's language."""


@dataclass(frozen=True, slots=True)
class Facing:
    """One text in both languages."""

    source: Chapter
    target: Chapter
    groups: tuple[Group, ...]


def face(source: Chapter, target: Chapter) -> Facing:
    """Both texts, block by block. A story that only one of them may tell (its consent says so) is left out of both.

    Raises SourceError where a block has no counterpart.
    """
    one, other = fragment.parse(source.body), fragment.parse(target.body)
    _leave_out_lonely_stories(one, other)
    _leave_out_lonely_stories(other, one)
    _without_ids(one)
    groups: list[Group] = []
    running: list[Row] = []
    for mine, its in _paired(list(one), list(other), target.place):
        if its.tag == "aside":
            groups += [Group(tuple(running)), _set_apart(mine, its, target.place)]
            running = []
        else:
            running += _rows(mine, its, target.place)
    groups.append(Group(tuple(running)))
    return Facing(source, target, tuple(group for group in groups if group.rows))


def _leave_out_lonely_stories(tree: etree._Element, other: etree._Element) -> None:
    told = {story.get("data-story") for story in other.iterfind(".//aside[@data-story]")}
    for story in tree.findall(".//aside[@data-story]"):
        if story.get("data-story") not in told:
            fragment.replace(story)


def _without_ids(tree: etree._Element) -> None:
    for element in tree.iter(etree.Element):
        element.attrib.pop("id", None)


def _set_apart(mine: etree._Element, its: etree._Element, place: Place) -> Group:
    rows = [row for pair in _paired(list(mine), list(its), place) for row in _rows(*pair, place)]
    tongues = mine.get("lang", ""), its.get("lang", "")
    # By-lines have a language of their own, which says more than the story's.
    told = [Row(_told(row.source, tongues[0]), _told(row.target, tongues[1]), row.kind) for row in rows]
    return Group(tuple(told), its.get("class", ""), its.get("id", ""), its.get("aria-label", ""))


def _told(cell: Cell, language: str) -> Cell:
    return Cell(cell.body, cell.language or language)


def _rows(mine: etree._Element, its: etree._Element, place: Place) -> Iterator[Row]:
    """One row; of a list, one for each of its items, each in a list of its own."""
    if its.tag not in _LISTS or not all(child.tag in ("li", "div") for child in its):
        yield Row(_cell(mine), _cell(its), str(its.tag))
        return
    for number, (one, other) in enumerate(_paired(list(mine), list(its), place)):
        yield Row(_item(mine, one, number), _item(its, other, number), "li")


def _item(whole: etree._Element, item: etree._Element, number: int) -> Cell:
    holder = whole.makeelement(whole.tag, dict(whole.attrib))
    if whole.tag == "ol":
        holder.set("start", str(int(whole.get("start", "1")) + number))
    holder.append(deepcopy(item))
    return _cell(holder)


def _cell(element: etree._Element) -> Cell:
    """The element as a fragment. What served the builder goes: the two sides would have the same keys."""
    holder = etree.Element("div")
    holder.append(deepcopy(element))
    for each in holder.iter(etree.Element):
        for name in [name for name in each.attrib if str(name).startswith("data-") and name != "data-pdf-tag"]:
            del each.attrib[name]
    holder[0].tail = None
    return Cell(fragment.serialise(holder), element.get("lang", ""))


def _paired(
    mine: Sequence[etree._Element], its: Sequence[etree._Element], place: Place
) -> Iterator[tuple[etree._Element, etree._Element]]:
    """The blocks in pairs. Raises SourceError where they are not alike."""
    for one, other in zip(mine, its, strict=False):
        if (one.tag, one.get("class"), _keys(one)) != (other.tag, other.get("class"), _keys(other)):
            raise _unlike(other, place)
        yield one, other
    if len(mine) != len(its):
        raise _unlike(its[len(mine)] if len(its) > len(mine) else None, place)


def _keys(block: etree._Element) -> list[str]:
    """Of the blocks in it. Works cited are listed in the order in which each language comes to them: any order will
    do."""
    return sorted(key for each in block.iter(etree.Element) if (key := each.get("data-key")))


def _unlike(block: etree._Element | None, place: Place) -> SourceError:
    at = Place(place.path, int(block.get("data-line", place.line))) if block is not None else place
    what = "this block has no counterpart in the source" if block is not None else "a block of the source is missing"
    return SourceError(what, remedy="give both languages the same blocks in the same order", place=at)
