"""Turns a laid-out document into a tagged PDF for reading: PDF/UA-1 in sRGB, trimmed pages, bookmarks, links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pydyf

from hefte.renderers.pdf import document as documents
from hefte.renderers.pdf import letters, metadata, office, tags


def write(
    document: Any, *, language: str, direction: str, when: dt.datetime, identifier: str, title: str, draft: str = "",
    edition: str = "screen", kind: str = "tagged", words: str = "all",
) -> bytes:
    """Write `document` (WeasyPrint) as PDF/UA-1 (ISO 14289-1); `language` is the book's, a BCP 47 tag, `draft` its word
    for a draft where it is one. `edition` is the file's name for what it is, and `kind` whether it is for an office
    printer (`office`) or only to be read (`tagged`).

    Raises MissingToolError where WeasyPrint is not the pinned one.
    """
    copy = documents.borrowed(document, when)
    documents.without_bleed(copy)
    copy.metadata.lang, copy.metadata.title = language, title
    copy.metadata.generator = metadata.CREATOR
    copy.metadata.keywords = [metadata.draft_keywords(draft)] if draft else []

    def finish(_document: Any, pdf: Any) -> None:
        tags.refine(pdf, record, language)
        documents.set_direction(pdf, direction)
        pdf.catalog["PageLayout"] = "/SinglePage"
        pdf.info.update({key: pydyf.String(said) for key, said in metadata.named(edition, kind, words).items()})
        if kind == "office":
            office.prepare(pdf)
        documents.compress(pdf)

    with letters.told(), tags.recording(copy) as record:
        for page in copy.pages:
            page.links = _outermost([link for link in page.links if id(link[3]) not in record.decoration])
        content: bytes = copy.write_pdf(
            pdf_variant="pdf/ua-1", pdf_identifier=metadata.file_id(identifier, edition), finisher=finish
        )
    return content


def _outermost(links: list[Any]) -> list[Any]:
    """A page's links, those inside another one made part of it.

    WeasyPrint makes a link of its own for each `::after`, `<em>` and picture in a link: one more stop for the tab key.
    """
    kept: list[tuple[Any, set[int]]] = []
    for link in links:
        kind, target, place, box = link
        # What an earlier write left on the box belongs to that write's file.
        box.link_annotation = None
        if kept and kept[-1][0][1] == target and id(box) in kept[-1][1]:
            outer, inside = kept[-1]
            kept[-1] = (kind, target, _round_both(outer[2], place), outer[3]), inside
        else:
            kept.append((link, set(_descendants(box))))
    return [link for link, _ in kept]


def _descendants(box: Any) -> Iterator[int]:
    for child in box.all_children():
        yield id(child)
        yield from _descendants(child)


def _round_both(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    """The rectangle (left, top, right, bottom) round two."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
