"""What the editions of one language are made from, what came of making them, and how their files are called."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hefte import layout
from hefte.dates import moment
from hefte.model import (
    Book,
    Built,
    Edition,
    Failure,
    Finding,
    PageStart,
    Problem,
    Publication,
    Settings,
    Step,
    Story,
    Theme,
)
from hefte.model.fitting import Fitted
from hefte.seen import Seen
from hefte.transforms.excerpts import excerpts

if TYPE_CHECKING:
    from hefte.renderers.pages import Rendering


@dataclass(frozen=True, slots=True)
class Job:
    """What the editions of one language are made from."""

    printed: Book
    """After the transforms for print."""
    reflowed: Book
    """After the transforms for the ebook."""
    theme: Theme
    folders: tuple[Path, ...]
    """Where templates are looked up, in order."""
    rendering: Rendering | None
    """The brochure's pages. None where no edition that is wanted comes of them."""
    wanted: tuple[str, ...]
    """Names of editions (`Publication.catalogue`)."""
    claims: bool
    """Whether the EPUB may claim conformance: only where validators will see it (validate.py)."""
    rendered: bool = False
    """Whether the checks that look at pixels run too (--validate, --release)."""
    seen: Seen = field(default_factory=Seen)
    """What the last build found in this language's files."""
    source: Book | None = None
    """The book that this one is translated from, after the transforms for print, where the bilingual edition is wanted.
    None in the source language itself, which has no such edition."""
    source_theme: Theme | None = None
    """The theme for that book's language."""
    themes: Mapping[str, Theme] = field(default_factory=dict)
    """Language → its theme, of all the publication's languages, for what shows them all."""
    fit: bool = True
    """Whether text may be set smaller or larger where that fits better."""

    @property
    def publication(self) -> Publication:
        """The publication it belongs to."""
        return self.printed.publication

    @property
    def editions(self) -> tuple[Edition, ...]:
        """Those that are wanted."""
        return tuple(self.publication.catalogue[name] for name in self.wanted)

    @property
    def kinds(self) -> frozenset[str]:
        """What kinds of files these are."""
        return frozenset(edition.kind for edition in self.editions)

    @property
    def language(self) -> str:
        """BCP 47."""
        return self.printed.language.code

    @property
    def draft(self) -> str:
        """The language's word for a draft where it is one; empty otherwise."""
        return self.printed.language.labels["draft"] if self.printed.draft else ""

    @property
    def page_list(self) -> tuple[PageStart, ...]:
        """The printed edition's pages, if there is a printed edition for the ebook to agree with."""
        return self.rendering.starts if self.rendering and "print" in self.publication.editions else ()

    def told(self, settings: Settings) -> tuple[tuple[Story, ...], tuple[Problem, ...]]:
        """The stories that a layout of chosen words tells, and why others that the editor named are not told."""
        if settings.words != "chosen":
            return (), ()
        return excerpts(self.printed, settings.name, settings.told.most, settings.told.letters)

    def mm(self, token: str) -> float:
        """A length among the theme's tokens, which gives it in millimetres: `3mm`."""
        return float(self.theme.tokens[token].removesuffix("mm"))


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one task, or of all of a language's."""

    files: tuple[Built, ...] = ()
    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    steps: tuple[Step, ...] = ()
    validators: Mapping[str, str] = field(default_factory=dict)
    """Validator → its version."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Check of a finished file → what it looks for."""
    fitted: tuple[Fitted, ...] = ()
    """What copyfitting chose."""


def path(job: Job, edition: str) -> str:
    """Of a file, below the output folder (docs/commands.md, outputs)."""
    publication, language = job.publication, job.language
    made = publication.catalogue.get(edition)
    suffix = ".epub" if made is not None and made.kind == "ebook" else ".pdf"
    ending = "" if edition == "epub" else f"-{edition}"
    return f"{language}/{publication.id}-{language}{ending}{suffix}"


def about(job: Job, edition: str) -> dict[str, Any]:
    """What every renderer writes into its metadata. The identifier stays the same from version to version (EPUB 3.3,
    5.5.3.1.1)."""
    language = job.printed.language
    name = f"hefte:{job.publication.id}:{language.code}:{edition}"
    title = f"{language.title} – {language.subtitle}"
    return {
        "language": language.code, "direction": language.direction, "when": moment(job.publication),
        "identifier": str(uuid.uuid5(uuid.NAMESPACE_URL, name)),
        "title": f"{job.draft}: {title}" if job.draft else title, "draft": job.draft,
    }


def expected_of_ebook(job: Job) -> dict[str, Any]:
    """What the checks are told of the ebook beyond what it says itself."""
    return {
        "kind": "ebook", "full": True, "pages": [start.label for start in job.page_list], "draft": job.draft,
        "book": job.reflowed, "starts": job.page_list,
    }


def expected(
    job: Job, edition: Edition, settings: Settings, pages: int, starts: tuple[PageStart, ...]
) -> dict[str, Any]:
    """The same of a PDF. `settings` are its layout's, `pages` how many there are, `starts` where each begins."""
    spec, require = job.publication.print, settings.require
    shown = [job.theme, *(job.themes.values() if require.addresses else ())]
    return {
        "kind": edition.kind, "trim_mm": layout.trim_of(job.theme, settings, edition), "bleed_mm": job.mm("bleed"),
        "safe_mm": job.mm("safe_zone") if "safe_zone" in job.theme.tokens else None,
        "condition": spec.condition, "ink_limit": spec.ink_limit,
        "families": sorted({face.family for theme in shown for face in theme.faces}), "pages": pages,
        "signature": settings.signature, "standard": spec.standard, "language": job.language, "draft": job.draft,
        "book": job.printed, "source": job.source if settings.words == "facing" else None, "starts": starts,
        "full": settings.words != "chosen", "folds": settings.folds(job.printed.language.direction),
        "code": require.code, "least_pt": require.least_pt, "contrast": require.contrast,
        "italics": require.italics, "hyphens": require.hyphens,
    }


def stories(job: Job, settings: Settings | None) -> tuple[str, ...]:
    """The ids of the stories that a file holds; without settings, of those that the ebook does."""
    if settings is None:
        return tuple(sorted(job.reflowed.stories))
    if settings.words == "chosen":
        return tuple(sorted(story.id for story in job.told(settings)[0]))
    books = [job.printed, *([job.source] if settings.words == "facing" and job.source else [])]
    return tuple(sorted({id for book in books for id in book.stories}))
