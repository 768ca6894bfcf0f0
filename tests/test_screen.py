"""The PDF for reading: tags as the HTML means them, languages, links, bookmarks; PDF/UA-1 by page-validation."""

from __future__ import annotations

import io
import os
import re
import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import weasyprint
from weasyprint.pdf import stream as streams
from weasyprint.pdf import tags as weasyprint_tags

import pdfkit
from hefte.errors import MissingToolError
from hefte.renderers.pdf import retagging, tags
from pdfkit import failures, opened, tagged, tree

TAGS = Path(__file__).parent / "fixtures" / "pdf" / "tags.txt"
"""The tags of the kit's document; `HEFTE_REFRESH=1` writes them anew."""


def text(pdf: pikepdf.Pdf, page: int) -> str:
    """What pdfium reads on a page."""
    import pypdfium2

    out = io.BytesIO()
    pdf.save(out)
    read: str = pypdfium2.PdfDocument(out.getvalue())[page - 1].get_textpage().get_text_range()
    return read


# --- the whole ------------------------------------------------------------------------------------------------------


def test_it_is_pdf_ua_1() -> None:
    assert failures(pdfkit.screen_bytes()) == []


def test_the_tags_say_what_the_html_means() -> None:
    with opened(pdfkit.screen_bytes()) as pdf:
        now = tree(pdf) + "\n"
    if os.environ.get("HEFTE_REFRESH"):
        TAGS.write_text(now, "utf-8")
    assert now == TAGS.read_text("utf-8")


def test_pages_end_at_the_trim() -> None:
    with opened(pdfkit.screen_bytes()) as pdf:
        for page in pdf.pages:
            assert [round(float(corner), 2) for corner in page.obj.MediaBox] == [0, 0, 419.53, 595.28]
            assert [float(corner) for corner in page.obj.TrimBox] == [float(corner) for corner in page.obj.MediaBox]


def test_the_file_says_what_it_is() -> None:
    with opened(pdfkit.write_screen(pdfkit.document(), title="Sorg & trøst", language="nn")) as pdf:
        assert str(pdf.Root.Lang) == "nn"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(pdf.Root.MarkInfo.Marked)
        assert {key: str(pdf.docinfo[key]) for key in ("/Title", "/Creator", "/CreationDate", "/ModDate")} == {
            "/Title": "Sorg & trøst",
            "/Creator": "hefte",
            "/CreationDate": "D:20261122000000Z",
            "/ModDate": "D:20261122000000Z",
        }
        with pdf.open_metadata() as xmp:
            assert (xmp["pdfuaid:part"], xmp["dc:title"]) == ("1", "Sorg & trøst")
        assert "/OutputIntents" not in pdf.Root


@pytest.mark.parametrize(("direction", "said"), [("ltr", "/L2R"), ("rtl", "/R2L")])
def test_pages_turn_the_way_that_the_language_reads(direction: str, said: str) -> None:
    content = pdfkit.write_screen(pdfkit.document(), direction=direction)
    with opened(content) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == said
        (top,) = pdf.Root.StructTreeRoot.K
        assert ("/A" in top and top.A.WritingMode == "/RlTb") == (direction == "rtl")
    assert failures(content) == []


def test_bookmarks_lead_to_the_chapters() -> None:
    with opened(pdfkit.screen_bytes()) as pdf, pdf.open_outline() as outline:
        places: list[Any] = [item.destination for item in outline.root]
        numbers = [pdf.pages.index(pikepdf.Page(place[0])) + 1 for place in places]
        rows = list(zip([item.title for item in outline.root], numbers, strict=True))
        assert rows == [
            ("Ørene på kryss", 1),
            ("Det første", 3),
            ("Det andre", 6),
            *((f"Blad {number}", number + 6) for number in range(1, 7)),
        ]
        # The heading of the contents has the second level: it stands below the cover's.
        assert [[child.title for child in item.children] for item in outline.root[:2]] == [
            ["Innhold"],
            ["En liten del"],
        ]


# --- links and words --------------------------------------------------------------------------------------------------


def links(pdf: pikepdf.Pdf) -> list[Any]:
    return [one for page in pdf.pages if "/Annots" in page.obj for one in page.obj.Annots.as_list()]


def test_a_link_is_named_by_its_words_and_a_number_by_its_number() -> None:
    html = (
        '<p><a href="https://ammehjelpen.no">Les <em>mer</em> om\n amming</a>, '
        '<a class="number" href="tel:+47116123">116 123</a>, <a href="https://x.no" aria-label="Netthjelp">her</a>, '
        '<a href="https://y.no"><img src="project:///grey.png" alt="kode" width="20"></a></p>'
    )
    pdf = tagged(html)
    assert [str(link.Contents) for link in links(pdf)] == ["Les mer om amming", "116 123", "Netthjelp", "kode"]
    assert [int(link.F) for link in links(pdf)] == [4, 4, 4, 4]
    assert [str(link.A.URI) for link in links(pdf)][:2] == ["https://ammehjelpen.no", "tel:+47116123"]


def test_a_link_broken_over_lines_is_one_link_with_two_places() -> None:
    pdf = tagged(f'<p><a href="https://x.no">{"lenke " * 20}</a></p>')
    assert len(links(pdf)) == 2
    assert [row.strip() for row in tree(pdf).splitlines()] == ["Document", "P", "Link p1:2 link link"]


def test_a_link_is_as_high_as_its_type_even_without_line_height() -> None:
    pdf = tagged('<p><sup style="line-height: 0; font-size: 8pt"><a href="https://x.no">1</a></sup></p>')
    (link,) = links(pdf)
    left, bottom, right, top = (float(corner) for corner in link.Rect)
    assert (right > left, round(top - bottom, 2)) == (True, 8.0)


def test_a_broken_word_is_one_word() -> None:
    pdf = tagged('<p style="width: 12mm">ammehjelpen</p><p>e-post</p>')
    raw = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    # am-me-hjelpen
    assert raw.count(b"/ActualText <feff00ad>") == 2
    streams_of_all = [item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream)]
    assert not any(b"begincmap" in data and b"<2010>" in data for data in streams_of_all)
    assert "e-post" in text(pdf, 1)


LAST = re.compile(rb"(.*TJ) /Span <</ActualText <feff00ad>>> BDC (.*TJ) EMC")


@pytest.mark.parametrize(
    ("op", "head", "last"),
    [
        (b"[<00010002>] TJ", b"[<0001>] TJ", b"[<0002>] TJ"),
        (b"[<0001>14<0002>0] TJ", b"[<0001>14] TJ", b"[<0002>0] TJ"),
        (b"[<0001>-7.5<00020003>] TJ", b"[<0001>-7.5<0002>] TJ", b"[<0003>] TJ"),
    ],
)
def test_the_last_glyph_is_set_apart(op: bytes, head: bytes, last: bytes) -> None:
    ops: list[Any] = [b"BT", op, b"ET"]
    tags._soften_hyphen(ops, 0)
    match = LAST.fullmatch(ops[1])
    assert match is not None
    assert match.groups() == (head, last)


def test_the_words_of_an_element() -> None:
    from xml.etree import ElementTree

    html = ElementTree.fromstring('<a>Les <em>mer</em>\n om <img alt="koden"/> her</a>')
    assert retagging.text_of(html) == "Les mer om koden her"


# --- the same bytes, and nothing left behind --------------------------------------------------------------------------


def test_the_same_bytes_again_and_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        assert pdfkit.write_screen(pdfkit.lay_out()) == pdfkit.screen_bytes()
    finally:
        monkeypatch.undo()
        os.environ.setdefault("TZ", "UTC")
        time.tzset()


def test_an_earlier_write_by_others_does_no_harm(weasyprint_warnings: list[str]) -> None:
    laid_out = pdfkit.lay_out()
    laid_out.copy().write_pdf(pdf_variant="pdf/ua-1")
    assert weasyprint_warnings.pop() == 'Image "project:///grey.png" has no required alt description'
    assert pdfkit.write_screen(laid_out) == pdfkit.screen_bytes()


def test_weasyprint_is_left_as_it_was_even_after_a_failure() -> None:
    build, marked = weasyprint_tags._build_box_tree, streams.Stream.marked
    laid_out = pdfkit.document()
    with pytest.raises(RuntimeError), tags.recording(laid_out):
        assert weasyprint_tags._build_box_tree is not build
        raise RuntimeError
    assert weasyprint_tags._build_box_tree is build
    assert streams.Stream.marked is marked


def test_another_weasyprint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "VERSION", "71.0")
    with pytest.raises(MissingToolError, match=r"WeasyPrint 71\.0 is installed"):
        pdfkit.write_screen(pdfkit.document())
