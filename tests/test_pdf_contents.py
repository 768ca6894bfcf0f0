"""Contents of a finished file held against where their links lead to."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import pdfkit
from hefte.checks import pdf_contents
from hefte.checks.frame import PdfFile
from hefte.checks.pdf import PDF_CHECKS, open_pdf

CSS = """@page { @bottom-center { content: none } } html { hyphens: manual } h1 { break-before: page }
@font-face { font-family: Naskh; src: url(project:///NotoNaskhArabic-Regular.ttf) }
nav { font-family: 'Source Sans 3', Naskh } li { list-style: none } nav a::after { content: none }"""
NAMES = ("Det første", "Det andre", "Det tredje", "Det fjerde")


def file(*entries: str, targets: tuple[int, ...] = (0, 1, 2, 3), before: int = 0) -> PdfFile:
    """Pages of contents after `before` others, and a page for each of four chapters, the first on page 2."""
    listed = "".join(f'<li><a href="#c{to}">{text}</a></li>' for text, to in zip(entries, targets, strict=False))
    front = "".join('<p style="break-after: page">Først</p>' for _ in range(before))
    chapters = "".join(f'<h1 id="c{number}">{name}</h1>' for number, name in enumerate(NAMES))
    document = pdfkit.lay_out(f"{front}<nav><ul>{listed}</ul></nav>{chapters}", CSS)
    content = document.write_pdf()
    return open_pdf(io.BytesIO(content), Path("a.pdf"))


def found(of: PdfFile) -> list[tuple[int | None, str]]:
    return [(finding.page, finding.message) for finding in pdf_contents.CHECK.run(of)]


@pytest.mark.parametrize("entries", [
    ("2 Det første", "3 Det andre", "4 Det tredje", "5 Det fjerde"),
    ("Det første 2", "Det andre 3", "Det tredje 4", "Det fjerde 5"),
    ("٢ الأول", "٣ الثاني", "٤ الثالث", "٥ الرابع"),
])
def test_contents_that_are_true_are_let_be(entries: tuple[str, ...]) -> None:
    assert found(file(*entries)) == []


def test_a_line_that_names_another_page_is_found_where_it_stands() -> None:
    wrong = file("Det første 2", "Det andre 3", "Det tredje 7", "Det fjerde 5")
    assert found(wrong) == [(1, "“Det tredje 7” leads to page 4")]
    [finding] = pdf_contents.CHECK.run(wrong)
    assert finding.box is not None and (finding.check, finding.severity) == ("pdf-contents", "warning")
    left, bottom, right, top = finding.box
    assert 60 < left < 100 < right < 160 and 12 < top - bottom < 20 and 480 < bottom < 500


def test_pages_before_page_one_are_allowed_for() -> None:
    counted = "Det første 1", "Det andre 2", "Det tredje 3", "Det fjerde 4"
    assert found(file(*counted, before=3)) == []
    assert found(file(*counted[:3], "Det fjerde 9", before=3)) == [(4, "“Det fjerde 9” leads to page 4")]


@pytest.mark.parametrize(("entries", "targets"), [
    (("Figur 1", "Figur 2", "Figur 3", "Figur 4"), (3, 0, 2, 3)),
    (("1", "1", "1", "2"), (3, 3, 3, 3)),
    (("Det første 2", "Det andre 9"), (0, 1)),
    (("Det første", "Det andre", "Det tredje", "Det fjerde"), (0, 1, 2, 3)),
])
def test_other_links_are_no_contents(entries: tuple[str, ...], targets: tuple[int, ...]) -> None:
    assert found(file(*entries, targets=targets)) == []


def test_it_is_among_the_checks_of_files_and_lets_good_ones_be() -> None:
    assert pdf_contents.CHECK in PDF_CHECKS
    assert found(open_pdf(io.BytesIO(pdfkit.screen_bytes()), Path("a.pdf"))) == []
