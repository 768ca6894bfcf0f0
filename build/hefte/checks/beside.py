"""Two finished files of the same text and language, each of a full edition, to the words that only one of them has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hefte.checks import epub_blocks, letters_held, pdf_held, pdf_tags
from hefte.checks.alignment import align
from hefte.checks.blocks import Block
from hefte.checks.edition_parity import CHECK
from hefte.checks.frame import EpubFile, PdfFile
from hefte.checks.pair import belong_together, but_whole_stories, is_bilingual
from hefte.checks.pdf_reading import DAMAGE, info, is_full, xmp
from hefte.model import Finding


def compare(reference: PdfFile | EpubFile, other: PdfFile) -> Iterator[Finding]:
    """What the chapters of one say and the other does not. The reference is a tagged PDF, or an ebook.

    Lawful differences are those of `pair.compare`: stories that only one may tell, whole, and what stands around the
    chapters: each edition says which it is, and has a frame of its own.
    """
    try:
        found = list(_found(reference, other)) if is_full(other) and _alike(reference, other) else []
    except DAMAGE:
        # Each file has been looked at by itself, and its damage told.
        return
    yield from (replace(finding, path=finding.path or other.path) for finding in found)


def _alike(reference: PdfFile | EpubFile, other: PdfFile) -> bool:
    """Whether both say that they are the same text in the same language."""
    if isinstance(reference, EpubFile):
        return belong_together(other, reference)
    return _said(reference) == _said(other) and is_full(reference)


def _said(file: PdfFile) -> tuple[str, str]:
    title = xmp(file.pdf).get("dc:title") or str(info(file.pdf).get("/Title", ""))
    return title, str(file.pdf.Root.get("/Lang", "")).lower()


def _found(reference: PdfFile | EpubFile, other: PdfFile) -> Iterator[Finding]:
    ours = _chapters(reference)
    if not ours:
        return
    if not pdf_tags.tagged(other.pdf):
        yield from _on_paper(reference, ours, other)
        return
    theirs = pdf_held.blocks(other)
    yield from _missing([block for block, _ in align(ours, theirs).missing], ours, reference, other)
    if isinstance(reference, PdfFile) and not is_bilingual(other, theirs):
        own = _chapters(other)
        back = [block for block, _ in align(own, pdf_held.blocks(reference)).missing]
        yield from _missing(back, own, other, reference)


def _on_paper(reference: PdfFile | EpubFile, ours: Sequence[Block], other: PdfFile) -> Iterator[Finding]:
    """Without tags nobody says what is a story, or furniture: what the sheets have besides is told only where the
    reference has the same stories, and between two of its texts."""
    held = letters_held.hold(letters_held.of_pages(other), ours)
    yield from _missing([ours[at] for at in held.missing], ours, reference, other)
    if isinstance(reference, EpubFile) or not held.places:
        return
    pages = range(min(held.places.values()), max(held.places.values()) + 1)
    lawful = {block.letters for block in pdf_held.blocks(reference)}
    more = list(letters_held.besides(held, pages, lawful, within=True))
    for _, said in more[:1]:
        others = f", and {len(more) - 1} more" if len(more) > 1 else ""
        yield CHECK.found(f"“{said[:60]}” stands in {other.path.name} and not in {reference.path.name}{others}")


def _missing(
    those: list[Block], every: Sequence[Block], reference: PdfFile | EpubFile, other: PdfFile | EpubFile
) -> Iterator[Finding]:
    lost = but_whole_stories(those, list(every))
    for block in lost[:1]:
        others = f", and {len(lost) - 1} more" if len(lost) > 1 else ""
        yield CHECK.found(
            f"{block.quoted} stands in {reference.path.name} and not in {other.path.name}{others}", path=other.path
        )


def _chapters(file: PdfFile | EpubFile) -> list[Block]:
    """The blocks of the chapters: those that the contents name."""
    if isinstance(file, EpubFile):
        own = set(epub_blocks.chapters(file))
        return [block for block in epub_blocks.read(file, contents=False) if block.key in own]
    found, inside = list[Block](), False
    blocks = pdf_held.blocks(file)
    named = [block.letters for block in blocks if _is_contents(block)]
    for block in blocks:
        if _is_contents(block):
            continue
        if block.level == 1:
            inside = any(entry.startswith(block.letters) for entry in named)
        found += [block] if inside else []
    return found


def _is_contents(block: Block) -> bool:
    return bool({"TOC", "TOCI"} & {block.kind, *block.inside})
