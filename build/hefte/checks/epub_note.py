"""An EPUB to its notes that cannot be opened in place, or do not lead back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hefte.checks.epub_reading import Document, documents, targets, typed
from hefte.checks.frame import Check, EpubFile
from hefte.model import Finding, Severity


@dataclass(frozen=True, slots=True)
class _Link:
    """A link of a note: from where to where."""

    home: Document
    element: Any
    name: str
    fragment: str

    @property
    def words(self) -> str:
        """The link's text."""
        return "".join(self.element.itertext())


def one_way(epub: EpubFile) -> Iterator[Finding]:
    """Marks in the text that no note answers, and links back that lead to no mark of their note."""
    every = documents(epub)
    marks = list(_links(every, "noteref", "biblioref"))
    yield from _marks(every, marks)
    pairs = {(mark.home.name, mark.element.get("id"), mark.name, mark.fragment) for mark in marks}
    for back in _links(every, "backlink"):
        around = (element.get("id") for element in (back.element, *back.element.iterancestors()))
        if not any((back.name, back.fragment, back.home.name, id_) in pairs for id_ in around):
            yield CHECK.found(f"{back.home.where(back.element)}: a link back leads to no mark of this note")


def _marks(every: list[Document], marks: list[_Link]) -> Iterator[Finding]:
    """Each mark: bare text, which is what opens a pop-up, and to a note that holds a link to the mark."""
    for mark in marks:
        said = f"{mark.home.where(mark.element)}: the note mark {mark.words}"
        if len(mark.element):
            yield CHECK.found(f"{said} holds other elements; no pop-up opens", remedy="leave only its text")
        back = _leads(every, mark)
        if back is not None and (mark.home.name, mark.element.get("id")) not in back:
            yield CHECK.found(f"{said} leads to a note that does not lead back")


def _links(every: list[Document], *types: str) -> Iterator[_Link]:
    for document in every:
        wanted = typed(document, *types)
        yield from (_Link(document, *target) for target in targets(document) if target[0] in wanted)


def _leads(every: list[Document], mark: _Link) -> set[tuple[str, str]] | None:
    """Where the links of a mark's note lead; None where there is no such note (epub-link says so)."""
    for home in every:
        for note in home.find("//*[@id]") if home.name == mark.name else ():
            if note.get("id") == mark.fragment:
                inside = set(note.iter())
                return {(name, fragment) for element, name, fragment in targets(home) if element in inside}
    return None


CHECK = Check(
    id="epub-note",
    severity=Severity.WARNING,
    title="A note of one direction",
    rationale="Who follows a note number by ear or keyboard has lost the place in the text.",
    source="WCAG 2.2, 2.4.3; DAISY Knowledge Base, Notes",
    remedy="give the mark an id, and the note a link back to it",
    run=one_way,
)
