"""One language, as written and as it becomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from hefte.model.findings import Place, Problem
from hefte.model.publication import HelplineText, Publication, Reference


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
    """Whom language.toml names; of a translation that is signed throughout also those who signed it."""
    called: str = ""
    """In the publication's source language: `ukrainsk`."""
    editions: Mapping[str, str] = field(default_factory=dict)
    """Edition → what its colophon calls it: `print` → `Trykt hefte`."""


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
    draft: bool = False
    """A machine's translation that is not signed throughout: each page says so."""
    follows: dt.date | None = None
    """Where an earlier state of the texts is built (policy `pin`): the day it was current."""
