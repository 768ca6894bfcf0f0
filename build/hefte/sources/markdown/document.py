"""One Markdown text while it is converted: where it stands, and what was met on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hefte.errors import SourceError
from hefte.model import Place, Problem


@dataclass(slots=True)
class Document:
    """The text that is being converted. The passes add to `problems` and `faults`; both are read when all have run."""

    id: str
    """Beginning of its keys and ids: a chapter's id, or `story-<id>`."""
    path: Path
    root: Path
    """The publication's folder, which no path in the text may leave."""
    lines: Sequence[str]
    """The whole file's lines: line n of the file is `lines[n - 1]`."""
    problems: list[Problem] = field(default_factory=list)
    """For the checks: met and passed over."""
    faults: list[SourceError] = field(default_factory=list)
    """Met, and the text cannot be used."""
    home: Path | None = None
    """The folder from which the paths of pictures are written, if that is not the file's own."""

    @property
    def is_story(self) -> bool:
        """Whether it is a story, which holds no directives."""
        return self.id.startswith("story-")

    def place(self, line: int) -> Place:
        """A line of this file, counted from 1."""
        return Place(self.path, line)

    def problem(self, kind: str, line: int, text: str) -> None:
        """Note something for the check with the id `kind`."""
        self.problems.append(Problem(kind, self.place(line), text))

    def fault(self, line: int, what: str, remedy: str) -> None:
        """Note something that makes the text unusable."""
        self.faults.append(SourceError(what, remedy=remedy, place=self.place(line)))
