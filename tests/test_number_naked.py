"""Which numbers in a text are to be called, and which are years, dates, amounts or pages; and quotation marks."""

from __future__ import annotations

from pathlib import Path

import pytest

import wordkit
from hefte.checks import number_naked, quote_mismatch
from hefte.model import Book
from hefte.quotes import marks

KNOWN = {"113": "{{ helpline.113 }}", "22400040": "{{ helpline.kirkens-sos }}", "1234": "{{ helpline.a }}"}


def called(words: str) -> list[str]:
    """The numbers found in a text."""
    return [number for _, number in number_naked.numbers(words, KNOWN)]


FIRES = [
    ("Ring 113.", ["113"]),
    ("112 og 110", ["112", "110"]),
    ("(113)", ["113"]),
    ("Nødnummer: 113!", ["113"]),
    ("116 117 eller 116123", ["116 117", "116123"]),
    ("116\N{NO-BREAK SPACE}117", ["116 117"]),
    ("22 40 00 40", ["22 40 00 40"]),
    ("22400040", ["22400040"]),
    ("22-40-00-40", ["22-40-00-40"]),
    ("815 33 300", ["815 33 300"]),
    ("815\n33 300", ["815 33 300"]),
    ("02800", ["02800"]),
    ("+47 22 40 00 40", ["+47 22 40 00 40"]),
    ("+4722400040", ["+4722400040"]),
    ("tlf. 810 000", ["810 000"]),
    ("Ring 1412", ["1412"]),
    ("ring oss på 810 000", ["810 000"]),
    ("1234", ["1234"]),
    ("١١٣", ["١١٣"]),
    ("اتصل بـ ۲۲ ۴۰ ۰۰ ۴۰", ["۲۲ ۴۰ ۰۰ ۴۰"]),
    ("10000 mødre", ["10000"]),
    ("22 40 00 40.", ["22 40 00 40"]),
]
SILENT = [
    "I 2024 var det slik.", "fra 2019 til 2024", "2019-2024", "2019–2024", "2019 2024", "i 2024 10 mødre svarte",
    "22. november 2026", "22.11.2026", "2026-11-22", "15.04.2025",
    "2 400 mødre", "1 000 000 kroner", "12 345,50 kr", "12 345.50", "1,234,567", "3,14159265",
    "20 %", "100 prosent", "99,9 %", "113 %", "110 kr", "112 cm", "999 kroner", "kr 112", "€ 113", "12000 kroner",
    "113 g",
    "side 113", "s. 112", "sidene 116-117", "kapittel 110", "p. 113", "§ 113", "123-145", "10-20",
    "kl. 10.30", "10:30", "kl. 0930", "0130 Oslo", "1.2.3", "versjon 2026.1", "3/4", "1/113",
    "ISBN 978-82-15-01234-5", "ISSN 0029-2001", "IS-20570", "A4", "B12345", "H2O", "113a", "#112",
    "https://doi.org/10.1000/12345678", "www.example.org/22400040", "post22400040@example.org", "doi:10.1000/12345",
    "10.1016/j.jad.2019.12345", "Ring i 2024", "111", "114", "1130", "mellom 100 og 500", "ett hundre og tretten",
]


@pytest.mark.parametrize(("words", "numbers"), FIRES)
def test_a_number_to_call_is_found_whole(words: str, numbers: list[str]) -> None:
    assert called(words) == numbers


@pytest.mark.parametrize("words", SILENT)
def test_another_number_is_not(words: str) -> None:
    assert called(words) == []


def found(book: Book) -> list[tuple[str, int | None]]:
    """Files and lines of the numbers found in a book."""
    return [(finding.path.name if finding.path else "", finding.line) for finding in number_naked.find(book)]


def test_numbers_are_found_wherever_a_reader_sees_them(tmp_path: Path) -> None:
    words = "a\n*22 40\n00 40*\n\n- b\n- ring **113**\n\n| c |\n|---|\n| 112 |\n\nd[^1]\n\n[^1]: 110"
    book = wordkit.read(tmp_path, {
        "chapters/nb/first.md": wordkit.text(words),
        "chapters/nb/second.md": wordkit.text("x", title="Ring 113"),
        "chapters/nb/help.md": "---\ntitle: x\nsummary: Eller 116 117.\n---\nx",
        "chapters/nb/stories/lost.md": "---\ntitle: x\n---\n\nHun ringte 112.",
        "chapters/nb/language.toml": ("Når du vil snakke.", "Ikke ring 113."),
    })
    first = [("first.md", line) for line in (7, 11, 15, 19)]
    assert found(book) == [*first, ("lost.md", 5), ("second.md", 1), ("help.md", 1), ("language.toml", 1)]


def test_records_amounts_and_code_are_let_be(tmp_path: Path) -> None:
    words = "{{ helpline.113 }} {{ contact.phone }} [112]{.amount} mødre, `22 40 00 40`, [x](https://a.org/22400040)"
    assert found(wordkit.read_text(tmp_path, words)) == []


# --- quotation marks

QUOTES = [
    ("nb", "Hun sa «ja ‘da’» og gikk’.", ""),
    ("nb", "Hun sa “ja”", "“ is no quotation mark of nb; write «…»"),
    ("nb", 'Hun sa "ja"', '" is no quotation mark of nb; write «…»'),
    ("nb", "Hun sa »ja«", "» is the wrong way round for nb; write «…»"),
    ("nb", "«mamming før amming«", "« is the wrong way round for nb; write «…»"),
    ("nb", "«a» og «b»", ""),
    ("nb", "[“yes”]{lang=en} og [“ja”]{lang=nn}", "“ is no quotation mark of nn; write «…»"),
    ("nb", "`\"` og {{ contact.web }}", ""),
    ("en", "She said “yes”", ""),
    ("en", "She said «yes»", "« is no quotation mark of en; write “…”"),
    ("se", "”juo”", ""),
    ("pl", "„tak” i «nie»", ""),
    ("uk", "«так»", ""),
    ("ar", "“نعم” ”نعم“", ""),
    ("fa-AF", "«بله»", ""),
    ("fa-AF", "“بله”", "“ is no quotation mark of fa-AF; write «…»"),
    ("ti", "«እወ»", ""),
]


@pytest.mark.parametrize(("language", "words", "said"), QUOTES)
def test_quotation_marks_are_the_language_s_own(tmp_path: Path, language: str, words: str, said: str) -> None:
    story = f"---\ntitle: x\nlang: {language}\n---\n{words}"
    found = list(quote_mismatch.find(wordkit.read(tmp_path, {"chapters/nb/stories/lost.md": story})))
    assert [f"{finding.message}; {finding.remedy}" for finding in found] == ([said] if said else [])


def test_a_region_has_its_language_s_marks_unless_it_has_its_own() -> None:
    assert [marks(tag) for tag in ("nb", "pt", "pt-PT", "pt-BR", "de-CH", "zz")] == [
        "«»‘’", "“”‘’", "«»“”", "“”‘’", "„“‚‘", "“”‘’",
    ]
