"""A tagged PDF to the text that is read aloud out of order, twice, with turned brackets, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks import pdf_held, pdf_tags
from hefte.checks.alignment import twice
from hefte.checks.blocks import Block
from hefte.checks.brackets import mirror, turned
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_artifact import untagged
from hefte.checks.pdf_reading import guarded
from hefte.model import Finding, Severity


def _run(file: PdfFile) -> Iterator[Finding]:
    """Ours: segment by segment against the source. Anybody's: whether the tags are a tree, and go through the pages one
    after the other; which column comes first only its author knows."""
    if not pdf_tags.tagged(file.pdf):
        return
    tree = pdf_tags.read(file.pdf)
    for problem in tree.problems[:1]:
        more = f", and {len(tree.problems) - 1} faults more" if len(tree.problems) > 1 else ""
        yield CHECK.found(f"the tags are no tree: {problem}{more}", path=file.path)
    found = pdf_held.blocks(file)
    if pdf_held.ours(file):
        yield from _against_source(file, found)
    elif file.expect is None:
        yield from _pages_in_order(file, found)


def _against_source(file: PdfFile, found: list[Block]) -> Iterator[Finding]:
    every: list[Block] = []
    tree = pdf_tags.read(file.pdf)
    elsewhere = untagged([*tree.artifacts, *tree.loose])
    for held in pdf_held.held(file, found):
        every += held.wanted
        # What stands in an artifact, or outside of all, pdf-artifact says.
        lost = [each for each in held.missing if not any(each[0].letters in text for _, text in elsewhere)]
        for block, before in lost[:1]:
            after = f" after {before.quoted}" if before else ""
            page = before.page if before else 1
            yield CHECK.found(
                f"{block.quoted} ({block.key}) is not read{after}{_more(len(lost))}", path=file.path, page=page
            )
        for block, there in held.alignment.moved[:1]:
            yield CHECK.found(
                f"{block.quoted} ({block.key}) is read out of order{_more(len(held.alignment.moved))}",
                path=file.path, page=there.page, box=there.box,
            )
        brackets = turned(held.alignment.pairs)
        for pair, sign in brackets[:1]:
            said = f"{pair.wanted.quoted} ({pair.wanted.key}) is read with {mirror(sign)} for {sign}"
            here = pair.blocks[0]
            yield CHECK.found(f"{said}{_more(len(brackets))}", path=file.path, page=here.page, box=here.box)
    again = twice(every, found)
    for block in again[:1]:
        yield CHECK.found(
            f"{block.quoted} is read twice{_more(len(again))}", path=file.path, page=block.page, box=block.box
        )


def _more(count: int) -> str:
    return f", and {count - 1} more" if count > 1 else ""


def _pages_in_order(file: PdfFile, found: list[Block]) -> Iterator[Finding]:
    """Where the tags come to a page for the first time, all pages before it that hold text were there already."""
    last, came = 0, set[int]()
    for block in found:
        if block.page is None or block.page in came:
            continue
        if block.page < last:
            yield CHECK.found(
                f"page {block.page} is read after page {last}", path=file.path, page=block.page, box=block.box,
                severity=Severity.WARNING,
            )
            return
        came.add(block.page)
        last = block.page


CHECK = Check(
    id="pdf-reading-order",
    severity=Severity.ERROR,
    title="Text read in another order than it was written in",
    rationale="A screen reader follows the tags, not the page. It reads a story before its heading, or leaves a "
    "helpline out, and nobody who looks at the page can see it.",
    source="ISO 14289-1, 7.2; WCAG 2.2, 1.3.2; the book's own order",
    remedy="mend the layout's templates: the order of the tags is that of the HTML; in a foreign file, mend its tags",
    run=guarded(_run),
)
