"""An EPUB to its stories that may be hard to read and have no link past them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hefte.checks.epub_reading import NS, documents
from hefte.checks.epub_stories import stories, told
from hefte.checks.frame import Check, EpubFile
from hefte.model import Book, Finding, Severity


def missing(epub: EpubFile) -> Iterator[Finding]:
    """Each tagged story that is not preceded by a link to a place after it. Of a foreign file, whose tags nobody
    knows, nothing is asked."""
    book: Book | None = (epub.expect or {}).get("book")
    if book is None:
        return
    for document in documents(epub):
        for id, story in stories(document):
            record = told(book, id)
            if record is not None and record.tags and (trouble := _trouble(story)):
                said = f"{document.where(story)}: the story `{id}` ({', '.join(record.tags)}) {trouble}"
                yield CHECK.found(said)


def _trouble(story: Any) -> str:
    """What is wrong with the way past a story; empty if nothing is."""
    before, after = story.getprevious(), story.getnext()
    links = [] if before is None else before.xpath("descendant-or-self::h:a[starts-with(@href, '#')]", namespaces=NS)
    if not links:
        return "has no link past it before it"
    if not "".join(links[-1].itertext()).strip():
        return "has a link past it that says nothing"
    target = links[-1].get("href")
    behind = [] if after is None else [f"#{element.get('id')}" for element in after.iter("*")]
    return "" if target in behind else f"has a link before it that does not lead to what comes after it ({target})"


CHECK = Check(
    id="epub-skip-link",
    severity=Severity.ERROR,
    title="A hard story without a way past it",
    rationale="Who listens cannot skim: without the link she has to hear of what she may not bear just now.",
    source="docs/stories.md, tagged stories: a link past them; WCAG 2.2, 2.4.1",
    remedy="put a link before the story that leads to the first thing after it",
    run=missing,
    waivable=False,
)
