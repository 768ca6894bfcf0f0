"""review.toml: what each text was translated from, written and read, and what damages it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hefte.errors import SourceError
from hefte.model import Record, Signature
from hefte.translation import review
from hefte.translation.review import Reviews, UnitReview

D1, D2 = "0123456789abcdef0123", "89ab" * 5
REVIEWS = Reviews({
    "what-is-it": UnitReview(
        'Ada "Countess" Lovelace', Signature("Grete Roede", dt.date(2026, 11, 23), "ab" * 32),
        {
            "what-is-it.md": {"title": Record(D1), "1": Record(D2, fuzzy=True), "2": Record("")},
            "stories/lost-closeness.md": {"title": Record(D2), "1": Record(D1)},
        },
    ),
    "language": UnitReview("", None, {"language.toml": {"labels.page": Record(D1)}}),
})
FILE = f"""\
# Written by hefte: what each text was translated from, and who signed it. Do not edit by hand.

[what-is-it]
translator = "Ada \\"Countess\\" Lovelace"
signed_by = "Grete Roede"
signed_on = 2026-11-23
signed = "{'ab' * 32}"
segments = [
  "title {D1}",
  "1 {D2} fuzzy",
  "2 -",
  "story-lost-closeness.title {D2}",
  "story-lost-closeness.1 {D1}",
]

[language]
segments = [
  "labels.page {D1}",
]
"""


def loaded(root: Path, text: str) -> Reviews:
    folder = root / "chapters" / "en"
    folder.mkdir(parents=True)
    (folder / "review.toml").write_text(text, encoding="utf-8")
    return review.load(root, "en")


def test_the_file_is_written_line_by_line_and_read_again(tmp_path: Path) -> None:
    assert review.dump(REVIEWS) == FILE
    assert loaded(tmp_path, FILE) == REVIEWS


def test_no_file_records_nothing(tmp_path: Path) -> None:
    assert review.load(tmp_path, "en") == Reviews()
    assert Reviews().records("x.md") is None
    assert REVIEWS.records("stories/lost-closeness.md") == {"title": Record(D2), "1": Record(D1)}


def test_a_story_that_has_moved_to_another_chapter_is_recorded_there_only() -> None:
    now = REVIEWS.replaced(**{"what-helps": UnitReview(records={"stories/lost-closeness.md": {"1": Record(D2)}})})
    assert list(now.units) == ["what-is-it", "language", "what-helps"]
    assert list(now.unit("what-is-it").records) == ["what-is-it.md"]
    assert now.records("stories/lost-closeness.md") == {"1": Record(D2)}
    assert now.unit("nothing") == UnitReview()


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('  "1 0123",', "`1 0123` is no record"),
        (f'  "1 {D1}",', f"`1 {D1}` is there a second time"),
        ("<<<<<<< ours", "not TOML"),
        (f'  "1 {D1} stale",', "is no record"),
    ],
)
def test_a_damaged_file_is_refused_with_its_line(tmp_path: Path, line: str, what: str) -> None:
    text = FILE.replace('  "2 -",', line)
    with pytest.raises(SourceError) as refused:
        loaded(tmp_path, text)
    assert what in refused.value.what
    assert refused.value.place is not None
    assert refused.value.place.line == 11
