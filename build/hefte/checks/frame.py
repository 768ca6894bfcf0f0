"""What a check is: an unchanging id, a severity, why, and a function from a subject to its findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hefte.model import Finding, Place, Publication, Severity, Translation

if TYPE_CHECKING:
    from zipfile import ZipFile

    import pikepdf


KIND_OF: Mapping[str, str] = {
    "print": "press", "booklet": "imposed", "screen": "tagged", "bilingual": "tagged", "job": "tagged",
    "proof": "tagged", "epub": "ebook",
}
"""The kinds of the editions that there were before an edition was data: files of that time name no kind."""


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A finished PDF, ours or anybody's."""

    path: Path
    pdf: pikepdf.Pdf
    edition: str | None = None
    """Its edition's name, as the layout has it (`[files]`); None for a foreign file."""
    expect: Mapping[str, Any] | None = None
    """What the builder knows of the file: `trim_mm` (w, h), `bleed_mm`, `condition`, `families` (declared fonts),
    `pages`, `book` (the Book that it was made from, after the transforms), `source` (of the bilingual edition: the
    other one), `starts` (a PageStart for each page), `kind`, `full` (whether it holds all of the book's words),
    `signature` (its pages come in multiples of that), `folds` (for each page, mm from the trim's left edge), and what
    its layout requires: `least_pt`, `contrast`, `italics`, `hyphens`, `code`, `codes`.
    None for a file that somebody named on the command line."""
    source: Path | bytes = b""
    """The same file, for readers that are not pikepdf (tools/pdfium.py, tools/ghostscript.py)."""
    kind: str | None = None
    """`press` (PDF/X), `imposed` (its pages on sheets), `tagged` (for the screen), `office` (for an office printer);
    None for a foreign file, of which only its own claims are asked."""

    def __post_init__(self) -> None:
        if self.kind is None and self.edition is not None:
            object.__setattr__(self, "kind", (self.expect or {}).get("kind") or KIND_OF.get(self.edition))


@dataclass(frozen=True, slots=True)
class EpubFile:
    """A finished EPUB, ours or anybody's."""

    path: Path
    zip: ZipFile
    expect: Mapping[str, Any] | None = None
    """What the builder knows of the file: `pages` (labels of the printed edition's pages), `book`, `starts`, as for a
    PDF."""


@dataclass(frozen=True, slots=True)
class Version:
    """A language held against the source language."""

    publication: Publication
    translation: Translation
    pinned: dt.date | None = None
    """Where an earlier state is built in the place of a stale one (policy `pin`): the day it was current."""

    @property
    def place(self) -> Place:
        """The language's language.toml."""
        return Place(self.publication.root / "chapters" / self.translation.language / "language.toml")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of finished files that says what belongs into it: a release, or the last build."""

    path: Path
    released: bool
    """Whether it has a manifest.json; otherwise report.json is asked."""
    whole: bool
    """Whether that could be read and, of a manifest, has the digest that it says it has."""
    listed: Mapping[str, str]
    """Path below the folder → digest that the file shall have."""
    there: Mapping[str, str]
    """Path → digest that it has."""
    manifest: str = ""
    """The manifest's digest."""
    around: str | None = None
    """The id of the publication that it lies in, where that is not the one that it says it is of."""
    recorded: Mapping[str, Mapping[str, str]] | None = None
    """chapters/releases.toml: digest of a manifest → path → digest of the file. None outside a publication."""
    sources: tuple[str, ...] = ()
    """Sources that have changed since, as far as the publication is here."""
    withdrawn: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """File → stories in it that have been withdrawn since."""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule. `run` yields findings made with `found`."""

    id: str
    """Never changes, never used again for another rule."""
    severity: Severity
    title: str
    """What it looks for, in a few words."""
    rationale: str
    """Why it matters, to whom."""
    source: str
    """The clause, issue or measurement that it rests on."""
    remedy: str
    """What to do about a finding."""
    run: Callable[[Any], Iterable[Finding]]
    """From the stage's subject (Book, Version, PdfFile, EpubFile) to findings."""
    kinds: tuple[str, ...] = ()
    """PDF checks: only for files of these kinds; empty for all and for foreign files."""
    rendered: bool = False
    """Whether it looks at pixels, which takes longer: it runs with --validate and --release, and on named files."""
    tool: str = ""
    """The module of hefte.tools whose program it needs (`ghostscript`): where that is missing, it does not run, and
    the report says so."""
    waivable: bool = True
    """Whether the editor may let a finding stand (`[[waivers]]`). Consent, drafts and signatures never."""

    def found(
        self, message: str, *, place: Place | None = None, path: Path | None = None, page: int | None = None,
        box: tuple[float, float, float, float] | None = None, remedy: str | None = None,
        severity: Severity | None = None, blocks_release: bool = False,
    ) -> Finding:
        """A finding of this check, at a source's place or in a file (on a page, from 1, and where: `Finding.box`)."""
        return Finding(
            check=self.id, severity=severity or self.severity, message=message, remedy=remedy or self.remedy,
            path=place.path if place else path, line=place.line if place else None, page=page, box=box,
            blocks_release=blocks_release,
        )
