"""A TOML text to the line on which each of its keys stands; `tomllib` gives the values but not their places.

Only for text that `tomllib` has accepted: the grammar is not checked again here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

Key = tuple[str | int, ...]
"""From the root to a value: names of keys, and numbers (from 0) of array elements."""

_SKIP = re.compile(r"(?:[\s,]|#[^\n]*)*")
_HEADER = re.compile(r"(\[\[?)[ \t]*")
_PART = re.compile(r"""[ \t]*(?:([A-Za-z0-9_-]+)|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)')[ \t]*(\.?)""")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|' r"'''(?:[^']|'(?!''))*'{3,5}|" r'"(?:[^"\\\n]|\\.)*"|' r"'[^'\n]*'", re.DOTALL,
)
_PLAIN = re.compile(r"[^\s,\]}#]+(?: \d[^\s,\]}#]*)?")
"""A number, a boolean, a date; a date and its time may have a blank between them."""


def locate(text: str) -> Mapping[Key, int]:
    """Every key path, table header and array element, with its line counted from 1."""
    return _Locator(text.replace("\r\n", "\n")).run()


def spans(text: str) -> Mapping[Key, tuple[int, int]]:
    """Where each string begins and ends, its quotation marks included: to put another one there."""
    locator = _Locator(text)
    locator.run()
    return locator.spans


class _Locator:
    """One walk through one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: dict[Key, int] = {(): 1}
        self.spans: dict[Key, tuple[int, int]] = {}
        self.counts: dict[Key, int] = {}
        """How many elements each array of tables has so far."""
        self._line, self._counted = 1, 0

    def run(self) -> dict[Key, int]:
        at, table = self._skip(0), Key()
        while at < len(self.text):
            if header := _HEADER.match(self.text, at):
                path, at = self._key(header.end())
                table = self._enter(path, at, array=header.group(1) == "[[")
                at = self._skip(at + len(header.group(1)))
            else:
                at = self._skip(self._pair(table, at))
        return self.lines

    def _enter(self, path: Key, at: int, *, array: bool) -> Key:
        """The full path of a table header: the newest element is meant wherever an array of tables is passed."""
        full: Key = ()
        for part in path[:-1]:
            full = self._newest((*full, part))
            self._note(full, at)
        full = (*full, path[-1])
        if array:
            self._note(full, at)
            self.counts[full] = self.counts.get(full, 0) + 1
        full = self._newest(full)
        self._note(full, at)
        return full

    def _newest(self, path: Key) -> Key:
        return (*path, self.counts[path] - 1) if path in self.counts else path

    def _pair(self, table: Key, at: int) -> int:
        """Past `key = value`; notes the key, each part of a dotted key, and what is inside the value."""
        path, after = self._key(at)
        for length in range(1, len(path) + 1):
            self._note((*table, *path[:length]), at)
        return self._value((*table, *path), self._skip(after + 1))

    def _key(self, at: int) -> tuple[Key, int]:
        """A dotted key from `at`, and where it ends."""
        parts: list[str] = []
        while match := _PART.match(self.text, at):
            bare, basic, literal, dot = match.groups()
            parts.append(bare if bare is not None else literal if literal is not None else _unescaped(basic))
            at = match.end()
            if not dot:
                break
        return tuple(parts), at

    def _value(self, path: Key, at: int) -> int:
        """Past the value at `at`, noting array elements and the keys of inline tables."""
        if self.text.startswith("[", at):
            return self._inside(path, at, "]")
        if self.text.startswith("{", at):
            return self._inside(path, at, "}")
        string = _STRING.match(self.text, at)
        if string:
            self.spans[path] = string.span()
        match = string or _PLAIN.match(self.text, at)
        return match.end() if match else at + 1

    def _inside(self, path: Key, at: int, end: str) -> int:
        at, number = self._skip(at + 1), 0
        while at < len(self.text) and self.text[at] != end:
            if end == "]":
                self._note((*path, number), at)
                at, number = self._skip(self._value((*path, number), at)), number + 1
            else:
                at = self._skip(self._pair(path, at))
        return at + 1

    def _skip(self, at: int) -> int:
        match = _SKIP.match(self.text, at)
        return match.end() if match else at

    def _note(self, path: Key, at: int) -> None:
        if path not in self.lines:
            self.lines[path] = self._line_at(at)

    def _line_at(self, at: int) -> int:
        """Counts on from the last position asked for, so that a long file is counted once."""
        if at < self._counted:
            return self.text.count("\n", 0, at) + 1
        self._line += self.text.count("\n", self._counted, at)
        self._counted = at
        return self._line


def _unescaped(basic: str) -> str:
    return str(tomllib.loads(f'k = "{basic}"')["k"]) if "\\" in basic else basic
