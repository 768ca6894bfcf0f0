"""What an edition promises of its type: how large it is, that it is upright, and that no word is cut."""

from __future__ import annotations

import functools
import io
from pathlib import Path
from typing import Any

import pytest

import pdfkit
import sightkit
from hefte.checks import pdf as checks
from hefte.checks import pdf_hyphenation, pdf_type_size, pdf_upright
from hefte.checks.frame import Check
from sightkit import text

LARGE = """
@page { size: 210mm 297mm; @bottom-center { content: counter(page); font: 16pt 'Source Sans 3'; color: #2b2433 } }
html { font-size: 16pt; line-height: 24pt; hyphens: none } sup { font-size: 11pt; line-height: 0 }
"""
NOTE = "<p>Det er lov å være lei seg.<sup>12</sup> Noen å snakke med"


@functools.cache
def written(body: str, css: str = "", screen: bool = True) -> bytes:
    laid_out = pdfkit.lay_out(body, LARGE + css)
    content: bytes = pdfkit.write_screen(laid_out) if screen else pdfkit.write_print(laid_out).content
    return content


def found(check: Check, content: bytes, **expect: Any) -> list[tuple[int | None, str]]:
    told = {"kind": "tagged", **expect}
    file = checks.open_pdf(io.BytesIO(content), Path("x.pdf"), "large-print", told)
    return [(finding.page, finding.message) for finding in check.run(file)]


@pytest.mark.parametrize("screen", [True, False])
@pytest.mark.parametrize(
    ("body", "css", "messages"),
    [
        (NOTE, "", []),
        ("<p>Det er lov å være lei seg.<p style='font-size: 14pt'>Noen å snakke med<p style='font-size: 14pt'>Ring", "",
         [(1, "“Noen å snakke med” is set in 14 pt, smaller than 16 pt (and so is more text: 1 pieces, on page 1)")]),
        (NOTE, "@page { @bottom-center { font-size: 9pt } }", [(1, "“1” is set in 9 pt, smaller than 16 pt")]),
        ("<p>Ring <sup>døgnet rundt</sup> til noen", "",
         [(1, "“døgnet rundt” is set in 11 pt, smaller than 16 pt")]),
        ("<p>Ring <span style='font-size: 11pt'>12</span> til noen", "",
         [(1, "“12” is set in 11 pt, smaller than 16 pt")]),
    ],
)
def test_no_type_is_smaller_than_promised_but_the_marks_of_notes(
    screen: bool, body: str, css: str, messages: list[tuple[int, str]]
) -> None:
    assert found(pdf_type_size.CHECK, written(body, css, screen), least_pt=16) == messages
    assert found(pdf_type_size.CHECK, written(body, css, screen)) == []


def test_type_is_measured_as_it_is_seen() -> None:
    half = sightkit.drawn("q 0.5 0 0 0.5 0 0 cm " + text("Halv", size=20) + "Q " + text("Hel", size=20))
    assert found(pdf_type_size.CHECK, half, least_pt=16) == [(1, "“Halv” is set in 10 pt, smaller than 16 pt")]


@pytest.mark.parametrize("screen", [True, False])
def test_an_edition_without_italics_has_none(screen: bool) -> None:
    content = written("<p>Det er <em>lov</em>", screen=screen)
    message = [(1, "“lov” is set in italics (Source-Sans-3-Italic)")]
    said = found(pdf_upright.CHECK, content, italics=False)
    assert [(page, words.partition(" (")[0]) for page, words in said] == [(1, message[0][1].partition(" (")[0])]
    assert found(pdf_upright.CHECK, content) == []
    assert found(pdf_upright.CHECK, written(NOTE, screen=screen), italics=False) == []


def test_letters_that_the_layout_slants_are_italics_too() -> None:
    slanted = "BT 0 g /F 12 Tf 1 0 0.2 1 20 100 Tm (Skeiv) Tj ET"
    turned = "BT 0 g /F 12 Tf 0 1 -1 0 20 100 Tm (Dreid) Tj ET"
    assert found(pdf_upright.CHECK, sightkit.drawn(slanted), italics=False) == [
        (1, "“Skeiv” is set in italics (Helvetica)"),
    ]
    assert found(pdf_upright.CHECK, sightkit.drawn(turned), italics=False) == []


NARROW = "p { width: 30mm; hyphens: %s }"
WORDS = "<p>Helsestasjonen og helsesykepleieren har en e-postadresse"


@pytest.mark.parametrize("screen", [True, False])
@pytest.mark.parametrize(
    ("css", "messages"),
    [
        (NARROW % "none", []),
        (NARROW % "auto", [(1, "“Helsestasjo-” is cut at the end of a line, and 2 words more")]),
    ],
)
def test_an_edition_without_hyphenation_cuts_no_word(
    screen: bool, css: str, messages: list[tuple[int, str]]
) -> None:
    assert found(pdf_hyphenation.CHECK, written(WORDS, css, screen), hyphens=False) == messages
    assert found(pdf_hyphenation.CHECK, written(WORDS, css, screen)) == []
