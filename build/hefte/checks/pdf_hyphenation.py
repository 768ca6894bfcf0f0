"""A file that requires whole words, to the words in it that the layout has cut at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hefte.checks import pdf_tags, segments
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_marked import Shown
from hefte.checks.pdf_reading import expected, guarded
from hefte.model import Book, Finding, Severity

_CUT = re.compile(r"(\w+)(?:\u00ad|\u2010(?=\s))\s*(\w*)")
"""A hyphen that the layout set: U+2010 at a line's end, in tagged files read as U+00AD (`renderers/pdf/tags.py`)."""


def _run(file: PdfFile) -> Iterator[Finding]:
    if expected(file, "hyphens", True):
        return
    typed = _typed(file)
    found = [(shown, match) for shown in _all(file) for match in _CUT.finditer(shown.text)]
    cut = [(shown, match) for shown, match in found if f"{match[1]}-{match[2]}" not in typed]
    for shown, match in cut[:1]:
        more = f", and {len(cut) - 1} words more" if len(cut) > 1 else ""
        yield CHECK.found(
            f"“{match[1]}-” is cut at the end of a line{more}", path=file.path, page=shown.page,
            box=shown.box,
        )


def _typed(file: PdfFile) -> str:
    """The book's words: a hyphen that an author typed (U+002D) may have the same glyph, and end a line."""
    book: Book | None = expected(file, "book")
    return " ".join(block.text for block in segments.flat(segments.parts(book))) if book else ""


def _all(file: PdfFile) -> list[Shown]:
    """All that is shown, page by page."""
    tree = pdf_tags.read(file.pdf)
    tagged = [each for node in tree.top for each in node.content()]
    return sorted([*tagged, *tree.loose, *tree.artifacts], key=lambda each: each.page)


CHECK = Check(
    id="pdf-hyphenation",
    severity=Severity.ERROR,
    title="Whole words where an edition cuts none",
    rationale="Who reads a word at a time, or through a magnifying glass, meets half a word, and then a line that "
    "begins with the other half.",
    source="issue 5: large print has no hyphenation; UKAAF, G003 Creating clear print and large print documents",
    remedy="set `hyphens: manual` in the layout; a hyphen that the text itself has may stay",
    run=guarded(_run),
)
