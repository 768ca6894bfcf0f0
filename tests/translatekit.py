"""A small publication whose one story may be translated, and the same with Polish begun, filled in and recorded."""

from __future__ import annotations

from pathlib import Path

import buildkit
import wordkit
from hefte import publication
from hefte.model import Publication, State, Translation
from hefte.translation import workspace
from hefte.translation.start import start
from hefte.translation.writing import Change, accept

BODY = "Første avsnitt.\n\n::: story lost\n:::\n\n- punkt [@brown2019]\n- {{ helpline.113 }}\n\nSiste avsnitt.\n"


def loaded(root: Path, **changes: wordkit.Change) -> Publication:
    """A small publication whose one story may be translated."""
    given: dict[str, wordkit.Change] = {
        "chapters/stories.toml": ('scopes = ["print", "epub"]', 'scopes = ["print", "epub", "translation"]'),
        "chapters/nb/first.md": wordkit.text(BODY), "chapters/nb/second.md": wordkit.text("Mer [@web].\n"), **changes,
    }
    return publication.load(wordkit.write(root, given))


def begun(root: Path, **changes: wordkit.Change) -> Publication:
    """The same with Polish, every text translated as itself with a tilde before it, and recorded."""
    start(loaded(root, **changes), "pl")
    now = publication.load(root)
    accept(now, "pl", {
        each.target.id: Change(f"~{each.source.text}") for unit in workspace.open(now, "pl").units
        for each in unit.pairs if each.source and each.target
    }, by="Ada Lovelace")
    return now


def states(state: Translation) -> dict[str, str]:
    """Id → state, of what is not ready."""
    return {
        (each.source or each.target).id: each.state.value  # type: ignore[union-attr]
        for unit in state.units for each in unit.pairs if each.state is not State.READY
    }


def source(root: Path, file: str, old: str, new: str) -> Publication:
    """The publication after an edit of the source."""
    buildkit.change(root / "chapters/nb" / file, old, new)
    return publication.load(root)


def target(root: Path, file: str) -> str:
    return (root / "chapters/pl" / file).read_text(encoding="utf-8")
