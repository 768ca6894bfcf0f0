"""A PDF to pictures of its pages and to the letters on them, through PDFium: an engine that is not the one that wrote
them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

NAME = "PDFium"
MISSING = "it comes with the Python package pypdfium2"


def probe() -> str:
    """Its version. It is a dependency of ours: never missing."""
    return version("pypdfium2")


@contextlib.contextmanager
def opened(source: Path | bytes) -> Iterator[Any]:
    """The document. Raises pypdfium2.PdfiumError where PDFium cannot read it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(source)
    try:
        yield document
    finally:
        document.close()


def picture(page: Any, ppi: float) -> Image:
    """A page as it is shown (its CropBox), RGB, annotations included."""
    image: Image = page.render(scale=ppi / 72, draw_annots=True).to_pil().convert("RGB")
    return image
