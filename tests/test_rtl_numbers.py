"""Digits stand in the order in which they are read, in right-to-left text too: shown by where their glyphs stand."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from itertools import pairwise

import pypdfium2 as pdfium
import pytest

import rtlkit
from hefte import directions, fragment
from hefte.transforms.direct_spans import direct_spans

EVERYWHERE = (
    *rtlkit.NUMBERS, "116 123", "+47 22 11 33 44", "example.org", "editor@example.org", "CC BY 4.0",
    "21-22", "23-24", "30-40", "50-60", "70-80", "11-12", "13-14", "15-16", "17-18", "19-20",
)
"""In the cover's lines, chapter's title, running head, summary, paragraphs, note, heading, list, table, call-out and
story; numbers of records; the colophon's facts."""


@pytest.mark.parametrize("edition", ["screen", "printed", "booklet"])
@pytest.mark.parametrize("language", rtlkit.LANGUAGES)
def test_each_number_reads_from_left_to_right(language: str, edition: str) -> None:
    flat = rtlkit.flat(getattr(rtlkit, edition)(language))
    assert [number for number in EVERYWHERE if number not in flat] == []
    assert "02-01" not in flat and "20-10" not in flat


@pytest.mark.parametrize("language", rtlkit.LANGUAGES)
def test_the_digits_of_a_number_stand_to_the_right_of_each_other(language: str) -> None:
    """The same without our own sorting into lines: each glyph right of the one before it, none on top of it."""
    with pdfium.PdfDocument(rtlkit.screen(language)) as pdf:
        for page in pdf:
            found = [each for each in rtlkit.glyphs(page) if each[0] in "+0123456789"]
            places = sorted((round(base), left, right) for _, left, right, base in found)
            for (line, left, right), (next_line, next_left, _) in pairwise(places):
                if line == next_line:
                    assert next_left >= left + 0.5 * (right - left)


@pytest.mark.parametrize("language", rtlkit.LANGUAGES)
def test_a_long_date_reads_from_the_right_day_month_year(language: str) -> None:
    """In the colophon: the version isolated on the right, then the day's number, then the month, then the year."""
    from hefte.numerals import numeral

    line = next(line.text for line in rtlkit.seen(rtlkit.screen(language))[1] if "2026.1" in line.text)
    year, version = line.rindex(numeral(2026, language), 0, line.index("2026.1")), line.index("2026.1")
    months = [at for at, sign in enumerate(line) if sign.isalpha() and year < at < version]
    assert year < min(months) < max(months) < version


def test_latin_words_in_another_language_keep_their_order() -> None:
    assert "Why Grief Matters" in rtlkit.flat(rtlkit.screen("ar"))
    assert "Amy Brown (2019): Why Grief Matters. Pinter & Martin." in rtlkit.flat(rtlkit.screen("ar"))


def test_the_ebook_isolates_the_same() -> None:
    with zipfile.ZipFile(BytesIO(rtlkit.ebook("ar"))) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xhtml", ".ncx"))}
    chapter, colophon, nav = (texts[f"EPUB/{name}.xhtml"] for name in ("chapter-talk", "colophon", "nav"))
    for number in rtlkit.NUMBERS:
        assert f'<bdi class="digits" dir="ltr">{number}</bdi>' in chapter
    for number in ("10-20", "50-60", "11-12", "13-14", "15-16", "17-18", "19-20", "70-80"):
        assert re.search(rf'<bdi class="digits" dir="ltr">{number}</bdi>', chapter), number
    assert '<a class="number" href="tel:+47116123" dir="ltr">116\N{NO-BREAK SPACE}123</a>' in chapter
    assert '<bdi class="digits" dir="ltr">2026.1</bdi>، 1' in colophon
    assert '<bdi dir="ltr">CC BY 4.0</bdi>' in colophon
    assert '<bdi class="digits" dir="ltr">10-20</bdi></a>' in nav
    assert "\u206610-20\u2069" in texts["EPUB/toc.ncx"]


# --- what is isolated -------------------------------------------------------------------------------------------------


def marked(text: str) -> str:
    """What must be isolated in Arabic text, in brackets ⟦⟧."""
    return "".join(f"⟦{piece}⟧" if apart else piece for piece, apart in directions.runs(text, "rtl"))


@pytest.mark.parametrize(
    "text",
    [
        "عند ⟦10-20⟧ امرأة، أي ⟦50%⟧ من", "و⟦50%⟧ و⟦10-20⟧", "⟦-5⟧ درجات", "رقم ⟦ISBN 978-82-15-02345-6⟧ وحتى",
        "بتاريخ ⟦22.11.2026⟧ أو ⟦2026-11-22⟧.", "اتصلي ⟦+47 81 82 83 82⟧ الآن", "⟦Why Grief Matters (2019)⟧. ثم",
        "⟦(Grief) and Foo⟧ ثم", "نعم (⟦Helse Norge⟧) ثم", "⟦5°C⟧ حرارة", "⟦١٠-٢٠⟧ ٪", "⟦50 %⟧ من", "⟦12 345⟧ كرونة",
        "الساعة ⟦08:00-16:00⟧ كل", "⟦example.org/⟧ هنا", "من 5 (⟦10-20⟧) امرأة",
        # what cannot be turned round stays as it is: one number, one word, a disease that ends with its year
        "عام 2026 فقط", "كوفيد-19 عند", "Helsenorge فقط", "(WHO) ثم", "22 نوفمبر 2026", "وقالت: «نعم»!",
    ],
)
def test_numbers_and_latin_words_are_isolated(text: str) -> None:
    assert marked(text.replace("⟦", "").replace("⟧", "")) == text


def test_text_from_left_to_right_is_left_alone() -> None:
    assert list(directions.runs("10-20 نعم, 22.11.2026", "ltr")) == [("10-20 نعم, 22.11.2026", False)]
    assert directions.isolated("CC BY 4.0", "ltr") == "CC BY 4.0"
    assert directions.as_html("A & B", "ltr") == "A &amp; B"


def test_a_text_of_its_own_is_isolated_with_its_full_stop() -> None:
    assert directions.as_html("Written by us.", "rtl") == '<bdi dir="ltr">Written by us.</bdi>'
    assert directions.isolated("الأول 10-20", "rtl") == "الأول \u206610-20\u2069"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>قال 10-20</p>", '<p>قال <bdi class="digits" dir="ltr">10-20</bdi></p>'),
        ('<p>قال <span lang="en">Why <em>Grief</em> 10-20</span></p>',
         '<p>قال <span lang="en" dir="ltr">Why <em>Grief</em> 10-20</span></p>'),
        ('<p><span lang="en">A <span lang="fa">نعم 1-2</span></span></p>',
         '<p><span lang="en" dir="ltr">A <span lang="fa" dir="rtl">نعم <bdi class="digits" dir="ltr">1-2</bdi></span>'
         "</span></p>"),
        ("<p>قال Why <em>Grief</em> Matters today.</p>",
         '<p>قال <bdi dir="ltr">Why <em>Grief</em> Matters today</bdi>.</p>'),
        ('<p>اتصل <a class="number" href="tel:1" dir="ltr">116 117</a> و1-2</p>',
         '<p>اتصل <a class="number" href="tel:1" dir="ltr">116 117</a> و<bdi class="digits" dir="ltr">1-2</bdi></p>'),
        ('<aside lang="nb"><p data-key="a">Ord 10-20.</p><p lang="ar">نعم</p></aside>',
         '<aside lang="nb" dir="ltr"><p data-key="a">Ord 10-20.</p><p lang="ar" dir="rtl">نعم</p></aside>'),
    ],
)
def test_directions_are_said_in_a_body(body: str, expected: str) -> None:
    from dataclasses import replace

    book = rtlkit.book("ar")
    chapter = replace(book.chapters[0], body=body)
    done = direct_spans(replace(book, chapters=(chapter,))).chapters[0].body
    assert done == expected
    assert fragment.text_of(fragment.parse(done)) == fragment.text_of(fragment.parse(body))


def test_words_from_right_to_left_in_a_norwegian_book_say_so() -> None:
    from dataclasses import replace

    book = rtlkit.book("ar")
    norwegian = replace(book, language=replace(book.language, code="nb", direction="ltr"))
    chapter = replace(book.chapters[0], body='<p>Ordet <span lang="ar">حزن 1-2</span> og 3-4.</p>')
    assert direct_spans(replace(norwegian, chapters=(chapter,))).chapters[0].body == (
        '<p>Ordet <span lang="ar" dir="rtl">حزن <bdi class="digits" dir="ltr">1-2</bdi></span> og 3-4.</p>'
    )
