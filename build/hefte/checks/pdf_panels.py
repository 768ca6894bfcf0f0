"""A folded sheet to the letters on it that stand across a fold, or too near to one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from hefte.checks import pdf_folds, pdf_pieces
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_geometry import Box
from hefte.checks.pdf_pieces import Piece
from hefte.checks.pdf_reading import PT_PER_MM, expected, guarded
from hefte.model import Finding, Severity

_CLEAR_MM = 4.0
"""Round a fold, where the builder does not say (`fold_clear_mm`): a folding machine is a millimetre or two off."""
_ROUNDING_MM = 0.05


def _run(file: PdfFile) -> Iterator[Finding]:
    clear = float(expected(file, "fold_clear_mm", _CLEAR_MM))
    for number, trim, folds in pdf_folds.each(file):
        worst: dict[int, tuple[float, Piece]] = {}
        for piece in _on(file, number, trim):
            for at, fold in enumerate(folds):
                distance = _distance(piece, trim[0] + fold * PT_PER_MM)
                if distance < clear - _ROUNDING_MM and distance < worst.get(at, (clear, piece))[0]:
                    worst[at] = distance, piece
        for at, (distance, piece) in sorted(worst.items()):
            said = _message(at, distance, clear, _panel(piece, trim, folds))
            yield CHECK.found(
                f"{pdf_pieces.quoted(file, piece)} {said}", path=file.path, page=number, box=piece.box,
            )


def _on(file: PdfFile, number: int, trim: Box) -> list[Piece]:
    """The pieces of text on a page, as far as they are not cut away."""
    every = (piece for piece in pdf_pieces.pieces(file) if piece.page == number)
    return [piece for piece in every if piece.box[2] > trim[0] and piece.box[0] < trim[2]]


def _distance(piece: Piece, fold: float) -> float:
    """Millimetres from a fold; negative where letters stand across it, by what they reach beyond."""
    left, _, right, _ = piece.box
    if left < fold < right:
        return -min(fold - left, right - fold) / PT_PER_MM
    return min(abs(left - fold), abs(right - fold)) / PT_PER_MM


def _panel(piece: Piece, trim: Box, folds: Sequence[float]) -> int:
    """The panel that most of a piece stands on, from the left."""
    middle = (piece.box[0] + piece.box[2]) / 2
    return 1 + sum(middle > trim[0] + fold * PT_PER_MM for fold in folds)


def _message(at: int, distance: float, clear: float, panel: int) -> str:
    between = f"between panels {at + 1} and {at + 2}"
    if distance < 0:
        return f"reaches {-distance:.1f} mm across the fold {between}"
    return f"on panel {panel} stands {distance:.1f} mm from the fold {between}, less than {clear:g} mm"


def figure(file: PdfFile) -> Mapping[str, Any]:
    """The widths of each page's panels in millimetres, from the left, as its fold marks have them (where it has none,
    as the layout does), and how near letters come to a fold; nothing for a file that is not folded."""
    pages = []
    for number, trim, folds in pdf_folds.each(file):
        marked = pdf_folds.marked(file, number, trim) or folds
        ends = [0.0, *marked, (trim[2] - trim[0]) / PT_PER_MM]
        near = [
            _distance(piece, trim[0] + fold * PT_PER_MM) for piece in _on(file, number, trim) for fold in marked
        ]
        widths = [round(right - left, 1) for left, right in pairwise(ends)]
        pages.append({"page": number, "widths_mm": widths, "clear_mm": round(min(near), 1) if near else None})
    return {"pages": pages} if pages else {}


CHECK = Check(
    id="pdf-panels",
    severity=Severity.ERROR,
    title="Letters clear of the folds",
    rationale="A folded leaflet is read panel by panel. What stands across a fold is read as two halves, and a letter "
    "in the fold is worn off in a bag.",
    source="issue 5: panels of 97, 100 and 100 mm; 4 mm on both sides of a fold where the layout says nothing; "
    "measured on the finished file, by the ink of the letters. Panels are counted from the left",
    remedy="shorten the panel's text, or widen its margin in the layout",
    run=guarded(_run),
)
