"""Type set a little smaller: fixed pages whose text would run over, chapters that would end with a line or two."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import buildkit
from hefte import copyfitting
from hefte.layout import bilingual
from hefte.model import BodyFacts, Book, Layout, Place, Settings, Theme
from hefte.model.fitting import Fitted, Scored
from hefte.model.look import scaled
from hefte.renderers import pages

CSS = """@page { size: 100mm 50mm; margin: 10mm }
@font-face { font-family: x; src: url(project:///assets/fonts/SourceSans3-Regular.ttf) }
html { font: 10pt/10pt x } body { margin: 0 } p { margin: 0 } section { break-before: page }
.fit-1 { font-size: 9pt; line-height: 9pt } .fit-2 { font-size: 5pt; line-height: 5pt }"""
OVER = '<div style="position: absolute; top: 0">over the text</div>' * 3
LINE = '<div>line</div>'


def drawn(lines: int, fits: tuple[float, ...]) -> tuple[Any, list[dict[str, int]]]:
    """A cover of so many lines on a page that holds eight (30 mm, lines of 10 pt), and what the frame was told."""
    settings = Settings(("cover",), (), (), 1, {"cover": 38.0}, fits=fits)
    told: list[dict[str, int]] = []

    def frame(facts: BodyFacts) -> str:
        told.append(dict(facts.fits))
        name = f"fit-{facts.fits['cover']}" if facts.fits.get("cover") else ""
        return f'<html><section id="cover" class="{name}">{LINE * lines}<div id="end-cover"></div></section></html>'

    made = Layout(css=CSS, body="<html><p data-key='a.1'>En</html>", frame=frame, settings=settings)
    return pages.render(made, "nb", Path("/nowhere"), {"assets": buildkit.ROOT / "assets"}), told


@pytest.mark.parametrize(
    ("lines", "told", "fits"),
    [(5, [{}], True), (8, [{}, {"cover": 1}], True), (12, [{}, {"cover": 1}, {"cover": 2}], True),
     (30, [{}, {"cover": 1}, {"cover": 2}], False)],
)
def test_a_fixed_page_shrinks_step_by_step_until_it_fits(lines: int, told: list[dict[str, int]], fits: bool) -> None:
    rendering, said = drawn(lines, (0.9, 0.5))
    assert said == told
    assert (rendering.overflows == ()) is fits
    assert dict(rendering.facts.fits) == told[-1]


def test_without_steps_nothing_shrinks() -> None:
    rendering, said = drawn(12, ())
    assert said == [{}] and [overflow.panel for overflow in rendering.overflows] == ["cover"]


def test_the_body_stays_behind_a_front_page_that_runs_over() -> None:
    rendering, _ = drawn(12, ())
    assert [start.key for start in rendering.starts][-1] == "a.1"


@pytest.mark.parametrize(("lines", "thin"), [(3, 1), (4, 0), (9, 1), (12, 0), (16, 0)])
def test_pages_with_too_few_lines_are_counted(lines: int, thin: int) -> None:
    """A page holds eight lines: nine of them leave one alone."""
    body = "".join(f'<p data-key="a.{n}">x</p>' for n in range(lines)) + OVER
    settings = Settings(("cover",), (), (), 1, {}, least_lines=4)
    laid = Layout(css=CSS, body=f"<html>{body}</html>", frame=lambda facts: "", settings=settings)
    made = pages.lay_out_body(laid, "nb", Path("/nowhere"), {"assets": buildkit.ROOT / "assets"})
    assert made.thin == thin


@dataclass(frozen=True)
class Drawn:
    layout: Layout
    thin: int
    pages: tuple[str, ...] = ("one", "two")


def test_two_languages_face_each_other_in_sizes_that_fit_together(monkeypatch: pytest.MonkeyPatch) -> None:
    def lay_out(target: Book, source: Book, themes: tuple[Theme, Theme], folders: tuple[Path, ...]) -> Layout:
        settings = Settings(("cover",), (), (), 1, {}, body_fits=(0.9, 0.8))
        return Layout(" beside ".join(theme.tokens["text_size"] for theme in themes), "", lambda facts: "", settings)

    thin = {"10pt beside 20pt": 1, "9pt beside 18pt": 0}
    monkeypatch.setattr(bilingual, "lay_out", lay_out)
    monkeypatch.setattr(pages, "lay_out_body", lambda laid, *_: Drawn(laid, thin[laid.css]))
    monkeypatch.setattr(pages, "with_frame", lambda body, edition: body.layout.css)
    themes = tuple(Theme({}, (), {}, {"text_size": size}, Place(Path("theme.toml"))) for size in ("10pt", "20pt"))
    book: Any = type("Stub", (), {"language": type("Stub", (), {"code": "nb"})})
    made: Any = copyfitting.facing_pages_of(book, book, (themes[0], themes[1]), (), Path("/"))
    assert made[1] == "9pt beside 18pt"
    before, after = (Scored({"text_size": size}, 3, 0, off) for size, off in (("10", {"thin": 15.0}), ("9", {})))
    assert made[2] == Fitted("bilingual", chosen=after, unfitted=before, layouts=2)
    plain: Any = copyfitting.facing_pages_of(book, book, (themes[0], themes[1]), (), Path("/"), fit=False)
    assert plain[1:] == ("10pt beside 20pt", None)


def test_what_is_fitted_is_running_text_and_its_grid() -> None:
    tokens = {
        "text_size": "11.5pt", "line": "15.5pt", "half_line": "7.75pt", "lead_size": "13.5pt", "title_size": "26pt",
        "small_size": "9pt", "trim_width": "148mm", "story_line": "16pt",
    }
    theme = Theme({}, (), {}, tokens, Place(Path("theme.toml")))
    assert copyfitting.smaller(theme, 1.0) is theme
    assert copyfitting.smaller(theme, 0.9).tokens == {
        "text_size": "10.35pt", "line": "13.95pt", "half_line": "6.975pt", "lead_size": "12.15pt", "title_size": "26pt",
        "small_size": "9pt", "trim_width": "148mm", "story_line": "14.4pt",
    }
    assert copyfitting.smaller(replace(theme), 0.9) == copyfitting.smaller(theme, 0.9)


@pytest.mark.parametrize(
    ("length", "factor", "is_"), [("15.5pt", "1", "15.5pt"), ("10pt", "0.94", "9.4pt"), ("1.06", "2", "2.12")],
)
def test_a_length_is_multiplied_and_keeps_its_unit(length: str, factor: str, is_: str) -> None:
    assert scaled(length, Decimal(factor)) == is_
