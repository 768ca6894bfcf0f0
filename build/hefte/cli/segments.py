"""A translation to its segments that are not ready: as records for scripts, and as lines for people."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.text import Text

from hefte.cli.status_table import STYLES
from hefte.model import Pair, State, Translation
from hefte.translation.differences import differences, marked

_DIFFERENCE = {" ": "", "-": "red strike", "+": "green"}


def waiting(translation: Translation, folder: Path) -> list[dict[str, Any]]:
    """Each segment that is not ready: `id`, `path`, `line`, `state`, and where known `previous` (the source text that
    it was translated from), `source`, `difference` (between these two) and `target`. `folder` is the language's."""
    return [
        _record(pair, folder)
        for unit in translation.units for pair in unit.pairs if pair.state is not State.READY
    ]


def lines(records: list[dict[str, Any]]) -> Iterator[Text]:
    """Three or four lines a segment."""
    here = Path.cwd()
    for record in records:
        path = Path(record["path"])
        shown = path.relative_to(here) if path.is_relative_to(here) else path
        state = State(record["state"])
        yield Text(f"{shown}:{record['line']}: ") + Text(state, style=STYLES[state]) + f": {record['id']}"
        yield from _texts(record)


def _record(pair: Pair, folder: Path) -> dict[str, Any]:
    one = pair.source or pair.target
    assert one is not None  # a pair has at least one of the two
    target = pair.target
    record: dict[str, Any] = {
        "id": one.id, "kind": one.kind, "state": str(pair.state),
        "path": os.fspath(target.place.path if target else folder / one.file),
        "line": target.place.line if target else 1,
    }
    if pair.source and pair.previous is not None:
        record["difference"] = marked(differences(pair.previous, pair.source.text))
    texts = {
        "previous": pair.previous, "source": pair.source.text if pair.source else None,
        "target": target.text if target else None,
    }
    return record | {name: text for name, text in texts.items() if text}


def _texts(record: Mapping[str, Any]) -> Iterator[Text]:
    stale = record["state"] == State.STALE
    if "previous" in record:
        yield _line("was", Text(record["previous"]))
    elif stale:
        yield _line("was", Text("(not in the memory)", style="dim"))
    if "difference" in record:
        yield _line("is", _coloured(record["previous"], record["source"]))
    else:
        yield _line("is", Text(record["source"]) if "source" in record else Text("(gone)", style="dim"))
    if "target" in record:
        yield _line("target", Text(record["target"]))


def _line(name: str, text: Text) -> Text:
    return Text(f"    {name + ':':8}") + text


def _coloured(old: str, new: str) -> Text:
    """The new text with what has gone and come in it, marked so that it can be told without colour too."""
    text = Text()
    for piece in differences(old, new):
        text.append(marked((piece,)), style=_DIFFERENCE[piece.kind])
    return text
