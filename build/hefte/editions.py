"""Turns one language's rendering into the bytes of every edition wanted, each written and checked in a process of its
own."""

from __future__ import annotations

import importlib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hefte import cache, parallel, seen, validate
from hefte.dates import moment
from hefte.model import Book, Built, Failure, Finding, LaidOut, PageStart, Publication, Severity, Step, Theme
from hefte.seen import Seen
from hefte.timing import Clock

if TYPE_CHECKING:
    from hefte.checks import Look
    from hefte.parallel import Tell
    from hefte.renderers.pages import Rendering


    Done = tuple[Built, Look]

_A4 = (210.0, 297.0)


@dataclass(frozen=True, slots=True)
class Job:
    """What the editions of one language are made from."""

    printed: Book
    """After the transforms for print."""
    reflowed: Book
    """After the transforms for the ebook."""
    theme: Theme
    folders: tuple[Path, ...]
    """Where templates are looked up, in order."""
    rendering: Rendering
    wanted: tuple[str, ...]
    claims: bool
    """Whether the EPUB may claim conformance: only where validators will see it (validate.py)."""
    rendered: bool = False
    """Whether the checks that look at pixels run too (--validate, --release)."""
    seen: Seen = field(default_factory=Seen)
    """What the last build found in this language's files."""
    source: Book | None = None
    """The book that this one is translated from, after the transforms for print, where the bilingual edition is wanted.
    None in the source language itself, which has no such edition."""
    source_theme: Theme | None = None
    """The theme for that book's language."""
    fit: bool = True
    """Whether the bilingual edition may be set smaller where that fits better."""

    @property
    def publication(self) -> Publication:
        """The publication it belongs to."""
        return self.printed.publication


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one task, or of all of a language's."""

    files: tuple[Built, ...] = ()
    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    steps: tuple[Step, ...] = ()
    validators: Mapping[str, str] = field(default_factory=dict)
    """Validator → its version."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Check of a finished file → what it looks for."""


def make(job: Job, jobs: int, tell: Tell) -> Made:
    """Every edition wanted, at most `jobs` at once. A task that fails leaves the others' files."""
    tasks = [partial(_listened_to, task, job) for wants, task in TASKS if wants & set(job.wanted)]
    if set(job.wanted) - {"epub"}:
        # What several tasks need is imported once, before they are forked: pikepdf alone costs an eighth of a second.
        importlib.import_module("hefte.checks.pdf")
    outcomes = parallel.run(tasks, jobs, lambda _, said: tell(said))
    made = [outcome for outcome in outcomes if isinstance(outcome, Made)]
    return Made(
        files=tuple(file for each in made for file in each.files),
        findings=tuple(dict.fromkeys(finding for each in made for finding in each.findings)),
        failures=tuple(outcome for outcome in outcomes if isinstance(outcome, Failure)),
        steps=tuple(step for each in made for step in each.steps),
        validators={name: said for each in made for name, said in each.validators.items()},
        titles={id: title for each in made for id, title in each.titles.items()},
    )


def _listened_to(task: Callable[[Job, Tell], Made], job: Job, tell: Tell) -> Made:
    """What a task makes, and what WeasyPrint complained of meanwhile: drawings are drawn only now, and one that fails
    is left out with no more than a line in its log. The titles of the checks that ran are told from here, where these
    are loaded."""
    from hefte import checks
    from hefte.renderers import pages

    with pages.complaints() as said:
        made = task(job, tell)
    return replace(
        made, findings=(*made.findings, *checks.on_complaints(job.printed.language.code, said)),
        titles=checks.titles({id for file in made.files for id in file.checks}),
    )


def _print_and_booklet(job: Job, tell: Tell) -> Made:
    """The booklet is imposed from the print file, so one task makes both."""
    from hefte import checks, publication
    from hefte.renderers.pdf import booklet
    from hefte.renderers.pdf import print as printing

    publication.require_profile(job.publication)
    tell("writing print")
    clock, pages = Clock(job.printed.language.code), len(job.rendering.starts)
    looked: list[checks.Look] = []

    def preflight(content: bytes) -> tuple[Finding, ...]:
        with clock("check", "print"):
            looked.append(_look(job, "print", content, pages))
        return looked[-1].findings

    with clock("write", "print"):
        result = printing.write(
            job.rendering.document, colours=job.theme.colours, spec=job.publication.print, bleed_mm=_mm(job, "bleed"),
            preflight=preflight, **_about(job, "print"),
        )
    done = []
    if "print" in job.wanted:
        done.append((_built(job, "print", result.content, pages, looked[-1]), looked[-1]))
        if job.rendered:
            done.append(_job_sheet(job, *done[0], result.labelled, clock))
    if "booklet" in job.wanted:
        tell("imposing booklet")
        with clock("write", "booklet"):
            content = booklet.impose(result.content, creep_mm=job.publication.print.creep, **_about(job, "booklet"))
        done.append(_checked(job, clock, "booklet", content, pages=-(-pages // 4) * 2))
    return _together(done, checks.on_colours(job.printed.language.code, result.unmapped), clock)


def _job_sheet(job: Job, printed: Built, look: Look, labelled: bool, clock: Clock) -> Done:
    """What goes to the print shop with the print file. It tells what was measured, so it comes with --validate."""
    from hefte import checks
    from hefte.report import job as sheets
    from hefte.report import job_page

    order = sheets.Order(
        job.printed, printed, frozenset(finding.check for finding in look.findings),
        sum(finding.severity is Severity.ERROR for finding in look.findings), labelled, look.validators,
        (_mm(job, "trim_width"), _mm(job, "trim_height")), _mm(job, "bleed"),
    )
    with clock("write", "job"):
        made = job_page.write(order, job.theme, job.folders, moment(job.publication))
    with clock("validate", "job"):
        invalid, validators = validate.tagged(made.content, "", job.seen)
    path, code = _path(job, "job"), job.printed.language.code
    found = (replace(each, path=Path(path), edition="job", language=code) for each in (*made.findings, *invalid))
    built = Built(path, "job", code, made.content, made.pages, made.checks)
    return built, checks.Look(made.checks, tuple(found), validators)


def _screen(job: Job, tell: Tell) -> Made:
    from hefte.renderers.pdf import screen

    tell("writing screen")
    clock = Clock(job.printed.language.code)
    with clock("write", "screen"):
        content = screen.write(job.rendering.document, **_about(job, "screen"))
    return _tagged(job, _checked(job, clock, "screen", content, pages=len(job.rendering.starts)), (), clock)


def _tagged(job: Job, done: Done, found: tuple[Finding, ...], clock: Clock) -> Made:
    """A tagged PDF, with what the validator for such files finds in it."""
    built = done[0]
    with clock("validate", built.edition):
        findings, validators = validate.tagged(built.content, built.look, job.seen)
    seen = (replace(each, path=Path(built.path), edition=built.edition, language=built.language) for each in findings)
    made = _together([done], (*found, *seen), clock)
    return replace(made, validators={**made.validators, **validators})


def _bilingual(job: Job, tell: Tell) -> Made:
    """A layout of its own: both languages side by side, on A4."""
    from hefte import copyfitting
    from hefte.renderers.pdf import screen

    if job.source is None:
        return Made()
    tell("laying out bilingual")
    clock = Clock(job.printed.language.code)
    with clock("layout", "bilingual"):
        themes = job.theme, job.source_theme or job.theme
        rendering = copyfitting.facing_pages_of(
            job.printed, job.source, themes, job.folders, job.publication.root, fit=job.fit
        )[1]
    with clock("write", "bilingual"):
        content = screen.write(rendering.document, **_about(job, "bilingual"))
    with clock("check", "bilingual"):
        found = _on_pages(job, rendering, "bilingual", (job.printed, job.source), edge=0)
    done = _checked(job, clock, "bilingual", content, pages=len(rendering.starts))
    return _tagged(job, done, found, clock)


def on_pages(job: Job) -> tuple[Finding, ...]:
    """What the checks find on the brochure's pages, with the places in the print file, or in the one for the screen
    where only that is made."""
    from hefte.renderers.pdf.boxes import edge_mm
    from hefte.renderers.pdf.document import PT_PER_MM

    if "screen" in job.wanted and "print" not in job.wanted:
        return _on_pages(job, job.rendering, "screen", (job.printed,), edge=0)
    edge = edge_mm(_mm(job, "bleed"), crop_marks=job.publication.print.crop_marks) * PT_PER_MM
    return _on_pages(job, job.rendering, "print", (job.printed,), edge)


def _on_pages(
    job: Job, rendering: Rendering, edition: str, books: tuple[Book, ...], edge: float
) -> tuple[Finding, ...]:
    """`edge`: how far the file's coordinates begin outside the trim, pt."""
    from hefte import checks
    from hefte.renderers import page_blocks

    bound = rendering.settings.signature > 1
    pages = page_blocks.pages(rendering.document.pages, rendering.starts, bound=bound, edge=edge)
    laid = LaidOut(pages, books, rendering.settings.least_lines)
    said = checks.on_complaints(job.printed.language.code, rendering.complaints)
    return *said, *checks.on_pages(laid, rendering.overflows, _path(job, edition), edition)


def _epub(job: Job, tell: Tell) -> Made:
    from hefte.renderers import epub

    tell("writing epub")
    clock, about = Clock(job.printed.language.code), _about(job, "epub")
    with clock("write", "epub"):
        content = epub.write(
            job.reflowed, theme=job.theme, layouts=job.folders, page_starts=_page_list(job), when=about["when"],
            identifier=f"urn:uuid:{about['identifier']}", fonts_cache=cache.folder(),
            claims_conformance=job.claims,
        )
    return _together([_checked(job, clock, "epub", content, pages=len(_page_list(job)))], (), clock)


TASKS: tuple[tuple[frozenset[str], Callable[[Job, Tell], Made]], ...] = (
    (frozenset({"print", "booklet"}), _print_and_booklet),
    (frozenset({"screen"}), _screen),
    (frozenset({"bilingual"}), _bilingual),
    (frozenset({"epub"}), _epub),
)
"""Which editions a task makes, and the task. The first that needs longest comes first."""

def _mm(job: Job, token: str) -> float:
    """A length among the theme's tokens, which gives it in millimetres: `3mm`."""
    return float(job.theme.tokens[token].removesuffix("mm"))


def _page_list(job: Job) -> tuple[PageStart, ...]:
    """The printed edition's pages, if there is a printed edition for the ebook to agree with."""
    return job.rendering.starts if "print" in job.publication.editions else ()


def _about(job: Job, edition: str) -> dict[str, Any]:
    """What every renderer writes into its metadata. The identifier stays the same from version to version (EPUB 3.3,
    5.5.3.1.1)."""
    language = job.printed.language
    name = f"hefte:{job.publication.id}:{language.code}:{edition}"
    draft, title = _draft(job), f"{language.title} – {language.subtitle}"
    return {
        "language": language.code, "direction": language.direction, "when": moment(job.publication),
        "identifier": str(uuid.uuid5(uuid.NAMESPACE_URL, name)), "title": f"{draft}: {title}" if draft else title,
        "draft": draft,
    }


def _draft(job: Job) -> str:
    """The language's word for a draft where it is one; empty otherwise."""
    return job.printed.language.labels["draft"] if job.printed.draft else ""


def _checked(job: Job, clock: Clock, edition: str, content: bytes, pages: int) -> Done:
    with clock("check", edition):
        look = _look(job, edition, content, pages)
    return _built(job, edition, content, pages, look), look


def _look(job: Job, edition: str, content: bytes, pages: int) -> Look:
    from hefte import checks

    expect = _expected(job, edition, pages)
    key = seen.key(edition, content, expect, job.rendered)
    look = job.seen.look(key) or checks.on_built(edition, content, _path(job, edition), expect, job.rendered)
    return replace(look, key=key)


def _built(job: Job, edition: str, content: bytes, pages: int, look: Look) -> Built:
    books = [job.reflowed if edition == "epub" else job.printed]
    if edition == "bilingual" and job.source is not None:
        books.append(job.source)
    return Built(
        _path(job, edition), edition, job.printed.language.code, content, pages, look.ids, look.key, look.figures,
        tuple(sorted({id for book in books for id in book.stories})),
    )


def _path(job: Job, edition: str) -> str:
    """Below the output folder (docs/commands.md, outputs)."""
    publication, language = job.publication.id, job.printed.language.code
    ending = {"epub": ".epub", "job": "-print-job.pdf"}.get(edition, f"-{edition}.pdf")
    return f"{language}/{publication}-{language}{ending}"


def _expected(job: Job, edition: str, pages: int) -> dict[str, Any]:
    """What the checks are told of a file beyond what it says itself."""
    if edition == "epub":
        return {
            "pages": [start.label for start in _page_list(job)], "draft": _draft(job), "book": job.reflowed,
            "starts": _page_list(job),
        }
    spec = job.publication.print
    return {
        "trim_mm": _A4 if edition == "bilingual" else (_mm(job, "trim_width"), _mm(job, "trim_height")),
        "bleed_mm": _mm(job, "bleed"), "safe_mm": _mm(job, "safe_zone") if "safe_zone" in job.theme.tokens else None,
        "condition": spec.condition, "ink_limit": spec.ink_limit,
        "families": sorted({face.family for face in job.theme.faces}), "pages": pages, "standard": spec.standard,
        "language": job.printed.language.code, "draft": _draft(job), "book": job.printed,
        "source": job.source if edition == "bilingual" else None, "starts": job.rendering.starts,
    }


def _together(done: list[Done], findings: tuple[Finding, ...], clock: Clock) -> Made:
    found = (*findings, *(finding for _, look in done for finding in look.findings))
    validators = {name: said for _, look in done for name, said in look.validators.items()}
    return Made(tuple(built for built, _ in done), found, (), tuple(clock.steps), validators)
