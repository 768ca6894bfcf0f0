"""An EPUB to its stories that do not say whose words they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hefte import fragment
from hefte.checks.epub_reading import documents
from hefte.checks.epub_stories import stories, told
from hefte.checks.frame import Check, EpubFile
from hefte.model import Book, Finding, Severity

_XHTML = "{http://www.w3.org/1999/xhtml}"


def unsaid(epub: EpubFile) -> Iterator[Finding]:
    """Quotations that are no `blockquote`, retellings that are one, stories without the line that says which they are,
    and stories that should be there and are not."""
    book: Book | None = (epub.expect or {}).get("book")
    if book is None:
        return
    seen = set()
    for document in documents(epub):
        for id, story in stories(document):
            seen.add(id)
            record = told(book, id)
            if record is None:
                yield CHECK.found(f"{document.where(story)}: the story `{id}` may not be told here")
            else:
                said = _trouble(story, record.voice == "quote", book.language.labels)
                yield from (CHECK.found(f"{document.where(story)}: the story `{id}` {each}") for each in said)
    for id in sorted(set(book.stories) - seen):
        yield CHECK.found(f"the story `{id}` is not in the ebook")


def _trouble(story: Any, quote: bool, labels: Any) -> Iterator[str]:
    quotation = story.find(f".//{_XHTML}blockquote") is not None
    if quote and not quotation:
        yield "is quoted, and is no blockquote"
    if not quote and quotation:
        yield "is retold, and stands in a blockquote as if it were quoted"
    right, wrong = labels["quoted" if quote else "retold"], labels["retold" if quote else "quoted"]
    text = fragment.text_of(story)
    if not text.endswith(right):
        yield f"does not end with “{right}”" + (", but with the other label" if text.endswith(wrong) else "")


CHECK = Check(
    id="epub-story-voice",
    severity=Severity.ERROR,
    title="A story that does not say whose words it is",
    rationale="A reader must always know whether a mother speaks, or an editor tells what she said, and to whom.",
    source="docs/stories.md, a quotation is told from a retelling, and each says where it comes from",
    remedy="build the ebook with layouts that set stories as the house's do",
    run=unsaid,
    waivable=False,
)
