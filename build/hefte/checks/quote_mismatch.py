"""A book to the quotation marks in it that are not its language's own."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from hefte import fragment
from hefte.checks.frame import Check
from hefte.checks.words import Leaf, leaves, texts
from hefte.model import Book, Finding, Severity
from hefte.quotes import DOUBLE, marks, normalised

_MARKS = DOUBLE | {"‹", "›"}
"""What can only be a quotation mark. The single ones ‘ ’ also serve as apostrophes, and are let pass."""
_ONE_WAY = frozenset("«»‹›「」")
"""Marks whose direction everybody agrees on: of “ and ”, Arabic and Urdu begin with the one or the other."""


def find(book: Book) -> Iterator[Finding]:
    """One finding a leaf block, at its first wrong mark: another language's, a typewriter's, or the wrong way round."""
    for text in texts(book):
        language = getattr(text, "language", book.language.code)
        for leaf in leaves(text):
            yield from _first(leaf, language)


def _first(leaf: Leaf, language: str) -> Iterator[Finding]:
    around = next((at.get("lang") for at in leaf.element.iterancestors() if at.get("lang")), None) or language
    offset = 0
    open_marks: dict[str, int] = {}
    for element, words in fragment.own_pieces(leaf.element):
        own = _language(element, leaf, around)
        for at, mark in enumerate(words if element.tag != "code" else ""):
            if mark in _MARKS and (said := _trouble(mark, own, open_marks)):
                remedy = f"write {marks(own)[0]}…{marks(own)[1]}"
                yield CHECK.found(f"{mark} {said} {own}", place=leaf.place_of(offset + at), remedy=remedy)
                return
        offset += len(words)
    yield from _unpaired(leaf, around)


def _unpaired(leaf: Leaf, around: str) -> Iterator[Finding]:
    """A mark that is never closed, or closes nothing: it cannot be set as the language's own."""
    own = leaf.element.get("lang") or around
    parts = list(fragment.own_pieces(leaf.element))
    said = "".join(
        words if element.tag != "code" and _language(element, leaf, around) == own else " " * len(words)
        for element, words in parts
    )
    _, at = normalised(said, own)
    if at is not None:
        yield CHECK.found(
            f"{said[at]} has no counterpart", place=leaf.place_of(at), remedy="close the quotation, or delete the mark",
        )


def _language(element: etree._Element, leaf: Leaf, around: str) -> str:
    """The language of a piece: that of the nearest element, up to the leaf, that says one."""
    at: etree._Element | None = element
    while at is not None and not at.get("lang"):
        at = None if at is leaf.element else at.getparent()
    return around if at is None else str(at.get("lang"))


def _trouble(mark: str, language: str, depth: dict[str, int]) -> str:
    """What is wrong with a mark; `depth` counts what is open of each language."""
    own = marks(language)
    if mark not in own:
        return "is no quotation mark of"
    start, end = own[0], own[1]
    if mark not in _ONE_WAY or start == end or mark not in (start, end):
        return ""
    now = depth.get(language, 0) + (1 if mark == start else -1)
    depth[language] = now
    return "" if now in (0, 1) else "is the wrong way round for"


CHECK = Check(
    id="quote-mismatch",
    severity=Severity.WARNING,
    title="Quotation marks of another language",
    rationale="They look like a slip, and a speech synthesiser may read them aloud.",
    source="Unicode CLDR 48, delimiters",
    remedy="write the language's own",
    run=find,
)
