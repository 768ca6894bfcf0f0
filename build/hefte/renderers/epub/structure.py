"""Adds to the documents what listening needs: roles, links back from notes, ways past a hard story, languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hefte import directions
from hefte.numerals import numeral
from hefte.renderers.epub.xhtml import EPUB_TYPE, XML_LANG, Document, having, new, of_class, tag

_BACK = "\N{UPWARDS ARROW}"
"""The sign of a backlink. The usual ↩ is in neither of the house's families."""

_MARKS = {"cite": "biblioref", "note": "noteref"}
"""Class of a mark in the text → what it is (EPUB Structural Semantics; as a role with `doc-`, DPUB-ARIA 1.1)."""


def structure(documents: tuple[Document, ...], labels: Mapping[str, str], language: str) -> None:
    """All of it, in place."""
    for document in documents:
        _set_apart(document, labels)
        _languages(document)
    _notes(documents, labels, language)


def strip(documents: tuple[Document, ...]) -> None:
    """Remove the data-* attributes: they served the builder. Last of the passes."""
    for document in documents:
        for element in document.root.iter("*"):
            for name in [name for name in element.attrib if name.startswith("data-")]:
                del element.attrib[name]


def _set_apart(document: Document, labels: Mapping[str, str]) -> None:
    """Roles for stories and call-outs; a link past a story that may be hard to read (design/stories.md).

    A story is what DPUB-ARIA 1.1 calls an example ("a case study"), a call-out a note. Without a role, an `aside` in
    a section is announced as a landmark of the page, and there would be a dozen.
    """
    for callout in of_class(document.body, "callout"):
        callout.set("role", "note")
    for story in of_class(document.body, "story"):
        story.set("role", "doc-example")
        if story.get("data-tags"):
            after = f"after-{story.get('id')}"
            skip = new("p", class_="skip")
            skip.append(new("a", labels["skip_story"], href=f"#{after}"))
            story.addprevious(skip)
            story.addnext(new("div", class_="after", id=after))


def _languages(document: Document) -> None:
    """`xml:lang` beside every `lang` (EPUB 3.3 allows both, and they must agree), `dir` where the direction changes."""
    for element in having(document.root, "lang"):
        element.set(XML_LANG, element.get("lang"))
        direction = directions.of_language(element.get("lang"))
        around = next((holder.get("dir") for holder in element.iterancestors() if "dir" in holder.attrib), "ltr")
        if direction != around and "dir" not in element.attrib:
            element.set("dir", direction)


def _notes(documents: tuple[Document, ...], labels: Mapping[str, str], language: str) -> None:
    """Note marks and citations get their roles, and what they lead to gets links back to each of them.

    The mark holds bare text: many reading systems open a note in a pop-up only then. The links back come first in the
    note: that is how Kindle tells one.
    """
    uses: dict[str, list[str]] = {}
    for document in documents:
        for kind, link in _marks(document):
            link.attrib.update({"role": f"doc-{kind}", EPUB_TYPE: kind})
            uses.setdefault(link.get("href").removeprefix("#"), []).append(f"{document.name}#{link.get('id')}")
    for document in documents:
        for entries in of_class(document.body, "references"):
            _bibliography(entries, labels["references"])
        for notes in of_class(document.body, "notes"):
            notes.attrib.update({"role": "doc-endnotes", EPUB_TYPE: "endnotes"})
        for target, marks in uses.items():
            for entry in (element for element in having(document.body, "id") if element.get("id") == target):
                _lead_back(entry, marks, labels["back_to_text"], language)


def _marks(document: Document) -> Iterator[tuple[str, Any]]:
    """What each mark is, and its link."""
    for name, kind in _MARKS.items():
        for mark in of_class(document.body, name):
            yield from ((kind, link) for link in mark.iter(tag("a")))


def _bibliography(entries: Any, label: str) -> None:
    section = new("section", role="doc-bibliography", epub_type="bibliography", aria_label=label)
    entries.addprevious(section)
    section.tail, entries.tail = entries.tail, None
    section.append(entries)


def _lead_back(entry: Any, marks: list[str], label: str, language: str) -> None:
    """Links back at the beginning of a note's text, numbered where there are several."""
    holder = next(entry.iterchildren(tag("p")), entry)
    text, holder.text = holder.text or "", None
    for index, href in enumerate(marks):
        named = label if len(marks) == 1 else f"{label} {numeral(index + 1, language)}"
        link = new("a", _BACK, class_="back", role="doc-backlink", epub_type="backlink", href=href, aria_label=named)
        link.tail = " " + (text if index == len(marks) - 1 else "")
        holder.insert(index, link)
