"""The source text beside a target: remarks above the blocks of a text, comments in front matter and TOML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from hefte.records.text import normal
from hefte.sources.markdown.remarks import is_remark
from hefte.translation import blocks, front

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_COMMENT = re.compile(r"[ \t]*#")
_MARK = re.compile(r"[ \t>]*(?:%%|#)[ \t]?")


def above(text: str, said: Mapping[str, str]) -> str:
    """`text` with a remark above each block, and a comment above each string of the front matter, that `said` names
    (without the unit: `3`, `title`). Keywords have one for all of them."""
    lines = [match.group() for match in _LINE.finditer(text)]
    end = re.search(r"[\r\n]+$", lines[0])
    eol = end.group() if end else "\n"
    known = normal(text)
    where: dict[int, list[str]] = {}
    for string in front.strings(known):
        if string.name in said:
            where.setdefault(string.start[0], []).append(said[string.name])
    out: dict[int, str] = {at: f"# {', '.join(texts)}{eol}" for at, texts in where.items()}
    for block in blocks.read(known).blocks:
        if block.name in said:
            at = block.line - 1
            prefix = _quoted(lines[at])
            new = "".join(f"{prefix}%% {line}{eol}" for line in said[block.name].split("\n"))
            out[at] = out.get(at, "") + new
    return "".join(out.get(at, "") + line for at, line in enumerate(lines))


def _quoted(line: str) -> str:
    """The indentation, and the `>` of a quotation, before a block."""
    found = re.match(r"[ \t]*(?:>[ \t]?)*", line)
    return found.group() if found else ""


def without(text: str, sources: Iterable[str], *, comments: bool) -> str:
    """`text` without the remarks and comments that say one of the source texts; what a translator noted stays.

    `comments`: it is TOML, which has comments only; else comments are those of the front matter.
    """
    said = {" ".join(line.split()) for source in sources for line in source.split("\n")}
    fences = 0
    kept = []
    for match in _LINE.finditer(text):
        line = match.group()
        fences += not comments and line.rstrip() in ("---", "...") and fences < 2
        comment = _COMMENT.match(line) and (comments or fences == 1)
        remark = comment or (fences != 1 and not comments and is_remark(line))
        words = " ".join(_MARK.sub("", line, count=1).split())
        if not remark or not (words in said or (comment and set(words.split(", ")) <= said)):
            kept.append(line)
    return "".join(kept)
