"""The search on paper: no choice of sizes within the limits is better than the one it gives."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from buildkit import ROOT
from fitkit import SETTINGS, box, flow, pt, text
from hefte import layout
from hefte.copyfitting import search, sizes
from hefte.model.fitting import Fitting, Limits, Score
from hefte.model.flow import Unit

THEME = layout.load_theme((ROOT / "layouts",), (ROOT / "assets",))
OWN = sizes.own(THEME)
LIMITS = {
    "line": Limits(Decimal("15"), Decimal("16"), Decimal("0.5")),
    "apart": Limits(Decimal("9.625"), Decimal("13.625"), Decimal("2")),
}
"""Three by three: fewer pairs of type and leading than are looked at closely, so that all are."""
UNITS = st.one_of(
    st.builds(text, st.integers(1, 9), st.sampled_from([pt(4), (0.0, 0.0, 1.0, 0.0)])),
    st.builds(box, st.integers(1, 3), st.integers(1, 4), gap=st.just((0.0, 0.0, 0.0, 1.0)), pad=st.just(pt(8))),
)
WEIGHTS = st.builds(Score, *[st.integers(0, 20)] * 2, thin=st.integers(0, 9), gap=st.integers(0, 40))


@given(st.lists(st.lists(UNITS, min_size=1, max_size=9), min_size=1, max_size=4), WEIGHTS, st.booleans())
def test_the_best_is_the_best_of_all(chapters: list[list[Unit]], score: Score, fillers: bool) -> None:
    read = replace(flow(*chapters), room=160.0)
    fitting = Fitting(LIMITS, fillers=fillers)
    desk = search.Desk(THEME, fitting, replace(SETTINGS, score=score))
    lines, far = search._Lines(read), float("inf")
    worth = [
        (desk._on_paper(read, lines, Decimal(1), desk.ruler(each), away, far), each)
        for away, each in sizes.tried(THEME, fitting, score)
    ]
    least = min(total for total, _ in worth)
    assert desk.best(read, OWN) == next((total, each) for total, each in worth if total == least)


def test_what_is_given_up_early_is_not_the_best() -> None:
    """The points of a first chapter, as many as all of another choice, were taken for all of them once (issue 5)."""
    score = Score(filler=0, spread=0, distance=0, ending_from=1, ending=10)
    desk = search.Desk(THEME, Fitting(LIMITS), replace(SETTINGS, score=score))

    def worth(found: float, *chapters: list[Unit]) -> float:
        read = replace(flow(*chapters), room=155.0)
        return desk._on_paper(read, search._Lines(read), Decimal(1), desk.ruler(OWN), 0.0, found)

    assert worth(9, [text(8)]) == 2  # eight lines of 15.5 pt on 155: four fifths
    assert worth(9, [text(8)], [text(5)]) == 7
    assert worth(7, [text(8)], [text(5)]) == 7
    assert worth(2, [text(8)], [text(5)]) == float("inf")
