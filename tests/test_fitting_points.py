"""The score: each thing that a designer would dislike costs what layout.toml says, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from fitkit import SETTINGS, pages, text
from hefte.copyfitting import points
from hefte.model.fitting import PARTS, Fitting, Limits, Score
from hefte.model.flow import SetPage

FIRST = SetPage(0, 0.95, 20, opens=True, goes_on=True)
MIDDLE = SetPage(0, 0.95, 30, goes_on=True)
LAST = SetPage(0, 0.8, 25)
GOOD = (FIRST, MIDDLE, LAST)


def parts(*given: SetPage, **weights: Any) -> dict[str, float]:
    """Points off with no front or last pages, but those of `weights`."""
    settings = replace(SETTINGS, front=("a",), tail=(), score=Score(**weights))
    return points.parts(given, settings, 0.0)


def test_good_pages_cost_nothing() -> None:
    assert parts(*GOOD) == {}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((FIRST, LAST), {"filler": 10.0}),
        ((FIRST,), {"filler": 20.0}),
        ((FIRST, MIDDLE, replace(LAST, filled=0.25)), {"ending": 4.0}),
        ((FIRST, MIDDLE, replace(LAST, filled=0.5)), {}),
        ((FIRST, MIDDLE, replace(LAST, lines=3)), {"thin": 15.0}),
        ((FIRST, MIDDLE, replace(LAST, lines=3, opens=True)), {}),
        ((replace(FIRST, lines=3), MIDDLE, LAST), {}),
        ((FIRST, replace(MIDDLE, scraps=2), LAST), {"scrap": 4.0}),
        ((FIRST, replace(MIDDLE, cut=True), LAST), {"cut": 30.0}),
        ((FIRST, replace(MIDDLE, under_heading=2), LAST), {"heading": 4.0}),
        ((FIRST, replace(MIDDLE, under_heading=3), LAST), {}),
        ((FIRST, replace(MIDDLE, filled=0.82), LAST), {"gap": 4.0, "spread": 1.3}),
        ((FIRST, replace(MIDDLE, filled=0.75), LAST), {"gap": 6.8, "spread": 2.0}),
        ((FIRST, replace(MIDDLE, filled=0.72), LAST), {"gap": 8.0, "hole": 10.0, "spread": 2.3}),
        ((replace(FIRST, filled=0.72), MIDDLE, LAST), {"gap": 8.0, "spread": 2.3}),
        ((replace(FIRST, filled=0.92), MIDDLE, LAST), {"spread": 0.3}),
        ((FIRST, replace(MIDDLE, filled=0.93), replace(LAST, goes_on=True)), {"gap": 4.8, "spread": 0.2}),
    ],
)
def test_each_thing_has_its_price(given: tuple[SetPage, ...], expected: dict[str, float]) -> None:
    """The first page is number 2, a verso: it faces the second."""
    assert parts(*given) == expected


@pytest.mark.parametrize("name", [name for name in PARTS if name not in ("distance", "filler", "spread")])
def test_a_weight_of_nothing_takes_a_thing_out(name: str) -> None:
    bad = replace(MIDDLE, filled=0.5, lines=2, scraps=1, cut=True, under_heading=0)
    costly = parts(FIRST, bad, replace(LAST, filled=0.1))
    assert name in costly
    assert parts(FIRST, bad, replace(LAST, filled=0.1), **{name: 0}) == {
        part: off for part, off in costly.items() if part != name
    }


def test_facing_pages_of_two_chapters_or_at_a_chapters_end_may_differ() -> None:
    assert "spread" not in parts(replace(FIRST, filled=0.93), replace(MIDDLE, chapter=1), LAST)
    assert "spread" not in parts(replace(FIRST, filled=0.93), replace(LAST, filled=0.6), replace(FIRST, goes_on=False))


def test_loose_sheets_do_not_face_each_other() -> None:
    loose = replace(SETTINGS, signature=1)
    assert points.parts((replace(FIRST, filled=0.93), MIDDLE, LAST), loose, 0.0) == {}


@pytest.mark.parametrize(
    ("size", "off"), [("11.5", 0.0), ("11.7", 1.2), ("12", 3.0), ("11.4", 0.6), ("11", 3.0)],
)
def test_distance_grows_towards_the_limits(size: str, off: float) -> None:
    fitting = Fitting({"text_size": Limits(Decimal("11"), Decimal("12"), Decimal("0.1"))})
    own = {"text_size": Decimal("11.5"), "line": Decimal("15.5")}
    assert points.distance({**own, "text_size": Decimal(size)}, own, fitting, Score(distance=3)) == pytest.approx(off)


def test_a_heading_at_the_foot_is_seen_only_where_its_text_goes_on() -> None:
    heading = text(1, kind="heading", keep=True)
    near, _ = pages(text(6), heading, text(9))
    assert (near.under_heading, points.of_pages([near], SETTINGS)) == (3, 0.0)
    nearer, _ = pages(text(7), heading, text(9))
    assert nearer.under_heading == 2
    done, _ = pages(text(7), heading, text(2), heading, text(9))
    assert done.under_heading is None
