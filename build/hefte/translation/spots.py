"""Writes other words where a block's words stand, and touches nothing beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.helpers import parseLinkDestination, parseLinkTitle

from hefte.translation import words
from hefte.translation.blocks import Spot

_PIPE = re.compile(r"(?<!\\)\|")
_CONTAINER = re.compile(r"[\s>*+\-0-9.):~]*(?:\[\^[^\]]*\]:\s*)?")
_ENTITY = re.compile(r"&(?=#|\w+;)")


class Lost(Exception):
    """The words are not where they were said to be: the block is written in a way that cannot be written into."""


def put(lines: Sequence[str], spot: Spot, text: str) -> tuple[int, list[str]]:
    """How many lines from `spot.line` on are replaced, and by which. Raises Lost."""
    if spot.inside in ("th_open", "td_open"):
        return 1, [_cell(lines[spot.line], spot, words.line(text).replace("|", r"\|"))]
    if spot.inside == "heading_open" and "\n" not in spot.content and (found := _heading(lines[spot.line], spot)):
        return 1, [_replaced(lines[spot.line], found, words.line(text))]
    if spot.inside in ("alt", "caption"):
        return _flowing(lines, spot, [_image(spot, words.line(text))])
    return _flowing(lines, spot, words.lines(text, breaks=spot.inside not in ("heading_open", "dt_open")))


def _flowing(lines: Sequence[str], spot: Spot, new: list[str]) -> tuple[int, list[str]]:
    """A paragraph and its like: its first line keeps what stands before the words, its last what stands after them."""
    old = spot.content.strip().split("\n")
    first, last = lines[spot.line], lines[spot.line + len(old) - 1]
    before = first[: _ends(first, old[0])]
    after = last[_ends(last, old[-1]) + len(old[-1].strip()) :]
    if len(old) > 1:
        second = lines[spot.line + 1]
        between = second[: _ends(second, old[1])]
    else:
        between = "".join(sign if sign in ">\t" else " " for sign in before)
    said = [before + new[0], *(between + line for line in new[1:])]
    said[-1] += after
    return len(old), said


def _ends(line: str, content: str) -> int:
    """Where the words that end a line begin in it."""
    content = content.strip()
    if not line.rstrip().endswith(content):
        raise Lost
    return len(line.rstrip()) - len(content)


def _heading(line: str, spot: Spot) -> tuple[int, int] | None:
    """Where the words of `## …` stand; None if the heading is underlined instead."""
    content = spot.content.strip()
    for mark in re.finditer(r"#{1,6}[ \t]+", line):
        rest = line[mark.end() :]
        if rest.startswith(content) and not rest[len(content) :].strip("# \t"):
            return mark.end(), mark.end() + len(content)
    return None


def _replaced(line: str, span: tuple[int, int], new: str) -> str:
    return line[: span[0]] + new + line[span[1] :]


def _cell(line: str, spot: Spot, new: str) -> str:
    pieces = list(_pieces(line))
    content = spot.content.replace("|", r"\|")
    row = _CONTAINER.match(line)
    fenced = len(pieces) > 1 and row is not None and pieces[0][1] <= row.end()
    at = spot.column + fenced
    if at < len(pieces) and line[slice(*pieces[at])].rstrip().endswith(content):
        start = pieces[at][0] + line[slice(*pieces[at])].rstrip().rindex(content)
        return _replaced(line, (start, start + len(content)), new)
    raise Lost


def _pieces(line: str) -> Iterator[tuple[int, int]]:
    """Where each piece between two pipes begins and ends."""
    start = 0
    for pipe in _PIPE.finditer(line):
        yield start, pipe.start()
        start = pipe.end()
    yield start, len(line)


def _image(spot: Spot, new: str) -> str:
    """An image on a line of its own, with another alternative text or caption."""
    content = " ".join(line.strip() for line in spot.content.strip().split("\n"))
    end = _label_end(content)
    if spot.inside == "alt":
        return content[:2] + new + content[end:]
    if not content.startswith("](", end):
        raise Lost  # the address and the caption stand elsewhere, in a definition
    at = end + 2 + (len(content[end + 2 :]) - len(content[end + 2 :].lstrip()))
    address = parseLinkDestination(content, at, len(content))
    start = address.pos + (len(content[address.pos :]) - len(content[address.pos :].lstrip()))
    title = parseLinkTitle(content, start, len(content))
    if not (address.ok and title.ok):
        raise Lost
    said = _ENTITY.sub("&amp;", new.replace("\\", "\\\\").replace('"', '\\"'))
    return f'{content[:start]}"{said}"{content[title.pos:]}'


def _label_end(content: str) -> int:
    """Where the `]` after `![` stands."""
    depth, at = 0, 1
    while at < len(content):
        if content[at] == "\\":
            at += 1
        elif content[at] in "[]":
            depth += 1 if content[at] == "[" else -1
            if not depth:
                return at
        at += 1
    raise Lost
