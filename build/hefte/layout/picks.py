"""A book to what a layout of chosen words takes of it: summaries, points to remember, call-outs, stories."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree
from markupsafe import Markup

from hefte import fragment
from hefte.model import Book, Chapter, Settings


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the templates of such a layout find under the name `chosen`."""

    book: Book
    """After its transforms."""
    stories: tuple[Markup, ...]
    """The stories that it may tell, each as it stands in its chapter."""

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """Those whose summaries are told."""
        return tuple(each for each in self.book.chapters if each.id not in ("remember", "read-more"))

    @property
    def halves(self) -> tuple[tuple[Chapter, ...], tuple[Chapter, ...]]:
        """The chapters for two panels, of which the second holds all stories but the first too: cut where both are
        most alike in length."""
        chapters = self.chapters
        sizes = [len(each.title) + len(each.summary) for each in chapters]
        beside = sum(len(story.striptags()) for story in self.stories[1:])
        cut = min(range(len(sizes) + 1), key=lambda at: (abs(sum(sizes[:at]) - sum(sizes[at:]) - beside), -at))
        return chapters[:cut], chapters[cut:]

    @property
    def points_title(self) -> str:
        """The title above the points."""
        return next((each.title for each in self.book.chapters if each.id == "remember"), "")

    @property
    def points(self) -> tuple[Markup, ...]:
        """The items of that chapter's list."""
        bodies = (each.body for each in self.book.chapters if each.id == "remember")
        return tuple(_inner(item) for body in bodies for item in fragment.parse(body).iterfind(".//li"))

    def callouts(self, kind: str) -> tuple[Markup, ...]:
        """What stands in the call-outs of a kind (`remember`, `seek-help`, `read-more`), without their titles."""
        found = []
        for chapter in self.book.chapters:
            for aside in fragment.parse(chapter.body).iterfind(".//aside"):
                if kind in aside.get("class", "").split():
                    found.append(Markup("").join(_outer(each) for each in aside if "callout-title" not in _of(each)))
        return tuple(found)


def of(book: Book, settings: Settings) -> Chosen:
    """What a layout with these settings may take of a book."""
    wanted = ("good-mother", "own-choice")[: settings.told.most]
    bodies = [fragment.parse(chapter.body) for chapter in book.chapters]
    told = {each.get("data-story"): each for body in bodies for each in body.iterfind(".//aside[@data-story]")}
    return Chosen(book, tuple(_outer(told[id]) for id in wanted if id in told))


def _of(element: etree._Element) -> list[str]:
    return (element.get("class") or "").split()


def _outer(element: etree._Element) -> Markup:
    holder = etree.Element("div")
    holder.append(element)
    element.tail = None
    return Markup(fragment.serialise(holder))


def _inner(element: etree._Element) -> Markup:
    return Markup(fragment.serialise(element))
