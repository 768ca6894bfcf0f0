"""The shipped text, fitted: what paper says of its pages is what the renderer makes of them, and the best is kept."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from buildkit import ROOT
from hefte import copyfitting, house, layout, publication, transforms
from hefte.copyfitting import paper, search, sizes
from hefte.layout.fitting import FittingTable
from hefte.model import Book, Settings, Theme
from hefte.model.fitting import Fitting, Limits, Score
from hefte.model.flow import Flow
from hefte.renderers import flow, page_blocks, pages
from hefte.translation import versions

FOLDERS = (house.layouts(),)
GIVEN = {"assets": house.assets(), "layouts": house.layouts()}
OWN = {"text_size": Decimal("11.5"), "line": Decimal("15.5"), "paragraph": Decimal("7.75"), "apart": Decimal("11.625")}


@cache
def book() -> Book:
    """The shipped Norwegian text, for print."""
    return transforms.apply(versions.read(publication.load(ROOT), "nb")[0], "print")


@cache
def theme(language: str = "nb") -> Theme:
    """The house's."""
    return layout.for_language(layout.load_theme(FOLDERS, (house.assets(),)), language)


def body(set_with: Theme) -> pages.Body:
    """The chapters, laid out."""
    return pages.lay_out_body(layout.lay_out(book(), set_with, FOLDERS), "nb", ROOT, GIVEN)


@cache
def first() -> tuple[pages.Body, flow.Shares, Flow]:
    """At the designer's sizes: what it is made of."""
    made = body(theme())
    shares = flow.shares(made.html, made.pages, layout.style(book(), sizes.grown(theme(), flow.PROBE), FOLDERS))
    return made, shares, flow.read(made.pages, shares, sizes.values(theme()))


def test_paper_knows_where_the_renderer_breaks_pages() -> None:
    made, _, read = first()
    ruler = paper.Ruler(sizes.values(theme()))
    columns = [paper.pieces(run, paper.own_lines(run), ruler) for run in read.runs]
    assert [paper.paginated(column, read.room) for column in columns] == [run.breaks for run in read.runs]
    found = paper.set_pages(read, columns, [run.breaks for run in read.runs], 3)
    real = page_blocks.pages(made.pages)
    levels = [unit.level for run in read.runs for unit in run.units if unit.kind == "heading"]
    assert levels == [block.level for page in real for block in page.blocks if block.level > 1]
    assert [(bool(page.opens), page.opens[0].chapter if page.opens else "") for page in real] == [
        (page.opens, book().chapters[page.chapter].id if page.opens else "") for page in found
    ]
    for said, page in zip(found, real, strict=True):
        headings = [block for block in page.blocks if block.level == 2 and not block.continued]
        assert said.under_heading is None or headings
        box_ends = 12.0  # where a story ends the page, the ground of its box reaches 4 mm below its words
        assert -0.1 <= said.filled * read.room - page.filled <= box_ends
        assert abs(said.lines - page.lines) <= 1  # what floats, and the opener


def test_chapters_that_follow_each_other_are_one_column() -> None:
    """The large print: seven chapters and the colophon one after the other, and whom to call on a page of its own."""
    settings = layout.load_settings(FOLDERS, "large-print")
    large = layout.with_tokens(theme(), settings.tokens)
    laid = layout.lay_out(book(), large, FOLDERS, "large-print")
    made = pages.lay_out_body(laid, "nb", ROOT, GIVEN)
    probe = layout.style(book(), sizes.grown(large, flow.PROBE), FOLDERS, "large-print")
    read = flow.read(made.pages, flow.shares(made.html, made.pages, probe), sizes.values(large))
    ruler = paper.Ruler(sizes.values(large))
    said = [paper.paginated(paper.pieces(run, paper.own_lines(run), ruler), read.room) for run in read.runs]
    assert [sum(unit.level == 1 for unit in run.units) for run in read.runs] == [len(book().chapters) + 1, 1]
    assert said == [run.breaks for run in read.runs]
    assert sum(len(breaks) + 1 for breaks in said) == len(made.pages)


@pytest.mark.parametrize(
    "chosen", [{"line": "15", "paragraph": "9.75", "apart": "7.625"}, {"line": "16.25", "paragraph": "5.75"}],
)
def test_leading_and_spaces_are_known_before_the_renderer_tries_them(chosen: dict[str, str]) -> None:
    made, shares, read = first()
    wanted = {**OWN, **{name: Decimal(value) for name, value in chosen.items()}}
    other = sizes.with_sizes(theme(), wanted)
    ruler = paper.Ruler(sizes.values(other))
    said = [paper.paginated(paper.pieces(run, paper.own_lines(run), ruler), read.room) for run in read.runs]
    laid = pages.lay_out_body(layout.lay_out(book(), other, FOLDERS), "nb", ROOT, GIVEN, made)
    real = flow.read(laid.pages, shares, sizes.values(other))
    assert said == [run.breaks for run in real.runs]
    assert said != [run.breaks for run in read.runs]


def test_lines_of_other_type_are_estimated_closely() -> None:
    made, shares, read = first()
    other = sizes.with_sizes(theme(), {**OWN, "text_size": Decimal("11")})
    laid = pages.lay_out_body(layout.lay_out(book(), other, FOLDERS), "nb", ROOT, GIVEN, made)
    real = flow.read(laid.pages, shares, sizes.values(other))
    lines = search._Lines(read)
    wrong = [
        unit for was, now in zip(read.runs, real.runs, strict=True)
        for unit, counts in zip(now.units, lines.of(was, Decimal("11") / Decimal("11.5")), strict=True)
        if [leaf.lines for leaf in unit.leaves] != counts
    ]
    assert len(wrong) <= 3


def laid_out(monkeypatch: pytest.MonkeyPatch, settings: Settings, limits: Fitting | None) -> tuple[Any, list[Any]]:
    """What is chosen with these settings, and the sizes of each layout of the body."""
    told: list[Any] = []
    real, of = pages.lay_out_body, layout.lay_out

    def counted(laid: Any, *rest: Any) -> Any:
        told.append(laid)
        return real(laid, *rest)

    monkeypatch.setattr(pages, "lay_out_body", counted)
    monkeypatch.setattr(layout, "lay_out", lambda *given: replace(of(*given), settings=settings))
    made = copyfitting.pages_of(book(), replace(theme(), fitting=limits), FOLDERS, ROOT)
    return made, told


def limits(**said: tuple[str, str, str]) -> Fitting:
    """So many tokens with least, most and step."""
    return Fitting({name: Limits(*map(Decimal, each)) for name, each in said.items()})


def test_a_body_that_cannot_be_better_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(first()[0].layout.settings, score=Score(**dict.fromkeys(Score.__slots__, 0)))
    (_, _, fitted), told = laid_out(monkeypatch, settings, theme().fitting)
    assert (fitted.layouts, len(told), fitted.chosen) == (1, 1, fitted.unfitted)
    assert fitted.chosen.score == 0


def test_no_more_than_three_layouts_and_the_best_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = first()[0].layout.settings
    (laid, rendering, fitted), told = laid_out(monkeypatch, settings, theme().fitting)
    assert len(told) == fitted.layouts <= 3
    assert fitted.layout == "brochure" and laid in told
    assert fitted.chosen.score < fitted.unfitted.score
    assert fitted.unfitted.sizes == {name: f"{size.normalize():f}" for name, size in OWN.items()}
    assert len(rendering.document.pages) == fitted.chosen.pages and fitted.chosen.pages % 4 == 0
    assert (theme().fitting or Fitting({})).limits.keys() == fitted.chosen.sizes.keys()
    for name, each in (theme().fitting or Fitting({})).limits.items():
        assert each.least <= Decimal(fitted.chosen.sizes[name]) <= each.most
    for chapter in book().chapters:
        [start] = [number for number, page in enumerate(rendering.document.pages, 1)
                   if chapter.id in page.anchors and number == rendering.facts.starts[chapter.id]]
        assert start == rendering.facts.starts[chapter.id]


def test_an_estimate_that_was_wrong_costs_a_third_layout_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    estimate = search.Desk.best

    asked: list[tuple[Any, Any]] = []

    def hopeful(desk: Any, read: Any, mine: Any) -> Any:
        asked.append((read, mine))
        return -1.0, {**OWN, "line": Decimal("15.75")} if len(asked) == 1 else estimate(desk, read, mine)[1]

    monkeypatch.setattr(search.Desk, "best", hopeful)
    settings = first()[0].layout.settings
    (_, _, fitted), told = laid_out(monkeypatch, settings, limits(line=("15.25", "15.75", "0.25")))
    assert len(told) == fitted.layouts == 3
    (before, own), (after, second) = asked  # it is by the second's lines, and from its sizes, that the third is sought
    assert (own, second["line"]) == (OWN, Decimal("15.75"))
    assert before is not after
    assert fitted.chosen.score <= fitted.unfitted.score


def test_without_limits_nothing_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    (_, _, fitted), told = laid_out(monkeypatch, first()[0].layout.settings, None)
    assert (fitted, len(told)) == (None, 1)


def test_a_layouts_own_limits_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    own = limits(paragraph=("7.75", "7.75", "1"))
    settings = replace(first()[0].layout.settings, fitting=own)
    (_, _, fitted), told = laid_out(monkeypatch, settings, theme().fitting)
    assert (fitted.layouts, len(told)) == (1, 1)


def test_sizes_are_tried_from_the_designers_own_outwards() -> None:
    steps = limits(text_size=("11.2", "11.75", "0.1"), line=("15.5", "15.5", "0.25"))
    tried = sizes.tried(theme(), steps, Score(distance=3))
    assert [str(each["text_size"].normalize()) for _, each in tried] == ["11.5", "11.4", "11.6", "11.3", "11.7", "11.2"]
    assert [round(away, 2) for away, _ in tried] == [0, 1, 1.2, 2, 2.4, 3]
    assert {each["line"] for _, each in tried} == {Decimal("15.5")}


def test_lines_of_a_script_that_wants_room_do_not_come_closer() -> None:
    """Latin lines may: Urdu's letters would touch those of the next line."""
    steps = limits(text_size=("11.3", "11.7", "0.2"), line=("15", "16", "0.5"))
    tried = {language: sizes.tried(theme(language), steps, Score()) for language in ("nb", "ur")}
    ratios = {language: min(each["line"] / each["text_size"] for _, each in of) for language, of in tried.items()}
    assert {language: len(of) for language, of in tried.items()} == {"nb": 9, "ur": 5}
    assert ratios["ur"] == Decimal("15.5") / Decimal("11.5") > ratios["nb"]


def test_lines_do_not_come_too_close_for_the_size_of_their_type() -> None:
    steps = replace(limits(text_size=("11.3", "11.7", "0.2"), line=("14.5", "15.5", "0.5")), leading=Decimal("1.28"))
    tried = [(str(each["text_size"]), str(each["line"])) for _, each in sizes.tried(theme(), steps, Score())]
    assert sorted((float(size), float(line)) for size, line in tried) == [
        (11.3, 14.5), (11.3, 15.0), (11.3, 15.5), (11.5, 15.0), (11.5, 15.5), (11.7, 15.0), (11.7, 15.5),
    ]
    assert theme().fitting == replace(theme().fitting or limits(), leading=Decimal("1.28"))


def test_what_goes_with_a_size_follows_it_and_the_scripts_factors_stay() -> None:
    chosen = {**OWN, "text_size": Decimal("11"), "line": Decimal("15"), "apart": Decimal("9.625")}
    arab = sizes.with_sizes(theme("ar"), chosen).tokens
    latin = sizes.with_sizes(theme(), chosen).tokens
    names = ("text_size", "story_size", "lead_size", "line", "half_line", "story_line", "apart", "paragraph")
    assert [latin[name] for name in names] == [
        "11pt", "10.5217pt", "12.913pt", "15pt", "7.5pt", "15.4839pt", "9.625pt", "7.75pt",
    ]
    found = [arab[name] for name in ("text_size", "line", "apart", "paragraph")]
    assert found == ["11.22pt", "18pt", "11.55pt", "9.3pt"]
    assert sizes.own(theme("ar")) == sizes.own(theme()) == OWN
    assert latin["title_size"] == theme().tokens["title_size"]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"txt_size": {"least": 1, "most": 2, "step": 1}}, "unknown key `fitting.txt_size`; did you mean `text_size`?"),
        ({"line": {"least": 16, "most": 15, "step": 1}}, "`fitting.line` has its least above its most"),
        ({"line": {"least": 14, "most": 15, "step": 1}}, "`fitting.line` leaves out the theme's own 15.5pt"),
        ({"line": {"least": 14, "most": 16, "step": 0}}, "`fitting.line.step` is 0; write at least 0.05"),
        ({"line": {"least": 14, "most": 16}}, "`fitting.line.step` is missing"),
        ({"leading": 1.35}, "`fitting.leading` leaves out the theme's own 15.5pt for type of 11.5pt; lower it"),
        ({"leading": 13}, "`fitting.leading` is 13; write at most 3"),
    ],
)
def test_wrong_limits_are_refused(said: dict[str, Any], wrong: str, tmp_path: Path) -> None:
    from hefte.errors import SourceError

    folder = tmp_path / "shared"
    folder.mkdir()
    text = (ROOT / "layouts/shared/theme.toml").read_text(encoding="utf-8")
    before, after = text.split("[fitting]\n")
    kept = after[after.index("\n# Sizes and spaces"):]
    lines = [
        f"{name} = {{ {', '.join(f'{key} = {value}' for key, value in each.items())} }}" if isinstance(each, dict)
        else f"{name} = {each}" for name, each in said.items()
    ]
    (folder / "theme.toml").write_text("\n".join([before + "[fitting]", *lines, kept]), encoding="utf-8")
    with pytest.raises(SourceError) as raised:
        layout.load_theme((tmp_path,), (house.assets(),))
    assert wrong in raised.value.line(tmp_path)


def test_limits_of_a_layout_may_leave_fillers_out() -> None:
    made = FittingTable.model_validate({"fillers": False, "line": {"least": 15, "most": 16, "step": 0.5}}).made()
    assert made == Fitting({"line": Limits(Decimal("15.0"), Decimal("16.0"), Decimal("0.5"))}, fillers=False)
