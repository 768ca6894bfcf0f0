"""Brackets that a PDF reads the other way round are seen: against the book, against the ebook, in what ships."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

import epubkit
import pdfkit
import tagkit
from hefte import checks
from hefte.checks import brackets, pdf_tags
from hefte.checks.alignment import Pair, align
from hefte.checks.blocks import Block, of_tags
from hefte.renderers.pdf import letters
from rtlkit import VAZIRMATN

CITED = "Berg (2019) sier «ro» [og mer]."
TURNED = "Berg )2019( sier «ro» [og mer]."
BODY = f'<p data-key="start.1">{CITED}</p>'


def test_turned_brackets_are_found_against_the_book() -> None:
    book = tagkit.with_first(BODY + '<p data-key="start.2">Ro (i dag).</p>')
    assert tagkit.wrong(tagkit.same, book) == []
    assert tagkit.wrong(tagkit.swap(CITED, TURNED), book) == [
        ("pdf-reading-order", 3, f"“{CITED}” (start.1) is read with ) for ("),
    ]
    assert tagkit.wrong(lambda text: text.replace(CITED, TURNED).replace("(i dag)", ")i dag("), book) == [
        ("pdf-reading-order", 3, f"“{CITED}” (start.1) is read with ) for (, and 1 more"),
    ]


def test_turned_brackets_are_found_against_the_ebook(tmp_path: Path) -> None:
    book = tagkit.with_first(BODY)
    (tmp_path / "ro.epub").write_bytes(epubkit.write(book))

    def said(content: bytes) -> list[tuple[str, int | None, str]]:
        (tmp_path / "ro.pdf").write_bytes(content)
        found = checks.on_pair(tmp_path / "ro.pdf", tmp_path / "ro.epub")
        return [(each.check, each.page, each.message) for each in found if "read with" in each.message]

    assert said(tagkit.made(book)) == []
    assert said(tagkit.made(book, tagkit.swap(CITED, TURNED))) == [
        ("epub-words", 3, f"“{CITED}” is read with ) for ( in ro.pdf"),
    ]


@pytest.mark.parametrize(
    ("wanted", "read", "start", "sign"),
    [
        ("Ro (nå)", ("Ro (nå)",), 0, ""), ("Ro (nå)", ("Ro (nå(",), 0, ")"), ("Ro «nå»", ("Ro »nå«",), 0, "«"),
        ("Ro (nå)", ("Ro nå",), 0, ""), ("Ro nå", ("Ro (nå)",), 0, ""), ("(nå)", ("(før) (nå)",), 3, ""),
        ("(nå)", ("(før) )nå(",), 3, "("), ("Ro (nå) ja", ("Ro )n", "å) ja"), 0, "("), ("a) b", ("a b)",), 0, ""),
        ("(2019)", (")2019(",), 0, "("), ("نعم (نعم)", ("نعم )نعم(",), 0, "("), ("نعم (Foo)", ("نعم )Foo(",), 0, ""),
        ("نعم (10)", ("نعم )10(",), 0, ""), ("نعم Foo (10) نعم", ("نعم Foo )10( نعم",), 0, "("),
    ],
)
def test_only_a_bracket_in_its_own_place_is_held_against_its_mirror(
    wanted: str, read: tuple[str, ...], start: int, sign: str
) -> None:
    pair = Pair(_block(wanted), tuple(_block(text) for text in read), start)
    assert brackets.turned([pair]) == ([(pair, sign)] if sign else [])


def _block(text: str) -> Block:
    return Block("p", pieces=[(text, "nb")])


@pytest.mark.parametrize("told", [True, False])
def test_what_weasyprint_writes_by_itself_is_found(told: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gives a glyph of two directions one text."""
    if not told:
        monkeypatch.setattr(letters, "told", contextlib.nullcontext)
    body = '<p>نعم (نعم) نعم</p><p lang="en" dir="ltr">Amy Brown (2019)</p>'
    content = pdfkit.write_screen(
        pdfkit.lay_out(body, VAZIRMATN, lang="ar", direction="rtl"), language="ar", direction="rtl"
    )
    wanted = [_block("نعم (نعم) نعم"), _block("Amy Brown (2019)")]
    held = align(wanted, of_tags(pdf_tags.read(tagkit.opened(content).pdf).top))
    assert [sign for _, sign in brackets.turned(held.pairs)] == ([] if told else ["("])
