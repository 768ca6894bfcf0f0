"""A theme's families to the letters that each of them sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from hefte.model import Theme
from hefte.scripts import script, scripts_in


def sets(theme: Theme, family: str) -> frozenset[int]:
    """The code points that a family sets: all that it has; and if it is there for a script other than the theme's own,
    none of the letters of other scripts. Many Arabic fonts have Latin letters too, of another design than the family
    beside them."""
    files = frozenset(face.file for face in theme.faces if face.family == family)
    return covered(files) if family in theme.latin.values() else _of_script(files, theme.script)


def drawn(theme: Theme, role: str) -> tuple[frozenset[int], ...]:
    """What the families of a role set, in the order in which they are asked."""
    return tuple(sets(theme, family) for family in theme.families(role))


@cache
def covered(files: frozenset[Path]) -> frozenset[int]:
    """The code points that every one of a family's files can draw."""
    import uharfbuzz

    points = [frozenset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file))).unicodes) for file in files]
    return frozenset.intersection(*points) if points else frozenset()


@cache
def _of_script(files: frozenset[Path], writing_system: str) -> frozenset[int]:
    own = {"", *scripts_in(writing_system)}
    return frozenset(point for point in covered(files) if script(chr(point)) in own)


def unicode_range(points: Iterable[int]) -> str:
    """Code points as the CSS descriptor `unicode-range` has them: `U+20-7e, U+a0`."""
    return ", ".join(f"U+{first:x}-{last:x}" if last > first else f"U+{first:x}" for first, last in _runs(points))


def _runs(points: Iterable[int]) -> Iterator[tuple[int, int]]:
    for _, run in groupby(enumerate(sorted(points)), key=lambda pair: pair[1] - pair[0]):
        members = [point for _, point in run]
        yield members[0], members[-1]
