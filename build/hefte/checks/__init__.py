"""Turns a book, a finished file, or anybody's file into findings: which checks there are, and a loop over them.

Each check is a module of its own with a `CHECK`; frame.py says what a check is. docs/checks.md lists them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from hefte.checks.frame import KIND_OF, Check, PdfFile, Version
from hefte.errors import SourceError, UsageError
from hefte.model import Book, Finding, LaidOut, Overflow, Publication, Theme

Done = Callable[[str, tuple[Finding, ...]], None]
"""Hears of each check that has ended: its id, and what it found."""

_MOST = 1000
"""Findings of one check in one file: one made to do harm could have any number."""


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
    key: str = ""
    """What it depends on (seen.py)."""


def on_book(book: Book) -> tuple[Finding, ...]:
    """What is wrong with the words of one language, as written: each finding names path and line."""
    printed = told(book)
    return _of_language(book, (finding for check in book_checks() for finding in check.run(printed)))


def told(book: Book) -> Book:
    """The book without the stories that are withdrawn, and without what was met in reading them: a finding quotes
    words, and goes into the report."""
    records = book.publication.stories
    gone = {id: story for id, story in book.stories.items() if id in records and records[id].withdrawn}
    files = {story.place.path for story in gone.values()}
    return replace(
        book, stories={id: story for id, story in book.stories.items() if id not in gone},
        problems=tuple(problem for problem in book.problems if problem.place.path not in files),
    )


def on_dates(book: Book, day: dt.date) -> tuple[Finding, ...]:
    """What of a language's words is due on that day: consents, the publication itself, helplines."""
    from hefte.checks import consent_doubtful, helpline_unverified, review_by_past, story_review_due

    due = (helpline_unverified, review_by_past, story_review_due, consent_doubtful)
    return _of_language(book, (finding for module in due for finding in module.find(book, day)))


def book_checks() -> tuple[Check, ...]:
    """The checks of the words, in the order they run."""
    from hefte.checks.book import BOOK_CHECKS

    return BOOK_CHECKS


def named(id: str) -> Check | None:
    """The check with that id; None where there is none. Its module alone is imported."""
    name = f"hefte.checks.{id.replace('-', '_')}"
    if not re.fullmatch(r"[a-z0-9-]+", id) or find_spec(name) is None:
        return None
    check = getattr(import_module(name), "CHECK", None)
    return check if isinstance(check, Check) and check.id == id else None


def every_id() -> tuple[str, ...]:
    """The ids of all checks, sorted; those of outside validators are not among them."""
    stems = (path.stem for path in Path(__file__).parent.glob("*.py"))
    return tuple(sorted(id for id in (stem.replace("_", "-") for stem in stems) if named(id)))


def titles(ids: Iterable[str]) -> dict[str, str]:
    """Check → what it looks for; without those of outside validators."""
    return {id: check.title for id in ids if (check := named(id))}


def programs(ending: str) -> dict[str, str]:
    """The outside programs that checks on rendered pages ask, of a file with that ending: name → version, or
    `not run: …`."""
    if ending == ".epub":
        return {}
    from hefte.checks.pdf import PDF_CHECKS

    tools = {check.tool for check in PDF_CHECKS if check.tool}
    modules = [import_module(f"hefte.tools.{name}") for name in sorted(tools)]
    return {module.NAME: module.probe() or f"not run: {module.MISSING}" for module in modules}


def source_checks() -> tuple[Check, ...]:
    """Every check that looks at sources only: the words, translations beside their source, and the fonts."""
    from hefte.checks.glyph_missing import CHECK
    from hefte.checks.versions import VERSION_CHECKS

    return (*book_checks(), *VERSION_CHECKS, CHECK)


def ids_of_words(language: str, translated: bool) -> tuple[str, ...]:
    """The ids of the checks that run on a language's words; without the spelling where nothing is there to look up
    words in."""
    from hefte.checks import spelling
    from hefte.checks.versions import VERSION_CHECKS

    ran = (*(VERSION_CHECKS if translated else ()), *book_checks())
    lacking = {spelling.CHECK.id} if spelt(language).startswith("not run") else set()
    return tuple(check.id for check in ran if check.id not in lacking)


def spelt(language: str) -> str:
    """The program and dictionary that a language's words are looked up with, or `not run: …`."""
    from hefte.checks import spelling

    return spelling.looked(language)


def ids_of_pages(wanted: Iterable[str]) -> tuple[str, ...]:
    """The ids of the checks that run while the wanted files are laid out and written, beside those of finished files.
    They are wanted by their kinds, or by the names of editions that are known."""
    from hefte.checks import glyph_missing, layout_warning, panel_overflow, pdf_palette, story_left_out, unsigned_linked
    from hefte.checks.pages import PAGE_CHECKS

    printed = (pdf_palette.CHECK,) if {KIND_OF.get(one, one) for one in wanted} & {"press", "imposed"} else ()
    always = (
        glyph_missing.CHECK, story_left_out.CHECK, unsigned_linked.CHECK, layout_warning.CHECK, panel_overflow.CHECK,
    )
    return tuple(check.id for check in (*always, *PAGE_CHECKS, *printed))


def on_version(version: Version) -> tuple[Finding, ...]:
    """What is wrong with a translation, held against its source."""
    from hefte.checks.versions import VERSION_CHECKS

    found = (finding for check in VERSION_CHECKS for finding in check.run(version))
    return tuple(replace(finding, language=version.translation.language) for finding in found)


def on_glyphs(book: Book, theme: Theme) -> tuple[Finding, ...]:
    """Characters that the declared fonts lack."""
    from hefte.checks.glyph_missing import CHECK

    return _of_language(book, CHECK.run((told(book), theme)))


def on_unsigned_linked(
    publication: Publication, unsigned: tuple[str, ...], language: str, released: bool
) -> tuple[Finding, ...]:
    """Unsigned translations that a layout leads to, or would if this were no release; `language` is the layout's."""
    from hefte.checks.unsigned_linked import CHECK

    return tuple(replace(each, language=language) for each in CHECK.run((publication, unsigned, released)))


def on_complaints(language: str, complaints: Iterable[str]) -> tuple[Finding, ...]:
    """What the layout engine warned of."""
    from hefte.checks.layout_warning import CHECK

    return tuple(replace(finding, language=language) for finding in CHECK.run(complaints))


def on_pages(
    laid: LaidOut, overflows: Iterable[Overflow], path: str, edition: str, without: Collection[str] = ()
) -> tuple[Finding, ...]:
    """What is wrong with the pages as they were laid out. `path`: the file, below the output folder, in whose pages and
    points the places are given; it is of `edition`. `without`: the checks that do not apply to its layout.

    Raises UsageError where one of these does not exist: it would be thought switched off, and some other is not.
    """
    from hefte.checks.pages import PAGE_CHECKS
    from hefte.checks.panel_overflow import CHECK

    strangers = set(without) - {check.id for check in PAGE_CHECKS}
    if strangers:
        raise UsageError(
            f"there is no check {', '.join(sorted(strangers))} of laid-out pages",
            remedy="correct `without` in the layout.toml of that edition; docs/checks.md lists them",
        )
    wanted = (check for check in PAGE_CHECKS if check.id not in without)
    found = (*CHECK.run(overflows), *(finding for check in wanted for finding in check.run(laid)))
    language = laid.books[0].language.code
    return tuple(replace(finding, language=language, path=Path(path), edition=edition) for finding in found)


def on_colours(language: str, unmapped: Iterable[str], edition: str = "print") -> tuple[Finding, ...]:
    """Colours of a file for the press that the theme has no inks for."""
    from hefte.checks.pdf_palette import CHECK

    return tuple(replace(finding, language=language, edition=edition) for finding in CHECK.run(unmapped))


def left_out(*books: Book) -> tuple[Finding, ...]:
    """What the transforms left out of an edition, and why."""
    from hefte.checks.story_left_out import CHECK

    found = dict.fromkeys(finding for book in books for finding in CHECK.run(book))
    return tuple(replace(finding, language=books[0].language.code) for finding in found)


def on_built(edition: str, content: bytes, path: str, expect: Mapping[str, Any], rendered: bool = False) -> Look:
    """What the checks find in an edition's bytes; with `rendered`, those that look at pixels too. `path` is the file's
    below the output folder. `expect` says which `kind` of file it is, where the edition's name does not."""
    import io

    if (expect.get("kind") or KIND_OF.get(edition)) == "ebook":
        from hefte.checks.epub import EPUB_CHECKS as CHECKS
        from hefte.checks.epub import open_epub

        look = _look(CHECKS, open_epub(io.BytesIO(content), Path(path), expect), rendered)
    else:
        from hefte.checks.pdf import open_pdf

        look = _look_at_pdf(open_pdf(io.BytesIO(content), Path(path), edition, expect), rendered)
    language = Path(path).parts[0]
    found = (replace(finding, path=Path(path), language=language, edition=edition) for finding in look.findings)
    return replace(look, findings=tuple(found))


def on_file(path: Path, done: Done | None = None, rendered: bool = True) -> Look:
    """What the checks find in a finished file, ours or anybody's. Those that take long come last, or stay away.

    Raises SourceError where it is no PDF or EPUB, or cannot be opened.
    """
    kind = path.suffix.lower()
    if kind == ".epub":
        from hefte.checks.epub import EPUB_CHECKS, open_epub

        return _look(EPUB_CHECKS, open_epub(path, path, None), rendered, done)
    if kind == ".pdf":
        from hefte.checks.pdf import open_pdf

        return _look_at_pdf(_named(open_pdf(path, path)), rendered, done)
    from hefte.model import Place

    what = f"{path.name} is neither a PDF nor an EPUB"
    raise SourceError(what, remedy="name a .pdf or .epub file", place=Place(path))


def on_pair(pdf: Path, epub: Path) -> tuple[Finding, ...]:
    """Where a finished PDF and a finished EPUB differ; nothing where they are not of the same text and language.

    Raises SourceError where one cannot be opened.
    """
    from hefte.checks import pair
    from hefte.checks.epub import open_epub
    from hefte.checks.pdf import open_pdf

    return tuple(pair.compare(_named(open_pdf(pdf, pdf)), open_epub(epub, epub)))


def on_editions(reference: Path, other: Path) -> tuple[Finding, ...]:
    """Where a finished PDF (`other`) has other words than a tagged PDF or an EPUB of the same text and language.

    Raises SourceError where one cannot be opened.
    """
    from hefte.checks import beside
    from hefte.checks.epub import open_epub
    from hefte.checks.pdf import open_pdf

    is_ebook, own = reference.suffix.lower() == ".epub", _named(open_pdf(other, other))
    of = open_epub(reference, reference) if is_ebook else _named(open_pdf(reference, reference))
    return tuple(beside.compare(of, own))


def is_reference(path: Path) -> bool:
    """Whether a PDF can be what others are held against: tagged, with all the words, in one language."""
    from hefte.checks import pair, pdf_held, pdf_tags
    from hefte.checks.pdf import open_pdf
    from hefte.checks.pdf_reading import DAMAGE, is_full

    file = open_pdf(path, path)
    try:
        whole = pdf_tags.tagged(file.pdf) and is_full(file)
        return whole and not pair.is_bilingual(file, pdf_held.blocks(file))
    except DAMAGE:
        return False


def claims_tagged(path: Path) -> bool:
    """Whether a PDF says of itself that it is PDF/UA-1, so that the validator for that is to be asked."""
    from hefte.checks.pdf import open_pdf
    from hefte.checks.pdf_reading import claims_ua

    return claims_ua(open_pdf(path, path).pdf)


def _named(file: PdfFile) -> PdfFile:
    """With the edition and the kind that it says it is."""
    from hefte.checks.pdf import edition_of, kind_of

    return replace(file, edition=edition_of(file), kind=kind_of(file))


def _look_at_pdf(file: PdfFile, rendered: bool, done: Done | None = None) -> Look:
    from hefte.checks import figures
    from hefte.checks.pdf import PDF_CHECKS

    wanted = tuple(check for check in PDF_CHECKS if not check.kinds or file.kind in check.kinds)
    look = _look(wanted, file, rendered, done)
    return replace(look, figures=figures.of(file)) if rendered else look


def _look(checks: Iterable[Check], subject: Any, rendered: bool, done: Done | None = None) -> Look:
    """Every check that is to run, and that has the program it needs."""
    able: list[Check] = []
    validators = {}
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
    able.sort(key=lambda check: check.rendered)
    findings: list[Finding] = []
    for check in able:
        found = iter(check.run(subject))
        first = [replace(one, path=one.path or subject.path) for one in islice(found, _MOST)]
        of_check = tuple(dict.fromkeys(first))
        if len(first) == _MOST and next(found, None):
            of_check = (*of_check[:-1], replace(of_check[-1], message=f"{of_check[-1].message} (and more of them)"))
        findings += of_check
        if done:
            done(check.id, of_check)
    return Look(tuple(check.id for check in able), tuple(findings), validators)


def _of_language(book: Book, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(replace(finding, language=book.language.code) for finding in findings)
