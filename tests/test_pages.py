"""Pages laid out once: their order, what the frame is told, panels that run over, every complaint of WeasyPrint."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

import buildkit
from hefte.model import BodyFacts, Book, Layout, PageStart, Settings
from hefte.renderers import pages

MANY = "So many words that nobody can read them all and no panel can hold them. "
Change = Callable[[Book, int], Book]


@pytest.fixture(scope="module")
def tiny_book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    book: Book = buildkit.book(buildkit.new(tmp_path_factory.mktemp("pages") / "tiny"))
    return book


@pytest.fixture(scope="module")
def rendering(tiny_book: Book) -> Any:
    return buildkit.render(tiny_book)


def test_pages_stand_in_order_and_are_known(rendering: Any) -> None:
    assert rendering.starts == (
        PageStart("1", "@cover"), PageStart("2", "@colophon"), PageStart("3", "@contents"), PageStart("4",
            "first.title"),
        PageStart("5", "@filler"), PageStart("6", "@filler"), PageStart("7", "@help"), PageStart("8", "@back-cover"),
    )
    assert len(rendering.document.pages) == 8
    assert not any(page._page_box.page_type.blank for page in rendering.document.pages)


def test_the_frame_is_told_where_things_stand(rendering: Any) -> None:
    facts = rendering.facts
    assert facts.pages == 1
    assert {name: facts.starts[name] for name in ("first", "story-a-walk", "first-h1", "ref-handbook")} == {
        "first": 4, "story-a-walk": 4, "first-h1": 4, "ref-handbook": 4,
    }


def test_a_publication_as_it_is_made_fits(rendering: Any) -> None:
    assert rendering.overflows == ()
    assert rendering.complaints == ()


def test_what_is_broken_over_pages_stands_where_it_begins(tiny_book: Book) -> None:
    [first] = tiny_book.chapters
    body = first.body + "".join(f'<p data-key="x.{number}" data-line="9">{MANY * 6}</p>' for number in range(12))
    drawn = buildkit.render(replace(tiny_book, chapters=(replace(first, body=body),)))
    assert drawn.facts.pages == 4
    assert drawn.facts.starts["first"] == 4
    assert [start.label for start in drawn.starts] == [str(number) for number in range(1, 13)]
    assert [start.key for start in drawn.starts[7:]] == ["@filler", "@filler", "@filler", "@help", "@back-cover"]


# --- panels ---------------------------------------------------------------------------------------------------------


def words(name: str) -> Change:
    """One of the language's own lines, made longer."""

    def lengthen(book: Book, times: int) -> Book:
        longer: dict[str, Any] = {name: "One " + MANY * times}
        return replace(book, language=replace(book.language, **longer))

    return lengthen


def label(name: str) -> Change:
    def lengthen(book: Book, times: int) -> Book:
        labels = {**book.language.labels, name: MANY * times}
        return replace(book, language=replace(book.language, labels=labels))

    return lengthen


def matter(name: str) -> Change:
    def lengthen(book: Book, times: int) -> Book:
        text = book.matter[name]
        more = "".join(f'<p data-key="{name}.{number}" data-line="9">{MANY}</p>' for number in range(90, 90 + times))
        return replace(book, matter={**book.matter, name: replace(text, body=text.body + more)})

    return lengthen


def chapters(book: Book, times: int) -> Book:
    [first] = book.chapters
    more = (replace(first, id=f"c{number}", title=f"Chapter {number}", body=f'<p data-key="c{number}.1">x</p>')
            for number in range(times))
    return replace(book, chapters=(first, *more))


# Panel, how it is made longer, how often is enough, the page that it stands on, and where its text may reach in mm.
PANELS: dict[str, tuple[Change, int, int, int]] = {
    "cover": (words("subtitle"), 5, 1, 92),
    "cover-foot": (words("audience"), 40, 1, 203),
    "colophon": (matter("colophon"), 12, 2, 192),
    "contents": (chapters, 7, 3, 150),
    "notes": (label("notes_prompt"), 8, 5, 192),
    "help": (matter("help"), 12, 7, 192),
    "back-cover": (matter("back-cover"), 7, 8, 150),
    "back-cover-foot": (label("scan"), 12, 8, 201),
}


@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_whose_text_is_too_long_is_found(tiny_book: Book, panel: str) -> None:
    change, times, page, limit = PANELS[panel]
    drawn = buildkit.render(change(tiny_book, times))
    [overflow] = [overflow for overflow in drawn.overflows if overflow.panel == panel]
    assert overflow.page == page
    if overflow.what.startswith("reaches "):
        assert overflow.what.endswith(f" mm down the page, of {limit} mm")
        assert int(overflow.what.split()[1]) >= limit
    else:
        assert overflow.what in {f"goes on to page {page + 1}", "runs out of its page"}
    assert overflow.remedy == "shorten the text of this page"
    assert [other.panel for other in drawn.overflows] == [panel]


@pytest.mark.parametrize(("panel", "page"), [("colophon", 2), ("help", 7)])
def test_a_panel_that_goes_on_to_the_next_page_is_found(tiny_book: Book, panel: str, page: int) -> None:
    drawn = buildkit.render(matter(panel)(tiny_book, 20))
    [overflow] = [overflow for overflow in drawn.overflows if overflow.panel == panel]
    assert (overflow.page, overflow.what) == (page, f"goes on to page {page + 1}")


def test_a_panel_that_runs_out_of_its_page_is_found(tiny_book: Book) -> None:
    drawn = buildkit.render(chapters(tiny_book, 20))
    assert [(overflow.panel, overflow.page, overflow.what) for overflow in drawn.overflows] == [
        ("contents", 3, "runs out of its page"),
    ]


def test_every_panel_of_the_brochure_is_tried_here(tiny_book: Book) -> None:
    assert set(PANELS) == set(buildkit.lay_out(tiny_book).settings.panels)


# --- by hand --------------------------------------------------------------------------------------------------------

CSS = """@page { size: 100mm 50mm; margin: 10mm }
@font-face { font-family: x; src: url(project:///assets/fonts/SourceSans3-Regular.ttf) }
html { font: 10pt/10pt x } body { margin: 0 } section { break-before: page }"""


def by_hand(body: str, frame: str, css: str = "", panels: dict[str, float] | None = None, front: int = 1) -> Any:
    settings = Settings(front=("cover",) * front, tail=("help",), fillers=(), signature=1, panels=panels or {})
    told: list[BodyFacts] = []

    def made(facts: BodyFacts) -> str:
        told.append(facts)
        return f"<html>{frame}</html>"

    layout = Layout(css=CSS + css, body=f"<html>{body}</html>", frame=made, settings=settings)
    return pages.render(layout, "nb", Path("/nowhere"), {"assets": buildkit.ROOT / "assets"}), told


COVER = '<section class="frame" id="cover">C<span id="end-cover"></span></section>'
HELP = '<section class="frame" id="help">H<span id="end-help"></span></section>'


def test_the_body_comes_between_and_its_page_numbers_are_the_wholes() -> None:
    drawn, told = by_hand('<section id="a"><p data-key="a.1">En</section><section id="b"><p data-key="b.1">To',
                          COVER + HELP)
    assert drawn.starts == (
        PageStart("1", "@cover"), PageStart("2", "a.1"), PageStart("3", "b.1"), PageStart("4", "@help"),
    )
    assert told == [drawn.facts] == [BodyFacts(2, {"a": 2, "b": 3})]


def test_a_blank_page_of_opening_on_a_verso_is_left_out() -> None:
    css = "html { break-before: verso }"
    drawn, _ = by_hand('<p data-key="a.1">En', COVER + HELP, css)
    assert [start.key for start in drawn.starts] == ["@cover", "a.1", "@help"]


@pytest.mark.parametrize(("limit", "found"), [(30.0, False), (14.0, False), (13.0, True), (5.0, True)])
def test_a_panel_may_reach_its_limit_and_no_further(limit: float, found: bool) -> None:
    # Margin 10 mm and one line of 10 pt = 3.53 mm: the end mark, in the next line's place, stands at 13.53 mm.
    cover = '<section class="frame" id="cover"><div>C</div><div id="end-cover"></div></section>'
    drawn, _ = by_hand('<p data-key="a.1">En', cover + HELP, panels={"cover": limit})
    assert [overflow.what for overflow in drawn.overflows] == (
        [f"reaches 14 mm down the page, of {limit:.0f} mm"] if found else []
    )


def test_a_panel_without_its_end_mark_is_found_and_one_without_its_page_is_not() -> None:
    drawn, _ = by_hand('<p data-key="a.1">En', COVER + HELP, panels={"cover-foot": 50, "notes": 50, "help": 50})
    [overflow] = drawn.overflows
    assert (overflow.panel, overflow.page, overflow.what) == ("cover-foot", 1, "has no end mark")
    assert overflow.remedy == 'put <span id="end-cover-foot"> last in it'


@pytest.mark.parametrize(("start", "style", "numbers"), [
    ("", "", "1. 2."), ('start="3"', "", "3. 4."), ('start="0"', "", "0. 1."), ('start="-1"', "", "-1. 0."),
    ('start="3"', 'style="list-style: upper-roman"', "III. IV."), ('start="x"', "", "1. 2."),
])
def test_a_list_begins_with_its_number(start: str, style: str, numbers: str) -> None:
    ordered = f"<ol {start} {style}><li>En</li><li>To</li></ol>"
    drawn, _ = by_hand(f'<div data-key="a.1">{ordered}</div>', COVER.replace("C<", f"{ordered}<") + HELP)
    with pdfium.PdfDocument(drawn.document.write_pdf()) as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    assert [" ".join(re.findall(r"\S+\.", text)) for text in texts] == [numbers, numbers, ""]


@pytest.mark.parametrize(("css", "html", "said"), [
    ("p { colr: red }", "", "Ignored `colr: red ` at "),
    ("p::befor { }", "", "Invalid or unsupported selector"),
    ("", '<img alt="x" src="data:image/png;base64,AAAA">', "Failed to load image at 'data:image/png;base64,…"),
    ("", '<a href="#nowhere">x</a>', "No anchor #nowhere for internal URI reference"),
    ('@font-face { font-family: y; src: url("data:font/ttf;base64,AAAA") }', "", "Font-face 'y' cannot be loaded"),
])
def test_every_complaint_is_heard(css: str, html: str, said: str, weasyprint_warnings: list[str]) -> None:
    drawn, _ = by_hand(f'<p data-key="a.1">En{html}', COVER + HELP, css)
    with pages.complaints() as later:
        drawn.document.write_pdf()
    complaints = list(dict.fromkeys((*drawn.complaints, *later)))
    assert [complaint[: len(said)] for complaint in complaints] == [said]
    assert weasyprint_warnings
    weasyprint_warnings.clear()
