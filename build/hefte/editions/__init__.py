"""Turns one language's rendering into the bytes of every edition wanted, each written and checked in a process of its
own."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from hefte import layout, parallel
from hefte.catalogue import MAIN
from hefte.editions.job import Job, Made
from hefte.editions.written import ebook, files_of, laid_out, pages_checked
from hefte.errors import SourceError, UsageError
from hefte.model import Edition, Failure, Finding, Publication

if TYPE_CHECKING:
    from hefte.parallel import Tell

__all__ = ["Job", "Made", "make", "needs_main", "on_pages"]

Task = Callable[[Job, "Tell"], Made]


def make(job: Job, jobs: int, tell: Tell) -> Made:
    """Every edition wanted, at most `jobs` at once. A task that fails leaves the others' files."""
    tasks = [partial(_listened_to, task, job) for task in _tasks(job.editions)]
    if {edition.kind for edition in job.editions} - {"ebook"}:
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
        fitted=tuple(chosen for each in made for chosen in each.fitted),
    )


def needs_main(editions: tuple[Edition, ...]) -> bool:
    """Whether the brochure has to be laid out: for its own files, and for the page list of the ebook."""
    return any(edition.layout == MAIN or edition.kind == "ebook" for edition in editions)


def lead_everywhere(publication: Publication, wanted: tuple[str, ...], folders: tuple[Path, ...]) -> bool:
    """Whether one of the wanted editions leads to every language. What is wrong with a layout is said where its files
    are made."""
    for name in dict.fromkeys(publication.catalogue[each].layout for each in wanted):
        with suppress(SourceError):
            if layout.load_settings(folders, name).require.addresses:
                return True
    return False


def on_pages(job: Job) -> tuple[Finding, ...]:
    """What the checks find on the brochure's pages, with the places in the print file, or in the one for the screen
    where only that is made."""
    if job.rendering is None:
        return ()
    wanted = [edition for edition in job.editions if edition.layout == MAIN and edition.kind != "imposed"]
    if not wanted:  # the booklet alone, or the ebook: the pages are those of the print file
        wanted = [each for each in job.publication.catalogue.values() if each.layout == MAIN and each.kind == "press"]
    edition = next((each for each in wanted if each.kind == "press"), wanted[0] if wanted else None)
    return pages_checked(job, job.rendering, edition, (job.printed,)) if edition else ()


def _tasks(editions: tuple[Edition, ...]) -> Iterator[Task]:
    """What can be done side by side. The brochure is laid out before: what its press file is made of is one task, each
    other file of it another. Of any other layout one task lays it out and writes all that comes of it. Those that take
    longest come first."""
    by_layout = {
        name: tuple(those) for name, those in groupby(sorted(editions, key=lambda each: each.layout), _layout)
    }
    main = by_layout.pop(MAIN, ())
    sheets = tuple(each for each in main if each.kind in ("press", "imposed"))
    if sheets:
        yield partial(_main, editions=sheets)
    ebooks = [name for name, those in by_layout.items() if those[0].kind == "ebook"]
    for name, those in by_layout.items():
        if name not in ebooks:
            yield partial(_other, name=name, editions=those)
    for each in main:
        if each not in sheets:
            yield partial(_main, editions=(each,))
    for name in ebooks:
        for edition in by_layout[name]:
            yield partial(ebook, edition=edition)


def _layout(edition: Edition) -> str:
    return edition.layout


def _main(job: Job, tell: Tell, *, editions: tuple[Edition, ...]) -> Made:
    if job.rendering is None:  # pipeline.py asks needs_main
        raise UsageError("the brochure was not laid out", remedy="ask for one of its editions")
    return files_of(job, job.rendering, editions, tell)


def _other(job: Job, tell: Tell, *, name: str, editions: tuple[Edition, ...]) -> Made:
    """Everything that comes of a layout. Files of different sizes are laid out by themselves."""
    made = Made()
    for edition in editions:
        if edition.trim is None:
            continue
        made = _with(made, laid_out(job, name, (edition,), tell))
    plain = tuple(edition for edition in editions if edition.trim is None)
    return _with(made, laid_out(job, name, plain, tell)) if plain else made


def _with(one: Made, other: Made) -> Made:
    return Made(
        (*one.files, *other.files), (*one.findings, *other.findings), (), (*one.steps, *other.steps),
        {**one.validators, **other.validators}, fitted=(*one.fitted, *other.fitted),
    )


def _listened_to(task: Task, job: Job, tell: Tell) -> Made:
    """What a task makes, and what WeasyPrint complained of meanwhile: drawings are drawn only now, and one that fails
    is left out with no more than a line in its log. The titles of the checks that ran are told from here, where these
    are loaded."""
    from hefte import checks
    from hefte.renderers import pages

    with pages.complaints() as said:
        made = task(job, tell)
    return replace(
        made, findings=(*made.findings, *checks.on_complaints(job.language, said)),
        titles=checks.titles({id for file in made.files for id in file.checks}),
    )
