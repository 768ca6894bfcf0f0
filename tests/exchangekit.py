"""Rows made by hand, and what a round trip through a format keeps of them."""

from __future__ import annotations

import atexit
import datetime as dt
import functools
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import strategies as st

import buildkit
from hefte import publication
from hefte.cli import exchange
from hefte.errors import SourceError
from hefte.exchange import detect
from hefte.exchange.incoming import Incoming, incoming
from hefte.exchange.table import OPEN, Row, Table, digest
from hefte.model.translation import State
from hefte.translation import workspace, writing

FORMATS = tuple(detect.FORMATS)

ODD = (
    " before and after ", "\u00a0no-break\u00a0spaces\u00a0", "می\u200cخواهم", "😀𝔊𞤀", 'say "so" \\n', "two\nlines\n",
    "tab\there", "carriage\r\nreturn\r", "=1+1", "+47 81", "-5", "@SUM(A1)", "1-2", "007", "2026-11-23", "TRUE", "#N/A",
    "#REF!", "_x000D_", "_: as KDE wrote", "<b>&amp;]]></b>", 'msgid "x"', "#, fuzzy", "%s %d", "'quoted", "\u200f",
    "{{ helpline.113 }} [@brown2019] [a](https://b.c)", "e\u0301 decomposed", "\u2028", "\u0085", "x" * 3000, "fuzzy",
)
"""Texts that one program or the other takes for something else, or loses a part of."""

_LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
_CHARACTERS = _LETTERS | st.sampled_from("\n\r\t\\\"")
TEXTS = st.sampled_from(ODD) | st.text(_CHARACTERS, max_size=60)
WORDS = TEXTS.filter(str.strip)
"""With something to see in it."""


def row(id: str, source: str, target: str = "", state: State | None = None, **more: str) -> Row:
    """A row as it is exported."""
    said = state or (State.READY if target else State.MISSING)
    return replace(
        Row(id, source, target, said, context="Heading · paragraph", note="keep as it is: {{ x }}\nglossary: a = b",
            digest=digest(source), sent=digest(target), reference="chapters/nb/a.md:7"),
        **more,  # type: ignore[arg-type]
    )


def table(*rows: Row, target: str = "uk", rtl: bool = False) -> Table:
    return Table("nb", target, rows, "hefte", "1.0", dt.date(2026, 11, 22), rtl)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables of a few rows in all states."""
    rows = []
    for number in range(draw(st.integers(1, 4))):
        target = draw(st.just("") | WORDS)
        state = draw(st.sampled_from([State.READY, *OPEN])) if target else State.MISSING
        previous = draw(WORDS) if state is State.STALE else ""
        rows.append(row(f"what-is-it.{number}", draw(WORDS), target, state, previous=previous))
    return table(*rows)


def through(rows: Table, format: str, folder: Path) -> Table:
    """The table as it comes back from a file."""
    path = folder / f"file{detect.FORMATS[format]}"
    path.write_bytes(detect.write(rows, format))
    return detect.read(path)


def kept(rows: Table, format: str) -> list[tuple[str, ...]]:
    """What a translator's program must give back of each row. PO has one mark for whatever has to be looked at."""
    def said(state: State | None) -> str:
        return str(State.FUZZY if format == "po" and state in OPEN else state)

    return [(one.id, one.source, one.target, said(one.state), one.previous, one.digests) for one in rows.rows]


def changed(text: str, old: str, new: str) -> str:
    """A file's text with `new` for the only `old`."""
    assert len(re.findall(re.escape(old), text)) == 1, old
    return text.replace(old, new)


HOSTILE = """\
---
title: '{0} "one": two'
summary: >-
  {1} runs
  over lines.
keywords: ["{2}, with a comma", plain]
---

{3} cites [@handbook] and links [there](https://example.org/a_(b)), *in part*, and has a note.[^n]
This line goes on\u00a0after a break.\\
And this one was broken on purpose.

[^n]: {4} is a note.

::: story a-walk
:::

## {5} 1. not a list

- {6}
  1. nested \u2014 \U0001f600 \u200cjoined
  2. = 1 + 1

    > {7} in a quotation

| a | {8} |
|---|:-:|
| - | {{{{ contact.web }}}} {9} |

Term
:   {10} defines

::: remember
{11}\t has a tab & an <https://example.org>
:::

::: references
:::
"""


def hostile(folder: Path) -> Path:
    """A publication whose English is hard to split, with a Persian translation that has Windows' line ends, and of
    which nothing is recorded."""
    root = buildkit.with_languages(buildkit.new(folder / "hostile"), "fa")
    words = [f"Word {number}" for number in range(12)]
    theirs = [f"\u0648\u0627\u0698\u0647 {word}" for word in words]
    for language, said, ends in (("en", words, "\n"), ("fa", theirs, "\r\n")):
        text = HOSTILE.format(*said).replace("\n", ends)
        (root / "chapters" / language / "first.md").write_bytes(text.encode())
    buildkit.change(root / "chapters" / "fa" / "language.toml", 'origin = "original"', "origin = 'human' # by hand")
    return root


def recorded(root: Path, lang: str) -> None:
    """Every target is noted as a translation of the source of today."""
    loaded = publication.load(root)
    targets = [pair.target for unit in workspace.open(loaded, lang).units for pair in unit.pairs if pair.target]
    writing.accept(loaded, lang, {each.id: writing.Change(each.text) for each in targets}, by="Ada Lovelace")


@functools.cache
def _known() -> Path:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    root = hostile(folder)
    recorded(root, "fa")
    return root


def hostile_and_recorded(folder: Path) -> Path:
    """The hostile publication, all of it recorded: a copy of one that is made once."""
    return Path(shutil.copytree(_known(), folder / "hostile"))


def export(root: Path, lang: str, format: str) -> Path:
    """A file as `hefte translate export` writes it, beside the publication."""
    path = root.parent / f"{lang}-{format}{detect.FORMATS[format]}"
    assert exchange.export(root, lang, format=format, out=path, quiet=True) == 0
    return path


def take_in(root: Path, lang: str, path: Path, *, overwrite: bool = False) -> int:
    """What `hefte translate import` does with a file."""
    return exchange.take_in(root, lang, path, by=None, overwrite=overwrite, dry_run=False, quiet=True, as_json=False)


def edited(path: Path, targets: Mapping[str, str], **more: object) -> Path:
    """The file as if a translator had written other targets, by segment id; and other things into those rows."""
    read = detect.read(path)
    rows = [replace(one, target=targets[one.id], **{"state": State.READY, **more})  # type: ignore[arg-type]
            if one.id in targets else one for one in read.rows]
    return written(path, replace(read, rows=tuple(rows)))


def written(path: Path, rows: Table) -> Path:
    """The file with these rows, in the format that it has."""
    format = path.stem.rpartition("-")[2]
    path.write_bytes(detect.write(rows, format))
    return path


def states(root: Path) -> dict[str, State]:
    units = workspace.open(publication.load(root), "fa").units
    return {pair.source.id: pair.state for unit in units for pair in unit.pairs if pair.source}


def target_of(root: Path, id: str) -> str:
    units = workspace.open(publication.load(root), "fa").units
    [found] = [pair.target.text for unit in units for pair in unit.pairs
               if pair.source and pair.target and pair.source.id == id]
    return found


def looked_at(root: Path, path: Path) -> Incoming:
    loaded = publication.load(root)
    return incoming(loaded, workspace.open(loaded, "fa"), detect.read(path))


def refused_rows(root: Path, path: Path) -> list[tuple[int, str]]:
    """The errors with their lines. Nothing may have been written."""
    before = buildkit.contents(root)
    with pytest.raises(SourceError) as raised:
        take_in(root, "fa", path)
    assert buildkit.contents(root) == before
    errors = (raised.value, *raised.value.also)
    assert {error.place.path for error in errors if error.place} == {path}
    return [(error.place.line if error.place else 0, error.what) for error in errors]
