"""The leaflet, as it ships: panels measured on the finished file, the cover outside, what it tells."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest

import buildkit
from conftest import Outputs

_PT = 72 / 25.4
LTR = [[97.0, 100.0, 100.0], [100.0, 100.0, 97.0]]


def entry(outputs: Outputs, language: str, edition: str) -> dict[str, Any]:
    """What the report has of a file."""
    files: list[dict[str, Any]] = outputs.report["languages"][language]["files"]
    return next(file for file in files if file["edition"] == edition)


def panels(path: Path) -> list[list[float]]:
    """The panels of each page, mm, as its trim and the lines that stand above it divide it: the fold marks."""
    found = []
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            left, _, right, top = (float(edge) for edge in page.TrimBox)
            marks = {left, right}
            for each in pikepdf.parse_content_stream(page):
                if str(each.operator) == "m":
                    across, up = (float(number) for number in each.operands)
                    if up > top and left + 1 < across < right - 1:
                        marks.add(across)
            found.append([round((b - a) / _PT, 1) for a, b in pairwise(sorted(marks))])
    return found


def words_in(path: Path, page: int, left_mm: float, right_mm: float) -> str:
    """What stands between two places of a page, mm from its trim's left edge."""
    with pdfium.PdfDocument(path) as pdf:
        edge = pdf[page].get_trimbox()[0]
        text = pdf[page].get_textpage()
        top = pdf[page].get_height()
        said = text.get_text_bounded(edge + left_mm * _PT, 0, edge + right_mm * _PT, top)
    return " ".join(said.split())


def test_the_panels_are_97_100_and_100_mm(shipped: Outputs) -> None:
    path = shipped.dist / "nb" / "ammesorg-nb-leaflet.pdf"
    assert panels(path) == LTR
    measured = entry(shipped, "nb", "leaflet")["figures"]["panels"]["pages"]
    assert [page["widths_mm"] for page in measured] == LTR
    assert min(page["clear_mm"] for page in measured) > 8


def test_they_are_mirrored_where_one_reads_from_the_right(translated: Outputs) -> None:
    path = translated.dist / "ar" / "ammesorg-ar-leaflet.pdf"
    assert panels(path) == [list(reversed(page)) for page in LTR]


def test_the_cover_is_outside_where_the_leaflet_opens(shipped: Outputs, translated: Outputs) -> None:
    assert words_in(shipped.dist / "nb" / "ammesorg-nb-leaflet.pdf", 0, 197, 297).startswith("Ammesorg Når ammingen")
    assert "\u0627\u0644\u062d\u0632\u0646" in words_in(translated.dist / "ar" / "ammesorg-ar-leaflet.pdf", 0, 0, 100)


def test_it_is_two_pages_in_both_files_of_which_one_is_for_a_press(shipped: Outputs) -> None:
    made = {name: entry(shipped, "nb", name) for name in ("leaflet", "leaflet-office")}
    assert {name: file["pages"] for name, file in made.items()} == {"leaflet": 2, "leaflet-office": 2}
    assert {"pdf-x", "pdf-fold-marks", "pdf-panels", "pdf-safe-zone", "pdf-type-size"} <= set(made["leaflet"]["checks"])
    office = set(made["leaflet-office"]["checks"])
    assert {"pdf-tagged", "pdf-panels", "pdf-office-edge", "pdf-grey"} <= office


def test_it_holds_the_summaries_the_points_the_numbers_and_two_stories(shipped: Outputs) -> None:
    path = shipped.dist / "nb" / "ammesorg-nb-leaflet-office.pdf"
    with pdfium.PdfDocument(path) as pdf:
        text = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)
    for said in ("Ønsker du hjelp, er det viktig å få den av folk som tar deg på alvor.", "Hvor god mor du er",
                 "116 117", "Hun kunne ikke amme, og hun var en god mor."):
        assert said in text
    assert entry(shipped, "nb", "leaflet")["stories"] == ["good-mother", "own-choice"]


def test_text_that_runs_over_a_panel_is_an_error_that_names_it_and_the_language(tmp_path: Path) -> None:
    root = buildkit.new(tmp_path / "small")
    publication = root / "chapters" / "publication.toml"
    line = next(each for each in publication.read_text("utf-8").splitlines() if each.startswith("editions"))
    buildkit.change(publication, line, 'editions = ["leaflet"]')
    chapter = root / "chapters" / "en" / "first.md"
    summary = next(each for each in chapter.read_text("utf-8").splitlines() if each.startswith("summary"))
    buildkit.change(chapter, summary, f"summary: {'More words than a panel has room for. ' * 90}")
    said = buildkit.hefte("build", "--edition", "leaflet-office", cwd=root)
    assert said.code == 1
    assert "error: the fixed panel first in en " in said.out
    assert "; shorten the text of this page [panel-overflow]" in said.out


@pytest.mark.parametrize("edition", ["leaflet-office", "large-print", "poster-a4"])
def test_what_is_for_an_office_printer_keeps_its_rim_white(shipped: Outputs, edition: str) -> None:
    with pdfium.PdfDocument(shipped.dist / "nb" / f"ammesorg-nb-{edition}.pdf") as pdf:
        for page in pdf:
            picture = page.render(scale=1).to_pil().convert("L")
            width, height = picture.size
            rim = int(4.6 * _PT)
            strips = [(0, 0, width, rim), (0, height - rim, width, height), (0, 0, rim, height),
                      (width - rim, 0, width, height)]
            assert all(picture.crop(strip).getextrema() == (255, 255) for strip in strips)
