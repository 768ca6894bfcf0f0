"""A PDF to pictures of its pages and to the letters on them, through PDFium: an engine that is not the one that wrote
them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    Pixels = NDArray[np.uint8]

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""

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


def whole(document: Any, index: int) -> Any:
    """A page (from 0) with its whole MediaBox in view, not turned: pixels lie as the file's own coordinates do."""
    page = document[index]
    media = page.get_mediabox()
    if page.get_rotation() or page.get_cropbox() != media:
        page.set_rotation(0)
        page.set_cropbox(*media)
        page.close()
        page = document[index]
    return page


def pixels(page: Any, ppi: float) -> Pixels:
    """A page as it is shown: rows from the top, each pixel red, green, blue and 255."""
    bitmap = page.render(scale=ppi / 72, draw_annots=True, rev_byteorder=True, prefer_bgrx=True)
    found: Pixels = bitmap.to_numpy()
    return found
