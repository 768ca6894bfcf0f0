"""A book to the short forms in its running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from hefte.checks.frame import Check
from hefte.checks.prose import passages
from hefte.checks.tables import of_language
from hefte.model import Book, Finding, Severity


def find(book: Book) -> Iterator[Finding]:
    """One finding each. Which forms there are stands in data/abbreviations.toml."""
    for passage in passages(book):
        if (forms := _forms(passage.language)) is None:
            continue
        full = of_language("abbreviations", passage.language)["write"]
        for piece in passage.own:
            for found in forms.finditer(piece.words):
                written = " ".join(found.group().split())
                yield CHECK.found(
                    f"`{written}` is a short form", place=passage.place_of(piece.start + found.start()),
                    remedy=f"write “{full[_key(written, full)]}”",
                )


@cache
def _forms(language: str) -> re.Pattern[str] | None:
    """What finds a language's short forms, the longest first; with or without a blank after a stop inside."""
    forms = sorted(of_language("abbreviations", language).get("write", ()), key=lambda form: (-len(form), form))
    if not forms:
        return None
    patterns = (re.sub(r"(?<=\\\.)(?:\\ )?(?=[^\\])", r"\\s?", re.escape(form)) for form in forms)
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


def _key(written: str, full: dict[str, str]) -> str:
    bare = written.replace(" ", "").casefold()
    return next(form for form in full if form.replace(" ", "").casefold() == bare)


CHECK = Check(
    id="abbreviation",
    severity=Severity.WARNING,
    title="A short form in running text",
    rationale="A screen reader spells it or stumbles, who learns the language does not know it, and it saves no room.",
    source="WCAG 2.2, 3.1.4; GOV.UK style guide, eg, etc and ie",
    remedy="write it out",
    run=find,
)
