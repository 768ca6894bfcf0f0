"""The letters of a file without tags, and the texts that should be in it, to which of them it lacks, and what it has
besides.

Without tags nobody says where a text begins: each is sought among the letters of the pages, the longest first, and what
was found is used up. So a text that should be there twice must be there twice.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hefte.checks.blocks import Block, letters
from hefte.checks.frame import PdfFile
from hefte.checks.pdf_marked import Fonts, Shown, shown
from hefte.checks.pdf_reading import each_page

TELLING = 12
"""Letters that cannot stand somewhere by chance."""
_PAGE = re.compile(r"/Page(\d+)")
"""The name of a page on a sheet (`renderers/pdf/booklet.py`)."""
_USED = "\0"
_LONGEST = 4
"""Pages that one text may go over."""


@dataclass(slots=True)
class Pages:
    """What is left of the letters of each page, in the order in which the pages are read."""

    left: dict[int, str]
    places: dict[int, int] = field(default_factory=dict)
    """Which block (by its number) → the page where it begins."""
    missing: list[int] = field(default_factory=list)

    def take(self, number: int, text: str, among: Sequence[int]) -> None:
        """Find a text on one of some pages, and use its letters up."""
        page = next((page for page in among if text in self.left[page]), None)
        if page is not None:
            self._use(number, [(page, text)])

    def take_parts(self, number: int, text: str, among: Sequence[int]) -> None:
        """The same for a text that begins on one page and goes on on the next. The longest beginning is tried first: a
        folio or a running head stands between two pages' words."""
        begun = sorted(((_begins(text, self.left[page]), page) for page in among), key=lambda pair: -pair[0])
        for size, page in begun:
            spans = [(page, text[:size]), *self._rest(text[size:], page + 1)]
            if size and sum(len(part) for _, part in spans) == len(text):
                self._use(number, spans)
                return

    def _rest(self, text: str, page: int) -> list[tuple[int, str]]:
        spans: list[tuple[int, str]] = []
        for number in range(page, page + _LONGEST):
            size = _begins(text, self.left.get(number, ""))
            if size:
                spans.append((number, text[:size]))
            text = text[size:]
        return spans

    def _use(self, number: int, spans: Sequence[tuple[int, str]]) -> None:
        self.places[number] = spans[0][0]
        for page, part in spans:
            self.left[page] = self.left[page].replace(part, _USED, 1)

    def near(self, number: int) -> list[int]:
        """The pages from that of the text before to that of the text after, as far as they are known."""
        before = max((at for at in self.places if at < number), default=None)
        after = min((at for at in self.places if at > number), default=None)
        first = self.places[before] if before is not None else min(self.left)
        last = self.places[after] if after is not None else max(self.left)
        return [page for page in self.left if first <= page <= last] or list(self.left)


def _begins(text: str, page: str) -> int:
    """How many of a text's first letters stand on a page."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text[:middle] in page else (low, middle - 1)
    return low


def of_pages(file: PdfFile) -> dict[int, str]:
    """The letters of each page of a file without tags, in the order of drawing; of an imposed one, of each page that
    stands on its sheets."""
    fonts: Fonts = {}
    if file.kind != "imposed":
        return {number: _letters(shown(page, number, fonts)) for number, page in each_page(file)}
    forms = [form for _, page in each_page(file) for form in dict(page.obj.Resources.get("/XObject", {})).items()]
    named = [(int(match[1]), form) for name, form in forms if (match := _PAGE.fullmatch(name))]
    return {number: _letters(shown(form, number, fonts)) for number, form in named}


def _letters(pieces: Iterable[Shown]) -> str:
    return "".join(letters(piece.text) for piece in pieces)


def hold(pages: Mapping[int, str], wanted: Sequence[Block]) -> Pages:
    """Every wanted text sought on the pages (number → letters): first what can stand in one place only, then what
    stands there between two texts that are found."""
    held = Pages({number: pages[number] for number in sorted(pages)})
    every, whole = list(held.left), "".join(held.left.values())
    telling = [at for at, block in enumerate(wanted) if len(block.letters) >= TELLING and not block.level]
    for at in sorted(telling, key=lambda at: -len(wanted[at].letters)):
        if whole.count(wanted[at].letters) == 1:
            held.take(at, wanted[at].letters, every)
    for step, numbers in ((held.take, telling), (held.take_parts, telling), (held.take, range(len(wanted)))):
        for at in numbers:
            if at not in held.places:
                step(at, wanted[at].letters, held.near(at))
    held.missing = [at for at in range(len(wanted)) if at not in held.places]
    return held


def besides(
    held: Pages, pages: Collection[int], lawful: Collection[str], *, within: bool = False
) -> Iterator[tuple[int, str]]:
    """What stands on some pages that is no wanted text, and nothing lawful: page, letters. `within`: only what stands
    between two texts of a page, and so is no running head or folio."""
    for page in pages:
        left = held.left.get(page, "")
        if within:
            left = left[left.find(_USED) : left.rfind(_USED) + 1]
        for text in sorted(filter(None, lawful), key=len, reverse=True):
            left = left.replace(text, _USED)
        yield from ((page, run) for run in left.split(_USED) if len(run) >= TELLING)
