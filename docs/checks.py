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

A check has an **id** that never changes, so that you can look it up here. An **error** makes the exit code 1. A **warning** does not; those
of them that block a release say so in the report. A **note** is for you to know. [commands.md](commands.md) tells how to run the checks,
[writing.md](writing.md#what-the-checks-say-and-how-to-mend-it) how to mend what they find in your words.

Where a source is named “design”, the rule is a decision of this project.
"""

GROUPS: tuple[tuple[str, str, tuple[Check, ...]], ...] = (
    (
        "The words",
        "Of each language, as they are written, before anything is laid out. `hefte check` on a publication runs these. With an error"
        " in its words a language is not built; letters outside the fonts are told, and the pages are made all the same.",
        (*book.BOOK_CHECKS, glyph_missing.CHECK, story_left_out.CHECK),
    ),
    (
        "PDF files",
        "Of our own files all that concern the edition are run. Of a foreign file only what it claims itself is asked.",
        pdf.PDF_CHECKS,
    ),
    ("EPUB files", "They see what EPUBCheck and Ace let pass.", epub.EPUB_CHECKS),
)

WHILE_MADE = """\
## While the pages are made

| Id | Severity | Looks for |
|---|---|---|
"""

MADE = {
    "colour-undeclared": "a colour in the print file for which the theme has no inks: none is ever guessed",
    "glyph-missing": "a letter that no font had when the pages were written",
    "layout-warning": "whatever WeasyPrint warns of: it would pass over it, and print",
    "panel-overflow": "text of a page with a fixed place (cover, colophon, contents, help, back cover) that does not fit on it",
    "pdf-palette": "a colour in the print file for which the theme has no inks: none is ever guessed",
}
"""What the renderers find themselves. Which of these there are is read from the code; a new one has to be told here."""

VALIDATORS = """\
## Validators

Programs of others. `hefte build --validate` and `hefte build --release` ask them, and `hefte check` on a file, as far as they are on the
machine; the report names the version, or says why one did not run. A release needs all of them.

| Id | Validator | What it turns into what |
|---|---|---|
"""


def text() -> str:
    """What docs/checks.md has to hold."""
    parts = [INTRODUCTION, *(_group(*group) for group in GROUPS), WHILE_MADE + _while_made(), VALIDATORS + _validators()]
    return "\n".join(parts)


def _group(title: str, about: str, checks: tuple[Check, ...]) -> str:
    rows = "".join(f"| [`{check.id}`](#{check.id}) | {check.severity} | {_in_a_row(check.title)} |\n" for check in checks)
    table = f"## {title}\n\n{about}\n\n| Id | Severity | Looks for |\n|---|---|---|\n{rows}"
    return "\n".join((table, *map(_entry, checks)))


def _entry(check: Check) -> str:
    lines = [
        f"### {check.id}", "",
        f"**{check.title}** ({', '.join(_conditions(check))})", "",
        f"- Why: {check.rationale}", f"- What to do: {check.remedy}.", f"- Source: {check.source}.",
    ]
    return "\n".join(lines) + "\n"


def _conditions(check: Check) -> Iterator[str]:
    yield check.severity
    if check.editions:
        yield f"only {' and '.join(check.editions)}"


def _while_made() -> str:
    return "".join(f"| `{id}` | error | {MADE[id]} |\n" for id in sorted(_ids_in_code()))


def _ids_in_code() -> set[str]:
    """The ids written in a call of `Finding`, where no check stands behind it. Raises KeyError, above, for an unknown one."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
                said = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "check")]
                found |= {one.value for one in said if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return found


def _validators() -> str:
    return "".join(map(_validator, (epubcheck, ace, page_validation)))


def _validator(tool: ModuleType) -> str:
    first = (tool.__doc__ or "").splitlines()[0].rstrip(".")
    return f"| `{tool.CHECK}` | {tool.NAME} | {_in_a_row(first)} |\n"


def _in_a_row(words: str) -> str:
    return words.replace("|", "\\|")


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
