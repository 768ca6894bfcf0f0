"""What is published: publication.toml and the records beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hefte.model.findings import Place


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
class Approval:
    """The word of the person who told a story, or of who speaks for her, for its text in one language."""

    digest: str
    """Of the text that was approved (records/approval.py)."""
    by: str = ""
    """Who had it approved; empty where nobody wrote it down."""
    on: dt.date | None = None


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
    approvals: Mapping[str, Approval] = field(default_factory=dict)
    """Language → what was approved."""
    identifiers: Mapping[str, bool] = field(default_factory=dict)
    """What in the text could identify a person → whether that is acknowledged."""
    tags: tuple[str, ...] = ()
    """What may be hard to read: depression, cancer, hospital, anger …"""
    edits: Mapping[str, str] = field(default_factory=dict)
    """What was done to the words (`shortened`, `names` …) → how."""

    @property
    def approved(self) -> Mapping[str, str]:
        """Language → digest of the text that was approved."""
        return {language: approval.digest for language, approval in self.approvals.items()}


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
    paper: str | None = None
    """Of the inside, in words; None: to be agreed."""
    cover_paper: str | None = None
    """Of the cover, where that is another."""
    binding: str = "saddle-stitch"
    """`saddle-stitch`, `perfect` or `wire`."""
    copies: int | None = None
    contact: str | None = None
    """Whom the print shop asks: an e-mail address or a URL. None: the publication's `feedback`."""
    job_language: str | None = None
    """Language of the job sheet: nb, nn or en. None: the source language where it is one of them, else en."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What a build does with a language that has not followed its source, from publication.toml `[translation]`."""

    stale: str = "block"
    """`block`: no build; `warn`: build today's target, and no release; `pin`: build the last snapshot of the language
    whose every segment was current."""
    missing: str = "stop"
    """A chapter that the language lacks: `stop` the build, or `leave-out` the chapter."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """What is ordered of an edition for the press beside the brochure, from publication.toml `[orders.leaflet]`."""

    paper: str | None = None
    """In words; None: to be agreed."""
    copies: int | None = None
    cover_paper: str | None = None
    """Of the cover, where it has one of another paper."""


@dataclass(frozen=True, slots=True)
class Excerpts:
    """What a short edition takes of the whole, from publication.toml `[excerpts.leaflet]`."""

    stories: tuple[str, ...]
    """Ids; the first is the first to be told."""
    tags: tuple[str, ...]
    """What may be hard to read in them; a story with another tag is left out."""
    place: Place
    chapters: tuple[str, ...] = ()
    """Those whose summaries it has; none for all."""
    points_of: str = ""
    """The chapter whose list holds the points."""
    points: tuple[int, ...] = ()
    """Which items of that list, from 1; none for all."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that the editor lets stand, from publication.toml `[[waivers]]`."""

    check: str
    """The id of the check."""
    path: str
    """From the publication's folder (a source) or the output folder (a file); `*` stands for anything."""
    reason: str
    """Why it may stand: whoever reads the report reads this."""
    date: dt.date
    """When that was decided."""
    place: Place
    line: int | None = None
    """Of a source; None for every line."""
    page: int | None = None
    """Of a PDF; None for every page."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One kind of finished file that a layout makes: layout.toml `[files.<name>]`."""

    name: str
    """As files are named after it: `print`, `leaflet-office`."""
    layout: str
    """The folder of the layout."""
    kind: str
    """`press`, `imposed`, `tagged`, `office`, `ebook` (docs/adding-an-edition.md)."""
    trim: tuple[float, float] | None = None
    """Width and height, mm, where the layout makes files of several sizes; None: the layout's."""
    of: str = ""
    """Of an imposed one: the edition that it is made from."""


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
    """The names of those that are built."""
    print: PrintSpec
    place: Place
    helplines: tuple[Helpline, ...] = ()
    """In the order of urgency."""
    contact: Mapping[str, str] = field(default_factory=dict)
    """`phone`, `email`, `web` … of the publisher, for `{{ contact.web }}`."""
    references: Mapping[str, Reference] = field(default_factory=dict)
    stories: Mapping[str, StoryRecord] = field(default_factory=dict)
    glossary: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """Term id → language → renderings, the first one preferred."""
    waivers: tuple[Waiver, ...] = ()
    address: str = ""
    """Where each language's edition is found, with `{language}` in it; empty where nobody said."""
    excerpts: Mapping[str, Excerpts] = field(default_factory=dict)
    """Short edition → the stories that it may tell."""
    isbn: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language → edition → its ISBN-13, with hyphens as written."""
    orders: Mapping[str, Ordered] = field(default_factory=dict)
    """Edition for the press → what is ordered of it; the brochure's stands in `print`."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Key of publication.toml (`feedback`, `address`) → where it stands."""
    policies: Mapping[str, Policy] = field(default_factory=dict)
    """Language → policy; the key `""` holds that of all languages that have none of their own."""

    catalogue: Mapping[str, Edition] = field(default_factory=dict)
    """Name → each edition that the layouts can make."""

    def named(self, asked: Iterable[str]) -> tuple[str, ...]:
        """The editions that names stand for: an edition's own, or a layout's for all that it makes. In the order of
        `asked`, each once; a name that is neither stays as it is."""
        found: dict[str, None] = {}
        for name in asked:
            of_layout = [each.name for each in self.catalogue.values() if each.layout == name]
            found |= dict.fromkeys(of_layout or [name])
        return tuple(found)

    def address_of(self, language: str) -> str:
        """Where the edition in `language` is found; empty where nobody said."""
        return self.address.replace("{language}", language)

    def may_tell(self, story: str, language: str) -> bool:
        """Whether a story may be told in `language`: one without the scope `translation` only in the source language
        and in the one that it was told in (docs/writing.md, consent)."""
        record = self.stories.get(story)
        return record is None or "translation" in record.scopes or language in (self.source_language, record.language)

    def may_hold(self, story: str, language: str, edition: str) -> bool:
        """Whether a finished file may hold a story, as its consent is now. Without a record nothing is known of one.

        The bilingual edition has the source language's stories too, whatever may be translated.
        """
        record, medium = self.stories.get(story), "epub" if edition == "epub" else "print"
        tag = self.source_language if edition == "bilingual" else language
        told = record is not None and record.withdrawn is None and medium in record.scopes
        return told and self.may_tell(story, tag)

    def made(self, path: str) -> bool:
        """Whether a finished file below an output folder has a name that this publication gives."""
        language, _, name = path.partition("/")
        return name.startswith((f"{self.id}-{language}-", f"{self.id}-{language}."))

    def policy(self, language: str) -> Policy:
        """What to do where a language has not followed its source."""
        return self.policies.get(language) or self.policies.get("") or Policy()
