"""A tagged PDF to what is neither tagged nor decoration, to text that only looks like decoration, and the reverse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hefte.checks import pdf_held, pdf_tags
from hefte.checks.blocks import Block, letters, quoted
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_geometry import Box
from hefte.checks.pdf_marked import Shown
from hefte.checks.pdf_reading import box, each_page, guarded
from hefte.checks.segments import flat, parts
from hefte.model import Finding, Severity

_MARGIN = 0.11
"""Of a page's height, above and below: where running heads and folios stand."""
_NUMBERS, _HEADS = 3, 4
"""Pages on which numbers that count them, or the same words, stand in one place before they are taken for furniture."""
_SHARE = 1 / 3
"""Of all pages, for words."""


def _run(file: PdfFile) -> Iterator[Finding]:
    if not pdf_tags.tagged(file.pdf):
        return
    tree = pdf_tags.read(file.pdf)
    yield from _loose(file, tree.loose)
    if pdf_held.ours(file):
        yield from _hidden(file)
    yield from _running_heads(file)


def _loose(file: PdfFile, loose: list[Shown]) -> Iterator[Finding]:
    """One finding a page."""
    for page in dict.fromkeys(each.page for each in loose):
        here = [each for each in loose if each.page == page]
        first = next((each for each in here if each.text.strip()), here[0])
        words = " ".join(first.text.split())
        what = quoted(words) if words else "an image" if "image" in first.kinds else "a drawing"
        more = f", and {len(here) - 1} more like it" if len(here) > 1 else ""
        why = "is in no tag and no artifact" if first.bare else "is marked, but in no tag"
        yield CHECK.found(f"{what} {why}{more}", path=file.path, page=page, box=first.box)


def untagged(content: Iterable[Shown]) -> list[tuple[int, str]]:
    """The letters of each page that stand in some content: page, letters."""
    pages: dict[int, str] = {}
    for each in content:
        pages[each.page] = pages.get(each.page, "") + letters(each.text)
    return [(page, text) for page, text in pages.items() if text]


def _hidden(file: PdfFile) -> Iterator[Finding]:
    """The first of a book's texts that stand in artifacts alone, for each book."""
    pages = untagged(pdf_tags.read(file.pdf).artifacts)
    for held in pdf_held.held(file, pdf_held.blocks(file)) if pages else ():
        lost = [
            (block, page) for block, _ in held.missing
            if (page := next((page for page, text in pages if block.letters in text), None)) is not None
        ]
        for block, page in lost[:1]:
            more = f", and {len(lost) - 1} more" if len(lost) > 1 else ""
            yield CHECK.found(
                f"{block.quoted} ({block.key}) is not tagged, but only painted{more}", path=file.path, page=page
            )


def _running_heads(file: PdfFile) -> Iterator[Finding]:
    """The same words, or the pages' numbers, tagged in the margin of page after page."""
    rows: dict[tuple[str, int], list[Block]] = {}
    for block, middle in _in_margins(file):
        number = int(block.text) - (block.page or 0) if block.text.isdecimal() else None
        rows.setdefault((block.letters if number is None else f"#{number}", round(middle / 4)), []).append(block)
    least = max(_HEADS, _SHARE * len(file.pdf.pages))
    for (words, _), blocks in rows.items():
        pages = len({block.page for block in blocks})
        numbers, first = words.startswith("#"), blocks[0]
        if pages >= (_NUMBERS if numbers else 1 if words in _short_titles(file) else least):
            kind = "the page number" if numbers else "the running head"
            where = f"on {pages} pages" if pages > 1 else "on a page"
            yield CHECK.found(
                f"{kind} {first.quoted} is tagged as text, {where}", path=file.path, page=first.page, box=first.box
            )


def _in_margins(file: PdfFile) -> Iterator[tuple[Block, float]]:
    """What is tagged near a page's head or foot, and how high it stands; no headings, and nothing of the source's."""
    heights = {number: _height(page) for number, page in each_page(file)}
    own = {block.letters for book in pdf_held.books(file) for block in flat(parts(book)) if not block.level}
    for block in pdf_held.blocks(file):
        if block.page is None or block.box is None or {"Table", "TOC"} & set(block.inside) or block.level:
            continue
        bottom, top = heights[block.page]
        middle = (block.box[1] + block.box[3]) / 2
        outside = not bottom + _MARGIN * (top - bottom) < middle < top - _MARGIN * (top - bottom)
        if outside and block.letters not in own:
            yield block, middle


def _short_titles(file: PdfFile) -> set[str]:
    return {letters(chapter.short_title) for book in pdf_held.books(file) for chapter in book.chapters}


def _height(page: object) -> tuple[float, float]:
    found: Box | None = box(page, "/CropBox") or box(page, "/MediaBox")  # type: ignore[arg-type]
    return (found[1], found[3]) if found else (0.0, 0.0)


CHECK = Check(
    id="pdf-artifact",
    severity=Severity.ERROR,
    title="Text outside the tags, or furniture inside them",
    rationale="What is not tagged is not read aloud: a helpline that is only painted is not there. And a page number "
    "in the midst of a sentence is read into it.",
    source="ISO 14289-1, 7.1, 7.8; ISO 32000-1, 14.8.2.2",
    remedy="in ours, mend the layout (decoration is `decorative` or `aria-hidden`, all else is text); in a foreign "
    "file, tag what says something and make the rest artifacts",
    run=guarded(_run),
)
