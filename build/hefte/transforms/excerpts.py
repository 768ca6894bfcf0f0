"""A book (after its transforms) to the few stories that a short edition has room for, and may tell."""

from __future__ import annotations

from hefte import fragment
from hefte.model import Book, Place, Problem, Story
from hefte.transforms.bodies import texts
from hefte.transforms.leave_out_stories import reason


def excerpts(book: Book, edition: str, most: int, letters: int) -> tuple[tuple[Story, ...], tuple[Problem, ...]]:
    """The stories that publication.toml names for `edition`, in its order, each with its whole `<aside>` as its body;
    and a `story-left-out` problem for each that is not told.

    At most `most` of them, none of more than `letters` characters (spaces and the line under it counted). `book` is the
    one for print: on paper, no story is told that its consent does not allow there.
    """
    named = book.publication.excerpts.get(edition)
    placed, told, left_out = _asides(book), list[Story](), list[Problem]()
    for id in named.stories if named else ():
        why, place = _why_not(book, edition, id, placed.get(id), letters)
        if not why and len(told) == most:
            why = f"there is room for {most} {'story' if most == 1 else 'stories'}, and {_list(told)} came first"
        if why:
            left_out.append(Problem("story-left-out", place, f"`{id}` is left out of {edition}: {why}"))
        else:
            told.append(_with(book.stories[id], placed[id]))
    return tuple(told), tuple(left_out)


def _asides(book: Book) -> dict[str, str]:
    """Story → its `<aside>` as it stands in its chapter."""
    found = {}
    for text in texts(book):
        for aside in fragment.parse(text.body).iterfind(".//aside[@data-story]"):
            aside.tail = None
            holder = aside.makeelement("div")
            holder.append(aside)
            found[aside.get("data-story", "")] = fragment.serialise(holder)
    return found


def _why_not(book: Book, edition: str, id: str, aside: str | None, letters: int) -> tuple[str, Place]:
    """Why a story is not told, empty where it may be, and where that is said."""
    record, named = book.publication.stories[id], book.publication.excerpts[edition]
    if why := reason(book, id, "print"):
        return why, record.place
    if other := [tag for tag in record.tags if tag not in named.tags]:
        return f"`tags` of [excerpts.{edition}] does not have {', '.join(f'`{tag}`' for tag in other)}", named.place
    if id not in book.stories:
        return f"it has no text in {book.language.code}", named.place
    if aside is None:
        return "it is placed in no chapter", named.place
    length = len(fragment.text_of(fragment.parse(aside)))
    return f"it has {length} characters, of {letters} at most" if length > letters else "", named.place


def _with(story: Story, body: str) -> Story:
    return Story(story.id, story.title, story.language, body, story.place)


def _list(told: list[Story]) -> str:
    return ", ".join(f"`{story.id}`" for story in told) or "none"
