"""A PDF for the press to the places where more ink is laid down than the paper takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from PIL import Image, ImageChops

from hefte.checks import pdf_painting
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import expected, for_press, guarded
from hefte.model import Finding, Severity

_LIMIT = 300
"""Percent, where the builder says nothing: coated paper, sheet-fed offset."""
_SAMPLE = 1000
"""Pictures are looked at this many pixels wide or high."""
_SHARE = 0.001
"""Of a picture's pixels that may be over the limit by `_SLACK` percent: rounding and JPEG leave single ones."""
_SLACK = 3


def _run(file: PdfFile) -> Iterator[Finding]:
    if not for_press(file):
        return
    limit = expected(file, "ink_limit", _LIMIT)
    sums: dict[tuple[int, int], float] = {}
    for paint in pdf_painting.paints(file.pdf):
        total = round(100 * sum(paint.values)) if paint.space == "DeviceCMYK" else 0
        if total > limit:
            colour = " ".join(f"{100 * value:g}" for value in paint.values)
            yield CHECK.found(
                f"the colour {colour} lays down {total} % of ink, more than {limit} %", path=file.path, page=paint.page
            )
        if paint.image and paint.space == "DeviceCMYK":
            if paint.image not in sums:
                sums[paint.image] = _most_ink(file.pdf.get_object(paint.image))
            if sums[paint.image] > limit + _SLACK:
                message = f"a picture lays down {sums[paint.image]:.0f} % of ink, more than {limit} %"
                yield CHECK.found(message, path=file.path, page=paint.page)


def _most_ink(stream: Any) -> float:
    """The ink, percent, that only `_SHARE` of a picture's pixels exceed."""
    image = pikepdf.PdfImage(stream).as_pil_image()
    image.thumbnail((_SAMPLE, _SAMPLE), Image.Resampling.BOX)
    cyan, magenta, yellow, black = image.convert("CMYK").split()
    mean = ImageChops.add(ImageChops.add(cyan, magenta, 2), ImageChops.add(yellow, black, 2), 2)
    counts, left = mean.histogram(), _SHARE * image.width * image.height
    for level in range(255, -1, -1):
        left -= counts[level]
        if left < 0:
            return level * 400 / 255
    return 0.0


CHECK = Check(
    id="pdf-ink",
    severity=Severity.ERROR,
    title="Sum of inks",
    rationale="Too much ink does not dry: sheets stick together and set off on the next page.",
    source="ISO 12647-2; design/print: 300 % coated, 280 % uncoated",
    remedy="choose lighter inks for the colour in theme.toml; convert the picture with the condition's profile",
    run=guarded(_run),
)
