"""Remarks: lines that begin with `%%`. They are taken out before anything else is read, and lines keep their numbers.

A line is a remark after any indentation, and after the `>` of a quotation; it parts no paragraph and no list.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_REMARK = re.compile(r"[ \t>]*%%")


def without(lines: list[str]) -> list[int]:
    """The numbers (from 0) of the lines that are no remarks."""
    return [number for number, line in enumerate(lines) if not _REMARK.match(line)]


def is_remark(line: str) -> bool:
    """Whether a line of a text is a remark."""
    return bool(_REMARK.match(line))


def remark_rules(md: MarkdownIt) -> None:
    """Install the two rules: remarks out before the blocks are read, the lines counted with them after."""
    md.core.ruler.before("block", "remarks", _out)
    md.core.ruler.after("block", "remark_lines", _count)


def _out(state: StateCore) -> None:
    if "%%" in state.src:
        lines = state.src.split("\n")
        kept = without(lines)
        state.env["remarks"] = state.src, kept
        state.src = "\n".join(lines[number] for number in kept)


def _count(state: StateCore) -> None:
    if found := state.env.pop("remarks", None):
        state.src, kept = found
        kept = [*kept, state.src.count("\n") + 1]
        for token in state.tokens:
            if token.map:
                token.map = [kept[min(line, len(kept) - 1)] for line in token.map]
