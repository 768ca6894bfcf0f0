"""Changes single values of stories.toml and leaves every other byte as it is."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hefte.errors import SourceError, UsageError
from hefte.model import Approval, Place, Publication, StoryRecord
from hefte.records.validate import near

FILE = "chapters/stories.toml"


def known(publication: Publication, id: str) -> StoryRecord:
    """The record of a story. Raises UsageError where there is none."""
    record = publication.stories.get(id)
    if record is None:
        said = f"there is no story `{id}` in stories.toml"
        raise UsageError(said, remedy=near(id, publication.stories) if publication.stories else "add its record")
    return record


def approved(root: Path, id: str, approvals: dict[str, Approval]) -> bytes:
    """stories.toml with these approvals, one line a language."""
    import tomlkit

    def change(document: Any) -> None:
        story = document[id]
        new = "approved" not in story
        if new:
            story["approved"] = tomlkit.table()
        for language, one in approvals.items():
            line = tomlkit.inline_table()
            line.update({"digest": one.digest, "by": one.by, "on": one.on})
            story["approved"][language] = line
        if new and list(document)[-1] != id:
            story["approved"].add(tomlkit.nl())

    wanted = {tag: {"digest": one.digest, "by": one.by, "on": one.on} for tag, one in approvals.items()}

    def meant(data: dict[str, Any]) -> None:
        data[id].setdefault("approved", {}).update(wanted)

    return _changed(root, change, meant)


def withdrawn(root: Path, id: str, on: dt.date) -> bytes:
    """stories.toml in which the story is withdrawn."""

    def change(document: Any) -> None:
        document[id]["withdrawn"] = on

    return _changed(root, change, change)


def _changed(root: Path, change: Callable[[Any], None], meant: Callable[[dict[str, Any]], None]) -> bytes:
    """The file after `change`, which shall mean what `meant` says: every other value is held to be as before."""
    import tomlkit

    path = root / FILE
    data = path.read_bytes()
    text = data.decode("utf-8-sig")
    document = tomlkit.parse(text)
    change(document)
    new, wanted = tomlkit.dumps(document), tomllib.loads(text)
    meant(wanted)
    if tomllib.loads(new) != wanted:
        raise SourceError(
            "the record cannot be changed without changing others", place=Place(path),
            remedy="write each story as a table of its own, [ID], with [ID.consent] and [ID.approved] below it",
        )
    return (b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b"") + new.encode()
