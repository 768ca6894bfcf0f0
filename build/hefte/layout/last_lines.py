"""Guards each paragraph's last line: no hyphenated remainder, no last line of a word shorter than four letters."""

from __future__ import annotations

import re
from typing import Any

from hefte import fragment

_NO_BREAK = "\N{NO-BREAK SPACE}"
_LAST = re.compile(r"^(.*\s)?(\S+)\s*$", re.DOTALL)
_SMALL_WORD = re.compile(r"(?<!\S)(\w{1,2}) (?=\S{1,9}(?!\S))")
_SHORT = 5
"""A last word with fewer letters than this is tied to the one before it (page.md: at least four letters, and a
point)."""
_BLOCKS = {"p", "li", "dd", "figcaption"}


def guard_last_lines(body: str) -> str:
    """The fragment with the last word of each paragraph whole, and a short one tied to its neighbour."""
    root = fragment.parse(body)
    for block in root.iter(*_BLOCKS):
        _guard(block)
    return fragment.serialise(root)


def tied(heading: str) -> str:
    """A heading whose words of one or two letters stay with the word after them, if that is no long one."""
    return _SMALL_WORD.sub(rf"\1{_NO_BREAK}", heading)


def _guard(block: Any) -> None:
    """Only where the block ends in text of its own: a link or number at the end is whole already."""
    last = block[-1] if len(block) else None
    text = block.text if last is None else last.tail
    found = _LAST.match(text or "")
    if not found or not found[1]:
        if last is not None:
            _tie(block, last)
        return
    before, word = found[1], found[2]
    if len(word) < _SHORT:
        head = _LAST.match(before)
        if head is None:
            return
        before, word = head[1] or "", head[2] + _NO_BREAK + word
    # The space goes inside: where a line breaks at an element, WeasyPrint 70 looks for the last place in the text
    # before it that can be broken, and may take the first hyphen there is.
    kept = before.rstrip()
    whole = block.makeelement("span", {"class": "whole"})
    before, whole.text = kept, before[len(kept) :] + word
    if last is None:
        block.text = before
    else:
        last.tail = before
    block.append(whole)


def _tie(block: Any, last: Any) -> None:
    """A short element at the end, a number to dial say, to the word before it."""
    if len("".join(last.itertext()).strip() + (last.tail or "").strip()) >= _SHORT or "\n" in (last.tail or ""):
        return
    before = block[-2] if len(block) > 1 else None
    text = (block.text if before is None else before.tail) or ""
    if text.endswith(" "):
        tied_text = f"{text[:-1]}{_NO_BREAK}"
        if before is None:
            block.text = tied_text
        else:
            before.tail = tied_text
