"""What stands on each laid-out page, line by line, and where.

Boxes are left, bottom, right, top in pt, in the coordinates of the file that the page is for: of the print file, the
bleed included, for the brochure; of the page itself where there is no bleed.
"""

from __future__ import annotations

from dataclasses import dataclass

from hefte.model.book import Book

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text."""

    text: str
    """As it is read, a hyphen that the line's end brought included."""
    box: Box
    """From the first letter to the last; as high as the line."""

    @property
    def hyphenated(self) -> bool:
        """Whether the layout broke a word at its end. A hyphen of the text's own is another character."""
        return self.text.endswith("\N{HYPHEN}")


@dataclass(frozen=True, slots=True)
class Block:
    """One leaf block of text or one picture, as much of it as stands on one page."""

    kind: str
    """`paragraph`, `heading`, `item`, `term`, `description`, `cell`, `caption`, `picture`, or `other`."""
    lines: tuple[Line, ...]
    """None in a picture."""
    box: Box
    """Where its lines may stand: the width of its column."""
    chapter: str = ""
    """The chapter's id, or the name of the frame's section: `contents`."""
    language: str = ""
    """BCP 47."""
    key: str = ""
    """data-key, where the layout has it."""
    level: int = 0
    """Of a heading, from 1."""
    story: str = ""
    """The id of the story that it belongs to."""
    callout: str = ""
    """The data-key of the first block of the call-out that it belongs to."""
    column: str = ""
    """`source` or `target` where two languages face each other."""
    flows: bool = True
    """Whether it takes its place in the text, and is not put somewhere on the page."""
    continued: bool = False
    """Whether it began on an earlier page."""
    continues: bool = False
    """Whether it goes on on a later page."""

    @property
    def text(self) -> str:
        """Its lines in one."""
        return " ".join(line.text for line in self.lines)

    @property
    def worth(self) -> int:
        """Its lines; a picture is as good as many."""
        return len(self.lines) if self.kind != "picture" else 99


@dataclass(frozen=True, slots=True)
class Link:
    """A place on the page that leads somewhere."""

    text: str
    target: str
    """An anchor's name where it leads to a place in the same file, else the address."""
    internal: bool
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """One page."""

    number: int
    """From 1: the cover."""
    blocks: tuple[Block, ...]
    """In the order in which they are read."""
    side: str = ""
    """`recto` or `verso`; empty where the pages are loose sheets."""
    frame: str = ""
    """The name of the frame's section: `cover`, `contents`, `filler` …; empty for a page of the chapters."""
    margin: tuple[Line, ...] = ()
    """What stands in the margins: the running head, the page's number."""
    links: tuple[Link, ...] = ()
    anchors: frozenset[str] = frozenset()
    """Names of the places on it that can be linked to. What is broken over pages has its name on each."""
    filled: float = 0.0
    """How far down the room for text the lowest word or picture reaches, pt."""
    room: float = 0.0
    """How high that room is, pt."""
    area: Box = (0.0, 0.0, 0.0, 0.0)
    """The room itself."""

    @property
    def opens(self) -> tuple[Block, ...]:
        """Headings of the first level: what begins on this page."""
        return tuple(block for block in self.blocks if block.level == 1 and not block.continued)

    @property
    def lines(self) -> int:
        """Of text that takes its place on the page, in its fuller column; a picture is as good as many."""
        return max((sum(block.worth for block in column) for column in self.columns), default=0)

    @property
    def columns(self) -> tuple[tuple[Block, ...], ...]:
        """The blocks that take their place in the text, column by column."""
        names = dict.fromkeys(block.column for block in self.blocks)
        return tuple(
            tuple(block for block in self.blocks if block.flows and block.column == name) for name in names
        )


@dataclass(frozen=True, slots=True)
class LaidOut:
    """All pages of one layout."""

    pages: tuple[Page, ...]
    books: tuple[Book, ...]
    """Whose words they are: a book, and in the bilingual edition its source."""
    least_lines: int = 0
    """How many lines the layout wants on each page of the chapters."""

    @property
    def body(self) -> tuple[Page, ...]:
        """The pages of the chapters."""
        return tuple(page for page in self.pages if not page.frame)
