"""A book to what a layout of chosen words takes of it: summaries, points to remember, call-outs, stories."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree
from markupsafe import Markup

from hefte import fragment
from hefte.model import Book, Chapter, Excerpts, Story


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the templates of such a layout find under the name `chosen`."""

    book: Book
    """After its transforms."""
    said: Excerpts
    """What the editor chose: publication.toml `[excerpts.<layout>]`."""
    told: tuple[Story, ...]
    """The stories that it may tell (transforms/excerpts.py)."""

    @property
    def stories(self) -> tuple[Markup, ...]:
        """Each as it stands in its chapter."""
        return tuple(Markup(story.body) for story in self.told)

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """Those whose summaries are told, in the order of the book."""
        return tuple(each for each in self.book.chapters if not self.said.chapters or each.id in self.said.chapters)

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
        """The title of the chapter that the points are from; empty where none was chosen."""
        return next((each.title for each in self.book.chapters if each.id == self.said.points_of), "")

    @property
    def points(self) -> tuple[Markup, ...]:
        """The items chosen of that chapter's lists, as XHTML fragments, in the order of the choice. One that is not
        there is left out: the language has another list."""
        bodies = [each.body for each in self.book.chapters if each.id == self.said.points_of]
        items = [Markup(fragment.serialise(item)) for body in bodies for item in fragment.parse(body).iterfind(".//li")]
        return tuple(items[at - 1] for at in self.said.points or range(1, len(items) + 1) if at <= len(items))

    def callouts(self, kind: str) -> tuple[Markup, ...]:
        """What stands in the call-outs of a kind (`remember`, `seek-help`, `read-more`), without their titles."""
        found = []
        for chapter in self.book.chapters:
            for aside in fragment.parse(chapter.body).iterfind(".//aside"):
                if kind in (aside.get("class") or "").split():
                    found.append(Markup("").join(_outer(each) for each in list(aside) if not _is_title(each)))
        return tuple(found)


def of(book: Book, layout: str, stories: tuple[Story, ...]) -> Chosen:
    """What the layout of that name may take of a book."""
    said = book.publication.excerpts.get(layout) or Excerpts((), (), book.publication.place)
    return Chosen(book, said, stories)


def _is_title(element: etree._Element) -> bool:
    return "callout-title" in (element.get("class") or "").split()


def _outer(element: etree._Element) -> Markup:
    holder = etree.Element("div")
    element.tail = None
    holder.append(element)
    return Markup(fragment.serialise(holder))
