"""What should be read and what is read, both as blocks, to which is which: what is missing, moved, or there twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from hefte.checks.blocks import Block

_TELLING = 12
"""Letters of a block that cannot be the same as another by chance."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A block that should be there, and where it is."""

    wanted: Block
    blocks: tuple[Block, ...]
    """One, or several that share it."""
    start: int = 0
    """Where it begins in the letters of these blocks."""


@dataclass(slots=True)
class Alignment:
    """How the two sequences go together."""

    pairs: list[Pair] = field(default_factory=list)
    missing: list[tuple[Block, Block | None]] = field(default_factory=list)
    """What is not there at all, and the block after which it is missed."""
    moved: list[tuple[Block, Block]] = field(default_factory=list)
    """What stands elsewhere than it should, and there."""
    extra: list[Block] = field(default_factory=list)
    """What is there and was not looked for, in order."""


def align(wanted: Sequence[Block], found: Sequence[Block], by_language: bool = False) -> Alignment:
    """Hold `found` against `wanted`. What `found` has besides is no fault: an edition has a frame of its own.

    `by_language`: the same words in two languages stand side by side, so that each goes with those of its own first.
    """
    result = Alignment()
    ours, theirs = _signs(wanted, by_language), _signs(found, by_language)
    lost: list[tuple[Block, Block | None]] = []
    spare: list[Block] = []
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for kind, from_, to, start, end in matcher.get_opcodes():
        if kind == "equal":
            result.pairs += [Pair(one, (other,)) for one, other in zip(wanted[from_:to], found[start:end], strict=True)]
            continue
        before = found[start - 1] if start else None
        _within(wanted[from_:to], found[start:end], before, result, lost, spare)
    _elsewhere(lost, spare, result, by_language)
    return result


def _signs(blocks: Sequence[Block], by_language: bool) -> list[str]:
    return [f"{block.letters} {block.languages}" if by_language else block.letters for block in blocks]


def _within(
    wanted: Sequence[Block], found: Sequence[Block], before: Block | None, result: Alignment,
    lost: list[tuple[Block, Block | None]], spare: list[Block],
) -> None:
    """Where the blocks are cut otherwise: each text sought in all that stands there."""
    text, at = "".join(block.letters for block in found), 0
    used: set[int] = set()
    for block in wanted:
        here = text.find(block.letters, at)
        if here < 0:
            lost.append((block, before))
            continue
        at = here + len(block.letters)
        shared, start = _covering(found, here, at)
        used |= {id(each) for each in shared}
        result.pairs.append(Pair(block, tuple(shared), start))
        before = shared[-1]
    spare += [block for block in found if id(block) not in used]


def _covering(found: Sequence[Block], start: int, end: int) -> tuple[list[Block], int]:
    """The blocks that the letters from `start` to `end` lie in, and where in them they begin."""
    at, shared, first = 0, list[Block](), 0
    for block in found:
        size = len(block.letters)
        if at < end and at + size > start:
            first = first if shared else start - at
            shared.append(block)
        at += size
    return shared, first


def _elsewhere(
    lost: list[tuple[Block, Block | None]], spare: list[Block], result: Alignment, by_language: bool
) -> None:
    """What is lost here may stand there."""
    rest = list(spare)
    for block, before in lost:
        own = block.letters
        alike = [each for each in rest if not by_language or each.languages == block.languages]
        there = next((each for each in alike if own == each.letters), None) or next(
            (each for each in alike if len(own) >= _TELLING and own in each.letters), None
        )
        if there is None:
            result.missing.append((block, before))
        else:
            rest.remove(there)
            result.moved.append((block, there))
    result.extra = rest


def twice(wanted: Sequence[Block], found: Sequence[Block]) -> list[Block]:
    """What is there more often than it should be; headings and lists of contents repeat each other lawfully."""
    left = Counter(block.letters for block in wanted if not block.level and len(block.letters) >= _TELLING)
    known, again = set(left), list[Block]()
    for block in found:
        if block.letters in known and not {"TOC", "TOCI"} & {block.kind, *block.inside}:
            left[block.letters] -= 1
            again += [block] if left[block.letters] < 0 else []
    return again
