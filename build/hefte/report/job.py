"""Turns a print file, what was measured on it, and what the editor wants of the print shop into the rows of a job
sheet."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from hefte import __version__, digests
from hefte.errors import SourceError
from hefte.locales import locale
from hefte.model import Book, Built, Ordered, Place

LAYOUT = "job"
_WORDS = "words.toml"

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Order:
    """All that a job sheet is made from."""

    book: Book
    printed: Built
    """The print file, with its figures."""
    found: frozenset[str]
    """Ids of the checks that found something in it."""
    errors: int
    """How many of these findings are errors."""
    labelled: bool
    """Whether it claims to be PDF/X."""
    programs: Mapping[str, str]
    """Outside program that looked at it → its version, or why it did not run."""
    trim_mm: tuple[float, float]
    bleed_mm: float
    bound: bool = True
    """Whether it has so many pages that they have to be bound; else it is one sheet, flat or folded."""
    folds: tuple[tuple[float, ...], ...] = ()
    """For each page, where it is folded: mm from its left edge."""

    @property
    def ordered(self) -> Ordered:
        """Paper and copies: what `[orders]` says of the edition; else, of what is bound, `[print]`."""
        publication = self.book.publication
        spec = publication.print
        own = Ordered(spec.paper, spec.copies, spec.cover_paper) if self.bound else Ordered()
        return publication.orders.get(self.printed.edition, own)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page shows."""

    language: str
    """That it is written in."""
    words: Mapping[str, str]
    warnings: tuple[str, ...]
    sections: tuple[Section, ...]


def sheet(order: Order, folders: tuple[Path, ...]) -> Sheet:
    """The sheet in the language that `[print] job_language` names, with the words of the first of `folders` that has
    some. Raises SourceError where these are not what they should be."""
    language, words = _words(order, folders)
    say = _Said(language, words, folders)
    warnings = []
    if order.book.draft:
        warnings.append(say("draft"))
    if order.errors:
        warnings.append(say("faulty", errors=say.number(order.errors)))
    sections = (
        Section(say("product"), tuple(_product(order, say))), Section(say("file"), tuple(_file(order, say))),
        Section(say("inside"), tuple(_inside(order, say))), Section(say("checked"), tuple(_checked(order, say))),
    )
    return Sheet(language, words, tuple(warnings), sections)


@dataclass(frozen=True, slots=True)
class _Said:
    """The sheet's words, and numbers and names as its language has them."""

    language: str
    words: Mapping[str, str]
    folders: tuple[Path, ...]

    def __call__(self, key: str, **values: str) -> str:
        try:
            return self.words[key].format_map(values)
        except (KeyError, ValueError, IndexError, AttributeError) as error:
            raise SourceError(
                f"`{key}` in [{self.language}] is missing, or fills in what is not there: {error}",
                remedy="compare with the words that ship with hefte", place=Place(_file_of_words(self.folders)),
            ) from None

    def number(self, value: float) -> str:
        from babel.numbers import format_decimal

        return format_decimal(value, format="#,##0.##", locale=self.language)

    def name_of(self, language: str) -> str:
        from babel import UnknownLocaleError

        try:
            return locale(language).get_display_name(self.language) or language
        except (ValueError, UnknownLocaleError):
            return language


def _words(order: Order, folders: tuple[Path, ...]) -> tuple[str, Mapping[str, str]]:
    path = _file_of_words(folders)
    try:
        tables: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SourceError(f"cannot be read: {error}", remedy="mend or delete it", place=Place(path)) from None
    publication = order.book.publication
    wanted = publication.print.job_language or publication.source_language
    language = wanted if wanted in tables else "en"
    if not isinstance(tables.get(language), dict):
        raise SourceError(f"there are no words in {language}", remedy=f"add [{language}]", place=Place(path))
    return language, tables[language]


def _file_of_words(folders: tuple[Path, ...]) -> Path:
    found = (folder / LAYOUT / _WORDS for folder in folders)
    return next((path for path in found if path.is_file()), folders[-1] / LAYOUT / _WORDS)


def _product(order: Order, say: _Said) -> Iterator[Row]:
    book, spec = order.book, order.book.publication.print
    publication, language = book.publication, book.language
    width, height = order.trim_mm
    yield say("language"), f"{say.name_of(language.code)} ({language.code})"
    if number := publication.isbn.get(language.code, {}).get(order.printed.edition):
        yield "ISBN", number
    yield say("edition"), say("edition_value", version=publication.version, date=publication.date.isoformat())
    yield say("size"), say(
        "size_value", width=say.number(width), height=say.number(height),
        orientation=say("portrait" if height >= width else "landscape"),
    )
    yield from _bound(order, say) if order.bound else _sheet(order, say)
    copies = order.ordered.copies
    yield say("copies"), say.number(copies) if copies else say("agreed")
    yield say("contact"), f"{publication.publisher}, {spec.contact or publication.feedback}"


def _bound(order: Order, say: _Said) -> Iterator[Row]:
    """Of a brochure."""
    spec, pages = order.book.publication.print, order.printed.pages or 0
    if spec.binding == "saddle-stitch":
        yield say("pages"), say("sheets_value", pages=say.number(pages), sheets=say.number(-(-pages // 4)))
    else:
        yield say("pages"), say("pages_value", pages=say.number(pages))
    side = "right" if order.book.language.direction == "rtl" else "left"
    yield say("binding"), say(side, binding=say(spec.binding))
    paper, cover = order.ordered.paper, order.ordered.cover_paper
    yield say("paper"), paper or say("agreed")
    yield say("cover_paper"), cover or say("as_inside" if paper else "agreed")


def _sheet(order: Order, say: _Said) -> Iterator[Row]:
    """Of a leaflet or a poster: both sides of one sheet, or one."""
    pages = order.printed.pages or 0
    yield say("sides"), say("one_side") if pages == 1 else say("sides_value", pages=say.number(pages))
    if any(order.folds):
        yield say("folding"), _folding(order, say)
        width = max(_panels(order.folds[0], order.trim_mm[0]))
        yield say("folded"), say("folded_value", width=say.number(width), height=say.number(order.trim_mm[1]))
    else:
        yield say("binding"), say("flat")
    yield say("one_paper"), order.ordered.paper or say("agreed")


def _folding(order: Order, say: _Said) -> str:
    """How often, and how wide the panels of each side are; the narrowest, where there is one, is folded in."""
    sides = []
    for number, folds in enumerate(order.folds, 1):
        panels = _panels(folds, order.trim_mm[0])
        widths = " + ".join(say.number(panel) for panel in panels)
        sides.append(say("fold_side", side=say.number(number), panels=widths))
    said = say("fold_value", folds=say.number(len(order.folds[0])), sides="; ".join(sides))
    first = sorted(_panels(order.folds[0], order.trim_mm[0]))
    return say("fold_in", folding=said, width=say.number(first[0])) if first[0] < first[1] else said


def _panels(folds: tuple[float, ...], width: float) -> list[float]:
    """The widths between the folds of one side, mm."""
    return [round(after - before, 2) for before, after in pairwise((0.0, *folds, width))]


def _file(order: Order, say: _Said) -> Iterator[Row]:
    printed, figures = order.printed, order.printed.figures
    yield say("file_name"), printed.path.split("/")[-1]
    yield say("bytes"), say("bytes_value", size=say.number(len(printed.content)))
    yield say("digest"), digests.of_bytes(printed.content)
    claim = figures.get("standard") if order.labelled else None
    version = str(figures.get("version") or say("unmeasured"))
    yield say("standard"), say("standard_value", standard=claim or say("unlabelled"), version=version)


def _inside(order: Order, say: _Said) -> Iterator[Row]:
    figures, spec = order.printed.figures, order.book.publication.print
    yield say("order"), say("order_value" if order.bound else "order_sides")
    yield say("bleed"), say("bleed_value", bleed=say.number(order.bleed_mm))
    yield say("marks"), say("with_marks" if spec.crop_marks else "no_marks")
    if any(order.folds):
        yield say("fold_marks"), say("fold_marks_value")
    yield say("colours"), _colours(figures, say, one_side=order.printed.pages == 1)
    yield say("ink"), _ink(figures, say, spec.ink_limit)
    if "pdf-overprint" in order.printed.checks and "pdf-overprint" not in order.found:
        yield say("black"), say("black_value")
    profile = figures.get("profile") or {}
    yield say("condition"), say(
        "condition_value", condition=profile.get("condition") or spec.condition,
        profile=profile.get("description") or spec.profile.name,
    )
    yield say("pictures"), _pictures(figures, say)
    yield say("fonts"), _fonts(figures, say)


def _colours(figures: Mapping[str, Any], say: _Said, *, one_side: bool) -> str:
    """As they were counted, page by page: what is neither process nor spot colour is named."""
    pages = figures.get("colours")
    if pages is None:
        return say("unmeasured")
    spots = sorted({spot for page in pages for spot in page["spots"]})
    process = {"DeviceCMYK", "DeviceGray", "Separation", "DeviceN", "Indexed", "Pattern"}
    others = sorted({space for page in pages for space in page["spaces"]} - process)
    said = say("process_one" if one_side else "process")
    said = say("spots", colours=said, spots=", ".join(spots)) if spots else say("no_spots", colours=said)
    return say("others", colours=said, others=", ".join(others)) if others else said


def _ink(figures: Mapping[str, Any], say: _Said, limit: int) -> str:
    ink = figures.get("ink")
    if not ink:
        return say("unmeasured")
    return say("ink_value", most=say.number(round(ink["most"])), page=str(ink["page"]), limit=str(limit))


def _pictures(figures: Mapping[str, Any], say: _Said) -> str:
    images = figures.get("images")
    if images is None:
        return say("unmeasured")
    if not images:
        return say("no_pictures")
    least = min(images, key=lambda image: float(image["ppi"]))
    return say("pictures_value", ppi=say.number(round(least["ppi"])), page=str(least["page"]))


def _fonts(figures: Mapping[str, Any], say: _Said) -> str:
    fonts = figures.get("fonts")
    if fonts is None:
        return say("unmeasured")
    loose = sorted(font["name"] for font in fonts if not font["embedded"])
    return say("fonts_loose", loose=", ".join(loose)) if loose else say("fonts_value", number=str(len(fonts)))


def _checked(order: Order, say: _Said) -> Iterator[Row]:
    errors = say("faulty", errors=say.number(order.errors)) if order.errors else say("no_errors")
    yield "hefte", f"{say('checks', number=str(len(order.printed.checks)), version=__version__)}: {errors}"
    for name, version in order.programs.items():
        yield name, say("not_run") if version.startswith("not run") else version
