"""Languages × chapters as lines for a terminal of any width: a sign and a number for each state of a chapter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from rich.text import Text

from hefte.model import State

SIGNS = {
    State.MISSING: "✗", State.STALE: "≠", State.FUZZY: "~", State.UNRECORDED: "?", State.UNSIGNED: "○",
    State.READY: "●",
}
STYLES = {
    State.MISSING: "bold red", State.STALE: "red", State.FUZZY: "yellow", State.UNRECORDED: "yellow",
    State.UNSIGNED: "cyan", State.READY: "green",
}
_COUNTED = (State.MISSING, State.STALE, State.FUZZY, State.UNRECORDED)
_GAP = "  "

Entries = Mapping[str, Mapping[str, Any]]
"""Language → what `hefte status --json` says of it."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is shown, and how wide: widths are those of a terminal's cells."""

    languages: Entries
    chapters: Sequence[str]
    headings: Sequence[str]
    columns: Sequence[int]
    called: int
    """Of the names in the source language; 0: they are left out."""
    own: int
    """Of the languages' own names; 0: they are left out."""

    @property
    def lead(self) -> int:
        """What comes before the columns, and the word after them."""
        tags, standing = _widest(self.languages), _widest(entry["standing"] for entry in self.languages.values())
        return sum(width + len(_GAP) for width in (tags, self.called, standing, self.own) if width)

    @property
    def width(self) -> int:
        """Of the whole table."""
        return self.lead + sum(column + len(_GAP) for column in self.columns) - len(_GAP)


def lines(languages: Entries, chapters: Sequence[str], width: int | None) -> Iterator[Text]:
    """The table, and what its signs and numbers mean. `width` None: as wide as it needs to be.

    Where the ids of the chapters do not fit above the columns they are numbered; where the names of the languages do
    not fit, only their tags are there; what still does not fit is put below.
    """
    plan = _plan(languages, chapters, width)
    for begin, end in _parts(plan, width):
        yield _heading(plan, begin, end)
        for code in languages:
            yield _row(plan, code, begin, end)
    if plan.headings != chapters:
        yield Text(" · ".join(f"{number} {id}" for number, id in enumerate(chapters, 1)))
    parts = [Text(sign, style=STYLES[state]) + f" {state}" for state, sign in SIGNS.items()]
    yield Text("  ").join(parts) + "; a number counts the texts in that state"


def cell(facts: Mapping[str, Any] | None) -> Text:
    """A sign for each state that a chapter's texts are in, and how many they are: `✗1≠3`."""
    if not facts or "state" not in facts:
        return Text("")
    found = [state for state in _COUNTED if facts[state]] or [State(facts["state"])]
    return Text().join(Text(f"{SIGNS[state]}{facts.get(state) or ''}" if state in _COUNTED else SIGNS[state],
                            style=STYLES[state]) for state in found)


def _plan(languages: Entries, chapters: Sequence[str], width: int | None) -> _Plan:
    """The fullest one that fits, or the leanest."""
    numbers = [str(number) for number in range(1, len(chapters) + 1)]
    called = _widest(entry.get("called", "") for entry in languages.values())
    own = _widest(entry.get("name", "") for entry in languages.values())
    cells = [_widest(cell(entry["chapters"].get(id)).plain for entry in languages.values()) for id in chapters]
    for headings, *names in (
        (chapters, called, own), (numbers, called, own), (numbers, called, 0), (numbers, 0, 0),
    ):
        columns = [max(width, cell_len(heading)) for width, heading in zip(cells, headings, strict=True)]
        plan = _Plan(languages, chapters, headings, columns, *names)
        if width is None or plan.width <= width:
            break
    return plan


def _widest(words: Any) -> int:
    return max(map(cell_len, words), default=0)


def _parts(plan: _Plan, width: int | None) -> Iterator[tuple[int, int]]:
    """Which columns stand beside each other: all of them where there is room."""
    begin, taken = 0, plan.lead
    for at, column in enumerate(plan.columns):
        if width is not None and at > begin and taken + column > width:
            yield begin, at
            begin, taken = at, plan.lead
        taken += column + len(_GAP)
    yield begin, len(plan.columns)


def _heading(plan: _Plan, begin: int, end: int) -> Text:
    parts = [" " * _widest(plan.languages), *([" " * plan.called] if plan.called else [])]
    parts += [_padded(Text(plan.headings[at]), plan.columns[at]).plain for at in range(begin, end)]
    return Text(_GAP.join(parts).rstrip(), style="bold")


def _row(plan: _Plan, code: str, begin: int, end: int) -> Text:
    entry = plan.languages[code]
    parts = [_padded(Text(code), _widest(plan.languages))]
    if plan.called:
        parts.append(_padded(Text(entry.get("called", "")), plan.called))
    parts += [_padded(cell(entry["chapters"].get(plan.chapters[at])), plan.columns[at]) for at in range(begin, end)]
    if end == len(plan.columns):
        standing = Text(entry["standing"])
        if plan.own:  # last, so that what is written from right to left moves nothing else
            standing = _padded(standing, _widest(each["standing"] for each in plan.languages.values()))
        parts += [standing, *([Text(entry.get("name", ""))] if plan.own else [])]
    row = Text(_GAP).join(parts)
    row.rstrip()
    return row


def _padded(text: Text, width: int) -> Text:
    return text + " " * max(0, width - cell_len(text.plain))
