"""What a layout of chosen words takes of a book: summaries, points, call-outs; and what its editor wrote wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

import wordkit
from hefte import publication, sources, transforms
from hefte.layout import picks
from hefte.model import Chapter, Place, Story

PUBLICATION = "chapters/publication.toml"
LIST = "- Én ting.\n- En *annen* ting.\n- En tredje.\n\n::: remember\nDu er god nok.\n:::\n"


def chosen(folder: Path, said: str, stories: tuple[Story, ...] = ()) -> picks.Chosen:
    """Of the small publication, whose second chapter has a list and a call-out."""
    files = {PUBLICATION: wordkit.PUBLICATION + said, "chapters/nb/second.md": wordkit.text(LIST)}
    wordkit.write(folder, dict(files))
    return picks.of(transforms.apply(sources.read(publication.load(folder), "nb"), "print"), "leaflet", stories)


def ids(chapters: tuple[Chapter, ...]) -> list[str]:
    return [chapter.id for chapter in chapters]


def test_without_a_choice_all_summaries_and_no_points(tmp_path: Path) -> None:
    of = chosen(tmp_path, "")
    assert ids(of.chapters) == ["first", "second"]
    assert (of.points_title, of.points) == ("", ())


def test_points_in_the_order_of_the_choice(tmp_path: Path) -> None:
    of = chosen(tmp_path, '\n[excerpts.leaflet]\nchapters = ["second"]\npoints_of = "second"\npoints = [3, 2, 9]\n')
    assert ids(of.chapters) == ["second"]
    assert of.points == ("En tredje.", "En <em>annen</em> ting.")


def test_all_points_where_none_is_chosen(tmp_path: Path) -> None:
    of = chosen(tmp_path, '\n[excerpts.leaflet]\npoints_of = "second"\n')
    assert of.points == ("Én ting.", "En <em>annen</em> ting.", "En tredje.")


def test_callouts_come_without_their_titles(tmp_path: Path) -> None:
    [said] = chosen(tmp_path, "").callouts("remember")
    assert said.striptags() == "Du er god nok."
    assert chosen(tmp_path, "").callouts("seek-help") == ()


@pytest.mark.parametrize(("letters", "first", "second"), [(0, 1, 1), (2000, 2, 0)])
def test_two_panels_are_alike_in_length(tmp_path: Path, letters: int, first: int, second: int) -> None:
    """The second holds the second story, too."""
    story = Story("a", "A", "nb", f"<p>{'x' * letters}</p>", Place(tmp_path))
    halves = chosen(tmp_path, "", (story, story)).halves
    assert tuple(map(len, halves)) == (first, second)


@pytest.mark.parametrize(("said", "wrong"), [
    ('chapters = ["first", "secnd"]', "`excerpts.leaflet.chapters` names `secnd`, which is no chapter; did you mean"),
    ('points_of = "third"', "`excerpts.leaflet.points_of` names `third`, which is no chapter; known here: "),
    ("points = [0]", "`excerpts.leaflet.points[1]` "),
    ('story = ["a"]', "unknown key `excerpts.leaflet.story`; did you mean `stories`?"),
])
def test_a_choice_that_cannot_be_is_refused(tmp_path: Path, said: str, wrong: str) -> None:
    text = f"{wordkit.PUBLICATION}\n[excerpts.leaflet]\n{said}\n"
    line = text.count("\n")
    [complaint] = wordkit.complaints(tmp_path, {PUBLICATION: text})
    assert complaint.startswith(f"{PUBLICATION}:{line}: ")
    assert wrong in complaint
