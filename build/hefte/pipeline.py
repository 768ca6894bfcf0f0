"""Turns a publication's folder into files, findings and a report. The whole way of the data, on one page.

    publication.load   publication.toml and the records beside it
    versions.read      one language folder as a Book (sources.read), held against the source language's
    checks.on_book     what is wrong with the words; an error stops this language here
    transforms.apply   stories merged in, references numbered, numbers isolated
    layout.lay_out     HTML and CSS
    copyfitting        one layout for print, booklet and screen: renderers.pages, in the sizes that fit best
    editions.make      each edition's bytes, and what its checks found in them
    validate.files     what outside validators find (where asked for)
    waivers.judged     findings that the editor lets stand become notes
    report.write       the files and the report moved into place
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from hefte import dates, freshness, parallel, report
from hefte.model import Book, Failure, LanguageResult, Publication, Severity, Theme
from hefte.parallel import Tell
from hefte.timing import Clock
from hefte.wishes import Wishes, refuse_release

if TYPE_CHECKING:
    from hefte.seen import Seen


def build(wishes: Wishes, tell: Callable[[str, str], None]) -> report.Summary:
    """Build what is asked for; `tell(language, what)` hears of progress. The summary says what was made and found.

    Raises HefteError where nothing can be built at all; what goes wrong in one language is in the summary.
    """
    digests = freshness.language_digests(wishes.root)
    earlier = earlier_of(wishes)
    stale = wishes.stale(earlier, digests)
    if digests and not stale:
        return report.unchanged(earlier, wishes.out, wishes.languages or tuple(digests))

    from hefte import pseudo, seen, waivers
    from hefte import publication as publications

    publication = publications.load(wishes.root)
    wishes.refuse_unknown(publication)
    languages = [name for name in publication.languages if name in stale]
    if wishes.pseudo:
        languages = [publication.source_language]
        digests[pseudo.tag(languages[0])] = digests[languages[0]]
    known = {name: seen.Seen(wishes.seen(earlier, name)) for name in languages}
    jobs = wishes.jobs_each(languages)
    tasks = [partial(build_language, publication, name, wishes, jobs, known[name]) for name in languages]
    outcomes = parallel.run(tasks, wishes.jobs, lambda number, said: tell(languages[number], said))
    results = [_result(name, outcome) for name, outcome in zip(languages, outcomes, strict=True)]
    if wishes.validated:
        from hefte import validate

        results = validate.files(results, known, tell)
    results = waivers.judged(
        publication, results, every_edition=wishes.editions is None, validated=wishes.validated
    )
    if wishes.release:
        refuse_release(results)
    return report.write(publication, results, wishes, digests, earlier)


def earlier_of(wishes: Wishes) -> dict[str, Any]:
    """The last build's report. A release believes it only where it is the last release's, untouched."""
    if wishes.pseudo:
        return {"languages": {}}
    if wishes.release:
        from hefte.release.seal import carried

        if carried(wishes.root, wishes.out) is None:
            return {"languages": {}}
    return freshness.earlier_report(wishes.out)


def _result(language: str, outcome: LanguageResult | Failure) -> LanguageResult:
    return outcome if isinstance(outcome, LanguageResult) else LanguageResult(language, failures=(outcome,))


def build_language(
    publication: Publication, language: str, wishes: Wishes, jobs: int, known: Seen, tell: Tell
) -> LanguageResult:
    """One language: its words read, checked, laid out once and written as every edition that is wanted."""
    from hefte import checks, copyfitting, editions, house, layout, pseudo, transforms, validate, waivers
    from hefte.translation import versions

    clock, root = Clock(language), publication.root
    tell("reading")
    with clock("sources"):
        book, findings = versions.read(publication, language)
    with clock("checks"):
        findings += checks.on_book(book)
        if wishes.release:  # a date set from outside lets no due date pass
            findings = tuple(dict.fromkeys((*findings, *checks.on_dates(book, dates.clock()))))
        findings = waivers.applied(publication, findings)
    ran, spelt = checks.ids_of_words(language, language != publication.source_language), checks.spelt(language)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return LanguageResult(
            language, findings=findings, steps=tuple(clock.steps), checks=ran, titles=checks.titles(ran),
            spelling=spelt,
        )
    if wishes.pseudo:
        book, findings, ran, spelt = pseudo.pseudo(book), (), (), ""
        language = book.language.code
    folders = layout.folders(root)
    with clock("transforms"):
        printed, reflowed = transforms.apply(book, "print"), transforms.apply(book, "epub")
    with clock("theme"):
        whole = layout.load_theme(folders, (root / "assets", house.assets()))
        theme = layout.for_language(whole, language)
        findings += checks.on_glyphs(book, theme)
    with clock("import"):
        from hefte.renderers.libraries import found_at_once

        with found_at_once():
            import_module("hefte.renderers.pages")
    wanted = wishes.wanted(publication)
    rendering, fitted = None, None
    if editions.needs_main(tuple(publication.catalogue[name] for name in wanted)):
        tell("laying out")
        with clock("layout"):
            laid, rendering, fitted = copyfitting.pages_of(printed, theme, folders, root, fit=wishes.fit)
        if wishes.keep_html:
            layout.keep(laid, rendering.facts, wishes.keep_html / language)
    claims = wishes.validated and validate.sees_epubs()
    source = _source(publication, book, whole) if "bilingual" in wanted else (None, None)
    unsigned: tuple[str, ...] = ()
    alone = wishes.pseudo or not editions.lead_everywhere(publication, wanted, folders)
    if not alone and versions.is_signed(publication, language):  # else it is never released, nor what it leads to
        unsigned = versions.unsigned(publication, language)
        findings += checks.on_unsigned_linked(publication, unsigned, language, wishes.release)
    shown = [name for name in publication.languages if not (wishes.release and name in unsigned)]
    themes = {name: layout.for_language(whole, name) for name in shown}
    job = editions.Job(
        printed, reflowed, theme, folders, rendering, wanted, claims, wishes.validated, known, *source, themes,
        wishes.fit,
    )
    with clock("check", "pages"):
        laid_out = editions.on_pages(job)
    ran += checks.ids_of_pages(job.kinds)
    built = editions.make(job, jobs, tell)
    return LanguageResult(
        language, files=built.files, steps=(*clock.steps, *built.steps), failures=built.failures,
        validators=built.validators, checks=ran, titles={**checks.titles(ran), **built.titles}, spelling=spelt,
        findings=(*findings, *checks.left_out(printed, reflowed), *laid_out, *built.findings),
        fitted=(*((fitted,) if fitted else ()), *built.fitted),
    )


def _source(publication: Publication, book: Book, theme: Theme) -> tuple[Book | None, Theme | None]:
    """What the bilingual edition sets beside a language's book; nothing beside the source itself."""
    from hefte import layout, transforms
    from hefte.translation import versions

    original = publication.source_language
    if book.language.code == original:
        return None, None
    return transforms.apply(versions.source(publication, book), "print"), layout.for_language(theme, original)
