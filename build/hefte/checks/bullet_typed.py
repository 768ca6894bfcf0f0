"""A book to the lists that are typed as mere lines with a bullet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.prose import Passage, passages
from hefte.model import Book, Finding, Severity

_BULLET = re.compile(r"^[ \t]*([•◦‣⁃∙·●○*]|[-–—](?!\S))[ \t\N{NO-BREAK SPACE}]+(?=\S)", re.MULTILINE)
_DASHES = frozenset("-–—")


def find(book: Book) -> Iterator[Finding]:
    """One finding a block. A single line that begins with a dash is said by somebody (– Nei, sa hun); two in one
    paragraph are a list."""
    for passage in passages(book):
        if passage.kind != "string":
            yield from _first(passage)


def _first(passage: Passage) -> Iterator[Finding]:
    lines = list(_BULLET.finditer(passage.words))
    dashed = [line for line in lines if line.group(1) in _DASHES]
    typed = [line for line in lines if line.group(1) not in _DASHES or len(dashed) > 1]
    if typed:
        at = typed[0].start(1)
        yield CHECK.found(f"`{passage.words[at]}` is typed as a bullet", place=passage.place_of(at))


CHECK = Check(
    id="bullet-typed",
    severity=Severity.WARNING,
    title="A bullet that is typed",
    rationale="Nobody hears that it is a list, or of how many items; the lines run together, or do not line up.",
    source="WCAG 2.2, 1.3.1; technique H48",
    remedy="begin each item with `- ` in a line of its own, after a blank line",
    run=find,
)
