"""The large print, as it ships: every word on A4, and what a reader who sees less well was promised."""

from __future__ import annotations

from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from conftest import Outputs

FILE = "nb/ammesorg-nb-large-print.pdf"


def entry(outputs: Outputs) -> dict[str, Any]:
    """What the report has of it."""
    return next(file for file in outputs.report["languages"]["nb"]["files"] if file["path"] == FILE)


def test_it_is_even_pages_of_a4(shipped: Outputs) -> None:
    with pdfium.PdfDocument(shipped.dist / FILE) as pdf:
        assert {tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in pdf} == {(210, 297)}
        assert len(pdf) % 2 == 0


def test_no_letter_is_smaller_than_16_pt_but_the_marks_of_notes(shipped: Outputs) -> None:
    """PDFium tells the size that each letter is set in."""
    small: dict[str, int] = {}
    with pdfium.PdfDocument(shipped.dist / FILE) as pdf:
        for page in pdf:
            text = page.get_textpage()
            for at in range(text.count_chars()):
                if raw.FPDFText_GetFontSize(text, at) < 15.95 and (letter := text.get_text_range(at, 1).strip()):
                    small[letter] = small.get(letter, 0) + 1
    assert set(small) <= {"1", "2"}


def test_its_own_rules_were_looked_at(shipped: Outputs) -> None:
    looked = set(entry(shipped)["checks"])
    assert {"pdf-type-size", "pdf-upright", "pdf-hyphenation", "pdf-contrast"} <= looked
    assert {"pdf-office-edge", "edition-parity", "pdf-reading-order"} <= looked
    findings = shipped.report["languages"]["nb"]["findings"]
    assert [finding["message"] for finding in findings if finding.get("edition") == "large-print"] == []


def test_whom_to_call_is_on_one_page_the_last_with_words(shipped: Outputs) -> None:
    with pdfium.PdfDocument(shipped.dist / FILE) as pdf:
        pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
    [help_page] = [number for number, text in enumerate(pages, 1) if text.startswith("Hvem kan du snakke med?")]
    assert all(number in pages[help_page - 1] for number in ("113", "116 117", "116 123", "22 40 00 40"))
    assert all(text.startswith("Egne notater") for text in pages[help_page:])
