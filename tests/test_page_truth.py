"""Links, running heads, page numbers and contents of laid-out pages: whether what they say is so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import epubkit
from hefte.checks import page_contents, page_link, page_running_head
from hefte.model import Link, Page
from pagekit import BARE, LEFT, block, chapter, drawn, found, laid, line, lines, page

# --- links ------------------------------------------------------------------------------------------------------------


def test_a_link_that_leads_nowhere_is_found() -> None:
    text = '<p data-key="start.1"><a href="#veien">side 9</a> og <a href="#start">side 1</a></p>'
    assert found(page_link.CHECK, drawn(chapter(text))) == [
        (1, "the link “side 9” leads to #veien, which is on no page", (LEFT, 64.47, 38.3, 78.71)),
    ]
    assert found(page_link.CHECK, drawn(chapter(text) + chapter("", "veien", "Veien videre"))) == []


def test_a_link_out_of_the_file_is_not_followed() -> None:
    on = laid(page(4, links=(Link("der", "https://example.org/", False, (0, 0, 9, 9)),)))
    assert found(page_link.CHECK, on) == []


# --- running heads ----------------------------------------------------------------------------------------------------


def test_a_running_head_that_names_another_chapter_is_found() -> None:
    two = chapter(lines(6)) + chapter(lines(1), "veien", "Veien videre")
    assert found(page_running_head.CHECK, drawn(two)) == []
    stuck = "h1 { string-set: none } #start h1 { string-set: head content() }"
    [(number, said, box)] = found(page_running_head.CHECK, drawn(two, stuck))
    assert (number, said) == (3, "the running head is “Å begynne”, and no such chapter is on the page")
    assert box == pytest.approx((129.75, 7.07, 155.91, 15.61), abs=0.01)


def test_a_wrong_page_number_is_found() -> None:
    wrong = drawn(chapter(lines(6)), "@page :first { counter-reset: page 7 }")
    assert [(number, said) for number, said, _ in found(page_running_head.CHECK, wrong)] == [
        (1, "the page is numbered 7, and is page 1"), (2, "the page is numbered 8, and is page 2"),
    ]


def headed(number: int, *margin: str, **more: Any) -> Page:
    return page(number, block("paragraph", "x"), margin=tuple(map(line, margin)), **more)


def heads(*sides: Page, books: Any = ()) -> list[tuple[int | None, str]]:
    return [(number, said) for number, said, _ in found(page_running_head.CHECK, laid(*sides, books=books))]


def test_a_page_that_lacks_its_running_head_is_found() -> None:
    one, other = headed(4, "4", "Å begynne"), headed(5, "5")
    assert heads(one, other) == [(5, "the page has no running head, and stands in “Å begynne”")]
    assert heads(other) == [], "a layout without running heads"
    assert heads(one, page(5, block("heading", "Veien videre", level=1, chapter="veien"))) == []
    assert heads(one, headed(5, "5", frame="help")) == []


def test_a_number_stands_in_the_digits_of_the_language() -> None:
    farsi = replace(epubkit.book(), language=replace(epubkit.book().language, code="fa"))
    assert heads(headed(14, "۱۴", "Å begynne"), books=(farsi,)) == []
    assert heads(headed(14, "14", "Å begynne"), books=(farsi,)) == [(14, "the page is numbered 14, and is page ۱۴")]
    assert heads(headed(14, "14", "Å begynne"), books=(farsi, epubkit.book())) == []


def test_two_languages_have_two_heads_and_their_own_names() -> None:
    book = epubkit.book()
    first = replace(book.chapters[0], title="Beginning", short_title="Beginning")
    english = replace(
        book, language=replace(book.language, code="en", name="English"), chapters=(first, *book.chapters[1:]),
    )
    margin = "norsk bokmål", "English", "Å begynne", "4", "\u2068Beginning\u2069"
    assert heads(headed(4, *margin), books=(english, book)) == []
    assert heads(headed(4, *margin), books=(book,)) == [
        (4, "the running head is “English”, and no such chapter is on the page"),
        (4, "the running head is “Beginning”, and no such chapter is on the page"),
    ]


# --- the contents -----------------------------------------------------------------------------------------------------


def contents(*entries: tuple[str, str]) -> str:
    listed = "".join(f'<p><a href="#{target}">{text}</a></p>' for target, text in entries)
    return f'<section class="frame" id="contents">{listed}</section>{BARE}'


BOTH = chapter(lines(6)) + chapter(lines(1), "veien", "Veien videre")
"""On pages 2 and 4, where the contents are page 1."""


def listed(*entries: tuple[str, str]) -> list[tuple[int | None, str]]:
    on = drawn(BOTH, frame=contents(*entries), front=1)
    return [(number, said) for number, said, _ in found(page_contents.CHECK, on)]


def test_contents_that_are_true_are_let_be() -> None:
    assert listed(("start", "2 Å begynne"), ("veien", "4 Veien videre")) == []
    assert listed(("start", "Å&nbsp;begynne 2"), ("veien", "Veien videre 4")) == []


def test_a_wrong_number_title_or_order_is_found() -> None:
    assert listed(("start", "3 Å begynne"), ("veien", "Veien 4")) == [
        (1, "“Å begynne” is on page 2, not 3"), (1, "“Veien” is called “Veien videre” on page 4"),
    ]
    assert listed(("veien", "4 Veien videre"), ("start", "2 Å begynne")) == [
        (1, "the contents list the chapters in another order"),
    ]
    assert listed(("start", "Å begynne"), ("nowhere", "9 Borte")) == [
        (1, "“Å begynne” has no page number"), (1, "“Borte” leads to `nowhere`, which begins on no page"),
        (1, "the contents leave out the chapter “Veien videre”"),
    ]


def test_the_place_of_a_wrong_line_is_told() -> None:
    on = drawn(BOTH, frame=contents(("start", "9 Å begynne"), ("veien", "4 Veien videre")), front=1)
    assert found(page_contents.CHECK, on) == [(1, "“Å begynne” is on page 2, not 9", (LEFT, 76.47, 64.73, 90.71))]


def test_the_number_is_the_one_that_the_page_bears() -> None:
    farsi = replace(epubkit.book(), language=replace(epubkit.book().language, code="fa"), chapters=())
    heading = block("heading", "Å begynne", level=1)

    def said(number: str, *margin: str) -> list[str]:
        link = Link(f"{number} Å begynne", "start", True, (0, 0, 9, 9))
        sides = page(1, links=(link,), frame="contents"), page(12, heading, margin=tuple(map(line, margin)))
        return [what for _, what, _ in found(page_contents.CHECK, laid(*sides, books=(farsi,)))]

    assert said("۱۲", "۱۲") == said("12", "12") == said("۱۲") == []
    assert said("12", "۱۲") == ["“Å begynne” is on page ۱۲, not 12"]
    assert said("12") == ["“Å begynne” is on page ۱۲, not 12"]
