"""Stories and call-outs that are cut by the turn of a leaf."""

from __future__ import annotations

import pytest

from hefte.checks import (
    page_callout_cut,
    page_story_cut,
)
from pagekit import LEFT, block, chapter, drawn, found, laid, lines, page, story

# --- stories ----------------------------------------------------------------------------------------------------------


def test_a_story_cut_by_the_turn_of_the_leaf_is_found() -> None:
    body = chapter(lines(1) + story(6))
    assert found(page_story_cut.CHECK, drawn(body)) == [
        (1, "`story-x` is cut in two by the turn from page 1 to page 2", (LEFT, 30.71, 39.05, 66.71)),
    ]
    assert found(page_story_cut.CHECK, drawn(chapter(lines(1) + story(4)), ".story { break-inside: avoid }")) == []


@pytest.mark.parametrize(("first", "second", "said"), [
    (3, 3, None), (9, 3, None), (2, 9, "`s` leaves 2 lines on page 4"), (9, 1, "`s` leaves 1 line on page 5"),
])
def test_over_the_fold_of_a_spread_a_story_may_go_on(first: int, second: int, said: str | None) -> None:
    parts = [block("paragraph", *"x" * count, story="s") for count in (first, second)]
    on = laid(page(4, block("paragraph", "før"), parts[0]), page(5, parts[1]))
    assert [what for _, what, _ in found(page_story_cut.CHECK, on)] == ([said] if said else [])


def test_on_loose_sheets_every_cut_is_one_and_a_story_is_told_once() -> None:
    part = block("paragraph", *"xxxx", story="s")
    on = laid(*(page(number, part, side="") for number in (4, 5, 6)))
    assert [(number, said) for number, said, _ in found(page_story_cut.CHECK, on)] == [
        (4, "`s` is cut in two by the turn from page 4 to page 5"),
    ]


def test_lines_beside_each_other_are_counted_once() -> None:
    sides = [
        page(number, *(block("paragraph", "a", "b", story="s", column=column) for column in ("source", "target")))
        for number in (4, 5)
    ]
    assert [said for _, said, _ in found(page_story_cut.CHECK, laid(*sides))] == ["`s` leaves 2 lines on page 4"]


# --- call-outs --------------------------------------------------------------------------------------------------------


def test_a_call_out_cut_by_the_turn_of_the_leaf_is_found() -> None:
    two = '<aside class="callout remember"><p class="callout-title">Husk</p>{}</aside>' * 2
    body = chapter(two.format(lines(1, "7"), lines(6, "9")))
    assert found(page_callout_cut.CHECK, drawn(body)) == [
        (1, "the call-out “Husk” is cut in two by the turn from page 1 to page 2", (LEFT, 30.71, 39.05, 54.71)),
    ]
    body = chapter(two.format(lines(1, "7"), lines(3, "9")))
    assert found(page_callout_cut.CHECK, drawn(body, ".callout { break-inside: avoid }")) == []


def test_of_call_outs_on_facing_pages_each_is_its_own() -> None:
    sides = [page(number, block("paragraph", "a", callout=f"start.{number}")) for number in (4, 5)]
    assert found(page_callout_cut.CHECK, laid(*sides)) == []
    sides = [page(number, block("paragraph", "a", callout="start.4")) for number in (4, 5)]
    assert [said for _, said, _ in found(page_callout_cut.CHECK, laid(*sides))] == [
        "the call-out “a” leaves 1 line on page 4",
    ]
