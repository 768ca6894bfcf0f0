"""Rows to the elements of XLIFF 2.0 and back. Digest and previous source travel in its metadata module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hefte.exchange.elements import XML, add, child, children, words
from hefte.exchange.table import DONE, OPEN, Row, Table, digests
from hefte.model import Place
from hefte.model.translation import State

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
_SAME = "translate"


def document(rows: Table, files: Mapping[str, Sequence[Row]]) -> _Element:
    """The whole document: a `file` for each text, so that a tool shows the book's parts."""
    from lxml import etree

    root = etree.Element(f"{{{_NAMESPACE}}}xliff", nsmap={None: _NAMESPACE, "mda": _METADATA})
    for key, value in (("version", "2.0"), ("srcLang", rows.source), ("trgLang", rows.target)):
        root.set(key, value)
    for number, (name, own) in enumerate(files.items(), 1):
        file = add(root, "file", attributes={"id": f"f{number}", "original": name})
        for row in own:
            _unit(file, row)
    return root


def _unit(file: _Element, row: Row) -> None:
    unit = add(file, "unit", attributes={"id": row.id, "name": row.id, _SAME: "no" if row.same else None})
    said = {"digest": row.digests, "previous-source": row.previous, "reference": row.reference}
    if any(said.values()):
        group = add(add(unit, f"{{{_METADATA}}}metadata"), "metaGroup", attributes={"category": "hefte"})
        for key, value in said.items():
            if value:
                add(group, "meta", value, {"type": key})
    if row.context or row.note:
        notes = add(unit, "notes")
        for text in (row.context, row.note):
            if text:
                add(notes, "note", text, {"category": "hefte", "appliesTo": "source"})
    done = row.state in (DONE, None)
    segment = add(unit, "segment", attributes={
        "state": "translated" if done else "initial", "subState": None if done else f"hefte:{row.state}",
    })
    add(segment, "source", row.source, {f"{XML}space": "preserve"})
    if row.target:
        add(segment, "target", row.target, {f"{XML}space": "preserve"})


def language(root: _Element) -> str:
    """The target language that the document names."""
    return root.get("trgLang", "")


def rows(segments: Sequence[_Element], path: Path) -> Iterator[Row]:
    """The rows of the document's units. A tool may have split a unit into sentences: they are put together again, and
    while one of them has no target, nor has the unit."""
    for unit in dict.fromkeys(parent for one in segments if (parent := one.getparent()) is not None):
        parts = list(children(unit, "segment", "ignorable"))
        pairs = [(words(child(part, "source")), words(child(part, "target")), part) for part in parts]
        whole = all(target or not source.strip() for source, target, _ in pairs)
        target = "".join(target or source for source, target, _ in pairs) if whole else ""
        states = [_state(part) for part in children(unit, "segment")]
        said = _metadata(unit)
        yield Row(
            id=unit.get("id", ""), source="".join(source for source, _, _ in pairs), target=target,
            state=_worst(states) if target else State.MISSING, previous=said.get("previous-source", ""),
            **digests(said.get("digest", "")), same=unit.get(_SAME) == "no", place=Place(path, unit.sourceline or 1),
        )


def _metadata(unit: _Element) -> dict[str, str]:
    return {
        one.get("type", ""): words(one)
        for module in children(unit, "metadata") for group in children(module, "metaGroup")
        if group.get("category") == "hefte" for one in children(group, "meta")
    }


def _state(segment: _Element) -> State | None:
    said = segment.get("state")
    if said == "initial":
        own = segment.get("subState", "").removeprefix("hefte:")
        return State(own) if own in (*OPEN, State.MISSING) else State.FUZZY
    return DONE if said else None


def _worst(states: Sequence[State | None]) -> State | None:
    return next((state for state in (*OPEN, State.MISSING) if state in states), None if None in states else DONE)
