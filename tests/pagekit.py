"""Pages for tests: drawn from a little HTML, or written by hand, and what a check finds on them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import buildkit
import epubkit
from hefte.checks.frame import Check
from hefte.model import Block, Book, LaidOut, Layout, Line, Page, Settings
from hefte.model.pages import Box
from hefte.renderers import page_blocks, pages

CSS = """@page { size: 60mm 40mm; margin: 8mm 5mm;
  @bottom-left { content: counter(page); font: 6pt x } @bottom-right { content: string(head); font: 6pt x } }
@page bare { @bottom-left { content: none } @bottom-right { content: none } }
@font-face { font-family: x; src: url(project:///assets/fonts/SourceSans3-Regular.ttf) }
html { font: 10pt/12pt x; hyphens: manual; orphans: 1; widows: 1 } body, p, ul, h1, h2, aside { margin: 0 }
h1, h2 { font: 10pt/12pt x } section { break-before: page } ul { padding-left: 5mm }
h1 { string-set: head content() } .frame { page: bare }
table { border-collapse: collapse; width: 100%; table-layout: fixed } td, th { padding: 0; font-weight: 400 }
.rows { display: table; width: 100%; table-layout: fixed } .row { display: table-row } .cell { display: table-cell }"""
"""A page has room for five lines of 12 pt, 141.73 pt wide, from 22.68 pt above its foot."""
BARE = '<section class="frame" id="help">Hjelp</section>'
LEFT, RIGHT, FIRST = 14.17, 155.91, 78.71
"""Of the column, and how high the first line's foot stands, pt."""


def drawn(
    body: str, css: str = "", *, frame: str = BARE, front: int = 0, bound: bool = True, edge: float = 0.0,
    least_lines: int = 0, language: str = "nb",
) -> LaidOut:
    """What is laid out of a body and a frame, whose first pages stand in front, held against the book of epubkit."""
    settings = Settings(("contents",) * front, (), (), 1, {}, least_lines=least_lines)
    whole = f'<html lang="{language}">{{}}</html>'
    counter = f"@page :first {{ counter-reset: page {front + 1} }}"
    layout = Layout(CSS + counter + css, whole.format(body), lambda facts: whole.format(frame), settings)
    made: Any = pages.render(layout, language, Path("/nowhere"), {"assets": buildkit.ROOT / "assets"})
    sides = page_blocks.pages(made.document.pages, made.starts, bound=bound, edge=edge)
    return LaidOut(sides, (epubkit.book(),), least_lines)


def lines(count: int, key: str = "1", tag: str = "p") -> str:
    return f'<{tag} data-key="start.{key}">{"<br>".join(f"linje {n}" for n in range(1, count + 1))}</{tag}>'


def chapter(body: str, name: str = "start", title: str = "Å begynne") -> str:
    return f'<section class="chapter" id="{name}"><h1 data-key="{name}.title">{title}</h1>{body}</section>'


def line(text: str, box: Box = (0, 0, 100, 12)) -> Line:
    return Line(text, box)


def block(kind: str, *texts: str, **more: Any) -> Block:
    """A block of lines of 100 pt, one below the other from 500 pt."""
    lines = tuple(Line(text, (0, 500 - 12 * at, 100, 512 - 12 * at)) for at, text in enumerate(texts))
    made = Block(kind, lines, (0, 0, 200, 512), chapter="start", language="nb")
    return replace(made, **{"level": 2 if kind == "heading" else 0, **more})


def laid(*sides: Page, books: tuple[Book, ...] = (), least_lines: int = 0) -> LaidOut:
    return LaidOut(sides, books or (epubkit.book(),), least_lines)


def page(number: int, *blocks: Block, **more: Any) -> Page:
    """A page of a bound book."""
    return Page(number, blocks, **{"side": "recto" if number % 2 else "verso", "area": (0, 0, 200, 600), **more})


def found(check: Check, on: LaidOut) -> list[tuple[int | None, str, Box | None]]:
    """Page, message and box of each finding; that each bears the check's id, weight and remedy is seen to here."""
    seen = list(check.run(on))
    assert all((one.check, one.severity) == (check.id, check.severity) and one.remedy for one in seen)
    return [(one.page, one.message, one.box) for one in seen]


def story(count: int) -> str:
    return f'<aside class="story" id="story-x">{lines(count, "9")}</aside>'
