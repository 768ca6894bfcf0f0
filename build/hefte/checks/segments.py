"""A book, as an edition was made from it, to its segments in reading order: each block of its texts, with language."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from hefte import fragment
from hefte.checks.blocks import Block, letters, of_html
from hefte.model import Book, Chapter


@dataclass(frozen=True, slots=True)
class Part:
    """The cover, a chapter, a text around the chapters."""

    name: str
    blocks: tuple[Block, ...]
    repeats: bool = False
    """Whether a layout may leave out what stands elsewhere: the back cover says the helplines again, in short."""

    @property
    def title(self) -> str:
        """The letters of its heading."""
        return self.blocks[0].letters if self.blocks else ""


def parts(book: Book, told: frozenset[str] | None = None) -> tuple[Part, ...]:
    """The parts as the brochure has them: cover, colophon, chapters, help, back cover. `told` are the stories that the
    edition tells; None for all."""
    language = book.language
    said = [("h1", language.title), ("p", language.subtitle), ("p", language.audience)]
    cover = Part("cover", tuple(_plain("cover", language.code, kind, text) for kind, text in said if text))
    before = [part(book, book.matter[name], told) for name in ("colophon",) if name in book.matter]
    after = [part(book, book.matter[name], told) for name in ("help", "back-cover") if name in book.matter]
    return (cover, *before, *(part(book, chapter, told) for chapter in book.chapters), *after)


def part(book: Book, text: Chapter, told: frozenset[str] | None = None) -> Part:
    """One text: its title, its summary, its body."""
    code = book.language.code
    said = [("h1", text.title), ("p", text.summary)]
    head = [_plain(text.id, code, kind, words) for kind, words in said if words]
    tree = fragment.parse(text.body)
    body = of_html(
        tree, code, text.id,
        skip=lambda element: element.get("aria-hidden") == "true" or _untold(element.get("data-story"), told),
    )
    return Part(text.id, (*head, *body), repeats=text.id == "back-cover")


def _untold(story: str | None, told: frozenset[str] | None) -> bool:
    return story is not None and told is not None and story not in told


def _plain(key: str, language: str, kind: str, text: str) -> Block:
    return Block(kind, key, pieces=[(text, language)])


def frame(book: Book) -> set[str]:
    """The letters of what a layout sets besides the segments: labels, running heads, the title again."""
    language = book.language
    said = [*language.labels.values(), language.title, language.subtitle, language.audience]
    for text in (*book.chapters, *book.matter.values()):
        said += [text.title, text.short_title, text.summary]
    return {own for text in said if (own := letters(text))}


def stories(book: Book) -> frozenset[str]:
    """The stories whose text stands in the book's bodies."""
    bodies = (fragment.parse(text.body) for text in (*book.chapters, *book.matter.values()))
    return frozenset(story.get("data-story", "") for body in bodies for story in body.iterfind(".//*[@data-story]"))


def in_order_of(known: tuple[Part, ...], found: list[Block], chapters: Collection[str]) -> tuple[Part, ...]:
    """The parts with those around the chapters where an edition has them: each edition's frame is its layout's."""
    stands = places(known, found)
    own = [each for each in known if each.name in chapters]
    first = stands.get(own[0].name, 0) if own else 0
    around = [(stands.get(each.name, len(found)), each) for each in known if each.name not in chapters]
    front = sorted((pair for pair in around if pair[0] < first), key=lambda pair: pair[0])
    tail = sorted((pair for pair in around if pair[0] >= first), key=lambda pair: pair[0])
    return (*(each for _, each in front), *own, *(each for _, each in tail))


def places(known: tuple[Part, ...], found: list[Block]) -> dict[str, int]:
    """Each part's name → where its heading stands; without those that have none there.

    A book may be called as its chapter is: of headings alike, a part's is the one after which most of its words come,
    and no two parts have the same.
    """
    titles = {each.title for each in known}
    starts = [at for at, block in enumerate(found) if block.level and block.letters in titles]
    claims: list[tuple[int, int, int]] = []
    for at, end in zip(starts, [*starts[1:], len(found)], strict=True):
        here = {block.letters for block in found[at:end]}
        claims += [
            (-sum(block.letters in here for block in one.blocks), number, at)
            for number, one in enumerate(known) if one.title == found[at].letters
        ]
    stands: dict[str, int] = {}
    for _, number, at in sorted(claims):
        if known[number].name not in stands and at not in stands.values():
            stands[known[number].name] = at
    return stands


def flat(known: tuple[Part, ...]) -> list[Block]:
    """All of their blocks."""
    return [block for each in known for block in each.blocks]
