"""Pages made on paper: what stays together, what is parted where, and what is seen of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitkit import LINE, ROOM, box, breaks, column, pages, pt, text
from hefte.copyfitting import paper
from hefte.copyfitting.lines import bias_of, broken
from hefte.model.flow import NOTHING, Break, Leaf, Unit, Words

HEADING = text(1, pt(5), kind="heading", keep=True)


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ([text(10)], ()),
        ([text(12)], ((0, 10),)),
        ([text(11)], ((0, 9),)),  # two lines at least on the next page
        ([text(9), text(5)], ((1, 0),)),  # and two on this one
        ([text(8), text(5)], ((1, 2),)),
        ([text(8), text(3)], ((1, 0),)),  # three lines cannot be parted
        ([text(25)], ((0, 10), (0, 20))),
        ([text(9), text(2, pt(5))], ((1, 0),)),
        ([text(8), text(2, pt(5))], ((1, 0),)),
        ([text(8), text(2, pt(0.005))], ()),  # what was measured is rounded
        ([text(5), box(2, 3)], ()),
        ([text(5), box(2, 4)], ((1, 0),)),
        ([text(5), box(2, 2, pad=pt(5))], ()),
        ([text(5), box(2, 2, pad=pt(6))], ((1, 0),)),  # the box has to end on the page too
        ([text(8), HEADING, text(4)], ((1, 0),)),
        ([text(7), HEADING, text(4)], ((1, 0),)),
        ([text(5), HEADING, text(6)], ((2, 3),)),
        ([text(5, keep=True), HEADING, box(5)], ((0, 3),)),  # nothing may be parted but the paragraph before it
        ([HEADING, box(9)], ((1, 0),)),  # what should stay together is higher than a page
    ],
)
def test_pages_are_broken_where_the_rules_let_them(units: list[Unit], expected: tuple[Break, ...]) -> None:
    assert breaks(*units) == expected


def test_what_is_higher_than_a_page_goes_over_the_foot() -> None:
    [first, last] = pages(box(14), text(3))
    assert (first.filled, first.lines, last.lines) == (1.4, 14, 3)


def test_space_above_is_dropped_at_a_pages_top_and_the_larger_of_two_margins_counts() -> None:
    apart = Unit("text", (Leaf(2, LINE, ((pt(30), pt(20), pt(-5)),)),))
    assert [page.filled for page in pages(text(4), apart)] == [0.85]
    assert [page.filled for page in pages(text(9), apart)] == [0.9, 0.2]


def test_a_chapters_first_margin_stays() -> None:
    assert pages(text(4, pt(-10)))[0].filled == 0.3


@pytest.mark.parametrize(
    ("at", "height"),
    [((1, 10, 4, 6), 59.0), ((1, 12, 4, 6), 67.0), ((1, 10, 5, 6), 60.5), ((1, 10, 4, 8), 61.0)],
)
def test_a_length_follows_each_size_by_itself(at: tuple[float, float, float, float], height: float) -> None:
    """Two paragraphs of two lines, 1.5 paragraph spacings between them, the space of a story, and 7 pt for good."""
    units = (text(2), text(2, (0.0, 0.0, 1.5, 0.0)), Unit("whole", (Leaf(1, pt(7), (((0.0, 0.0, 0.0, 1.0),),)),)))
    assert pages(*units, at=at)[0].filled * ROOM == height


def test_what_is_judged_of_a_page() -> None:
    heading = text(1, kind="heading", keep=True)
    first, second, third = pages(text(3), heading, text(11), box(4, 3), text(1))
    assert (first.filled, first.lines, first.opens, first.goes_on, first.under_heading) == (1.0, 10, True, True, 6)
    assert (second.filled, second.lines, second.scraps, second.under_heading) == (0.5, 5, 0, None)
    assert (third.filled, third.lines) == (0.8, 8)
    assert third.opens is False and third.goes_on is False


def test_parts_of_a_paragraph_with_too_few_lines_are_seen_on_both_sides() -> None:
    assert [page.scraps for page in pages(text(8), text(7))] == [1, 0]
    assert [page.scraps for page in pages(text(6), text(6))] == [0, 1]
    assert [page.scraps for page in pages(text(9), text(2), text(1))] == [0, 0]


def test_the_end_of_a_section_above_a_heading_is_a_scrap_too() -> None:
    heading = text(1, kind="heading")
    assert [page.scraps for page in pages(text(10), text(2), heading, text(3))] == [0, 1]
    assert [page.scraps for page in pages(text(10), text(3), heading, text(3))] == [0, 0]
    assert [page.scraps for page in pages(text(10), heading, text(2), heading, text(3))] == [0, 0]
    assert [page.scraps for page in pages(text(12), heading, text(3))] == [0, 1]


@pytest.mark.parametrize(
    ("units", "where", "cut"),
    [
        ([text(5), box(4, aside="s")], (1, 0), False),
        ([text(5, aside="s"), text(5, aside="s")], (1, 0), True),
        ([text(5, aside="s"), text(5, aside="t")], (1, 0), False),
        ([text(5), text(5, aside="s")], (1, 2), True),
    ],
)
def test_a_story_in_two_parts_is_seen(units: list[Unit], where: Break, cut: bool) -> None:
    assert [page.cut for page in pages(*units, where=[where])] == [cut, False]


BLOCKS = st.one_of(
    st.builds(text, st.integers(1, 9), st.sampled_from([NOTHING, pt(4), pt(11)])),
    st.builds(box, st.integers(1, 3), st.integers(1, 4), gap=st.just(pt(6)), pad=st.just(pt(8))),
    st.just(HEADING),
)


@given(st.lists(BLOCKS, min_size=1, max_size=14))
def test_nothing_is_lost_or_parted_that_must_not_be(units: list[Unit]) -> None:
    made = column(*units)
    where = paper.paginated(made, ROOM)
    assert where == paper.paginated(made, ROOM)
    assert list(where) == sorted(set(where)) and (0, 0) not in where
    for unit, line in where:
        assert line == 0 or (not units[unit].whole and 2 <= line <= made[unit].rows - 2)
    found = paper.described(0, made, where, ROOM, few=3)
    assert sum(page.lines for page in found) == sum(piece.worth for piece in made)
    assert all(page.filled <= 1.0001 for page in found)


WORDS = tuple((width, int(width // 5) + 1) for width in (30.0, 42.0, 18.0, 55.0, 25.0, 38.0) * 6)


def test_lines_are_counted_from_the_widths_of_words() -> None:
    words = Words(WORDS, 3.0, 200.0, hyphenated=False)
    assert [broken(words, factor) for factor in (0.8, 1.0, 1.2)] == [6, 8, 9]
    assert broken(Words(((90.0, 18), (90.0, 18)), 3.0, 150.0, hyphenated=True), 1.0) == 2
    for hyphenated, lines in ((True, 4), (False, 5)):
        assert broken(Words(((70.0, 18),) * 5, 3.0, 100.0, hyphenated), 1.0) == lines


def test_text_without_spaces_fills_its_lines() -> None:
    assert broken(Words(((900.0, 120),), 3.0, 200.0, hyphenated=False), 1.0) == 5


def test_the_estimate_is_led_by_the_lines_that_are_known() -> None:
    words = Words(((50.0, 9),) * 8, 0.0, 200.0, hyphenated=False)
    assert [bias_of(words, lines) for lines in (2, 3, 9)] == [1.0, 0.995, 1.0]
