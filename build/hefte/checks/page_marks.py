"""An ebook's marks of printed pages, held against where these pages begin: as laid out, and as finished."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hefte import fragment
from hefte.checks.blocks import letters
from hefte.checks.epub_blocks import Mark
from hefte.model import Book, PageStart

_TELLING = 30
"""Letters that say which place is meant."""


def beside_layout(marks: Iterable[Mark], starts: Iterable[PageStart], book: Book) -> Iterator[str]:
    """Marks that do not stand where the layout says that their page begins. A page of a story that this edition may not
    tell has no such place."""
    texts, leads, begins = _texts(book), _leads(book), {start.label: start for start in starts}
    for mark in marks:
        start = begins.get(mark.label)
        if start is None:
            continue
        if start.key in ("@filler", "@back-cover"):
            # Pages that an ebook has no text of: the mark ends the document before them.
            if mark.after:
                said = f"page {mark.label} has no text here, and its mark stands before “{mark.after[:20]}”"
                yield f"{mark.where}: {said}"
        elif start.key in texts:
            there = letters("".join(texts[start.key].split())[start.offset :])
            lead = "" if start.offset else leads.get(start.key, "")
            if mark.after.startswith(lead + there[: max(0, _TELLING - len(lead))]) and lead:
                continue
            if wrong := _wrong(mark, there, exact=not start.offset):
                yield wrong


def beside_pages(marks: Iterable[Mark], pages: Mapping[str, str], text: str) -> Iterator[str]:
    """Marks that do not stand before the words that their page begins with; `pages`: label → letters of a page in
    reading order, `text` all letters of the ebook. A page whose words the ebook has not (a notes page) is passed over.
    """
    for mark in marks:
        begins = pages.get(mark.label, "")[:_TELLING]
        elsewhere = not mark.after and begins not in text
        if begins and not elsewhere and (wrong := _wrong(mark, pages[mark.label], exact=False)):
            yield wrong


def _wrong(mark: Mark, begins: str, exact: bool) -> str:
    """What is wrong with a mark; a page may begin within a word, or a link, that the mark stands before."""
    begins = begins[: min(_TELLING, len(mark.after))] if mark.after else begins[:_TELLING]
    at = mark.after.find(begins) if mark.after else -1
    if 0 <= at <= (0 if exact else mark.word):
        return ""
    there = f"before “{mark.after[:_TELLING]}”" if mark.after else "at the end"
    return f"{mark.where}: page {mark.label} begins with “{begins}” in print, and its mark stands {there}"


def _leads(book: Book) -> dict[str, str]:
    """What stands before a block in what opens with it, a call-out's title say: key → letters. A page that the block
    begins has it too."""
    found: dict[str, str] = {}
    for text in (*book.chapters, *book.matter.values()):
        for leaf in fragment.leaves(fragment.parse(text.body)):
            before: list[str] = []
            holder = leaf
            while (parent := holder.getparent()) is not None and parent.getparent() is not None \
                    and next(fragment.leaves(parent)) is leaf:
                earlier = ["".join(each.itertext()) for each in holder.itersiblings(preceding=True)]
                before = [*reversed(earlier), *before]
                holder = parent
            if lead := letters("".join(before)):
                found[leaf.get("data-key", "")] = lead
    return found


def _texts(book: Book) -> dict[str, str]:
    """The text of each place that a page can begin at: blocks by their keys, the frame's pages by theirs."""
    labels = book.language.labels
    found = {"@cover": book.language.title, "@contents": labels["contents"]}
    for text in (*book.chapters, *(book.matter[name] for name in ("colophon", "help") if name in book.matter)):
        found |= {f"{text.id}.title": text.title, f"{text.id}.summary": text.summary}
        leaves = fragment.leaves(fragment.parse(text.body))
        found |= {leaf.get("data-key", ""): fragment.own_text(leaf) for leaf in leaves}
    return {**found, **{f"@{name}": book.matter[name].title for name in ("colophon", "help") if name in book.matter}}
