"""The tags of the PDF for reading: each element of the HTML as the structure that it means, and nothing else."""

from __future__ import annotations

import pikepdf
import pytest

import pdfkit
from pdfkit import failures, opened, tagged, tree


def test_text_in_the_margins_is_no_content() -> None:
    pdf = tagged("<p>Tekst</p>")
    ops = pdfkit.operators(pdf, 1)
    starts = [op for op in ops if op.endswith(("BMC", "BDC"))]
    # The page's white, the paragraph, the folio.
    assert [op.split()[0] for op in starts] == ["/Artifact", "/Span", "/Artifact"]
    assert tree(pdf) == "Document\n  P p1:1"


def test_decoration_is_no_content() -> None:
    pdf = tagged(
        '<p>Tekst<img src="project:///grey.png" alt=""></p>'
        '<img class="decorative" src="project:///grey.png" alt="">'
        '<p aria-hidden="true">* * *</p><div class="decorative">~</div>'
    )
    assert tree(pdf) == "Document\n  P p1:1"


def test_an_image_without_alt_stays_a_mistake(weasyprint_warnings: list[str]) -> None:
    content = pdfkit.write_screen(pdfkit.lay_out('<p><img src="project:///grey.png"></p>'))
    assert weasyprint_warnings.pop() == 'Image "project:///grey.png" has no required alt description'
    assert [line.partition(":")[0] for line in failures(content)] == ["PDFUA1-FIGURE-ALTERNATIVE-TEXT-001"]


def test_a_figure_lies_where_its_picture_lies() -> None:
    html = '<div style="position: absolute; left: 0; top: 0"><img src="project:///grey.png" alt="x"></div>'
    pdf = tagged(html)
    figure = next(item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure")
    # The page area begins 19 mm (53.9 pt) from the left and 17 mm (48.2 pt) below the top edge, which is at 595.3 pt.
    # The picture has 600 × 400 px: 450 × 300 pt.
    assert [round(float(length), 1) for length in figure.A.BBox] == [53.9, 247.1, 503.9, 547.1]


def test_an_inline_drawing_is_named_by_its_label() -> None:
    pdf = tagged(
        '<p><svg role="img" aria-label="To skiver" viewBox="0 0 1 1" width="9"><title>Skiver</title></svg></p>'
    )
    assert "Figure Alt=To skiver p1:1" in tree(pdf)


def test_languages_stand_on_the_elements_that_change_them() -> None:
    pdf = tagged(
        '<p>norsk <span lang="en">English</span></p><p lang="nb">norsk</p><p lang="nn"><em lang="nb">bokmål</em></p>'
    )
    assert tree(pdf).splitlines() == [
        "Document",
        "  P p1:1",
        "    Span Lang=en p1:1",
        "  P p1:1",
        "  P Lang=nn",
        "    Em Lang=nb p1:1",
    ]


def test_a_type_may_be_given_by_hand() -> None:
    assert tree(tagged('<div data-pdf-tag="Sect"><p>a</p></div>')) == "Document\n  Sect\n    P p1:1"


def test_a_block_with_nothing_but_text_is_a_paragraph_and_an_empty_one_is_nothing() -> None:
    assert tree(tagged('<div>a <em>b</em></div><div id="end"></div>')) == "Document\n  P p1:1\n    Em p1:1"


def test_an_element_broken_over_pages_is_one_element() -> None:
    words = "ord " * 900
    pdf = tagged(f"<section><p>{words}</p></section><ul><li>{words}</li><li>kort</li></ul>")
    rows = [(row.split()[0], len(row) - len(row.lstrip())) for row in tree(pdf).splitlines()]
    assert [row for row in rows if row[0] not in ("Span",)] == [
        ("Document", 0),
        ("Sect", 2),
        ("P", 4),
        ("L", 2),
        ("LI", 4),
        ("Lbl", 6),
        ("LBody", 6),
        ("LI", 4),
        ("Lbl", 6),
        ("LBody", 6),
    ]
    assert failures(pdfkit.write_screen(pdfkit.lay_out(f"<p>{words}</p>"))) == []


def test_a_table_repeats_its_header_on_each_page_and_stays_valid() -> None:
    rows = "".join(f"<tr><td>{number}</td><td>vakt</td></tr>" for number in range(60))
    html = f"<table><thead><tr><th>Nr.</th><th>Hva</th></tr></thead><tbody>{rows}</tbody></table>"
    content = pdfkit.write_screen(pdfkit.lay_out(html))
    assert failures(content) == []
    with opened(content) as pdf:
        assert len(pdf.pages) == 3
        assert tree(pdf).count("THead") == 3


def test_description_lists_without_groups() -> None:
    assert tree(tagged("<dl><dt>a</dt><dd>b</dd><dd>c</dd><dt>d</dt><dd>e</dd></dl>")).splitlines() == [
        "Document",
        "  L",
        "    LI",
        "      Lbl p1:1",
        "      LBody p1:1",
        "      LBody p1:1",
        "    LI",
        "      Lbl p1:1",
        "      LBody p1:1",
    ]


def test_a_nested_list_and_contents_are_valid() -> None:
    html = (
        '<nav><ol><li><a href="#a">En</a><ol><li><a href="#b">To</a></li></ol></li></ol></nav>'
        "<h1 id=a>En</h1><h2 id=b>To</h2><ul><li>a<ul><li>b</li></ul></li></ul>"
    )
    content = pdfkit.write_screen(pdfkit.lay_out(html))
    assert failures(content) == []
    with opened(content) as pdf:
        assert tree(pdf).count("TOCI") == 2


def test_blocks_in_a_list_item_are_its_body() -> None:
    assert tree(tagged("<ul><li>a<p>b</p></li></ul>")).splitlines() == [
        "Document",
        "  L",
        "    LI",
        "      Lbl p1:1",
        "      LBody p1:1",
        "        P p1:1",
    ]


def test_text_among_blocks_is_a_paragraph() -> None:
    assert tree(tagged("<aside>a<p>b</p></aside>")) == "Document\n  Sect\n    P p1:1\n    P p1:1"


@pytest.mark.parametrize(
    "html",
    [
        "<ul style='float: footnote'><li>a</li></ul>",
        "<ul class='decorative'><li>a</li></ul><p>b",
        "<ul><li><p>b</p><ul><li>c</li></ul></li></ul>",
        "<ul><li><table><tr><td>a</td></tr></table></li></ul>",
        "<ul><li><figure><img src='project:///grey.png' alt='x'><figcaption>a</figcaption></figure></li></ul>",
        "<ul><li><dl><dt>a</dt><dd>b<p>c</p></dd></dl></li></ul>",
        "<ul><li><em style='float: left'>a</em> b</li></ul>",
        "<div style='columns: 2'><dl><div><dt>a</dt><dd>b</dd></div><div><dt>c</dt><dd>d</dd></div></dl></div>",
        "<div class='decorative'><a href='https://x.no'>a</a></div>",
        "<p><a href='https://x.no'><img src='project:///grey.png' alt=''></a></p>",
        "<blockquote>a<p>b</p></blockquote>",
    ],
)
def test_what_layouts_do_stays_valid(html: str) -> None:
    assert failures(pdfkit.write_screen(pdfkit.lay_out(f"<h1>a</h1>{html}"))) == []
