"""One language held against the source language: segments, what is recorded of each, and what state each is in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from hefte.model.findings import Place


class State(StrEnum):
    """What may be wrong with a segment, worst first. A chapter's state is the worst of its segments', then whether it
    is signed."""

    MISSING = "missing"
    """The target is empty, or the source has a block that the target has not."""
    STALE = "stale"
    """Translated from another text than the source has today."""
    FUZZY = "fuzzy"
    """Filled in by a machine or from a near match, or marked so by the translator's tool: not confirmed by anybody."""
    UNRECORDED = "unrecorded"
    """There is a target, and nobody has recorded which source text it was translated from."""
    UNSIGNED = "unsigned"
    """Of a chapter: every segment is current, and no reviewer has signed the text as it stands."""
    READY = "ready"
    """Of a segment: translated from the source text of today. Of a chapter: and signed."""


@dataclass(frozen=True)
class Segment:
    """One block of a language's texts: what is compared, exported, signed off and shown beside its counterpart."""

    id: str
    """`what-is-it.3`, `what-is-it.title`, `story-lost-closeness.1`, `language.labels.contents`. A leaf block has its
    data-key. Numbers count the blocks of one file from the top, from 1."""
    file: str
    """Below the language folder: `what-is-it.md`, `stories/lost-closeness.md`, `language.toml`."""
    kind: str
    """`heading`, `paragraph`, `item`, `cell`, `term`, `definition`, `caption`, `alt`, `note`, `string` (front matter,
    language.toml)."""
    text: str
    """As written, without the block's own marker (`- `, `## `), its lines joined by one space; NFC. Empty: nothing is
    written yet."""
    place: Place

    @cached_property
    def digest(self) -> str:
        """Twenty hexadecimal digits of the SHA-256 of the kind-independent text."""
        return sha256(self.text.encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Record:
    """What review.toml holds of one segment of the target, in the target's order."""

    source: str
    """Digest of the source text that the target was translated from; empty: not recorded."""
    fuzzy: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """A reviewer's word for one unit: a chapter with the stories in it, or language.toml."""

    by: str
    on: dt.date
    digest: str
    """SHA-256 over the unit's target text and over the source digests that it was translated from."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One segment of the source beside its target."""

    source: Segment | None
    """None: the source has this block no longer (obsolete)."""
    target: Segment | None
    """None: the target has no such block yet."""
    state: State
    """MISSING, STALE, FUZZY, UNRECORDED or READY."""
    previous: str | None = None
    """Of a stale segment: the source text that the target was translated from, where the memory has it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is signed as one: a chapter or a text around the chapters with the stories placed in it, or `language`."""

    id: str
    """The chapter's id, or `language` for language.toml."""
    files: tuple[str, ...]
    pairs: tuple[Pair, ...]
    state: State
    translator: str = ""
    signature: Signature | None = None
    """Only while it holds: one changed character voids it."""
    moved: bool = False
    """The source has the same blocks in another order."""


@dataclass(frozen=True, slots=True)
class Translation:
    """One language's whole state."""

    language: str
    origin: str
    """`original`, `human` or `machine`."""
    units: tuple[Unit, ...]
    """Chapters in order, then the texts around them, then `language`."""
    files: Mapping[str, str]
    """Target file → its text as read."""

    @property
    def draft(self) -> bool:
        """Made by a machine, and not signed throughout: each page says so, and it is never released."""
        return self.origin == "machine" and any(unit.state is not State.READY for unit in self.units)
