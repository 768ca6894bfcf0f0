"""Stories that may not appear in a medium are taken out of the book: withdrawn ones always, others by their scopes."""

from __future__ import annotations

from dataclasses import replace

from hefte.model import Book, Place, Problem, Story


def leave_out_stories(book: Book, medium: str) -> Book:
    """The book with only the stories that `medium` (`print`, `epub`) may show.

    Each one that is left out becomes a `story-left-out` problem.
    """
    reasons = {id: reason(book, id, medium) for id in book.stories}
    out = tuple(
        Problem("story-left-out", _place(book, book.stories[id]), f"`{id}` is left out of {medium}: {reason}")
        for id, reason in reasons.items() if reason
    )
    kept = {id: story for id, story in book.stories.items() if not reasons[id]}
    return replace(book, stories=kept, problems=(*book.problems, *out))


def reason(book: Book, id: str, medium: str) -> str:
    """Why a story may not appear in a medium (`print`, `epub`); empty if it may. Without a record nothing is
    known of a consent."""
    record = book.publication.stories.get(id)
    if record is None:
        return "it has no record"
    if record.withdrawn:
        return f"withdrawn on {record.withdrawn}"
    if not book.publication.may_tell(id, book.language.code):
        return "its consent does not cover translation"
    return "" if medium in record.scopes else f"its consent does not cover {medium}"


def _place(book: Book, story: Story) -> Place:
    record = book.publication.stories.get(story.id)
    return record.place if record else story.place
