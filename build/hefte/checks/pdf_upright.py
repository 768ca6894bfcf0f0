"""A file that requires upright type, to the text in it that leans."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks import pdf_pieces
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_pieces import Piece
from hefte.checks.pdf_reading import expected, guarded
from hefte.model import Finding, Severity


def _run(file: PdfFile) -> Iterator[Finding]:
    if expected(file, "italics", True):
        return
    by_font: dict[str, list[Piece]] = {}
    for piece in pdf_pieces.pieces(file):
        if piece.italic:
            by_font.setdefault(piece.font, []).append(piece)
    for font, those in sorted(by_font.items()):
        first = those[0]
        yield CHECK.found(
            f"{pdf_pieces.quoted(file, first)} is set in italics ({font}){pdf_pieces.also(those)}",
            path=file.path, page=first.page, box=first.box,
        )


CHECK = Check(
    id="pdf-upright",
    severity=Severity.ERROR,
    title="No italics where an edition has none",
    rationale="Slanted letters run together for who sees little, or reads with effort.",
    source="issue 5: large print has no italics; UKAAF, G003 Creating clear print and large print documents, minimum "
    "standards; British Dyslexia Association, Style guide. Told by the face's name, flags and angle, and by letters "
    "that the layout slanted",
    remedy="set it upright in the layout, heavier if it is to stand out",
    run=guarded(_run),
)
