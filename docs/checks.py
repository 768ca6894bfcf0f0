"""Turns the checks, as the code has them, into docs/checks.md: `python docs/checks.py` writes it anew."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import hefte
from hefte.checks import book, epub, glyph_missing, pdf, story_left_out
from hefte.checks.frame import Check
from hefte.tools import ace, epubcheck, page_validation

PACKAGE = Path(hefte.__file__).parent
TARGET = Path(__file__).with_name("checks.md")

INTRODUCTION = """\
# Checks

Written by `docs/checks.py` from the code. Do not change it by hand.

A check has an **id** that never changes, so that you can look it up here. An **error** makes the exit code 1. A
**warning** does not; those of them that block a release say so in the report. A **note** is for you to know.
[commands.md](commands.md) tells how to run the checks, and
[writing.md](writing.md#what-the-checks-say-and-how-to-mend-it) how to mend what they find in your words.

Where a source is named “design”, the rule is a decision of this project.
"""

WORDS = """\
Of each language, as they are written, before anything is laid out. `hefte check` on a publication runs these. With an
error in its words a language is not built. Letters outside the fonts are told, and the pages are made all the same."""

PDFS = """\
Of our own files, all checks that concern the edition are run. Of a foreign file only what it claims itself is asked."""

EPUBS = "Of ours and of anybody's. They see what EPUBCheck and Ace let pass."

GROUPS: tuple[tuple[str, str, tuple[Check, ...]], ...] = (
    ("The words", WORDS, (*book.BOOK_CHECKS, glyph_missing.CHECK, story_left_out.CHECK)),
    ("PDF files", PDFS, pdf.PDF_CHECKS),
    ("EPUB files", EPUBS, epub.EPUB_CHECKS),
)

MADE = {
    "colour-undeclared": "a colour in the print file for which the theme has no inks: none is ever guessed",
    "layout-warning": "whatever WeasyPrint warns of: it would pass over it, and print",
    "panel-overflow": "text that does not fit on its page: cover, colophon, contents, notes, help or back cover",
    "pdf-palette": "a colour in the print file for which the theme has no inks: none is ever guessed",
}
"""What is found by what makes the pages, without a check. Which there are is read from the code; each is told here."""

VALIDATORS = """\
Programs of others. page-validation is a library and looks at every PDF that claims PDF/UA-1. EPUBCheck and Ace are
asked by `hefte build --validate`, `hefte build --release`, and `hefte check` on a file, if they are on the machine.
The report names their versions, or says why one did not run. A release needs all of them."""


def text() -> str:
    """What docs/checks.md has to hold."""
    made = "".join(f"| `{id}` | error | {MADE[id]} |\n" for id in sorted(_without_check()))
    validators = "".join(map(_validator, (epubcheck, ace, page_validation)))
    return "\n".join((
        INTRODUCTION,
        *(_group(*group) for group in GROUPS),
        f"## While the pages are made\n\n{_table('Id', 'Severity', 'Looks for')}{made}",
        f"## Validators\n\n{VALIDATORS}\n\n{_table('Id', 'Validator', 'Turns')}{validators}",
    ))


def _table(*columns: str) -> str:
    return f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|\n"


def _group(title: str, about: str, checks: tuple[Check, ...]) -> str:
    rows = (f"| [`{check.id}`](#{check.id}) | {check.severity} | {_cell(check.title)} |\n" for check in checks)
    head = f"## {title}\n\n{about}\n\n{_table('Id', 'Severity', 'Looks for')}"
    return "\n".join((head + "".join(rows), *map(_entry, checks)))


def _entry(check: Check) -> str:
    only = f"; only {' and '.join(check.editions)}" if check.editions else ""
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


def _without_check() -> set[str]:
    """The ids that are written in a call of `Finding` and belong to no check."""
    checks = {check.id for _, _, group in GROUPS for check in group}
    modules = (ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py"))
    return {id for module in modules for id in _findings(module)} - checks


def _findings(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
            said = (*node.args[:1], *(word.value for word in node.keywords if word.arg == "check"))
            yield from (str(one.value) for one in said if isinstance(one, ast.Constant))


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
