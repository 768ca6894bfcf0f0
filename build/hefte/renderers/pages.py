"""Turns a Layout into a Rendering: one WeasyPrint layout that the print, booklet and screen files are all written
from."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import tostring

from weasyprint import CSS, HTML
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document, Page
from weasyprint.text.fonts import FontConfiguration

from hefte import cache
from hefte.model import BodyFacts, Layout, Overflow, PageStart, Settings
from hefte.renderers import hyphenation, page_blocks
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
    settings: Settings
    """The layout's."""
    body: Body
    """What it was laid out from."""
    ids: frozenset[str]
    """Of the frame."""


@dataclass(frozen=True, slots=True)
class Body:
    """The chapters laid out, their page numbers known, nothing around them yet."""

    layout: Layout
    language: str
    html: HTML
    pages: list[Page]
    options: Mapping[str, Any]
    """What the frame is to be laid out with, too: fonts, style, images."""
    fetcher: ProjectFetcher
    complaints: tuple[str, ...]

    @property
    def thin(self) -> int:
        """How many pages that go on with a chapter have fewer lines than the layout wants. One that a chapter opens on
        is as full as it is."""
        least = self.layout.settings.least_lines
        return sum(page.lines < least and not page.opens for page in page_blocks.pages(self.pages)) if least else 0


def render(layout: Layout, language: str, root: Path, house: Mapping[str, Path]) -> Rendering:
    """Lay out the body, then the frame that needs its page numbers, and put the pages in order. Takes and raises what
    `lay_out_body` does."""
    return with_frame(lay_out_body(layout, language, root, house))


def lay_out_body(
    layout: Layout, language: str, root: Path, house: Mapping[str, Path], like: Body | None = None
) -> Body:
    """Lay out the chapters alone. `like`: the same words laid out with another style, which need not be read again.

    `language` is the book's, a BCP 47 tag; `root` is the publication's folder and `house` what stands in for a missing
    assets/ or layouts/: nothing else is read. Raises SourceError where a source asks for a file it may not have.
    """
    hyphenation.prime([language], cache.folder())
    with complaints() as said, refusals():
        fonts, counters, fetcher = FontConfiguration(), CounterStyle(), ProjectFetcher(root, house)
        shared = {"font_config": fonts, "counter_style": counters}
        css = CSS(string=layout.css, base_url=f"{SCHEME}:///", url_fetcher=fetcher, **shared)
        options = {**shared, "stylesheets": [css], "cache": like.options["cache"] if like else {}}
        text = layout.body or "<html></html>"
        html = like.html if like else HTML(string=text, base_url=f"{SCHEME}:///", url_fetcher=fetcher)
        if like is None:
            _count_from_start(html)
        pages = _without_blanks(html.render(**options).pages) if layout.body else []
    return Body(layout, language, html, pages, options, fetcher, tuple(said))


def with_frame(body: Body, edition: str = "print") -> Rendering:
    """Lay out the frame around a body, its fixed pages set smaller, step by step, where their text does not fit. The
    colophon names `edition`."""
    layout = body.layout
    starts = _first_pages(body.pages, len(layout.settings.front) + 1)
    facts = BodyFacts(pages=len(body.pages), starts=starts, edition=edition)
    with complaints() as said, refusals():
        while True:
            html = _frame(body, facts)
            frame = html.render(**body.options)
            pages = _together(frame, body.pages, layout.settings)
            ids = _ids(html)
            overflows = _named(_overflows(pages, layout.settings.panels, ids), body.language)
            tighter = _tighter(facts.fits, overflows, layout.settings)
            if tighter == facts.fits:
                break
            facts = replace(facts, fits=tighter)
    return Rendering(
        document=frame.copy(pages), starts=page_starts(pages, body.html.etree_element, body.language), facts=facts,
        overflows=overflows, complaints=(*body.complaints, *said), settings=layout.settings, body=body,
        ids=ids,
    )


def for_edition(rendering: Rendering, edition: str) -> Rendering:
    """The same pages with another edition's name. Only the pages of the frame that it changes (the colophon) are laid
    out; the whole frame, where one of them takes more room than before."""
    body, facts = rendering.body, replace(rendering.facts, edition=edition)
    before = {name: tostring(each) for name, each in _sections(_frame(body, rendering.facts)).items()}
    html = _frame(body, facts)
    changed = {name: each for name, each in _sections(html).items() if tostring(each) != before.get(name)}
    pages, numbers = list(rendering.document.pages), _first_pages(rendering.document.pages, 1)
    with complaints() as said, refusals():
        for name, section in changed.items():
            made = _alone(html, section, numbers[name], body) if name in numbers else []
            if len(made) != 1:
                return with_frame(body, edition)
            pages[numbers[name] - 1] = made[0]
    overflows = _named(_overflows(pages, body.layout.settings.panels, rendering.ids), body.language)
    if overflows != rendering.overflows:
        return with_frame(body, edition)
    document, heard = rendering.document.copy(pages), (*rendering.complaints, *said)
    return replace(rendering, document=document, facts=facts, complaints=heard)


def _frame(body: Body, facts: BodyFacts) -> HTML:
    html = HTML(string=body.layout.frame(facts), base_url=f"{SCHEME}:///", url_fetcher=body.fetcher)
    _count_from_start(html)
    return html


def _sections(html: HTML) -> dict[str, Any]:
    """The fixed pages of a frame by their names."""
    return {name: each for each in html.etree_element.iter("section") if (name := each.get("id"))}


def _alone(html: HTML, section: Any, number: int, body: Body) -> list[Page]:
    """The pages of one section of a frame, the first of them on the side of the spread that page `number` has."""
    html.etree_element.find("body")[:] = [section]
    # On the root: WeasyPrint asks nothing else which side a document's first page has.
    html.etree_element.set("style", f"break-before: {'recto' if number % 2 else 'verso'}")
    return _without_blanks(html.render(**body.options).pages)


def _count_from_start(html: HTML) -> None:
    """Lists begin with the number that they say. WeasyPrint 70 reads `start` only together with all that attributes say
    of looks, the sizes of pictures too (`presentational_hints`)."""
    for ordered in html.etree_element.iter("ol"):
        if re.fullmatch(r"-?\d{1,9}", start := ordered.get("start", "")):
            ordered.set("style", f"counter-reset: list-item {int(start) - 1}; {ordered.get('style', '')}")


def _together(frame: Document, body: list[Page], settings: Settings) -> list[Page]:
    """The frame's pages around the body's, as many as belong in front: one that runs over goes on behind its own."""
    pages = _without_blanks(frame.pages)
    last = [at for at, page in enumerate(pages, 1) if settings.front and settings.front[-1] in page.anchors]
    front = max(len(settings.front), last[0] if last else 0)
    return [*pages[:front], *body, *pages[front:]]


def _tighter(fits: Mapping[str, int], overflows: Iterable[Overflow], settings: Settings) -> Mapping[str, int]:
    """The next smaller type for each fixed page whose text does not fit, as long as there is one; for all of them
    where they go together."""
    over = {overflow.panel.removesuffix("-foot") for overflow in overflows}
    if over and settings.together:
        over |= {panel.removesuffix("-foot") for panel in settings.panels}
    most = len(settings.fits)
    return {**fits, **{name: fits.get(name, 0) + 1 for name in sorted(over) if fits.get(name, 0) < most}}


def _first_pages(pages: list[Page], first: int) -> dict[str, int]:
    """Anchor → the first page that it stands on: an element broken over pages has its anchor on each."""
    return {name: number for number, page in reversed(list(enumerate(pages, first))) for name in page.anchors}


def _without_blanks(pages: list[Page]) -> list[Page]:
    """The pages that have content: a blank one comes of opening on a verso, and its counterpart stands in the other
    document."""
    return [page for page in pages if not page._page_box.page_type.blank]


def _ids(html: HTML) -> frozenset[str]:
    return frozenset(name for element in html.etree_element.iter() if (name := element.get("id")))


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


def _named(overflows: Iterable[Overflow], language: str) -> tuple[Overflow, ...]:
    return tuple(replace(overflow, language=language) for overflow in overflows)


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
