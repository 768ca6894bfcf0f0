"""Laid-out pages, to running heads that name another chapter than stands on the page, and to wrong page numbers."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.page_words import is_number, numerals, plain, quoted
from hefte.model import Finding, LaidOut, Page, Severity


def _run(laid: LaidOut) -> Iterator[Finding]:
    titles = _titles(laid)
    languages = {plain(book.language.name) for book in laid.books}
    every = {title for chapter in titles.values() for title in chapter}
    headed = any(plain(line.text) in every for page in laid.body for line in page.margin)
    for page in laid.pages:
        yield from _numbers(page, laid)
        if not page.frame:
            yield from _heads(page, titles, languages, headed)


def _titles(laid: LaidOut) -> dict[str, set[str]]:
    """Chapter → what it is called in a running head, in each language."""
    titles: dict[str, set[str]] = {}
    for book in laid.books:
        for chapter in (*book.chapters, *book.matter.values()):
            titles.setdefault(chapter.id, set()).add(plain(chapter.short_title))
    return titles


def _numbers(page: Page, laid: LaidOut) -> Iterator[Finding]:
    right = numerals(page.number, laid.books)
    for line in page.margin:
        if is_number(line.text) and plain(line.text) not in right:
            yield CHECK.found(
                f"the page is numbered {plain(line.text)}, and is page {right[0]}", page=page.number, box=line.box,
                remedy="correct the counter or the folio in the layout",
            )


def _heads(page: Page, titles: dict[str, set[str]], languages: set[str], headed: bool) -> Iterator[Finding]:
    here = [block.chapter for block in page.blocks]
    right = {title for chapter in here for title in titles.get(chapter, ())}
    heads = [line for line in page.margin if not is_number(line.text) and plain(line.text) not in languages]
    for line in heads:
        if plain(line.text) not in right:
            yield CHECK.found(
                f"the running head is {quoted(line.text)}, and no such chapter is on the page", page=page.number,
                box=line.box,
            )
    if headed and not heads and not page.opens and right:
        yield CHECK.found(f"the page has no running head, and stands in {quoted(min(right))}", page=page.number)


CHECK = Check(
    id="page-running-head",
    severity=Severity.ERROR,
    title="A running head or page number that is not true",
    rationale="Who leafs through, or is told a page over the telephone, finds by them. A wrong one leads astray.",
    source="layouts/<edition>/*.css.j2, `string-set` and `counter-reset`; issue 4 (running head equal to chapter)",
    remedy="let `string-set` take the chapter's short title, and set the head on each of its pages",
    run=_run,
)
