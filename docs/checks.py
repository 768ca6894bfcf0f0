"""Turns the checks, as the code has them, into docs/checks.md: `python docs/checks.py` writes it anew."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from hefte.checks import (
    book,
    epub,
    file_limits,
    folder,
    glyph_missing,
    layout_warning,
    pages,
    panel_overflow,
    pdf,
    pdf_palette,
    story_left_out,
    unsigned_linked,
    versions,
    waiver_refused,
    waiver_unused,
)
from hefte.checks.frame import Check
from hefte.tools import ace, axe, epubcheck, page_validation

TARGET = Path(__file__).with_name("checks.md")

INTRODUCTION = """\
# Checks

Written by `docs/checks.py` from the code. Do not change it by hand.

A check has an **id** that never changes, so that you can look it up here. An **error** makes the exit code 1. A
**warning** does not; those of them that block a release say so in the report. A **note** is for you to know.
[commands.md](commands.md) tells how to run the checks, and
[writing.md](writing.md#what-the-checks-say-and-how-to-mend-it) how to mend what they find in your words.

A source that is a page of `docs/` or a file of `layouts/` is a decision of this project.
"""

WORDS = """\
Of each language, as they are written, before anything is laid out. `hefte check` on a publication runs these. With an
error in its words a language is not built. Letters outside the fonts are told, and the pages are made all the same."""

VERSIONS = """\
Of each language but the source, held against the source segment by segment. With an error here a language is not
built. [translating.md](translating.md) tells what a segment is, and how its state is kept."""

PAGES = """\
Of our own, while they are laid out and written. The places are those of the print file, and of the bilingual edition
in its own."""

PDFS = """\
Of our own files, all checks that concern their kind are run: `press` (PDF/X), `imposed` (two pages a side of a sheet),
`tagged` (for the screen), `office` (for an office printer). Of a foreign file only what it claims itself is asked."""

NAMED = "Of a file that `hefte check` was given, whose look came to no end."

EPUBS = "Of ours and of anybody's. They see what EPUBCheck, Ace and axe-core let pass."

WAIVERS = """\
Of what the editor lets stand: `[[waivers]]` in publication.toml. Which checks cannot be waived says each of them."""

FOLDERS = """\
Of a release (a folder with manifest.json), or of what the last build left (with report.json). `hefte check dist/` runs
these: they tell whether anything was changed since."""

GROUPS: tuple[tuple[str, str, tuple[Check, ...]], ...] = (
    ("The words", WORDS, (*book.BOOK_CHECKS, glyph_missing.CHECK, story_left_out.CHECK, unsigned_linked.CHECK)),
    ("Translations", VERSIONS, versions.VERSION_CHECKS),
    ("The pages", PAGES, (layout_warning.CHECK, panel_overflow.CHECK, *pages.PAGE_CHECKS, pdf_palette.CHECK)),
    ("PDF files", PDFS, pdf.PDF_CHECKS),
    ("EPUB files", EPUBS, epub.EPUB_CHECKS),
    ("Files that were named", NAMED, (file_limits.CHECK,)),
    ("Folders of finished files", FOLDERS, folder.FOLDER_CHECKS),
    ("Waivers", WAIVERS, (waiver_unused.CHECK, waiver_refused.CHECK)),
)

VALIDATORS = """\
Programs of others. page-validation is a library and looks at every PDF that claims PDF/UA-1. EPUBCheck, Ace and
axe-core are asked by `hefte build --validate`, `hefte build --release`, and `hefte check` on a file, if they are on the
machine. The report names their versions, or says why one did not run. A release needs all of them."""


def text() -> str:
    """What docs/checks.md has to hold."""
    validators = "".join(map(_validator, (epubcheck, ace, axe, page_validation)))
    return "\n".join((
        INTRODUCTION,
        *(_group(*group) for group in GROUPS),
        f"## Validators\n\n{VALIDATORS}\n\n{_table('Id', 'Validator', 'Turns')}{validators}",
    ))


def _table(*columns: str) -> str:
    return f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|\n"


def _group(title: str, about: str, checks: tuple[Check, ...]) -> str:
    rows = (f"| [`{check.id}`](#{check.id}) | {check.severity} | {_cell(check.title)} |\n" for check in checks)
    head = f"## {title}\n\n{about}\n\n{_table('Id', 'Severity', 'Looks for')}"
    return "\n".join((head + "".join(rows), *map(_entry, checks)))


def _entry(check: Check) -> str:
    only = f"; only {' and '.join(check.kinds)} files" if check.kinds else ""
    only += "; looks at rendered pages" if check.rendered else ""
    only += "" if check.waivable else "; cannot be waived"
    return (
        f"### {check.id}\n\n**{check.title}** ({check.severity}{only})\n\n"
        f"- Why: {check.rationale}\n- What to do: {_prose(check.remedy)}.\n- Source: {check.source}.\n"
    )


def _validator(tool: ModuleType) -> str:
    first = (tool.__doc__ or "").splitlines()[0].rstrip(".")
    return f"| `{tool.CHECK}` | {tool.NAME} | {_cell(first)} |\n"


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def _prose(words: str) -> str:
    """Markdown that is meant as an example, not as a picture."""
    return words.replace("![", "!\\[")


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
