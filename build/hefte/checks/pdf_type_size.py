"""A file that requires a least size of type, to the text in it that is smaller."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hefte.checks import pdf_pieces
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_pieces import Piece
from hefte.checks.pdf_reading import expected, guarded
from hefte.model import Finding, Severity

_ROUNDING_PT = 0.05
_MARK = re.compile(r"[\W\d_]{1,5}")
"""What the mark of a note may be: digits, or signs such as * and †."""

_LEAST_RISE = 0.1
"""Of the size of the text beside it."""


def _run(file: PdfFile) -> Iterator[Finding]:
    least: float | None = expected(file, "least_pt")
    if least is None:
        return
    small = [piece for piece in pdf_pieces.pieces(file) if piece.size < least - _ROUNDING_PT]
    by_size: dict[float, list[Piece]] = {}
    for piece, said in zip(small, pdf_pieces.said(file, small), strict=True):
        if said and not (_has_mark(said) and _is_raised(piece, pdf_pieces.pieces(file), least)):
            by_size.setdefault(piece.size, []).append(piece)
    for size, those in sorted(by_size.items()):
        first = those[0]
        yield CHECK.found(
            f"{pdf_pieces.quoted(file, first)} is set in {size:g} pt, smaller than {least:g} pt"
            + pdf_pieces.also(those), path=file.path, page=first.page, box=first.box,
        )


def _has_mark(said: str) -> bool:
    """Whether what is read where it stands is the mark of a note, alone or on a letter of a draft's mark."""
    return any(_MARK.fullmatch(word) for word in said.split())


def _is_raised(piece: Piece, every: Sequence[Piece], least: float) -> bool:
    """Whether it is set right beside text of full size, and higher than it: as the mark of a note is, which says
    nothing by itself. A folio or a running head is not."""
    left, _, right, _ = piece.box
    return any(
        other.page == piece.page and other.size >= least - _ROUNDING_PT
        and left - other.size < other.box[2] and other.box[0] < right + other.size
        and _LEAST_RISE * other.size < piece.base - other.base < other.size
        for other in every
    )


CHECK = Check(
    id="pdf-type-size",
    severity=Severity.ERROR,
    title="Type that is as large as the edition promises",
    rationale="Large print is for readers whom smaller type shuts out: one small line, and they need somebody to read "
    "it to them.",
    source="issue 5: large print has a body of at least 16 pt; UKAAF, G003 Creating clear print and large print "
    "documents, minimum standards: 16 pt, page numbers and labels as well. Only the mark of a note, raised beside text "
    "of full size, may be smaller",
    remedy="set it larger in the layout",
    run=guarded(_run),
)
