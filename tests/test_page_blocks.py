"""Laid-out pages as values: blocks, lines, columns, links and margins, each where WeasyPrint put it."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2 as pdfium
import pytest

import buildkit
import pdfkit
from hefte.model import Block, Line, Link
from hefte.renderers import page_blocks
from hefte.renderers.pdf.boxes import edge_mm
from pagekit import BARE, FIRST, LEFT, RIGHT, drawn

DOT = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='20' height='10'/%3E"
START = '<section class="chapter" id="start"><h1 data-key="start.title">Ro</h1>{}</section>'


def at(text: str, row: int, width: float, left: float = LEFT) -> Line:
    """A line of the small page: which from the top, and how wide."""
    foot = round(FIRST - 12 * row, 2)
    return Line(text, (left, foot, round(left + width, 2), round(foot + 12, 2)))


def test_a_page_is_read_as_it_stands() -> None:
    first, second = drawn(START.format('<p data-key="start.1">En<br>to<br>tre<br>fire<br>fem</p>')).body
    assert (first.number, first.side, first.frame, second.side) == (1, "recto", "", "verso")
    heading, words = first.blocks
    assert heading == Block(
        "heading", (at("Ro", 0, 11.01),), (LEFT, FIRST, RIGHT, 90.71), chapter="start", language="nb",
        key="start.title", level=1,
    )
    assert words == Block(
        "paragraph", (at("En", 1, 10.74), at("to", 2, 8.66), at("tre", 3, 11.71), at("fire", 4, 13.71)),
        (LEFT, 22.68, RIGHT, FIRST), chapter="start", language="nb", key="start.1", continues=True,
    )
    assert [(one.kind, one.continued, one.continues, one.text) for one in second.blocks] == [
        ("paragraph", True, False, "fem"),
    ]
    assert [line.text for line in first.margin] == ["1", "Ro"] and first.anchors == {"start"}
    assert (first.filled, first.room, second.filled) == (60.0, 68.03, 12.0)
    assert (first.area, first.lines, second.lines) == ((LEFT, 22.68, RIGHT, 90.71), 5, 1)
    assert first.opens == (heading,) and second.opens == ()


def test_places_are_given_in_the_points_of_the_file() -> None:
    one, other = (drawn(START.format(""), edge=edge).body[0].blocks[0] for edge in (0.0, 8.504))
    assert other.lines[0].box == (LEFT + 8.51, 87.21, 33.69, 99.21)
    assert replace(other, lines=(), box=one.box) == replace(one, lines=())


@pytest.mark.parametrize("crop_marks", [False, True])
def test_each_line_stands_there_in_the_print_file(crop_marks: bool) -> None:
    """As pdfium reads it: the same words within each line's box, on every page."""
    document, spec = pdfkit.document(), replace(pdfkit.SPEC, crop_marks=crop_marks)
    content = pdfkit.write_print(document, spec=spec).content if crop_marks else pdfkit.print_bytes()
    edge = edge_mm(3, crop_marks=crop_marks) * 72 / 25.4
    compared = 0
    with pdfium.PdfDocument(content) as pdf:
        for page, drawn_page in zip(page_blocks.pages(document.pages, edge=edge), pdf, strict=True):
            text = drawn_page.get_textpage()
            for one in (*page.margin, *(line for block in page.blocks for line in block.lines)):
                left, bottom, right, top = one.box
                there = text.get_text_bounded(left - 1, bottom + 1, right + 1, top - 1)
                assert buildkit.squeezed(one.text) in buildkit.squeezed(there.replace("\x02", ""))
                compared += 1
    assert compared > 100


def test_what_a_block_belongs_to_is_known() -> None:
    text = (
        '<aside class="story retold" id="story-x" lang="en"><p data-key="x.1">Once</p></aside>'
        '<aside class="callout remember"><p data-key="start.2">Husk</p></aside>'
        '<ul><li data-key="start.3">Ting</li></ul>'
    )
    [page] = drawn(START.format(text)).body
    assert [(one.kind, one.story, one.callout, one.language, one.text) for one in page.blocks] == [
        ("heading", "", "", "nb", "Ro"), ("paragraph", "story-x", "", "en", "Once"),
        ("paragraph", "", "start.2", "nb", "Husk"), ("item", "", "", "nb", "Ting"),
    ]


def test_pages_of_the_frame_have_its_names_and_loose_sheets_no_sides() -> None:
    pages = drawn(START.format(""), bound=False).pages
    assert [(page.number, page.frame, page.side) for page in pages] == [(1, "", ""), (2, "help", "")]


def test_two_languages_are_two_columns() -> None:
    row = '<div class="row"><div class="cell source" lang="nb"><p>{}</p></div>' \
          '<div class="cell target" lang="en"><p>{}</p></div></div>'
    rows = row.format("En<br>to", "One") + row.format("Tre", "Three")
    [page] = drawn(f'<section class="chapter" id="start"><div class="rows">{rows}</div></section>').body
    assert [[(one.column, one.language, one.text) for one in column] for column in page.columns] == [
        [("source", "nb", "En to"), ("source", "nb", "Tre")], [("target", "en", "One"), ("target", "en", "Three")],
    ]
    assert page.lines == 3 and page.blocks[1].box[0] == 85.04


def test_a_link_is_known_by_its_words_wherever_they_stand() -> None:
    text = (
        '<p data-key="start.1"><a href="#start" style="display: block; position: relative">'
        '<span style="position: absolute; left: 40mm; top: 0">4</span>Ro og<br>mak</a> '
        '<a href="https://example.org/">der</a></p>'
    )
    [page] = drawn(START.format(text)).body
    inner, outer = page.links
    assert (inner.text, inner.target, inner.internal) == ("4 Ro og mak", "start", True)
    assert inner.box[0] == LEFT and inner.box[2] == pytest.approx(LEFT + 40 * 72 / 25.4 + 4.97, abs=0.02)
    assert outer == Link("der", "https://example.org/", False, outer.box)


def test_what_is_put_somewhere_takes_no_place_in_the_text() -> None:
    text = '<p data-key="start.1" style="position: absolute; top: 20mm">Her</p><p data-key="start.2">Der</p>'
    [page] = drawn(START.format(text)).body
    assert [(one.text, one.flows) for one in page.blocks] == [("Ro", True), ("Her", False), ("Der", True)]
    assert page.lines == 2 and page.filled == 24.0


def test_bullets_and_the_mark_of_a_draft_are_no_words() -> None:
    text = '<ul><li data-key="start.1">Ting</li></ul><div aria-hidden="true">UTKAST</div>'
    [page] = drawn(START.format(text)).body
    assert [one.text for one in page.blocks] == ["Ro", "Ting"]


def test_a_picture_is_as_good_as_many_lines() -> None:
    text = f'<figure style="margin: 0"><img style="display: block" src="{DOT}" alt="x"></figure>'
    [page] = drawn(START.format(text)).body
    assert [(one.kind, one.box) for one in page.blocks][1:] == [("picture", (LEFT, 71.21, 29.17, FIRST))]
    assert page.lines == 100 and page.filled == 19.5


def test_the_head_of_a_table_stands_again_and_is_not_broken() -> None:
    cells = "".join(f'<tr><td data-key="start.{n}">{n}</td></tr>' for n in range(2, 8))
    text = f'<table><thead><tr><th data-key="start.1">Tall</th></tr></thead>{cells}</table>'
    pages = drawn(START.format(text)).body
    assert [[one.text for one in page.blocks] for page in pages] == [["Ro", "Tall", "2", "3", "4"], ["Tall", "5", "6",
        "7"]]
    assert not any(one.continues or one.continued for page in pages for one in page.blocks)


def test_a_broken_word_is_told_from_a_hyphen_of_its_own() -> None:
    text = '<p data-key="start.1" style="width: 14mm">Ammesorgen er på MR-under</p>'
    [page] = drawn(START.format(text), "p { hyphens: auto }").body
    assert [(line.text, line.hyphenated) for line in page.blocks[1].lines] == [
        ("Amme\N{HYPHEN}", True), ("sorgen er", False), ("på MR-", False), ("under", False),
    ]


def test_every_page_of_a_frame_is_read_too() -> None:
    laid = drawn(START.format(""), frame=f'<section class="frame" id="contents"><p>I</p></section>{BARE}', front=1)
    assert [(page.number, page.frame, page.blocks[0].chapter) for page in laid.pages] == [
        (1, "contents", "contents"), (2, "", "start"), (3, "help", "help"),
    ]
    assert [page.number for page in laid.body] == [2]
