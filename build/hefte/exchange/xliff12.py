"""Rows to the elements of XLIFF 1.2 and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hefte import __version__
from hefte.exchange.elements import XML, add, child, children, words
from hefte.exchange.table import DONE, OPEN, Row, Table, digests
from hefte.model import Place
from hefte.model.translation import State

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_DIGEST = "x-hefte-digest"
_OPEN = ("new", "needs-")
"""How the states begin that say that there is something to do."""


def document(rows: Table, files: Mapping[str, Sequence[Row]]) -> _Element:
    """The whole document: a `file` for each text, so that a tool shows the book's parts."""
    from lxml import etree

    root = etree.Element(f"{{{_NAMESPACE}}}xliff", nsmap={None: _NAMESPACE})
    root.set("version", "1.2")
    for name, own in files.items():
        file = add(root, "file", attributes={
            "original": name or "hefte", "source-language": rows.source, "target-language": rows.target,
            "datatype": "plaintext", "product-name": rows.publication, "product-version": rows.version,
        })
        add(add(file, "header"), "tool", attributes={
            "tool-id": "hefte", "tool-name": "hefte", "tool-version": __version__,
        })
        body = add(file, "body")
        for row in own:
            _unit(body, row, rows)
    return root


def _unit(body: _Element, row: Row, rows: Table) -> None:
    unit = add(body, "trans-unit", attributes={
        "id": row.id, f"{XML}space": "preserve", "approved": "yes" if row.state is DONE else None,
        "translate": "no" if row.same else None,
    })
    add(unit, "source", row.source, {f"{XML}lang": rows.source})
    if row.target:
        done = row.state in (DONE, None)
        add(unit, "target", row.target, {
            f"{XML}lang": rows.target, "state": "translated" if done else "needs-review-translation",
            "state-qualifier": None if done else f"x-{row.state}",
        })
    group = add(unit, "context-group", attributes={"name": "hefte", "purpose": "location information"})
    file, _, line = row.reference.rpartition(":")
    for kind, text in (("sourcefile", file), ("linenumber", line), (_DIGEST, row.digests)):
        if text:
            add(group, "context", text, {"context-type": kind})
    if not len(group):
        unit.remove(group)
    for text in (row.context, row.note):
        if text:
            add(unit, "note", text, {"from": "hefte", "annotates": "source"})
    if row.previous:
        old = add(unit, "alt-trans", attributes={"alttranstype": "previous-version", f"{XML}space": "preserve"})
        add(old, "source", row.previous)
        add(old, "target", row.target)


def language(root: _Element) -> str:
    """The target language that the first file names."""
    file = child(root, "file")
    return "" if file is None else file.get("target-language", "")


def rows(units: Sequence[_Element], path: Path) -> Iterator[Row]:
    """The rows of the document's units."""
    for unit in units:
        target, old = child(unit, "target"), _previous(unit)
        travelled = (
            words(one) for group in children(unit, "context-group") for one in children(group, "context")
            if one.get("context-type") == _DIGEST
        )
        text = words(target)
        yield Row(
            id=unit.get("id", ""), source=words(child(unit, "source")), target=text,
            state=_state(unit, target) if text else State.MISSING, previous=words(old),
            **digests(next(travelled, "")), same=unit.get("translate") == "no",
            place=Place(path, unit.sourceline or 1),
        )


def _previous(unit: _Element) -> _Element | None:
    for old in children(unit, "alt-trans"):
        if old.get("alttranstype") == "previous-version":
            return child(old, "source")
    return None


def _state(unit: _Element, target: _Element | None) -> State | None:
    """What the tool says of the target. A state outweighs an approval: many tools leave the approval as it was."""
    said = "" if target is None else target.get("state", "")
    if said.startswith(_OPEN):
        qualifier = "" if target is None else target.get("state-qualifier", "").removeprefix("x-")
        return State(qualifier) if qualifier in OPEN else State.FUZZY
    if said or unit.get("approved") == "yes":
        return DONE
    return State.FUZZY if unit.get("approved") == "no" else None
