"""A file's bytes to its outline: which segments it has, in which lines, with which digests; kept from run to run.

The outlines lie in the user's cache, by the digest of the file. No text lies there, not even of a heading: what a
withdrawn story said may not stay anywhere. A text is split again when somebody asks for it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from hefte import cache, digests
from hefte.model import Place, Segment

_MANY = 500
"""Files of one language whose outlines are kept: those it has, and some that it had."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One segment, without its text."""

    name: str
    """In its file: `title`, `3`."""
    kind: str
    line: int
    digest: str


@dataclass(frozen=True, slots=True)
class Outline:
    """What a file is made of."""

    entries: tuple[Entry, ...]
    skeleton: tuple[str, ...] = ()
    """Of a Markdown text: see `split.skeleton`."""
    origin: str = ""
    """Of language.toml: what it says of itself."""


class Later(Segment):
    """A segment whose text is split from its file when it is asked for."""

    def __init__(self, id: str, file: str, place: Place, entry: Entry, texts: Texts) -> None:
        self.__dict__.update(id=id, file=file, kind=entry.kind, place=place, digest=entry.digest, _texts=texts)

    def __getattr__(self, name: str) -> str:
        if name != "text":
            raise AttributeError(name)
        text = self.__dict__["_texts"].by_id[self.id]
        self.__dict__["text"] = text
        return str(text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Segment) and _fields(self) == _fields(other)

    def __hash__(self) -> int:
        return hash(_fields(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return Segment, _fields(self)


def _fields(segment: Segment) -> tuple[str, str, str, str, Place]:
    return segment.id, segment.file, segment.kind, segment.text, segment.place


class Texts:
    """The texts of one file, split when the first is asked for."""

    def __init__(self, make: Callable[[], tuple[Segment, ...]]) -> None:
        self._make = make

    @cached_property
    def by_id(self) -> Mapping[str, str]:
        """Id → text."""
        return {each.id: each.text for each in self._make()}


def segments(
    outline: Outline, path: Path, file: str, unit: str, make: Callable[[], tuple[Segment, ...]],
) -> tuple[Segment, ...]:
    """The segments of a file as `make` would give them, each without its text until it is asked for."""
    texts = Texts(make)
    return tuple(Later(f"{unit}.{each.name}", file, Place(path, each.line), each, texts) for each in outline.entries)


class Shelf:
    """The outlines of one language's files, in one file: a thousand files take longer to write than texts to split."""

    def __init__(self, root: Path, lang: str) -> None:
        self._place = cache.folder() / "outlines", f"{digests.of_bytes(os.fsencode(f'{root}/{lang}'))}.json"
        self._kept = _kept(cache.load(*self._place))
        self._new = False

    def of(self, data: bytes, file: str, make: Callable[[], Outline]) -> Outline:
        """The outline of a file with these bytes; `make` is called where no run before has made it."""
        key = digests.of_bytes(b"\0".join((digests.of_hefte().encode(), file.encode(), data)))
        if (said := self._kept.pop(key, None)) is None:
            outline = make()
            self._kept[key], self._new = _dumped(outline), True
            return outline
        self._kept[key] = said  # at the end again: what is not asked for any more comes first, and goes first
        try:
            return _loaded(said)
        except (ValueError, TypeError):  # somebody else's file
            return make()

    def close(self) -> None:
        """Keep what is new."""
        if self._new:
            lasting = dict(list(self._kept.items())[-_MANY:])
            cache.keep(*self._place, json.dumps(lasting, separators=(",", ":")).encode())
            self._new = False


def _kept(data: bytes | None) -> dict[str, Any]:
    try:
        said = json.loads(data or b"{}")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _dumped(outline: Outline) -> list[Any]:
    entries = [[each.name, each.kind, each.line, each.digest] for each in outline.entries]
    return [entries, outline.skeleton, outline.origin]


def _loaded(said: Any) -> Outline:
    entries, skeleton, origin = said
    return Outline(tuple(Entry(*each) for each in entries), tuple(skeleton), origin)
