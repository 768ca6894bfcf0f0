"""The front matter of a text to its strings, and other strings back into it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import yaml

from hefte.translation import words

NAMES = ("title", "short_title", "summary", "keywords")
"""What is translated, in this order."""
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class String:
    """One value of the front matter."""

    name: str
    """`title`, `keywords.2`."""
    text: str
    start: tuple[int, int]
    """Line and column, from 0, in the file."""
    end: tuple[int, int]
    style: str
    """As YAML has it: empty is plain, else a quotation mark, `|` or `>`."""
    listed: bool


@lru_cache(maxsize=256)
def read(text: str) -> tuple[str, ...]:
    """The lines of the front matter, both fences included; empty if there is none."""
    lines = text.split("\n", 200)
    if lines[0].rstrip() != "---":
        return ()
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip(" \t") in ("---", "..."):
            return tuple(lines[: number + 1])
    return ()


def strings(text: str) -> tuple[String, ...]:
    """The strings in the order of NAMES. What is no YAML has none: the reader of sources says what is wrong with it."""
    lines = read(text)
    try:
        node = yaml.compose("\n".join(lines[1:-1]), Loader=_LOADER) if lines else None
    except (yaml.YAMLError, RecursionError):
        return ()
    found = sorted(_found(node), key=lambda each: NAMES.index(each.name.partition(".")[0]))
    return tuple(found)


def _found(node: yaml.Node | None) -> Iterator[String]:
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value not in NAMES or isinstance(value, yaml.MappingNode):
            continue
        if isinstance(value, yaml.ScalarNode):
            yield from _string(key.value, value, listed=False)
        elif key.value == "keywords":
            for number, each in enumerate(value.value, 1):
                yield from _string(f"keywords.{number}", each, listed=True)
        elif len(value.value) == 1 and isinstance(value.value[0], yaml.ScalarNode):  # […], not quoted
            yield from _string(key.value, value, listed=False)


def _string(name: str, node: yaml.Node, *, listed: bool) -> Iterator[String]:
    """The value, if there is one: an empty one is none, and a list is only the gap without its quotation marks."""
    text = node.value if isinstance(node.value, str) else f"[{node.value[0].value}]"
    text = words.one_line(text)
    if text and (isinstance(node.value, str) or text in words.GAPS):
        start, end = node.start_mark, node.end_mark
        yield String(
            name, text, (start.line + 1, start.column), (end.line + 1, end.column),
            getattr(node, "style", "") or "", listed,
        )


def put(lines: list[str], string: String, text: str) -> None:
    """Write another value in the place of one, in the lines of the file (from its first, without their ends)."""
    (first, start), (last, end) = string.start, string.end
    if string.style in ("|", ">"):  # a block ends where the next key begins
        last -= 1
        while last > first and not lines[last].strip():
            last -= 1
        end = len(lines[last].rstrip())
    said = words.one_line(text) or words.GAP
    lines[first : last + 1] = [lines[first][:start] + quoted(said, string.style, string.listed) + lines[last][end:]]


def quoted(text: str, style: str = "", listed: bool = False) -> str:
    """A value as YAML: plain where it may be, else in the quotation marks of before."""
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    if not style and _is_plain(text, listed):
        return text
    return json.dumps(text, ensure_ascii=False)


def _is_plain(text: str, listed: bool) -> bool:
    try:
        node = yaml.compose(f"k: [{text}]" if listed else f"k: {text}", Loader=_LOADER)
    except yaml.YAMLError:
        return False
    value = node.value[0][1] if isinstance(node, yaml.MappingNode) and len(node.value) == 1 else None
    if listed and isinstance(value, yaml.SequenceNode) and len(value.value) == 1:
        value = value.value[0]
    return isinstance(value, yaml.ScalarNode) and not value.style and value.value == text
