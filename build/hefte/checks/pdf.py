"""A finished PDF to what its checks find: which there are, in order, and how to open one."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from hefte.checks import (
    pdf_annotation,
    pdf_bookmarks,
    pdf_boxes,
    pdf_crop_marks,
    pdf_damage,
    pdf_direction,
    pdf_draft,
    pdf_font,
    pdf_ink,
    pdf_output_intent,
    pdf_overprint,
    pdf_page_count,
    pdf_resolution,
    pdf_rgb,
    pdf_tagged,
    pdf_x,
)
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import edition_of, open_pdf
from hefte.model import Finding

__all__ = ["PDF_CHECKS", "edition_of", "open_pdf", "preflight", "run"]

PDF_CHECKS: tuple[Check, ...] = (
    pdf_damage.CHECK,
    pdf_boxes.CHECK,
    pdf_page_count.CHECK,
    pdf_font.CHECK,
    pdf_x.CHECK,
    pdf_output_intent.CHECK,
    pdf_rgb.CHECK,
    pdf_ink.CHECK,
    pdf_overprint.CHECK,
    pdf_resolution.CHECK,
    pdf_annotation.CHECK,
    pdf_crop_marks.CHECK,
    pdf_tagged.CHECK,
    pdf_bookmarks.CHECK,
    pdf_direction.CHECK,
    pdf_draft.CHECK,
)
"""In the order they run. Those without editions look at foreign files too, by what the file claims itself."""


def run(file: PdfFile) -> tuple[Finding, ...]:
    """What all checks that concern the file find."""
    wanted = (check for check in PDF_CHECKS if not check.editions or file.edition in check.editions)
    return tuple(replace(finding, edition=file.edition) for check in wanted for finding in check.run(file))


def preflight(content: bytes, path: Path, expect: Mapping[str, Any] | None = None) -> tuple[Finding, ...]:
    """What the checks find in a print file's bytes before it is given its label for good: see renderers.pdf.print."""
    return run(open_pdf(io.BytesIO(content), path, "print", expect))
