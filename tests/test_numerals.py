"""Numbers that the builder makes itself stand in the digits that CLDR gives the language, in print as in the ebook."""

from __future__ import annotations

import datetime as dt
import unicodedata
import zipfile
from io import BytesIO

import pytest
from babel import Locale, localedata
from lxml import etree

import rtlkit
from hefte import numerals

DAY = dt.date(2026, 11, 22)
NS = {"h": "http://www.w3.org/1999/xhtml", "ncx": "http://www.daisy.org/z3986/2005/ncx/"}


@pytest.mark.parametrize(
    ("language", "own"),
    [
        ("nb", "0123456789"), ("uk", "0123456789"), ("ti", "0123456789"), ("th", "0123456789"), ("ta", "0123456789"),
        # CLDR's answer for Arabic without a country is Western digits; Egypt's is its own.
        ("ar", "0123456789"), ("ar-EG", "٠١٢٣٤٥٦٧٨٩"), ("ur", "0123456789"), ("ckb", "٠١٢٣٤٥٦٧٨٩"),
        ("fa", "۰۱۲۳۴۵۶۷۸۹"), ("fa-AF", "۰۱۲۳۴۵۶۷۸۹"), ("ps", "۰۱۲۳۴۵۶۷۸۹"), ("bn", "০১২৩৪৫৬৭৮৯"), ("my", "၀၁၂၃၄၅၆၇၈၉"),
        ("zz-Zzzz", "0123456789"),
    ],
)
def test_the_digits_are_those_of_cldr(language: str, own: str) -> None:
    assert numerals.digits(language) == own


def test_every_system_that_a_language_of_cldr_has_by_default_is_found() -> None:
    first: dict[str, str] = {}
    for tag in localedata.locale_identifiers():
        first.setdefault(Locale.parse(tag).default_numbering_system, tag)
    assert set(first) >= {"latn", "arab", "arabext", "deva", "beng", "mymr", "tibt", "olck", "cakm", "adlm", "nkoo"}
    for system, tag in first.items():
        own = numerals.digits(tag.replace("_", "-"))
        assert [unicodedata.decimal(digit) for digit in own] == list(range(10)), tag
        assert (own == numerals.WESTERN) == (system == "latn"), tag


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("nb", "22. november 2026", "november 2026"), ("ar", "22 نوفمبر 2026", "نوفمبر 2026"),
        ("fa", "۲۲ نوامبر ۲۰۲۶", "نوامبر ۲۰۲۶"), ("ur", "22 نومبر، 2026", "نومبر 2026"),
        ("ckb", "٢٢ی تشرینی دووەمی ٢٠٢٦", "تشرینی دووەم ٢٠٢٦"), ("th", "22 พฤศจิกายน ค.ศ. 2026", "พฤศจิกายน 2026"),
    ],
)
def test_a_day_is_gregorian_and_in_the_languages_own_digits(language: str, day: str, month: str) -> None:
    assert numerals.long_date(DAY, language) == day
    assert numerals.month(DAY, language) == month


@pytest.mark.parametrize(("language", "sign"), [("nb", ","), ("ar", "،"), ("ckb", "،"), ("uk", ","), ("ti", "፣")])
def test_the_comma_is_that_of_the_script(language: str, sign: str) -> None:
    assert numerals.comma(language) == sign


@pytest.mark.parametrize(("language", "one", "four"), [("ar", "1", "4"), ("fa", "۱", "۴"), ("ckb", "١", "٤")])
def test_print_counts_in_them(language: str, one: str, four: str) -> None:
    """A chapter's folio and its number in the contents, a list's numbers, a citation, a date."""
    pages = [[line.text for line in page] for page in rtlkit.seen(rtlkit.screen(language))]
    assert pages[3][-1] == four
    assert [line[-1] for line in pages[2] if "10-20" in line] == [four]
    assert [line for page in pages for line in page if line.endswith(f".{one}")]
    assert f'<a href="#ref-brown2019" id="cite-brown2019-1">{one}</a>' in rtlkit.book(language).chapters[0].body
    assert any(numerals.numeral(2026, language) in line for line in pages[1])


@pytest.mark.parametrize("language", ["ar", "fa", "ckb"])
def test_what_is_typed_or_dialled_stays_as_it_is_written(language: str) -> None:
    flat = rtlkit.flat(rtlkit.screen(language))
    for number in ("116 123", "+47 22 11 33 44", "2026.1", "10-20"):
        assert number in flat


@pytest.mark.parametrize("language", ["ar", "fa", "ckb"])
def test_the_ebooks_page_list_counts_as_the_printed_edition_does(language: str) -> None:
    with zipfile.ZipFile(BytesIO(rtlkit.ebook(language))) as archive:
        nav, ncx = (etree.fromstring(archive.read(f"EPUB/{name}")) for name in ("nav.xhtml", "toc.ncx"))
    count = len(rtlkit.rendering(language).starts)
    expected = [numerals.numeral(number, language) for number in range(1, count + 1)]
    links = nav.findall(".//h:nav[@role='doc-pagelist']//h:a", NS)
    assert [link.text for link in links] == expected
    ids = [str(link.get("href")).split("#")[1] for link in links]
    assert ids == [f"page-{number}" for number in range(1, count + 1)]
    targets = ncx.findall(".//ncx:pageTarget", NS)
    assert [target.findtext("ncx:navLabel/ncx:text", namespaces=NS) for target in targets] == expected
    assert [target.get("value") for target in targets] == [str(number) for number in range(1, count + 1)]


def test_the_ebooks_lists_count_in_them() -> None:
    with zipfile.ZipFile(BytesIO(rtlkit.ebook("fa"))) as archive:
        css = archive.read("EPUB/book.css").decode()
    assert '@counter-style numerals { system: numeric; symbols: "۰" "۱" "۲" "۳" "۴" "۵" "۶" "۷" "۸" "۹" }' in css
    assert "ol { list-style-type: numerals }" in css
    with zipfile.ZipFile(BytesIO(rtlkit.ebook("ar"))) as archive:
        assert "@counter-style" not in archive.read("EPUB/book.css").decode()
