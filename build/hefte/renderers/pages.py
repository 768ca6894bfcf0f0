"""Turns a Layout into a Rendering: one WeasyPrint layout that the print, booklet and screen files are all written
from."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.document import Document, Page
from weasyprint.text.fonts import FontConfiguration

from hefte import cache
from hefte.model import BodyFacts, Layout, Overflow, PageStart
from hefte.renderers import hyphenation
from hefte.renderers.fetcher import SCHEME, ProjectFetcher, refusals
from hefte.renderers.page_starts import page_starts

_DATA = re.compile(r"(data:[^,\s]{0,50},)\S+")
"""A drawing that stands in its own address: thousands of characters."""
_SHORTEN = "shorten the text of this page"
PX = 25.4 / 96
"""Millimetres in a CSS pixel."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """All pages of one language, in order, laid out once."""

    document: Document
    """For `write_pdf`, as often as one likes."""
    starts: tuple[PageStart, ...]
    """Where each page begins, cover first."""
    facts: BodyFacts
    """What the frame was told."""
    overflows: tuple[Overflow, ...]
    """Fixed panels whose text does not fit."""
    complaints: tuple[str, ...]
    """What WeasyPrint warned of."""


def render(layout: Layout, language: str, root: Path, house: Mapping[str, Path]) -> Rendering:
    """Lay out the body, then the frame that needs its page numbers, and put the pages in order.

    `language` is the book's, a BCP 47 tag; `root` is the publication's folder and `house` what stands in for a missing
    assets/ or layouts/: nothing else is read. Raises SourceError where a source asks for a file it may not have.
    """
    hyphenation.prime([language], cache.folder())
    with complaints() as said, refusals():
        fonts, fetcher = FontConfiguration(), ProjectFetcher(root, house)
        css = CSS(string=layout.css, base_url=f"{SCHEME}:///", url_fetcher=fetcher, font_config=fonts)
        options = {"font_config": fonts, "stylesheets": [css], "cache": {}}
        body_html = HTML(string=layout.body, base_url=f"{SCHEME}:///", url_fetcher=fetcher)
        body = body_html.render(**options)
        body_pages = _without_blanks(body.pages)
        first = len(layout.settings.front) + 1
        starts = _first_pages(body_pages, first)
        facts = BodyFacts(pages=len(body_pages), starts=starts)
        frame_html = HTML(string=layout.frame(facts), base_url=f"{SCHEME}:///", url_fetcher=fetcher)
        frame = frame_html.render(**options)
    frame_pages = _without_blanks(frame.pages)
    front = len(layout.settings.front)
    pages = [*frame_pages[:front], *body_pages, *frame_pages[front:]]
    return Rendering(
        document=frame.copy(pages),
        starts=page_starts(pages, body_html.etree_element),
        facts=facts,
        overflows=tuple(_overflows(pages, layout.settings.panels, _ids(frame_html))),
        complaints=tuple(said),
    )


def _first_pages(pages: list[Page], first: int) -> dict[str, int]:
    """Anchor → the first page that it stands on: an element broken over pages has its anchor on each."""
    return {name: number for number, page in reversed(list(enumerate(pages, first))) for name in page.anchors}


def _without_blanks(pages: list[Page]) -> list[Page]:
    """The pages that have content: a blank one comes of opening on a verso, and its counterpart stands in the other
    document."""
    return [page for page in pages if not page._page_box.page_type.blank]


def _ids(html: HTML) -> set[str]:
    return {name for element in html.etree_element.iter() if (name := element.get("id"))}


def _overflows(pages: list[Page], panels: Mapping[str, float], ids: Collection[str]) -> Iterator[Overflow]:
    """Fixed panels whose last line stands below their limit (mm from the trim's top), on a later page, or on none.

    `ids` are those of the frame: what runs out of a box of fixed height is on no page.
    """
    numbers = _first_pages(pages, 1)
    for panel, bottom in panels.items():
        owner, end = numbers.get(panel.removesuffix("-foot")), numbers.get(f"end-{panel}")
        if owner is None:  # a filler that was not needed
            continue
        if end is None:
            if f"end-{panel}" in ids:
                yield Overflow(panel, owner, "runs out of its page", _SHORTEN)
            else:
                yield Overflow(panel, owner, "has no end mark", f'put <span id="end-{panel}"> last in it')
            continue
        reached = pages[end - 1].anchors[f"end-{panel}"][1] * PX
        if end != owner or reached > bottom:
            down = f"reaches {reached:.0f} mm down the page, of {bottom:.0f} mm"
            what = f"goes on to page {end}" if end != owner else down
            yield Overflow(panel, owner, what, _SHORTEN)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(_DATA.sub(r"\1…", record.getMessage()))


@contextmanager
def complaints() -> Iterator[list[str]]:
    """What WeasyPrint warns of meanwhile."""
    logger, collector = logging.getLogger("weasyprint"), _Collector()
    logger.addHandler(collector)
    try:
        yield collector.said
    finally:
        logger.removeHandler(collector)
