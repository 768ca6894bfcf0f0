"""Writes a small whole publication for a test, with what the test wants otherwise, and reads it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from hefte import publication, sources
from hefte.errors import SourceError
from hefte.model import Book, Publication

PUBLICATION = """\
id = "tiny"
version = "1"
publisher = "The Tiny Press"
date = 2026-01-01
review_by = 2027-01-01
source = "nothing at all"
source_url = "https://example.org/tiny"
feedback = "editor@example.org"
license = "CC BY 4.0"
source_language = "nb"
chapters = ["first", "second"]
editions = ["print", "booklet", "screen", "epub"]

[contact]
web = "https://example.org/"
email = "editor@example.org"
phone = "+47 22 11 33 44"

[[helplines]]
id = "113"
number = "113"
tel = "113"
verified_on = 2025-12-01

[[helplines]]
id = "116123"
number = "116 123"
tel = "+47116123"
verified_on = 2025-12-01
"""
REFERENCES = """\
[brown2019]
author = "Amy Brown"
title = "Why Grief Matters"
year = 2019
publisher = "Pinter & Martin"
language = "en"

[web]
author = "Kari Nordmann"
title = "Kan det hjelpe?"
url = "https://www.example.org/hjelp/"
"""
STORIES = """\
[lost]
channel = "letter"
received = "2024-09"
language = "nb"
voice = "retold"
scopes = ["print", "epub"]
review_by = 2027-01-01
tags = ["grief", "depression"]
approved.nb = "4c8618be231ca8413d87a30dc56f047cd8b6d24d153992406bbb5adcada3e034"
identifiers.age = true

[lost.consent]
wording = "1"
date = 2024-09-30
evidence = "binder 1"
"""
LABELS = (
    "contents", "page", "cover", "landmarks", "pages", "start_reading", "story", "retold", "quoted", "remember",
    "seek_help", "read_more", "references", "back_to_text", "skip_story", "helplines", "hours", "notes", "notes_prompt",
    "scan", "edition", "date", "review_by", "publisher", "source", "feedback", "license", "draft", "draft_notice",
    "translated_by", "machine_translated", "reviewed_by", "follows", "print_edition", "accessibility_summary",
)
LANGUAGE = (
    """\
title = "Et lite hefte"
subtitle = "Om ingenting"
description = "Et hefte for prøver."
audience = "Til alle"
origin = "original"

[labels]
"""
    + "".join(f'{name} = "({name})"\n' for name in LABELS)
    + """
[helplines.113]
name = "Nødhjelp"
does = "Når det er akutt."
hours = "Hele døgnet"

[helplines.116123]
name = "Noen å snakke med"
does = "Når du vil snakke."
hours = "Hele døgnet"

[editions]
print = "Trykt hefte"
booklet = "Hefte for kontorskriver"
screen = "PDF for skjerm"
epub = "E-bok"
bilingual = "Tospråklig utgave"
"""
)


def text(body: str, *, title: str = "Tittel") -> str:
    """A text with front matter; its body begins in line 6."""
    return f"---\ntitle: {title}\nsummary: Kort sagt.\n---\n\n{body}"


PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#2b2433"/></svg>'
STORY = "---\ntitle: Nærheten\n---\n\nHun fortalte at det var tungt.\n"
FIRST = text("Noe er skrevet [@brown2019], noe annet [@web].\n\n::: story lost\n:::\n")
SECOND = text("Mer tekst.\n\n::: references\n:::\n")
FILES: Mapping[str, str] = {
    "chapters/publication.toml": PUBLICATION,
    "chapters/references.toml": REFERENCES,
    "chapters/stories.toml": STORIES,
    "chapters/glossary.toml": '[sorg]\nnb = "sorg"\n',
    "chapters/nb/language.toml": LANGUAGE,
    "chapters/nb/first.md": FIRST,
    "chapters/nb/second.md": SECOND,
    "chapters/nb/colophon.md": text("Om heftet."),
    "chapters/nb/help.md": text("::: helplines\n:::\n"),
    "chapters/nb/back-cover.md": text("Ring noen."),
    "chapters/nb/stories/lost.md": STORY,
}
Change = str | bytes | tuple[str, str] | None
"""A file's new content; (old, new) words in it; or None: no such file."""


def write(folder: Path, changes: Mapping[str, Change] | None = None) -> Path:
    """The small publication in `folder`, which is returned, but for `changes` (path from the folder → change)."""
    for name, change in {**FILES, **(changes or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if change is not None:
            path.write_bytes(_content(name, change))
    return folder


def _content(name: str, change: str | bytes | tuple[str, str]) -> bytes:
    if isinstance(change, tuple):
        old, new = change
        assert FILES[name].count(old) == 1, f"{old!r} is not once in {name}"
        change = FILES[name].replace(old, new)
    return change if isinstance(change, bytes) else change.encode()


def load(folder: Path, changes: Mapping[str, Change] | None = None) -> Publication:
    """The small publication, loaded."""
    return publication.load(write(folder, changes))


def read(folder: Path, changes: Mapping[str, Change] | None = None, *, lang: str = "nb") -> Book:
    """The small publication's book as written."""
    return sources.read(load(folder, changes), lang)


def read_text(folder: Path, body: str) -> Book:
    """The small publication's book with `body` as its first chapter; its first line is line 6 of the file."""
    return read(folder, {"chapters/nb/first.md": text(body)})


def complaints(folder: Path, changes: Mapping[str, Change]) -> list[str]:
    """What is said of the small publication with `changes`: one line an error, all of them errors of the sources."""
    write(folder, changes)
    with pytest.raises(SourceError) as raised:
        sources.read(publication.load(folder), "nb")
    assert raised.value.exit_code == 3
    return [error.line(folder) for error in (raised.value, *raised.value.also)]
