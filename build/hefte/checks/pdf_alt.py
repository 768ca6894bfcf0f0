"""A tagged PDF to pictures whose alternative text is not the source's, or says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hefte import fragment
from hefte.checks import pdf_held, pdf_tags
from hefte.checks.blocks import letters
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import READ, claims_ua, guarded
from hefte.checks.pdf_tags import Node
from hefte.model import Book, Finding, Severity

_LONGEST = 400
"""Characters of an alternative text that is one, and not a description that belongs in the text."""
_FILE = re.compile(r"\S*\.(?:png|jpe?g|gif|tiff?|svg|webp|bmp|eps|pdf|psd|indd|heic)", re.IGNORECASE)
_NOTHING = frozenset(
    letters(word) for word in (
        "image", "picture", "photo", "figure", "graphic", "graphics", "illustration", "logo image", "untitled",
        "placeholder", "bilde", "bilete", "figur", "illustrasjon", "foto", "bild", "billede", "abbildung", "grafik",
        "obraz", "obrazek", "zdjęcie", "зображення", "картинка", "малюнок", "صورة", "sawir",
    )
)
_NUMBERED = re.compile(r"\d+$")


def _run(file: PdfFile) -> Iterator[Finding]:
    if not pdf_tags.tagged(file.pdf):
        return
    figures = [node for node in pdf_tags.read(file.pdf).walk() if node.type in ("Figure", "Formula")]
    # Where the file claims PDF/UA, pdf-tagged says so.
    told = file.kind in READ or claims_ua(file.pdf)
    for figure in figures:
        said = _said(figure)
        what = "" if not said and told and figure.type == "Figure" else _fault(figure.type, said)
        if what:
            yield _found(file, what, figure)
    if pdf_held.ours(file):
        for book in pdf_held.books(file):
            yield from _as_written(file, book, figures)


def _said(figure: Node) -> str:
    return " ".join((figure.alt or figure.actual or "").split())


def _fault(kind: str, said: str) -> str:
    """What is wrong with an alternative text by itself."""
    if not said:
        return f"a {kind.lower()} has no alternative text"
    if _FILE.fullmatch(said):
        return f"the alternative text “{said[:60]}” is a file's name"
    if _NUMBERED.sub("", letters(said)) in _NOTHING:
        return f"the alternative text “{said}” does not say what is seen"
    if len(said) > _LONGEST:
        return f"the alternative text “{said[:57].rstrip()}…” has {len(said)} characters"
    return ""


def _as_written(file: PdfFile, book: Book, figures: list[Node]) -> Iterator[Finding]:
    """The source's alternatives in their order; what the frame shows besides (the code to scan) has its own."""
    at = 0
    for key, alt in _alts(book):
        own = letters(alt)
        place = next((n for n in range(at, len(figures)) if letters(_said(figures[n])) == own), None)
        if place is None:
            yield CHECK.found(f"no picture has the source's alternative text “{alt}” ({key})", path=file.path)
            return
        at = place + 1


def _alts(book: Book) -> Iterator[tuple[str, str]]:
    """Of the pictures in the chapters, as written: the chapter's id, the text."""
    for chapter in book.chapters:
        for image in fragment.parse(chapter.body).iter("img", "svg"):
            if alt := image.get("alt") or image.get("aria-label"):
                yield chapter.id, alt


def _found(file: PdfFile, what: str, figure: Node) -> Finding:
    page, place = figure.where
    return CHECK.found(what, path=file.path, page=page, box=place)


CHECK = Check(
    id="pdf-alt",
    severity=Severity.ERROR,
    title="Alternative texts that say nothing, or not what was written",
    rationale="“image1.png” is what a blind mother hears in the place of a drawing that shows how to hold her child.",
    source="ISO 14289-1, 7.3; WCAG 2.2, 1.1.1, failure F30",
    remedy="say in a sentence what the picture tells, or mark it as decoration",
    run=guarded(_run),
)
