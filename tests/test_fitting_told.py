"""What copyfitting chose is told, on the terminal, in report.json and report.html; a build without it is another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from buildkit import hefte, new
from hefte.model.fitting import Fitted, Scored
from hefte.report.fitted import told
from hefte.wishes import Wishes

OWN = {"text_size": "11.5", "line": "15.5", "paragraph": "7.75", "apart": "11.625"}
BEFORE = Scored(OWN, 24, 3, {"filler": 30.0, "ending": 7.44})
CHOSEN = Scored({**OWN, "text_size": "11.4", "paragraph": "7"}, 20, 0, {"ending": 3.1, "distance": 1.25})


def test_a_score_is_the_sum_of_its_parts() -> None:
    record = Fitted("brochure", CHOSEN, BEFORE, 3).record()
    assert record["chosen"] == {
        "sizes": CHOSEN.sizes, "pages": 20, "fillers": 0, "parts": {"ending": 3.1, "distance": 1.25}, "score": 4.35,
    }
    assert (record["unfitted"]["score"], record["layout"], record["layouts"]) == (37.44, "brochure", 3)


@pytest.mark.parametrize(
    ("fitted", "line"),
    [
        (
            Fitted("brochure", CHOSEN, BEFORE, 3),
            "brochure fitted at 11.4/15.5 pt, paragraphs 7 pt, stories 11.625 pt apart: 20 pages, score 4 (unfitted: "
            "24 pages, 3 of them to fill the sheet, score 37); 3 layouts",
        ),
        (
            Fitted("large-print", BEFORE, BEFORE, 1),
            "large-print stays at 11.5/15.5 pt, paragraphs 7.75 pt, stories 11.625 pt apart: 24 pages, 3 of them to "
            "fill the sheet, score 37; 1 layout",
        ),
    ],
)
def test_a_line_says_what_was_chosen_and_what_it_is_worth(fitted: Fitted, line: str) -> None:
    assert told(fitted.record()) == line


def test_a_build_says_it_and_one_without_fitting_is_made_anew(tmp_path: Path) -> None:
    root = new(tmp_path / "p")
    words = ("build", "--edition", "screen", "--jobs", "1")
    said = hefte(*words, cwd=root).out
    entry = json.loads((root / "dist/report.json").read_text())["languages"]["en"]
    [fitted] = entry["fitted"]
    assert f"en: {told(fitted)}\n" in said
    assert told(fitted) in (root / "dist/report.html").read_text()
    assert (entry["fit"], fitted["layouts"] <= 3, fitted["chosen"]["score"] <= fitted["unfitted"]["score"]) == (
        True, True, True,
    )
    assert "nothing had changed" in hefte(*words, cwd=root).out
    plain = hefte(*words, "--no-fitting", cwd=root).out
    assert "1 file made" in plain and "layout" not in plain
    entry = json.loads((root / "dist/report.json").read_text())["languages"]["en"]
    assert (entry["fit"], entry["fitted"]) == (False, [])
    assert "nothing had changed" in hefte(*words, "--no-fitting", cwd=root).out
    assert "fitted" not in hefte(*words, "--quiet", cwd=root).out


def test_what_was_not_fitted_is_stale_for_a_build_that_fits(tmp_path: Path) -> None:
    entry = {"failures": [], "fit": False}
    assert Wishes(tmp_path, tmp_path).stale({"languages": {"nb": entry}}, {"nb": "abc"}) == ["nb"]
