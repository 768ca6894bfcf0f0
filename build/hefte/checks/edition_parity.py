"""A finished file of a full edition to the words of its book that it lacks, and to those that it has besides."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks import letters_held, pdf_held, segments
from hefte.checks.blocks import Block
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import PRESS, expected, guarded
from hefte.checks.segments import Part
from hefte.model import Book, Finding, Severity


def _run(file: PdfFile) -> Iterator[Finding]:
    """What a tagged file lacks, pdf-reading-order says; what an ebook lacks, epub-words."""
    book: Book | None = expected(file, "book")
    if book is None or not expected(file, "full", True):
        return
    if file.kind in PRESS:
        yield from _on_paper(file, book)
    elif pdf_held.ours(file):
        yield from _added(file)


def _on_paper(file: PdfFile, book: Book) -> Iterator[Finding]:
    """Segment by segment, among the letters of each page."""
    pages = letters_held.of_pages(file)
    if not pages:
        yield CHECK.found(f"{file.edition} has no words", path=file.path)
        return
    known = segments.parts(book)
    wanted = segments.flat(known)
    held = letters_held.hold(pages, wanted)
    lost = [wanted[at] for at in held.missing if not _said_elsewhere(wanted[at], known)]
    for block in lost[:1]:
        yield CHECK.found(f"{_named(block, book)} is not in {file.edition}{_more(lost)}", path=file.path)
    more = list(letters_held.besides(held, _body(held, wanted, book), segments.frame(book)))
    for page, said in more[:1]:
        what = f"“{said[:60]}{'…' if len(said) > 60 else ''}” is in {file.edition} and not in the book{_more(more)}"
        yield CHECK.found(what, path=file.path, page=page if file.kind == "press" else None)


def _said_elsewhere(block: Block, known: tuple[Part, ...]) -> bool:
    """Whether a layout may leave it out: see `Part.repeats`."""
    spare = {id(each) for part in known if part.repeats for each in part.blocks}
    return id(block) in spare and any(
        block.letters == each.letters for part in known if not part.repeats for each in part.blocks
    )


def _body(held: letters_held.Pages, wanted: list[Block], book: Book) -> range:
    """The pages from the first chapter to the last, by their longer texts: titles stand in the contents, too."""
    own = {chapter.id for chapter in book.chapters}
    telling = [
        at for at, block in enumerate(wanted)
        if _chapter(block) in own and len(block.letters) >= letters_held.TELLING and not block.level
    ]
    pages = [held.places[at] for at in telling if at in held.places]
    return range(min(pages), max(pages) + 1) if pages else range(0)


def _added(file: PdfFile) -> Iterator[Finding]:
    """Tagged text between the first chapter and the end of the last that stands in none of the books."""
    found = pdf_held.blocks(file)
    every = list(pdf_held.held(file, found))
    known = "".join(block.letters for held in every for block in held.wanted)
    lawful = {text for held in every for text in segments.frame(held.book)}
    extra = set.intersection(*({id(block) for block in held.alignment.extra} for held in every)) if every else set()
    places = [at for at, block in enumerate(found) if id(block) in _chapters_blocks(every)]
    body = found[places[0] : places[-1] + 1] if places else []
    more = [
        block for block in body
        if id(block) in extra and len(block.letters) >= letters_held.TELLING and block.letters not in known
        and block.letters not in lawful
    ]
    for block in more[:1]:
        yield CHECK.found(
            f"{block.quoted} is in {file.edition} and not in the book{_more(more)}", path=file.path, page=block.page,
            box=block.box,
        )


def _chapters_blocks(every: list[pdf_held.Held]) -> set[int]:
    """The file's blocks that are chapters' text."""
    return {
        id(block) for held in every for pair in held.alignment.pairs
        if _chapter(pair.wanted) in {chapter.id for chapter in held.book.chapters} for block in pair.blocks
    }


def _chapter(block: Block) -> str:
    """The chapter that a segment's key names: `what-is-it.3`."""
    return block.key.partition(".")[0]


def _named(block: Block, book: Book) -> str:
    """`“Det er lov …” (chapters/nb/allowed.md:12)`."""
    texts = {text.id: text.place.path for text in (*book.chapters, *book.matter.values())}
    texts |= {f"story-{id}": story.place.path for id, story in book.stories.items()}
    path = texts.get(_chapter(block))
    root = book.publication.root
    if path is None:
        return f"{block.quoted} ({block.key})"
    line = f":{block.line}" if block.line else ""
    return f"{block.quoted} ({path.relative_to(root) if path.is_relative_to(root) else path}{line})"


def _more(those: list[Block] | list[tuple[int, str]]) -> str:
    return f", and {len(those) - 1} more" if len(those) > 1 else ""


CHECK = Check(
    id="edition-parity",
    severity=Severity.ERROR,
    title="The same words in every full edition",
    rationale="Who reads the large print, or the sheet that the clinic printed, must not get another brochure than who "
    "reads the book: least of all without its warnings.",
    source="issue 5, parity; each full edition is held against the segments of the book, by their letters",
    remedy="mend the layout that leaves them out or adds them; words belong into the book",
    run=guarded(_run),
)
