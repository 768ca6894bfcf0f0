"""Takes a story back: out of stories.toml, all that is kept beside the texts, and the cache; says what is left."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from hefte import cache, files, publication
from hefte.dates import today
from hefte.errors import SourceError
from hefte.model import Place, Publication, State
from hefte.paths import contained
from hefte.stories import records, where
from hefte.stories.forgetting import forget
from hefte.stories.where import Held
from hefte.translation import workspace


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was done, and what a person still has to do."""

    story: str
    on: dt.date
    changed: tuple[str, ...]
    """Files that were written anew, by their paths from the publication's folder."""
    removed: tuple[str, ...]
    cleared: int
    """Files of the cache that were deleted: all of them, since what is in one of them nobody can see."""
    built: tuple[Held, ...]
    """Files of the last build that hold it; the next build removes them."""
    left: tuple[Held, ...]
    """Its texts in the sources, and files for translators that hold it."""
    released: tuple[Held, ...]
    """What was handed out with it."""
    unsigned: tuple[tuple[str, str], ...]
    """Language and chapter: signatures that no longer hold, since the chapter is another one now."""
    broken: tuple[str, ...]
    """Files that could not be read, and may still hold it."""
    history: bool
    """Whether the folder lies in a git repository, which keeps every earlier text."""


def withdraw(
    loaded: Publication, id: str, *, on: dt.date | None = None, erase: bool = False, out: Path | None = None,
) -> Withdrawn:
    """Take the story back as of that day (default: today, or the day that is written already).

    Raises UsageError for a story without a record; OutputError, before anything is changed, where nothing can be
    written.
    """
    root, record = loaded.root, records.known(loaded, id)
    day = on or record.withdrawn or today()
    signed = _signed(loaded)
    changes = forget(loaded, id, erase=erase)
    if record.withdrawn != day:
        contained(root, root / records.FILE, records.FILE, Place(root / records.FILE))
        changes.content[records.FILE] = records.withdrawn(root, id, day)
    files.put(root, changes.content, changes.remove)
    now = publication.load(root)
    unsigned = tuple(sorted(signed - _signed(now)))
    return Withdrawn(
        id, day, tuple(sorted(changes.content)), tuple(changes.remove), cache.clear(),  # when all has been read
        built=tuple(where.built(now, id, out)),
        left=(*where.sources(now, id), *where.exported(now, id)), released=tuple(where.released(now, id)),
        unsigned=unsigned, broken=tuple(error.line() for error in changes.broken),
        history=any((folder / ".git").exists() for folder in (root, *root.parents)),
    )


def _signed(loaded: Publication) -> set[tuple[str, str]]:
    """Language and chapter, of every signature that holds."""
    states = workspace.states(loaded, previous=False)
    return {
        (language, unit.id) for language, state in states.items() if not isinstance(state, SourceError)
        for unit in state.units if unit.signature and unit.state is State.READY
    }
