"""Turns a book, a finished file, or anybody's file into findings: which checks there are, and a loop over them.

Each check is a module of its own with a `CHECK`; frame.py says what a check is. docs/checks.md lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from hefte.checks.frame import Check, Version
from hefte.errors import SourceError
from hefte.model import Book, Finding, Overflow, Theme

Looked = tuple[tuple[str, ...], tuple[Finding, ...]]
"""The ids of the checks that ran, and what they found."""


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


def on_built(edition: str, content: bytes, path: str, expect: Mapping[str, Any]) -> Looked:
    """The ids of the checks that ran on an edition's bytes, and what they found. `path` is the file's below the
    output folder."""
    import io

    if edition == "epub":
        from hefte.checks.epub import EPUB_CHECKS as CHECKS
        from hefte.checks.epub import open_epub

        ids, findings = _run(CHECKS, open_epub(io.BytesIO(content), Path(path), expect))
    else:
        from hefte.checks.pdf import PDF_CHECKS, open_pdf

        wanted = tuple(check for check in PDF_CHECKS if not check.editions or edition in check.editions)
        ids, findings = _run(wanted, open_pdf(io.BytesIO(content), Path(path), edition, expect))
    language = Path(path).parts[0]
    return ids, tuple(replace(finding, path=Path(path), language=language, edition=edition) for finding in findings)


def on_file(path: Path) -> Looked:
    """The ids of the checks that ran on a finished file, ours or anybody's, and what they found.

    Raises SourceError where it is no PDF or EPUB, or cannot be opened.
    """
    kind = path.suffix.lower()
    if kind == ".epub":
        from hefte.checks.epub import EPUB_CHECKS, open_epub

        return _run(EPUB_CHECKS, open_epub(path, path, None))
    if kind == ".pdf":
        from hefte.checks.pdf import PDF_CHECKS, edition_of, open_pdf

        subject = open_pdf(path, path)
        edition = edition_of(subject)
        wanted = tuple(check for check in PDF_CHECKS if not check.editions or edition in check.editions)
        return _run(wanted, replace(subject, edition=edition))
    from hefte.model import Place

    what = f"{path.name} is neither a PDF nor an EPUB"
    raise SourceError(what, remedy="name a .pdf or .epub file", place=Place(path))


def claims_tagged(path: Path) -> bool:
    """Whether a PDF says of itself that it is PDF/UA-1, so that the validator for that is to be asked."""
    from hefte.checks.pdf import open_pdf
    from hefte.checks.pdf_reading import claims_ua

    return claims_ua(open_pdf(path, path).pdf)


def _run(checks: Iterable[Check], subject: Any) -> Looked:
    checks = tuple(checks)
    found = (finding for check in checks for finding in check.run(subject))
    return tuple(check.id for check in checks), tuple(replace(f, path=f.path or subject.path) for f in found)


def _of_language(book: Book, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(replace(finding, language=book.language.code) for finding in findings)
