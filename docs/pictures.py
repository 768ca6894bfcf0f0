"""Turns what `make` built into the README's pictures: a spread of the brochure, its covers, and the ebook on a
phone."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pypdfium2
from PIL import Image

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
DIST = HERE.parent / "dist" / "nb"
PHONE = (390, 780)
"""CSS px, a common phone held upright."""
GAP = 12
"""px between two pictures side by side."""


def main() -> None:
    """Write docs/pictures/*.png anew from dist/nb; `make` must have run."""
    sys.path.insert(0, str(HERE.parent / "build"))
    PICTURES.mkdir(exist_ok=True)
    _beside(_pages(1, 20), "covers.png", GAP)
    _beside(_pages(4, 5), "spread.png", 0)
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(DIST / "ammesorg-nb.epub") as book:
            book.extractall(folder)
        chapter = next(Path(folder).rglob("*what-is-it.xhtml"))
        shots = [_screenshot(chapter, Path(folder) / f"{scheme}.png", scheme) for scheme in ("light", "dark")]
        _beside(shots, "phone.png", GAP)


def _pages(*numbers: int) -> list[Image.Image]:
    """Pages of the screen edition, 90 ppi."""
    with pypdfium2.PdfDocument(DIST / "ammesorg-nb-screen.pdf") as document:
        return [document[number - 1].render(scale=90 / 72).to_pil() for number in numbers]


def _screenshot(page: Path, target: Path, scheme: str) -> Image.Image:
    from hefte.tools import chromium

    browser = chromium.find()
    if browser is None:
        sys.exit("Chromium is missing: `make test` installs it")
    options = (
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
        "--disable-background-networking",
        f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}", f"--window-size={PHONE[0]},{PHONE[1]}",
        f"--screenshot={target}",
    )
    subprocess.run([browser, *options, page.as_uri()], check=True, capture_output=True, timeout=60)
    return Image.open(target)


def _beside(pictures: list[Image.Image], name: str, gap: int) -> None:
    """Pictures side by side on grey, in few colours so that the repository stays small."""
    width = sum(picture.width for picture in pictures) + gap * (len(pictures) + 1)
    sheet = Image.new("RGB", (width, max(picture.height for picture in pictures) + 2 * gap), "#8a8a8a")
    at = gap
    for picture in pictures:
        sheet.paste(picture, (at, gap))
        at += picture.width + gap
    sheet.quantize(64, dither=Image.Dither.NONE).save(PICTURES / name, optimize=True)


if __name__ == "__main__":
    main()
