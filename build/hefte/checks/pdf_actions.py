"""Turns a PDF into what in it acts, plays or carries something: scripts, actions, media, attachments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from hefte.checks.pdf_reading import annots

_EVENTS = 60
"""Actions that follow each other (Next) are looked at this far."""
_MEDIA = {
    "Movie": "a film",
    "Sound": "a sound",
    "Screen": "a screen for films",
    "RichMedia": "rich media",
    "3D": "a 3D model",
}


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The dictionaries of the file, and those of its streams."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield item


def _holders(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The same, and the annotations that stand directly in their page."""
    yield from dictionaries(pdf)
    for page in pdf.pages:
        yield from (one for one in annots(page) if not one.is_indirect)


def actions(pdf: pikepdf.Pdf) -> set[str]:
    """The kinds of the actions in the file, such as `JavaScript` and `URI` (ISO 32000-1, 12.6.4)."""
    found: set[str] = set()
    for item in _holders(pdf):
        # Structure elements and groups have an /S too.
        if "/S" in item and "/P" not in item and "/CS" not in item:
            found.add(_kind(item))
        events = item.get("/AA")
        started = list(dict(events).values()) if isinstance(events, pikepdf.Dictionary) else []
        for action in (item.get("/A"), item.get("/OpenAction"), *started):
            found |= _following(action)
    return found


def _following(action: Any) -> set[str]:
    found: set[str] = set()
    waiting = [action]
    for _ in range(_EVENTS):
        if not waiting:
            break
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += list(one)
        elif isinstance(one, pikepdf.Dictionary):
            found.add(_kind(one))
            waiting.append(one.get("/Next"))
    return found


def _kind(action: Any) -> str:
    return str(action.get("/S", "")).removeprefix("/")


def scripts(pdf: pikepdf.Pdf) -> bool:
    """Whether scripts run when the file is opened: the others are actions."""
    return "/JavaScript" in pdf.Root.get("/Names", {})


def attachments(pdf: pikepdf.Pdf) -> bool:
    """Whether other files lie in it: named, attached to a page, or belonging to a part (ISO 32000-1, 7.11.4)."""
    if "/EmbeddedFiles" in pdf.Root.get("/Names", {}):
        return True
    if any(item.get("/Subtype") == "/FileAttachment" for item in _holders(pdf)):
        return True
    return any(item.get("/Type") == "/EmbeddedFile" or "/EF" in item for item in dictionaries(pdf))


def media(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """What in it plays, in words."""
    kinds = {str(item.get("/Subtype", "")).removeprefix("/") for item in _holders(pdf) if "/Rect" in item}
    return tuple(words for kind, words in _MEDIA.items() if kind in kinds)
