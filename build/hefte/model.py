"""The values that cross borders: a publication, one language's book, its pages, and what the checks found.

Everything here is frozen and imports nothing of ours. A pass takes a value and returns a new one.
Lengths are in millimetres (mm) or PDF points (pt, 1/72 inch) as each field says; colours are sRGB 0-255 and CMYK percent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How much a finding weighs. An error makes the exit code 1; a warning refuses a release only where the check says so."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a source something stands."""

    path: Path
    """The file, absolute."""
    line: int = 1
    """Counted from 1."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the reader of a source met and passed over, for a check to report."""

    kind: str
    """Which check reports it: the check's id, such as `raw-html`."""
    place: Place
    text: str
    """What was found there, in a few words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found."""

    check: str
    """The check's unchanging id."""
    severity: Severity
    message: str
    """What is wrong, in one sentence without a full stop."""
    remedy: str
    """What to do about it."""
    path: Path | None = None
    """The source or the built file at fault."""
    line: int | None = None
    """In a source: the line, from 1."""
    page: int | None = None
    """In a PDF: the page, from 1."""
    language: str | None = None
    edition: str | None = None
    blocks_release: bool = False
    """A warning that a release may not carry (an unverified helpline, say). Errors always block."""


# --- what is published ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reference:
    """A work cited, from references.toml."""

    key: str
    author: str
    title: str
    place: Place
    year: int | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    """Language of the title, a BCP 47 tag."""


@dataclass(frozen=True, slots=True)
class Helpline:
    """A number to call, from publication.toml; its words are per language (`HelplineText`)."""

    id: str
    number: str
    """As it is shown, in groups: `116 123`."""
    tel: str
    """As it is dialled, international: `+47116123`, or short: `113`."""
    place: Place
    verified_on: dt.date | None = None
    """When somebody last dialled it. Absent or older than twelve months: a warning, and no release."""


@dataclass(frozen=True, slots=True)
class HelplineText:
    """What one language says of a helpline, from language.toml."""

    name: str
    does: str
    hours: str


@dataclass(frozen=True, slots=True)
class Consent:
    """What the person who told a story agreed to."""

    wording: str
    """Version of the consent text, or what stands in its place."""
    date: dt.date
    evidence: str
    """Where the evidence is kept, outside the repository."""


@dataclass(frozen=True, slots=True)
class StoryRecord:
    """The language-neutral record of a story, from stories.toml. See docs/writing.md."""

    id: str
    channel: str
    received: str
    """Year and month, `2024-09`, or a full date."""
    language: str
    """The language it was told in, a BCP 47 tag."""
    voice: str
    """`quote`: the person's own words; `retold`: the editor's words about what she told."""
    place: Place
    consent: Consent | None = None
    scopes: tuple[str, ...] = ()
    """Of print, epub, web, translation, shortening."""
    review_by: dt.date | None = None
    withdrawn: dt.date | None = None
    approved: Mapping[str, str] = field(default_factory=dict)
    """Language → digest of the text that was approved."""
    identifiers: Mapping[str, bool] = field(default_factory=dict)
    """What in the text could identify a person → whether that is acknowledged."""
    tags: tuple[str, ...] = ()
    """What may be hard to read: depression, cancer, hospital, anger …"""


@dataclass(frozen=True, slots=True)
class PrintSpec:
    """What the print shop asks for, from publication.toml `[print]`."""

    standard: str = "pdf/x-4"
    """`pdf/x-4` or `pdf/x-1a`."""
    profile: Path = Path()
    """The ICC output profile, absolute."""
    condition: str = "FOGRA39"
    """The registered name of the printing condition."""
    ink_limit: int = 300
    """Sum of inks, percent."""
    crop_marks: bool = False
    creep: float = 0.1
    """How far each inner sheet of a booklet moves towards the spine, mm."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published, in which languages and editions: publication.toml and the records beside it."""

    root: Path
    """The folder that holds chapters/; nothing outside it (and the house's own layouts and fonts) is ever read."""
    id: str
    version: str
    publisher: str
    date: dt.date
    """Date of this edition; dates everything that is built unless SOURCE_DATE_EPOCH is set."""
    review_by: dt.date
    source: str
    """What it is made from, in words."""
    source_url: str
    """The address behind the QR code and in the colophon."""
    feedback: str
    """How to reach the editor: an e-mail address or a URL."""
    license: str
    source_language: str
    languages: tuple[str, ...]
    """The language folders found, source language first, then sorted."""
    chapters: tuple[str, ...]
    """Ids in order."""
    matter: tuple[str, ...]
    """Ids of the texts around the chapters: colophon, help, back-cover."""
    editions: tuple[str, ...]
    """Of print, booklet, screen, epub."""
    print: PrintSpec
    place: Place
    helplines: tuple[Helpline, ...] = ()
    """In the order of urgency."""
    contact: Mapping[str, str] = field(default_factory=dict)
    """`phone`, `email`, `web` … of the publisher, for `{{ contact.web }}`."""
    references: Mapping[str, Reference] = field(default_factory=dict)
    stories: Mapping[str, StoryRecord] = field(default_factory=dict)
    glossary: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Term id → language → rendering."""


# --- one language as written, and as it becomes ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Language:
    """One language folder's language.toml and what CLDR knows of it."""

    code: str
    """BCP 47: nb, nn, ar, fa-AF."""
    name: str
    """In itself: `norsk bokmål`."""
    direction: str
    """`ltr` or `rtl`."""
    title: str
    subtitle: str
    description: str
    audience: str
    """One line on the cover: whom it is for."""
    labels: Mapping[str, str]
    """Every word that a layout says by itself. The set of keys is fixed (records/schema.py)."""
    helplines: Mapping[str, HelplineText]
    origin: str
    """`original`, `human` or `machine`."""
    place: Place
    translator: str = ""
    reviewers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One story as one language tells it: <lang>/stories/<id>.md."""

    id: str
    title: str
    """Its accessible name; not printed."""
    language: str
    """Of the text; may differ from the book's."""
    body: str
    """XHTML fragment. Each leaf block has data-key and data-line."""
    place: Place


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter, or one text around the chapters (colophon, help, back-cover): <lang>/<id>.md."""

    id: str
    title: str
    short_title: str
    """For running heads; the title where none is given."""
    summary: str
    """Plain text: the lead under the title, and what the leaflet prints."""
    body: str
    """XHTML fragment. Each leaf block has data-key (unique in the book) and data-line (in its own file)."""
    place: Place
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """One language. From `sources.read` as written; the transforms resolve its placeholders one after the other."""

    publication: Publication
    language: Language
    chapters: tuple[Chapter, ...]
    matter: Mapping[str, Chapter]
    stories: Mapping[str, Story]
    references: tuple[Reference, ...] = ()
    """The works cited, in the order of their numbers (from 1). Filled by transforms.number_citations."""
    problems: tuple[Problem, ...] = ()


# --- how it looks -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Colour:
    """A design token: one colour in both worlds, each value chosen by hand."""

    name: str
    srgb: tuple[int, int, int]
    """0-255."""
    cmyk: tuple[float, float, float, float]
    """Percent of ink."""

    @property
    def hex(self) -> str:
        """`#rrggbb`."""
        return "#{:02x}{:02x}{:02x}".format(*self.srgb)


@dataclass(frozen=True, slots=True)
class FontFace:
    """One font file of a declared family."""

    family: str
    weight: int
    style: str
    """`normal` or `italic`."""
    file: Path
    """Absolute."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The shared design tokens: layouts/shared/theme.toml."""

    colours: Mapping[str, Colour]
    faces: tuple[FontFace, ...]
    roles: Mapping[str, str]
    """`text`, `display`, `story` → family."""
    tokens: Mapping[str, str]
    """Sizes and spaces by name, as CSS values."""
    place: Place


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where one page of the printed edition begins, for the ebook's page list."""

    label: str
    """The page's number as printed or counted: `1` is the cover."""
    key: str
    """data-key of the block the page begins in; or `@cover`, `@colophon`, `@contents`, `@help`, `@back-cover`, `@filler` for a page of the frame."""
    offset: int = 0
    """How many characters of that block, white space not counted, stand on earlier pages."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an edition is, apart from how it looks: layouts/<edition>/layout.toml."""

    front: tuple[str, ...]
    """Pages before the body, one name a page."""
    tail: tuple[str, ...]
    """Pages after it."""
    fillers: tuple[tuple[str, ...], ...]
    """Which pages to add when one is missing to a full signature, when two are, …"""
    signature: int
    """The page count is a multiple of this."""
    panels: Mapping[str, float]
    """Fixed panel → how far down its page its text may reach, mm from the trim's top."""


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What the frame of a brochure must know of the laid-out body."""

    pages: int
    """How many pages the chapters take."""
    starts: Mapping[str, int]
    """Anchor (a chapter's id, say) → the page that it stands on."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One language as HTML and CSS, ready for the page renderer.

    The body (the chapters) comes first; the frame (cover, contents, last pages) is made once the body's page numbers are
    known. So the contents tell the truth after one layout, where `target-counter` would lay everything out again.
    """

    css: str
    body: str
    frame: Callable[[BodyFacts], str]
    settings: Settings


# --- what came of it ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Built:
    """One finished file."""

    path: str
    """Below the output folder: `nb/ammesorg-nb-print.pdf`."""
    edition: str
    language: str
    content: bytes
    pages: int | None = None
    """Of a PDF: sheets' sides for a booklet, pages for the others. Of an EPUB: the pages in its page list."""
    checks: tuple[str, ...] = ()
    """The ids of the checks that ran on it."""


@dataclass(frozen=True, slots=True)
class LanguageResult:
    """What came of one language."""

    language: str
    files: tuple[Built, ...] = ()
    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    """Why something could not be made."""
    steps: tuple[Step, ...] = ()
    validators: Mapping[str, str] = field(default_factory=dict)
    """Outside validator → its version, or why it did not run."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A task that gave no result."""

    lines: tuple[str, ...]
    """What to tell the user."""
    exit_code: int
    traceback: str = ""
    """For a bug of ours: goes to a file, never to the terminal."""


@dataclass(frozen=True, slots=True)
class Step:
    """How long one step of one language's build took, for `make bench`."""

    step: str
    language: str
    edition: str
    wall_s: float
    """Seconds by the clock."""
    cpu_s: float
    """Seconds of processor time of the process it ran in."""
    peak_mb: float
    """The most memory the process had held by the end of the step (resident set), MB."""
