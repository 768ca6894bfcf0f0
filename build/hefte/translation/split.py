"""One Markdown file to its segments, and other texts for them back into it: byte for byte the same elsewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from hefte.errors import SourceError
from hefte.model import Place, Segment
from hefte.records.text import normal
from hefte.records.validate import together
from hefte.sources.markdown.remarks import without
from hefte.translation import blocks, front, spots, words

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


def split(text: str, path: Path, file: str, unit_id: str) -> tuple[Segment, ...]:
    """The segments of one text: the strings of its front matter, then its blocks. `unit_id` begins their ids: a
    chapter's id, or `story-<id>`.

    A block has the number of its data-key. What has none: an empty cell, code, and a note that is written inside a line
    (it belongs to the words around it). Their numbers are left out.
    """
    text = normal(text)
    strings = (
        Segment(f"{unit_id}.{each.name}", file, "string", words.written(each.text), Place(path, each.start[0] + 1))
        for each in front.strings(text)
    )
    body = (
        Segment(f"{unit_id}.{each.name}", file, each.kind, words.written(each.text), Place(path, each.line))
        for each in blocks.read(text).blocks
    )
    return (*strings, *body)


def skeleton(text: str) -> tuple[str, ...]:
    """What a text is built of, in order: kinds of blocks and directives. A target's is that of its source."""
    return blocks.read(normal(text)).skeleton


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with other words for the segments that `values` names, by their full ids or without what stands before the
    first point (`1`, `keywords.2`). An empty text becomes `[…]`. What a segment says already is not written again.

    Raises SourceError for a segment that is not there, and where a text would not be read as what it is.
    """
    parts = [(match[1], match[2]) for match in _LINE.finditer(text)]
    if parts[-1] == ("", ""):
        parts.pop()
    whole = _Lines([line for line, _ in parts], [end for _, end in parts])
    read = normal(text)
    wanted = _wanted(read, values)
    whole.fill_blocks(read, wanted)
    whole.fill_strings(read, wanted)
    filled = whole.text()
    _held(filled, wanted)
    return filled


def _said(read: str) -> dict[str, str]:
    """Name → text, as written."""
    body = {each.name: each.text for each in blocks.read(read).blocks}
    return {each.name: each.text for each in front.strings(read)} | body


def _wanted(read: str, values: Mapping[str, str]) -> dict[str, str]:
    """Name → new text, of those that change."""
    said = _said(read)
    wanted, faults = {}, []
    for id, text in values.items():
        name = id if id in said else id.partition(".")[2]
        if name not in said:
            faults.append(SourceError(f"there is no text `{id}`", remedy="`hefte translate update` follows the source"))
        elif words.written(said[name]) != (new := words.written(unicodedata.normalize("NFC", text).strip())):
            wanted[name] = new or words.GAP
    if faults:
        raise together(faults)
    return wanted


class _Lines:
    """The lines of a file while they are changed, from the end to the beginning, so that numbers hold."""

    def __init__(self, lines: list[str], ends: list[str]) -> None:
        self.lines, self.ends = lines, ends
        self.end = next((end for end in ends if end), "\n")

    def fill_blocks(self, read: str, wanted: Mapping[str, str]) -> None:
        kept = without(self.lines)
        changes = [
            (spot, part, each)
            for each in blocks.read(read).blocks if each.name in wanted
            for spot, part in zip(each.spots, _parts(each, wanted[each.name]), strict=True)
        ]
        by_line = sorted(changes, key=lambda change: (change[0].line, change[0].column, change[2].name), reverse=True)
        for spot, part, each in by_line:
            shown = [unicodedata.normalize("NFC", self.lines[number]) for number in kept]
            try:
                number, new = spots.put(shown, self._now(spot, shown), part)
            except spots.Lost:
                raise SourceError(
                    f"`{each.name}` is written in a way that no text can be put into", remedy="write it by hand",
                ) from None
            self._replace([kept[line] for line in range(spot.line, spot.line + number)], new)
            kept = without(self.lines)

    def _now(self, spot: blocks.Spot, shown: list[str]) -> blocks.Spot:
        """A figure has two texts in one line; the second is looked for where the first has been changed."""
        if spot.inside not in ("alt", "caption"):
            return spot
        line, content = shown[spot.line], spot.content.strip().split("\n")
        there = zip(content, shown[spot.line :], strict=False)
        if all(now.rstrip().endswith(said.strip()) for said, now in there) or "![" not in line:
            return spot
        return blocks.Spot(spot.line, line[line.index("![") :].rstrip(), spot.inside)

    def _replace(self, numbers: list[int], new: list[str]) -> None:
        """Lines by others; remarks between them stay, before them."""
        last = self.ends[numbers[-1]]
        self.lines[numbers[0]], self.ends[numbers[0]] = new[0], self.end if len(new) > 1 else last
        for number in reversed(numbers[1:]):
            del self.lines[number], self.ends[number]
        for at, line in enumerate(new[1:], numbers[0] + 1):
            self.lines.insert(at, line)
            self.ends.insert(at, last if at == numbers[0] + len(new) - 1 else self.end)

    def fill_strings(self, read: str, wanted: Mapping[str, str]) -> None:
        for each in sorted(front.strings(read), key=lambda string: string.start, reverse=True):
            if each.name in wanted:
                before = len(self.lines)
                front.put(self.lines, each, wanted[each.name])
                gone = before - len(self.lines)
                del self.ends[each.start[0] + 1 : each.start[0] + 1 + gone]

    def text(self) -> str:
        return "".join(line + end for line, end in zip(self.lines, self.ends, strict=True))


def _parts(block: blocks.Block, text: str) -> list[str]:
    """A text for each of the block's spots."""
    parts = re.split(r"\s*\n[ \t]*\n\s*", text.strip()) if len(block.spots) > 1 else [text]
    if len(parts) != len(block.spots):
        return [text, *[words.GAP] * (len(block.spots) - 1)]
    return parts


def _held(filled: str, wanted: Mapping[str, str]) -> None:
    """SourceError where a text is not read again as it was put in."""
    said = _said(normal(filled))
    faults = [
        SourceError(
            f"the text of `{name}` would be read as something else: {text[:60]!r}",
            remedy="write it as one block, without what begins or ends another (`:::`, `[x]:`, `<`)",
        )
        for name, text in wanted.items() if _plain(said.get(name, "")) != _plain(text)
    ]
    if faults:
        raise together(faults)


def _plain(text: str) -> str:
    """Without backslashes and white space, which may differ."""
    return re.sub(r"[\s\\]+", "", text)
