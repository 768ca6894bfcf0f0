"""A finished PDF and a finished EPUB of the same publication and language, to where their words or pages differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from hefte.checks import epub_blocks, epub_page_list, epub_words, page_marks, pdf_tags
from hefte.checks.alignment import Alignment, align, twice
from hefte.checks.blocks import Block, letters, of_tags
from hefte.checks.brackets import mirror, turned
from hefte.checks.epub_reading import NS, package
from hefte.checks.frame import EpubFile, PdfFile
from hefte.checks.pdf_reading import DAMAGE, info, is_full, xmp
from hefte.checks.segments import Part, flat, in_order_of
from hefte.model import Finding

_ITS_PAGES = (None, "print", "screen")
"""Our editions whose pages the ebook names (and anybody's): the large print has pages of its own."""


def belong_together(pdf: PdfFile, epub: EpubFile) -> bool:
    """Whether both say that they are the same text in the same language: title, subtitle, language. A draft says so in
    brackets, or before its title."""
    try:
        named = [title.text or "" for title in package(epub).iterfind("opf:metadata/dc:title", NS)]
        language = package(epub).findtext("opf:metadata/dc:language", "", NS)
        said = letters(xmp(pdf.pdf).get("dc:title") or str(info(pdf.pdf).get("/Title", "")))
        own = str(pdf.pdf.Root.get("/Lang", ""))
    except DAMAGE:
        return False
    titles = [letters(title.rpartition(" (")[0] or title) for title in named[:1]]
    titles += [letters(title) for title in named[1:]]
    return bool(titles) and own.lower() == language.strip().lower() and all(title in said for title in titles)


def compare(pdf: PdfFile, epub: EpubFile) -> Iterator[Finding]:
    """What differs. A PDF without tags has no reading order: `beside.compare` seeks its words. A leaflet or a poster
    holds chosen words, and says so.

    Lawful differences: stories that only one edition may tell, whole; the contents; what an edition says of itself;
    what stands before the first chapter or after the last (notes' pages, the back cover); how words are set (see
    `blocks.letters`). A bilingual PDF has more words than the ebook, and pages of its own.
    """
    try:
        if pdf_tags.tagged(pdf.pdf) and is_full(pdf) and belong_together(pdf, epub):
            found = [*_words(pdf, epub), *_pages(pdf, epub)]
        else:
            found = []
    except DAMAGE:
        # Each file has been looked at by itself, and its damage told.
        return
    yield from (replace(finding, path=finding.path or epub.path) for finding in found)


def _words(pdf: PdfFile, epub: EpubFile) -> Iterator[Finding]:
    theirs, chapters = of_tags(pdf_tags.read(pdf.pdf).top), epub_blocks.chapters(epub)
    read = groupby(epub_blocks.read(epub, contents=False, facts=False), key=lambda block: block.key)
    parts = tuple(Part(name, tuple(blocks)) for name, blocks in read)
    ours = flat(in_order_of(parts, theirs, chapters))
    held = align(ours, theirs)
    missing = but_whole_stories([block for block, _ in held.missing], ours)
    yield from epub_words.said(missing, held.moved, [], pdf.path.name)
    for pair, sign in turned(held.pairs)[:1]:
        what = f"{pair.wanted.quoted} is read with {mirror(sign)} for {sign} in {pdf.path.name}"
        yield epub_words.CHECK.found(what, path=pdf.path, page=pair.blocks[0].page, box=pair.blocks[0].box)
    if is_bilingual(pdf, theirs):
        return
    body = _body(held, theirs, chapters)
    for block in twice(ours, body)[:1]:
        what = f"{block.quoted} stands more often in {pdf.path.name} than in the ebook"
        yield epub_words.CHECK.found(what, path=pdf.path, page=block.page, box=block.box)
    known, own = "".join(block.letters for block in ours), {id(block) for block in body}
    extra = [block for block in held.extra if id(block) in own and block.letters not in known]
    more = but_whole_stories(extra, theirs)
    for block in more[:1]:
        others = f", and {len(more) - 1} more" if len(more) > 1 else ""
        what = f"{block.quoted} stands in {pdf.path.name} and not in the ebook{others}"
        yield epub_words.CHECK.found(what, path=pdf.path, page=block.page, box=block.box)


def but_whole_stories(those: list[Block], every: list[Block]) -> list[Block]:
    """Without the stories of which all is among them: a story may have a scope."""
    lost = {id(block) for block in those}
    told = {block.story for block in every if block.story and id(block) not in lost}
    return [block for block in those if not block.story or block.story in told]


def _body(held: Alignment, theirs: list[Block], chapters: list[str]) -> list[Block]:
    """The PDF's blocks from the first chapter's heading to the end of the last."""
    own = {id(block) for pair in held.pairs if pair.wanted.key in chapters for block in pair.blocks}
    places = [at for at, block in enumerate(theirs) if id(block) in own]
    return theirs[places[0] : places[-1] + 1] if places else []


def is_bilingual(pdf: PdfFile, blocks: list[Block]) -> bool:
    """Whether a good part of a PDF is in another language than it says."""
    own = str(pdf.pdf.Root.get("/Lang", "")).lower()
    other = sum(len(block.letters) for block in blocks if own not in block.languages.split())
    return other * 4 > sum(len(block.letters) for block in blocks)


def _pages(pdf: PdfFile, epub: EpubFile) -> Iterator[Finding]:
    """The ebook's page marks against the words that the pages begin with, where there are as many of both."""
    marks = epub_blocks.marks(epub)
    if len(marks) != len(pdf.pdf.pages) or pdf.edition not in _ITS_PAGES:
        return
    pages = dict.fromkeys(range(1, len(marks) + 1), "")
    for block in of_tags(pdf_tags.read(pdf.pdf).top):
        if not {"TOC", "TOCI"} & {block.kind, *block.inside}:
            for text, page in block.by_page:
                pages[page] += letters(text)
    by_label = {mark.label: pages[number] for number, mark in enumerate(marks, 1)}
    text = "".join(block.letters for block in epub_blocks.read(epub))
    for wrong in page_marks.beside_pages(marks, by_label, text):
        yield epub_page_list.CHECK.found(wrong)
