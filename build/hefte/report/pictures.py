"""Turns finished files into small pictures of their pages, and an earlier report.html into those that still hold.

They are kept in the report itself and nowhere else: a page shows words, and what is withdrawn may not live on in a
cache. The next report takes over the pictures of files that are the same, byte for byte.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hefte import parallel

if TYPE_CHECKING:
    from PIL.Image import Image

_LONGER = 600
"""Pixels of a picture's longer side: a page of A5 at 73 ppi. Enough to see where something stands, not to read it."""
_COLOURS = 12
"""A layout has few, and their edges stay sharp where a photograph's way of saving would smear them."""
_LARGE = 24_000
"""Bytes: a page that needs more in few colours shows a photograph, which is saved as one."""
_IMG = re.compile(
    r'data-of="([0-9a-f]{64})" data-page="(\d{1,5})" data-crop="([-\d. ]{7,80})" data-turned="(0|90|180|270)" '
    r'width="(\d{1,4})" height="(\d{1,4})" src="data:image/webp;base64,([A-Za-z0-9+/]{1,400000}={0,2})"'
)


@dataclass(frozen=True, slots=True)
class Picture:
    """One page, small; of an EPUB its cover."""

    page: int
    """From 1; 0 for a cover."""
    crop: tuple[float, float, float, float]
    """What of the page is seen: left, bottom, right, top in pt, as a finding's box has it."""
    turned: int
    """By how many degrees the page is turned clockwise when it is shown."""
    size: tuple[int, int]
    """Pixels."""
    data: bytes
    """WebP."""

    def attributes(self, digest: str) -> str:
        """For its `<img>`: what `read_back` reads."""
        crop = " ".join(f"{side:.2f}" for side in self.crop)
        return (
            f'data-of="{digest}" data-page="{self.page}" data-crop="{crop}" data-turned="{self.turned}" '
            f'width="{self.size[0]}" height="{self.size[1]}" '
            f'src="data:image/webp;base64,{base64.b64encode(self.data).decode()}"'
        )


Pictures = Mapping[str, tuple[Picture, ...]]
"""Digest of a file → its pages."""


def read_back(report: Path) -> dict[str, tuple[Picture, ...]]:
    """The pictures in an earlier report.html; none where there is none, or it is none of ours."""
    try:
        text = report.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return {}
    found: dict[str, dict[int, Picture]] = {}
    for digest, page, crop, turned, width, height, data in _IMG.findall(text):
        try:
            left, bottom, right, top = map(float, crop.split())
            picture = Picture(
                int(page), (left, bottom, right, top), int(turned), (int(width), int(height)), base64.b64decode(data)
            )
        except ValueError:
            continue
        found.setdefault(digest, {})[picture.page] = picture
    return {digest: tuple(pages[page] for page in sorted(pages)) for digest, pages in found.items()}


def make(files: Sequence[tuple[str, str, bytes]], jobs: int) -> dict[str, tuple[Picture, ...]]:
    """Digest → pictures, for `files` (digest, path, content), each file in a process. One that cannot be drawn has
    none: that it is damaged is for the checks to say."""
    if not files:
        return {}
    for each in ("PIL.WebPImagePlugin", "pypdfium2"):  # once, before they are forked
        import_module(each)
    tasks = [partial(_drawn, path, content) for _, path, content in files]
    outcomes = parallel.run(tasks, jobs, lambda number, said: None)
    return {
        digest: outcome for (digest, _, _), outcome in zip(files, outcomes, strict=True) if isinstance(outcome, tuple)
    }


def _drawn(path: str, content: bytes, _: parallel.Tell) -> tuple[Picture, ...]:
    return tuple(_cover(content) if path.endswith(".epub") else _pages(content))


def _pages(content: bytes) -> Iterable[Picture]:
    from hefte.tools import pdfium

    with pdfium.opened(content) as pdf:
        for number, page in enumerate(pdf, 1):
            ppi = _LONGER / max(*page.get_size(), 1) * 72
            image = pdfium.picture(page, ppi)
            yield Picture(number, _bounds(page), int(page.get_rotation()), image.size, _small(image))
            page.close()


def _bounds(page: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = page.get_bbox()
    return left, bottom, right, top


def _cover(content: bytes) -> Iterable[Picture]:
    from PIL import Image

    from hefte.report.contents import cover_of

    drawing = cover_of(content)
    if drawing:
        with Image.open(io.BytesIO(drawing)) as opened:
            image = opened.convert("RGB")
        image.thumbnail((_LONGER, _LONGER))
        width, height = image.size
        yield Picture(0, (0, 0, width, height), 0, (width, height), _small(image))


def _small(image: Image) -> bytes:
    from PIL.Image import Dither, Quantize

    few = image.quantize(_COLOURS, method=Quantize.FASTOCTREE, dither=Dither.NONE).convert("RGB")
    data = _webp(few, lossless=True, method=1, quality=20)
    return data if len(data) <= _LARGE else _webp(image, lossless=False, method=2, quality=50)


def _webp(image: Image, **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", **how)
    return out.getvalue()
