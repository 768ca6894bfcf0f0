"""Turns a book, a finished file, or anybody's file into findings: which checks there are, and a loop over them.

Each check is a module of its own with a `CHECK`; frame.py says what a check is. docs/checks.md lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from hefte.checks.frame import Check, PdfFile, Version
from hefte.errors import SourceError
from hefte.model import Book, Finding, Overflow, Theme


@dataclass(frozen=True, slots=True)
class Look:
    """What came of looking at a finished file."""

    ids: tuple[str, ...]
    """Of the checks that ran."""
    findings: tuple[Finding, ...]
    validators: Mapping[str, str] = field(default_factory=dict)
    """Outside program that a check needs → its version, or why it did not run."""
    figures: Mapping[str, Any] = field(default_factory=dict)
    """What was measured (`Built.figures`)."""


def on_book(book: Book) -> tuple[Finding, ...]:
    """What is wrong with the words of one language, as written: each finding names path and line."""
    return _of_language(book, (finding for check in book_checks() for finding in check.run(book)))


def book_checks() -> tuple[Check, ...]:
    """The checks of the words, in the order they run."""
    from hefte.checks.book import BOOK_CHECKS

    return BOOK_CHECKS


def source_checks() -> tuple[Check, ...]:
    """Every check that looks at sources only: the words, translations beside their source, and the fonts."""
    from hefte.checks.glyph_missing import CHECK
    from hefte.checks.versions import VERSION_CHECKS

    return (*book_checks(), *VERSION_CHECKS, CHECK)


def on_version(version: Version) -> tuple[Finding, ...]:
    """What is wrong with a translation, held against its source."""
    from hefte.checks.versions import VERSION_CHECKS

    found = (finding for check in VERSION_CHECKS for finding in check.run(version))
    return tuple(replace(finding, language=version.translation.language) for finding in found)


def on_glyphs(book: Book, theme: Theme) -> tuple[Finding, ...]:
    """Characters that the declared fonts lack."""
    from hefte.checks.glyph_missing import CHECK

    return _of_language(book, CHECK.run((book, theme)))


def on_pages(language: str, overflows: Iterable[Overflow], complaints: Iterable[str]) -> tuple[Finding, ...]:
    """What is wrong with the pages as they were laid out."""
    from hefte.checks import layout_warning, panel_overflow

    found = (*layout_warning.CHECK.run(complaints), *panel_overflow.CHECK.run(overflows))
    return tuple(replace(finding, language=language) for finding in found)


def on_colours(language: str, unmapped: Iterable[str]) -> tuple[Finding, ...]:
    """Colours of the print edition that the theme has no inks for."""
    from hefte.checks.pdf_palette import CHECK

    return tuple(replace(finding, language=language, edition="print") for finding in CHECK.run(unmapped))


def left_out(*books: Book) -> tuple[Finding, ...]:
    """What the transforms left out of an edition, and why."""
    from hefte.checks.story_left_out import CHECK

    found = dict.fromkeys(finding for book in books for finding in CHECK.run(book))
    return tuple(replace(finding, language=books[0].language.code) for finding in found)


def on_built(edition: str, content: bytes, path: str, expect: Mapping[str, Any], rendered: bool = False) -> Look:
    """What the checks find in an edition's bytes; with `rendered`, those that look at pixels too. `path` is the file's
    below the output folder."""
    import io

    if edition == "epub":
        from hefte.checks.epub import EPUB_CHECKS as CHECKS
        from hefte.checks.epub import open_epub

        look = _look(CHECKS, open_epub(io.BytesIO(content), Path(path), expect), rendered)
    else:
        from hefte.checks.pdf import open_pdf

        look = _look_at_pdf(open_pdf(io.BytesIO(content), Path(path), edition, expect), rendered)
    language = Path(path).parts[0]
    found = (replace(finding, path=Path(path), language=language, edition=edition) for finding in look.findings)
    return replace(look, findings=tuple(found))


def on_file(path: Path) -> Look:
    """What the checks find in a finished file, ours or anybody's.

    Raises SourceError where it is no PDF or EPUB, or cannot be opened.
    """
    kind = path.suffix.lower()
    if kind == ".epub":
        from hefte.checks.epub import EPUB_CHECKS, open_epub

        return _look(EPUB_CHECKS, open_epub(path, path, None), rendered=True)
    if kind == ".pdf":
        from hefte.checks.pdf import edition_of, open_pdf

        subject = open_pdf(path, path)
        return _look_at_pdf(replace(subject, edition=edition_of(subject)), rendered=True)
    from hefte.model import Place

    what = f"{path.name} is neither a PDF nor an EPUB"
    raise SourceError(what, remedy="name a .pdf or .epub file", place=Place(path))


def claims_tagged(path: Path) -> bool:
    """Whether a PDF says of itself that it is PDF/UA-1, so that the validator for that is to be asked."""
    from hefte.checks.pdf import open_pdf
    from hefte.checks.pdf_reading import claims_ua

    return claims_ua(open_pdf(path, path).pdf)


def _look_at_pdf(file: PdfFile, rendered: bool) -> Look:
    from hefte.checks import figures
    from hefte.checks.pdf import PDF_CHECKS

    wanted = tuple(check for check in PDF_CHECKS if not check.editions or file.edition in check.editions)
    look = _look(wanted, file, rendered)
    return replace(look, figures=figures.of(file)) if rendered else look


def _look(checks: Iterable[Check], subject: Any, rendered: bool) -> Look:
    """Every check that is to run, and that has the program it needs."""
    able, validators = [], {}
    for check in checks:
        if check.rendered and not rendered:
            continue
        if check.tool:
            tool = import_module(f"hefte.tools.{check.tool}")
            version = tool.probe()
            validators[tool.NAME] = version or f"not run: {tool.MISSING}"
            if version is None:
                continue
        able.append(check)
    found = (finding for check in able for finding in check.run(subject))
    findings = tuple(replace(finding, path=finding.path or subject.path) for finding in found)
    return Look(tuple(check.id for check in able), findings, validators)


def _of_language(book: Book, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(replace(finding, language=book.language.code) for finding in findings)
