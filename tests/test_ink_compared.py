"""Ink on the pages of the shipped print file, as our report has it, held against programs that measure or draw it in
ways of their own: Ghostscript's `ink_cov`, which counts, and Poppler, which shares no code with it."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from conftest import ROOT, Outputs

SHARE = 1.0
"""Percent of the page. All three sample: ours at 60 pixels an inch with smoothed edges; ink_cov at 300 without, where
whatever touches a pixel fills it; Poppler at 60, and then JPEG loses some. Seen: 0.6 and 0.7 at the most."""
MOST = 1.5
"""Percent. A plate has 256 steps (0.4 %), and four of them are added up."""


@pytest.fixture(scope="module")
def figures(shipped: Outputs) -> dict[str, Any]:
    """What the report says of the print file."""
    (file,) = (file for file in shipped.report["languages"]["nb"]["files"] if file["path"].endswith("-nb-print.pdf"))
    ink: dict[str, Any] = file["figures"]["ink"]
    return ink


@pytest.fixture(scope="module")
def pdf(shipped: Outputs) -> Path:
    return shipped.dist / "nb" / "ammesorg-nb-print.pdf"


def said(*command: str | Path) -> str:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True)
    return done.stdout


def test_ghostscripts_own_count(figures: dict[str, Any], pdf: Path) -> None:
    counted = said("gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=ink_cov", "-r300", "-o", "-", pdf)
    theirs = [[float(word) for word in line.split()[:4]] for line in counted.splitlines() if line.endswith("CMYK OK")]
    ours = [[page[ink] for ink in "cmyk"] for page in figures["pages"]]
    assert len(ours) == len(theirs) == 20
    assert np.abs(np.array(ours) - np.array(theirs)).max() < SHARE


def test_poppler(figures: dict[str, Any], pdf: Path, tmp_path: Path) -> None:
    """Of the pictures that it writes, JPEG alone has the inks as they are in the file."""
    said("pdftoppm", "-jpegcmyk", "-overprint", "-r", "60", pdf, tmp_path / "page")
    files = sorted(tmp_path.glob("page-*.jpg"))
    assert len(files) == len(figures["pages"])
    for file, page in zip(files, figures["pages"], strict=True):
        with Image.open(file) as image:
            assert image.mode == "CMYK"
            inks = np.asarray(image).astype(float) / 2.55
        ours = [page[ink] for ink in "cmyk"]
        assert np.abs(inks.mean(axis=(0, 1)) - ours).max() < SHARE, file.name


def test_the_most_is_on_the_cover(figures: dict[str, Any]) -> None:
    """What the theme's darkest colour asks for is what lies on the page: night, 196 %, on the nearer hill."""
    theme = tomllib.loads((ROOT / "layouts" / "shared" / "theme.toml").read_text(encoding="utf-8"))
    darkest = max(sum(colour["cmyk"]) for colour in theme["colours"].values())
    assert figures["page"] == 1
    assert abs(figures["most"] - darkest) < MOST
