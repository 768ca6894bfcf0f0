"""A finished PDF to what its checks find: which there are, in order, and how to open one."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from hefte.checks import (
    edition_parity,
    pdf_active,
    pdf_alt,
    pdf_annotation,
    pdf_artifact,
    pdf_bleed,
    pdf_bookmarks,
    pdf_boxes,
    pdf_code,
    pdf_contents,
    pdf_contrast,
    pdf_crop_marks,
    pdf_damage,
    pdf_direction,
    pdf_draft,
    pdf_fold_marks,
    pdf_font,
    pdf_grey,
    pdf_hairline,
    pdf_headings,
    pdf_hyphenation,
    pdf_imposition,
    pdf_ink,
    pdf_link_address,
    pdf_link_text,
    pdf_office_edge,
    pdf_output_intent,
    pdf_overprint,
    pdf_page_count,
    pdf_panels,
    pdf_reading_order,
    pdf_resolution,
    pdf_rgb,
    pdf_rich_black,
    pdf_safe_zone,
    pdf_separations,
    pdf_span_language,
    pdf_spot,
    pdf_tagged,
    pdf_type_size,
    pdf_unseen,
    pdf_upright,
    pdf_x,
)
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import edition_of, kind_of, open_pdf
from hefte.model import Finding

__all__ = ["PDF_CHECKS", "edition_of", "kind_of", "open_pdf", "preflight", "run"]

PDF_CHECKS: tuple[Check, ...] = (
    pdf_damage.CHECK,
    pdf_boxes.CHECK,
    pdf_page_count.CHECK,
    pdf_imposition.CHECK,
    pdf_font.CHECK,
    pdf_x.CHECK,
    pdf_output_intent.CHECK,
    pdf_rgb.CHECK,
    pdf_spot.CHECK,
    pdf_rich_black.CHECK,
    pdf_hairline.CHECK,
    pdf_safe_zone.CHECK,
    pdf_ink.CHECK,
    pdf_overprint.CHECK,
    pdf_resolution.CHECK,
    pdf_annotation.CHECK,
    pdf_active.CHECK,
    pdf_crop_marks.CHECK,
    pdf_fold_marks.CHECK,
    pdf_panels.CHECK,
    pdf_office_edge.CHECK,
    pdf_type_size.CHECK,
    pdf_upright.CHECK,
    pdf_hyphenation.CHECK,
    pdf_tagged.CHECK,
    pdf_bookmarks.CHECK,
    pdf_contents.CHECK,
    pdf_artifact.CHECK,
    pdf_reading_order.CHECK,
    pdf_span_language.CHECK,
    pdf_headings.CHECK,
    pdf_alt.CHECK,
    pdf_link_text.CHECK,
    pdf_direction.CHECK,
    pdf_draft.CHECK,
    pdf_separations.CHECK,
    pdf_bleed.CHECK,
    pdf_contrast.CHECK,
    pdf_grey.CHECK,
    pdf_code.CHECK,
    pdf_link_address.CHECK,
    pdf_unseen.CHECK,
    edition_parity.CHECK,
)
"""In the order they run. Those without kinds look at foreign files too, by what the file claims itself."""


def run(file: PdfFile) -> tuple[Finding, ...]:
    """What all checks that concern the file find, without those that look at pixels."""
    able = (check for check in PDF_CHECKS if not check.rendered)
    wanted = (check for check in able if not check.kinds or file.kind in check.kinds)
    return tuple(replace(finding, edition=file.edition) for check in wanted for finding in check.run(file))


def preflight(content: bytes, path: Path, expect: Mapping[str, Any] | None = None) -> tuple[Finding, ...]:
    """What the checks find in a print file's bytes before it is given its label for good: see renderers.pdf.print."""
    return run(open_pdf(io.BytesIO(content), path, "print", expect))
