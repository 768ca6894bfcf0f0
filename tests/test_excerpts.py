"""The stories of a short edition: which are told, and why each of the others is not."""

from __future__ import annotations

from pathlib import Path

import pytest

import wordkit
from hefte import publication, sources, transforms
from hefte.model import Book, Problem, Story
from hefte.transforms.excerpts import excerpts
from wordkit import Change

PUBLICATION, STORIES = "chapters/publication.toml", "chapters/stories.toml"
NAMED = '\n[excerpts.leaflet]\nstories = ["lost", "found"]\ntags = ["grief", "depression"]\n'
FOUND = """
[found]
channel = "letter"
received = "2024-09"
language = "nb"
voice = "quote"
scopes = ["print"]
"""
PLACE = wordkit.PUBLICATION.count("\n") + 3


def of(folder: Path, changes: dict[str, Change] | None = None, lang: str = "nb") -> Book:
    """The small publication with two stories, which may both be told."""
    files: dict[str, Change] = {
        PUBLICATION: wordkit.PUBLICATION + NAMED, STORIES: wordkit.STORIES + FOUND,
        "chapters/nb/stories/found.md": "---\ntitle: Funnet\n---\n\n«Det ble bra.»\n",
        "chapters/nb/second.md": wordkit.text("::: story found\n:::\n"),
    }
    wordkit.write(folder, {**files, **(changes or {})})
    if lang != "nb":
        import shutil

        shutil.copytree(folder / "chapters/nb", folder / "chapters" / lang)
    return transforms.apply(sources.read(publication.load(folder), lang), "print")


def said(left_out: tuple[Problem, ...], folder: Path) -> list[str]:
    return [f"{each.place.path.relative_to(folder)}:{each.place.line}: {each.text}" for each in left_out]


def test_the_stories_come_in_the_order_that_the_editor_wrote(tmp_path: Path) -> None:
    told, left_out = excerpts(of(tmp_path), "leaflet", 2, 600)
    assert [story.id for story in told] == ["lost", "found"]
    assert left_out == ()
    assert told[1] == Story(
        "found", "Funnet", "nb",
        '<aside class="story quoted" id="story-found" lang="nb" aria-label="Funnet" data-story="found" data-tags="">'
        '<blockquote><p data-key="story-found.1" data-line="5">«Det ble bra.»</p></blockquote>'
        '<p class="by" lang="nb">(quoted)</p></aside>'.replace("story quoted", "story quote"),
        told[1].place,
    )


def test_an_edition_that_nothing_is_said_of_tells_none(tmp_path: Path) -> None:
    assert excerpts(of(tmp_path), "pocket", 2, 600) == ((), ())


# what is changed, how many stories and letters there is room for, what is said of the story that is not told
LEFT_OUT: dict[str, tuple[dict[str, Change], int, int, str]] = {
    "withdrawn": (
        {STORIES: wordkit.STORIES + FOUND + "withdrawn = 2026-01-01\n"}, 2, 600,
        f"{STORIES}:17: `found` is left out of leaflet: withdrawn on 2026-01-01",
    ),
    "scope": (
        {STORIES: wordkit.STORIES + FOUND.replace('"print"', '"epub"')}, 2, 600,
        f"{STORIES}:17: `found` is left out of leaflet: its consent does not cover print",
    ),
    "tag": (
        {STORIES: wordkit.STORIES + FOUND + 'tags = ["grief", "anger", "cancer"]\n'}, 2, 600,
        f"{PUBLICATION}:{PLACE}: `found` is left out of leaflet: `tags` of [excerpts.leaflet] does not have `anger`, "
        "`cancer`",
    ),
    "no text": (
        {"chapters/nb/stories/found.md": None}, 2, 600,
        f"{PUBLICATION}:{PLACE}: `found` is left out of leaflet: it has no text in nb",
    ),
    "not placed": (
        {"chapters/nb/second.md": wordkit.text("Mer.")}, 2, 600,
        f"{PUBLICATION}:{PLACE}: `found` is left out of leaflet: it is placed in no chapter",
    ),
    "too long": (
        {"chapters/nb/stories/found.md": f"---\ntitle: Funnet\n---\n\n«{'Så langt. ' * 10}»\n"}, 2, 60,
        f"{PUBLICATION}:{PLACE}: `found` is left out of leaflet: it has 110 characters, of 60 at most",
    ),
    "too many": (
        {}, 1, 600,
        f"{PUBLICATION}:{PLACE}: `found` is left out of leaflet: there is room for 1 story, and `lost` came first",
    ),
}


@pytest.mark.parametrize("why", LEFT_OUT)
def test_a_story_that_is_not_told(tmp_path: Path, why: str) -> None:
    changes, most, letters, line = LEFT_OUT[why]
    told, left_out = excerpts(of(tmp_path, changes), "leaflet", most, letters)
    assert [story.id for story in told] == ["lost"]
    assert said(left_out, tmp_path) == [line]
    assert left_out[0].kind == "story-left-out"


def test_a_story_that_may_not_be_translated(tmp_path: Path) -> None:
    told, left_out = excerpts(of(tmp_path, lang="nn"), "leaflet", 2, 600)
    assert told == ()
    assert said(left_out, tmp_path) == [
        f"{STORIES}:1: `lost` is left out of leaflet: its consent does not cover translation",
        f"{STORIES}:17: `found` is left out of leaflet: its consent does not cover translation",
    ]


def test_as_many_characters_as_there_is_room_for(tmp_path: Path) -> None:
    book = of(tmp_path)
    told, _ = excerpts(book, "leaflet", 2, 600)
    length = len("«Det ble bra.»(quoted)")
    assert [each.id for each in excerpts(book, "leaflet", 2, length)[0]] == ["found"]
    assert [each.id for each in excerpts(book, "leaflet", 2, length - 1)[0]] == []
    assert [each.id for each in told] == ["lost", "found"]


# what is written, what is said of it
REFUSED: dict[str, tuple[str, list[str]]] = {
    "unknown": (
        NAMED.replace('"found"', '"lsot"'),
        [f"{PUBLICATION}:{PLACE}: `excerpts.leaflet.stories` names the story `lsot`, which stories.toml does not have; "
         "did you mean `lost`?"],
    ),
    "twice": (
        NAMED.replace('"found"', '"lost"'),
        [f"{PUBLICATION}:{PLACE}: `excerpts.leaflet.stories[2]` names `lost` a second time; delete one of the two"],
    ),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_excerpts_that_are_refused(tmp_path: Path, fault: str) -> None:
    tables, lines = REFUSED[fault]
    assert wordkit.complaints(tmp_path, {PUBLICATION: wordkit.PUBLICATION + tables}) == lines


# an address, what is said of it
ADDRESSES = {
    "http://example.org/{language}": "write a web address that begins with https://",
    "example.org/{language}": "write a web address that begins with https://",
    "https://example.org/": "write {language} once, where the code of a language is to stand",
    "https://example.org/{language}/{language}": "write {language} once, where the code of a language is to stand",
    "https://example.org/{language}/{lang}": "write {language} once, where the code of a language is to stand",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_refused(tmp_path: Path, address: str) -> None:
    change = ("license =", f'address = "{address}"\nlicense =')
    assert wordkit.complaints(tmp_path, {PUBLICATION: change}) == [
        f"{PUBLICATION}:9: `address` cannot be `{address}`; {ADDRESSES[address]}",
    ]


def test_an_address_for_each_language(tmp_path: Path) -> None:
    change = ("license =", 'address = "https://example.org/{language}/les"\nlicense =')
    assert wordkit.load(tmp_path, {PUBLICATION: change}).address_of("fa-AF") == "https://example.org/fa-AF/les"
    assert wordkit.load(tmp_path).address_of("nb") == ""
