"""Headings are broken into lines that are alike, and are as large as their longest word allows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefte import house
from hefte.layout import balance, for_language, load_theme
from hefte.model import Theme

ROOT = Path(__file__).resolve().parents[1]
THEME = for_language(load_theme((ROOT / "layouts",), (house.assets(),)), "nb")
SUBTITLE = "Når ammingen tok slutt eller aldri ble som du håpet"


def lines(text: str, width: float = 92, size: float = 15.5, theme: Theme = THEME) -> list[str]:
    """A text as it is broken: where spaces are left that may be broken at, if it was balanced."""
    return [line.replace("\N{NO-BREAK SPACE}", " ")
            for line in balance.balanced(text, theme, width, size, "text", 400).split(" ")]


def test_no_word_is_left_alone() -> None:
    """The page renderer would end the first line with `som`, and leave two words to the second."""
    assert lines(SUBTITLE) == ["Når ammingen tok slutt", "eller aldri ble som du håpet"]


@pytest.mark.parametrize("text", ["Ammesorg", "Hva kan hjelpe?"])
def test_what_fits_a_line_stays_as_it_is(text: str) -> None:
    assert balance.balanced(text, THEME, 92, 15.5, "text", 400) == text


def test_a_word_that_is_wider_than_the_column_is_not_touched() -> None:
    text = "a Menneskerettighetsorganisasjonene b"
    assert balance.balanced(text, THEME, 20, 15.5, "text", 400) == text


@given(st.lists(st.text("abcdefghijæøå", min_size=1, max_size=9), min_size=1, max_size=14), st.floats(40, 160))
def test_there_are_as_many_lines_as_before_and_the_words_in_their_order(words: list[str], width: float) -> None:
    room = width * 72 / 25.4 * 0.985
    blank = balance._width(" ", THEME, "text", 400) * 15.5
    widths = [balance._width(word, THEME, "text", 400) * 15.5 for word in words]
    broken = lines(" ".join(words), width)
    assert " ".join(broken).split() == words
    if len(broken) > 1 and max(widths) <= room:
        greedy = len(balance._broken(widths, blank, room))
        if broken != words:  # else it was left as it was: one line
            assert len(broken) == greedy
            assert all(balance._width(line, THEME, "text", 400) * 15.5 <= room + 1 for line in broken)


def test_a_title_is_as_large_as_one_line_allows_then_as_two_do() -> None:
    """112 mm: `Ammesorg` at its full size; `Breastfeeding grief` would be small in one line, so it takes two."""
    ways = [(50.0, 1), (34.0, 2)]

    def size(text: str) -> float:
        return balance.largest(text, THEME, 112, ways, "display", 500)

    assert size("Ammesorg") == 50
    assert size("Breastfeeding grief") == 34
    assert size("Murugada naasnuujinta ee hooyooyinka") == 26.5
    assert size("Muttermilchersatzproduktegesetzgebung") < 20


def test_the_smallest_size_has_an_end() -> None:
    assert balance.largest("x" * 400, THEME, 50, [(20.0, 1)], "display", 500) == 6


def test_spaces_at_the_end_and_no_text_at_all_do_no_harm() -> None:
    assert balance.balanced("", THEME, 92, 15.5, "text", 400) == ""
    assert balance.balanced(f"{SUBTITLE} ", THEME, 92, 15.5, "text", 400).split() == SUBTITLE.split()
    assert balance.largest("", THEME, 92, [(20.0, 1)], "text", 400) == 20
