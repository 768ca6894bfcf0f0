"""A layout's pages to the finished files that come of them, each looked at as soon as it is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hefte import cache, layout, seen, validate
from hefte.catalogue import job_sheet
from hefte.dates import moment
from hefte.editions import job as names
from hefte.editions.job import Job, Made
from hefte.layout import tongues
from hefte.model import Book, Built, Edition, Finding, Given, LaidOut, Problem, Settings, Severity, Story
from hefte.model.fitting import Fitted
from hefte.sources.names import names as names_of
from hefte.timing import Clock

if TYPE_CHECKING:
    from hefte.checks import Look
    from hefte.parallel import Tell
    from hefte.renderers.pages import Rendering

    Done = tuple[Built, Look]

_READ = ("tagged", "office")
"""Kinds that are read with their tags."""


def laid_out(job: Job, name: str, editions: tuple[Edition, ...], tell: Tell) -> Made:
    """A layout's pages, what is wrong with them, and the files. The source language has no edition beside itself."""
    from hefte import checks, copyfitting

    clock, settings = Clock(job.language), layout.load_settings(job.folders, name)
    books: tuple[Book, ...] = (job.printed,)
    if settings.words == "facing":
        if job.source is None:
            return Made()
        books = (job.printed, job.source)
    tell(f"laying out {name}")
    root, left_out = job.publication.root, tuple[Problem, ...]()
    fitted: Fitted | None = None
    with clock("layout", name):
        if job.source is not None and len(books) == 2:
            themes = job.theme, job.source_theme or job.theme
            _, rendering, fitted = copyfitting.facing_pages_of(
                job.printed, job.source, themes, job.folders, root, fit=job.fit
            )
        else:
            stories, left_out = job.told(settings)
            given = _given(job, settings, editions[0], stories)
            _, rendering, fitted = copyfitting.pages_of(
                job.printed, job.theme, job.folders, root, name, given, fit=job.fit
            )
    with clock("check", name):
        found = pages_checked(job, rendering, editions[0], books)
        found += checks.left_out(replace(job.printed, problems=left_out))
    made = files_of(job, rendering, editions, tell)
    chosen = (fitted,) if fitted else ()
    return replace(made, findings=(*found, *made.findings), steps=(*clock.steps, *made.steps), fitted=chosen)


def _given(job: Job, settings: Settings, edition: Edition, stories: tuple[Story, ...]) -> Given:
    """What the layout is given besides the book."""
    if not settings.require.addresses:
        return Given(edition, stories)
    publication = job.publication
    own = {code: names_of(code, publication.source_language, publication.place).own for code in job.themes}
    return Given(
        edition, stories, tongues.tongues(publication, job.themes, own), tongues.faces(job.theme, job.themes)
    )


def files_of(job: Job, rendering: Rendering, editions: tuple[Edition, ...], tell: Tell) -> Made:
    """The files of one layout that are wanted. An imposed one is made from a press file, which is then written even
    where it is not wanted by itself."""
    clock = Clock(job.language)
    done: list[Done] = []
    found: list[Finding] = []
    imposed = {each.of: each for each in editions if each.kind == "imposed"}
    catalogue = job.publication.catalogue
    wanted = [*editions, *(catalogue[of] for of in imposed if catalogue[of] not in editions)]
    for edition in wanted:
        if edition.kind == "press":
            files, said = _press(job, rendering, edition, imposed.get(edition.name), clock, tell)
            done += [file for file in files if file[0].edition in (*job.wanted, job_sheet(edition.name))]
            found += said
        elif edition.kind in _READ:
            file, said = _tagged(job, rendering, edition, clock, tell)
            done.append(file)
            found += said
    return _together(done, tuple(found), clock)


def _press(
    job: Job, rendering: Rendering, edition: Edition, imposed: Edition | None, clock: Clock, tell: Tell
) -> tuple[list[Done], tuple[Finding, ...]]:
    """A file for the press; what is imposed from it; and with --validate its job sheet."""
    from hefte import checks, publication
    from hefte.renderers.pdf import booklet
    from hefte.renderers.pdf import print as printing

    publication.require_profile(job.publication)
    tell(f"writing {edition.name}")
    looked: list[Look] = []

    def preflight(content: bytes) -> tuple[Finding, ...]:
        with clock("check", edition.name):
            looked.append(_look(job, rendering, edition, content))
        return looked[-1].findings

    with clock("write", edition.name):
        result = printing.write(
            rendering.document, colours=job.theme.colours, spec=job.publication.print, bleed_mm=job.mm("bleed"),
            preflight=preflight, edition=edition.name, folds=_folds(job, rendering), words=rendering.settings.words,
            **names.about(job, edition.name),
        )
    pages = len(rendering.starts)
    done = [(_built(job, rendering, edition, result.content, pages, looked[-1]), looked[-1])]
    if job.rendered and edition.name in job.wanted:
        done.append(_job_sheet(job, rendering, edition, *done[0], result.labelled, clock))
    if imposed is not None:
        tell(f"imposing {imposed.name}")
        with clock("write", imposed.name):
            about = names.about(job, imposed.name)
            content = booklet.impose(
                result.content, creep_mm=job.publication.print.creep, edition=imposed.name, **about
            )
        done.append(_checked(job, rendering, imposed, content, clock, pages=-(-pages // 4) * 2))
    return done, checks.on_colours(job.language, result.unmapped)


def _tagged(
    job: Job, rendering: Rendering, edition: Edition, clock: Clock, tell: Tell
) -> tuple[Done, tuple[Finding, ...]]:
    """A tagged PDF, with what the validator for such files finds in it."""
    from hefte.renderers import pages
    from hefte.renderers.pdf import screen

    tell(f"writing {edition.name}")
    if rendering.facts.edition != edition.name:
        with clock("layout", edition.name):
            rendering = pages.for_edition(rendering, edition.name)
    with clock("write", edition.name):
        about = names.about(job, edition.name)
        content = screen.write(
            rendering.document, edition=edition.name, kind=edition.kind, words=rendering.settings.words, **about
        )
    built, look = _checked(job, rendering, edition, content, clock, pages=len(rendering.starts))
    with clock("validate", edition.name):
        findings, validators = validate.tagged(built.content, built.look, job.seen)
    found = (replace(each, path=Path(built.path), edition=built.edition, language=built.language) for each in findings)
    return (built, replace(look, validators={**look.validators, **validators})), tuple(found)


def ebook(job: Job, tell: Tell, *, edition: Edition) -> Made:
    """The EPUB, whose page list counts the brochure's pages."""
    from hefte import checks
    from hefte.renderers import epub

    tell(f"writing {edition.name}")
    clock, about = Clock(job.language), names.about(job, edition.name)
    with clock("write", edition.name):
        content = epub.write(
            job.reflowed, theme=job.theme, layouts=job.folders, page_starts=job.page_list, when=about["when"],
            identifier=f"urn:uuid:{about['identifier']}", fonts_cache=cache.folder(),
            claims_conformance=job.claims,
        )
    path, expect = names.path(job, edition.name), names.expected_of_ebook(job)
    with clock("check", edition.name):
        key = seen.key(edition.name, content, expect, job.rendered)
        look = job.seen.look(key) or checks.on_built(edition.name, content, path, expect, job.rendered)
        look = replace(look, key=key)
    built = Built(
        path, edition.name, job.language, content, len(job.page_list), look.ids, look.key, look.figures,
        names.stories(job, None),
    )
    return _together([(built, look)], (), clock)


def _job_sheet(
    job: Job, rendering: Rendering, edition: Edition, printed: Built, look: Look, labelled: bool, clock: Clock
) -> Done:
    """What goes to the print shop with the print file. It tells what was measured, so it comes with --validate."""
    from hefte import checks
    from hefte.report import job as sheets
    from hefte.report import job_page

    order = sheets.Order(
        job.printed, printed, frozenset(finding.check for finding in look.findings),
        sum(finding.severity is Severity.ERROR for finding in look.findings), labelled, look.validators,
        layout.trim_of(job.theme, rendering.settings, edition), job.mm("bleed"),
        bound=len(rendering.starts) > 2, folds=_folds(job, rendering),
    )
    name = job_sheet(edition.name)
    with clock("write", name):
        made = job_page.write(order, job.theme, job.folders, moment(job.publication))
    with clock("validate", name):
        invalid, validators = validate.tagged(made.content, "", job.seen)
    path = names.path(job, name)
    found = (
        replace(each, path=Path(path), edition=name, language=job.language) for each in (*made.findings, *invalid)
    )
    built = Built(path, name, job.language, made.content, made.pages, made.checks)
    return built, checks.Look(made.checks, tuple(found), validators)


def pages_checked(
    job: Job, rendering: Rendering, edition: Edition, books: tuple[Book, ...]
) -> tuple[Finding, ...]:
    """What the checks find on the pages of a layout, with the places in the file of `edition`."""
    from hefte import checks
    from hefte.renderers import page_blocks
    from hefte.renderers.pdf.boxes import edge_mm
    from hefte.renderers.pdf.document import PT_PER_MM

    edge = 0.0
    if edition.kind == "press":
        folded = any(_folds(job, rendering))
        edge = edge_mm(job.mm("bleed"), crop_marks=job.publication.print.crop_marks, folds=folded) * PT_PER_MM
    settings = rendering.settings
    # Pages face each other where sheets are folded into each other: four pages a sheet.
    bound = settings.signature % 4 == 0
    pages = page_blocks.pages(rendering.document.pages, rendering.starts, bound=bound, edge=edge)
    laid = LaidOut(pages, books, settings.least_lines)
    said = checks.on_complaints(job.language, rendering.complaints)
    path = names.path(job, edition.name)
    return *said, *checks.on_pages(laid, rendering.overflows, path, edition.name, settings.without)


def _folds(job: Job, rendering: Rendering) -> tuple[tuple[float, ...], ...]:
    return rendering.settings.folds(job.printed.language.direction)


def _checked(
    job: Job, rendering: Rendering, edition: Edition, content: bytes, clock: Clock, pages: int
) -> Done:
    with clock("check", edition.name):
        look = _look(job, rendering, edition, content, pages)
    return _built(job, rendering, edition, content, pages, look), look


def _look(job: Job, rendering: Rendering, edition: Edition, content: bytes, pages: int | None = None) -> Look:
    from hefte import checks

    starts, name = rendering.starts, edition.name
    expect = names.expected(job, edition, rendering.settings, len(starts) if pages is None else pages, starts)
    key = seen.key(name, content, expect, job.rendered)
    look = job.seen.look(key) or checks.on_built(name, content, names.path(job, name), expect, job.rendered)
    return replace(look, key=key)


def _built(job: Job, rendering: Rendering, edition: Edition, content: bytes, pages: int, look: Look) -> Built:
    return Built(
        names.path(job, edition.name), edition.name, job.language, content, pages, look.ids, look.key, look.figures,
        names.stories(job, rendering.settings),
    )


def _together(done: list[Done], findings: tuple[Finding, ...], clock: Clock) -> Made:
    found = (*findings, *(finding for _, look in done for finding in look.findings))
    validators = {name: said for _, look in done for name, said in look.validators.items()}
    return Made(tuple(built for built, _ in done), found, (), tuple(clock.steps), validators)
