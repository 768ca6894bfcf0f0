"""What the checks of laid-out pages find: on pages drawn to be wrong, and on pages written by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import epubkit
from hefte import checks
from hefte.checks import (
    page_empty,
    page_gap,
    page_heading_stranded,
    page_hyphen,
    page_orphan,
    page_overflow,
    page_short_line,
    page_widow,
)
from hefte.checks.pages import PAGE_CHECKS
from hefte.model import LaidOut, Overflow, Page
from pagekit import LEFT, RIGHT, block, chapter, drawn, found, laid, line, lines, page, story

HYPHEN = "\N{HYPHEN}"


# --- widows and orphans -----------------------------------------------------------------------------------------------


def test_a_last_line_alone_at_the_top_is_found() -> None:
    wrong = drawn(chapter(lines(5)))
    assert found(page_widow.CHECK, wrong) == [
        (2, "the last line of a paragraph stands alone at the top: “linje 5”", (LEFT, 78.71, 39.05, 90.71)),
    ]
    assert found(page_orphan.CHECK, wrong) == []
    assert found(page_widow.CHECK, drawn(chapter(lines(5)), "p { widows: 2 }")) == []


def test_a_first_line_alone_at_the_foot_is_found() -> None:
    body = chapter(lines(3) + lines(3, "2"))
    assert found(page_orphan.CHECK, drawn(body)) == [
        (1, "the first line of a paragraph stands alone at the foot: “linje 1”", (LEFT, 30.71, 39.05, 42.71)),
    ]
    assert found(page_widow.CHECK, drawn(body)) == []
    assert found(page_orphan.CHECK, drawn(body, "p { orphans: 2 }")) == []


def test_a_paragraph_of_one_line_is_neither() -> None:
    on = laid(page(1, block("paragraph", "En.")), page(2, block("paragraph", "To.")))
    assert found(page_widow.CHECK, on) == found(page_orphan.CHECK, on) == []


def test_a_line_alone_on_a_page_between_two_is_neither_first_nor_last() -> None:
    on = laid(page(2, block("paragraph", "midt i", continued=True, continues=True)))
    assert found(page_widow.CHECK, on) == found(page_orphan.CHECK, on) == []


# --- headings ---------------------------------------------------------------------------------------------------------


def test_a_heading_at_the_foot_is_found() -> None:
    body = chapter(lines(3) + '<h2 data-key="start.2">Mer om det</h2>' + lines(3, "3"))
    assert found(page_heading_stranded.CHECK, drawn(body, "h2 { break-after: auto }")) == [(
        1, "the heading “Mer om det” stands at the foot with no line of what it announces",
        (LEFT, 30.71, 61.37, 42.71),
    )]
    assert found(page_heading_stranded.CHECK, drawn(body)) == []


def stranded(*on_page: Any, after: tuple[Any, ...] = (block("paragraph", "Videre."),), **more: Any) -> list[str]:
    sides = page(4, *on_page), page(5, *after, **more)
    return [said for _, said, _ in found(page_heading_stranded.CHECK, laid(*sides))]


def test_a_heading_wants_two_lines_of_what_follows() -> None:
    heading, one = block("heading", "Mer"), block("item", "Ett punkt.")
    assert stranded(heading, one) == ["the heading “Mer” stands at the foot with one line of what it announces"]
    assert stranded(heading, block("paragraph", "En", "to", continues=True)) == []
    assert stranded(heading, one, one) == []
    assert stranded(heading, block("picture")) == []


def test_of_two_headings_at_the_foot_both_are_told() -> None:
    two = block("heading", "Høy"), block("heading", "Lav", level=3)
    assert [said.split("”")[0] for said in stranded(*two)] == ["the heading “Høy", "the heading “Lav"]


def test_a_section_may_be_short_where_nothing_more_of_it_follows() -> None:
    heading, one = block("heading", "Mer"), block("paragraph", "Ett.")
    assert stranded(heading, one, after=(block("heading", "Neste"),)) == []
    assert stranded(heading, one, after=(block("paragraph", "x", chapter="veien"),)) == []
    assert stranded(heading, one, after=()) == []
    assert stranded(heading, one, frame="help") == []
    assert stranded(heading, one, block("heading", "Neste"), block("paragraph", "a", "b")) == []


def test_a_heading_that_is_broken_is_found() -> None:
    body = chapter(lines(3) + '<h2 data-key="start.2">Mer<br>om<br>det</h2>' + lines(3, "3"))
    assert found(page_heading_stranded.CHECK, drawn(body, "h2 { break-after: auto; break-inside: auto }")) == [
        (1, "the heading “Mer” is broken, and ends on the next page", (LEFT, 30.71, 29.87, 42.71)),
    ]


def test_each_column_has_its_own_headings() -> None:
    left = block("heading", "Mer", column="source"), block("paragraph", "a", "b", column="source", continues=True)
    right = block("heading", "More", column="target"), block("paragraph", "a", column="target", continues=True)
    rest = block("paragraph", "c", column="source"), block("paragraph", "b", column="target")
    assert [said.split("”")[0] for said in stranded(*left, *right, after=rest)] == ["the heading “More"]


# --- last lines -------------------------------------------------------------------------------------------------------


def test_a_scrap_of_a_last_line_is_found() -> None:
    wrong = drawn(chapter('<p data-key="start.1">Det ble aldri det de hadde sett for seg</p>'), "p { width: 48mm }")
    assert [text.text for text in wrong.body[0].blocks[1].lines] == ["Det ble aldri det de hadde sett", "for seg"]
    assert found(page_short_line.CHECK, wrong) == []
    wrong = drawn(chapter('<p data-key="start.1">Det ble aldri det de hadde sett på</p>'), "p { width: 48mm }")
    assert found(page_short_line.CHECK, wrong) == [
        (1, "a paragraph ends with a line of 2 letters: “på”", (LEFT, 54.71, 24.62, 66.71)),
    ]


@pytest.mark.parametrize(("language", "last", "letters"), [
    ("nb", "er.", 2), ("nb", "født.", None), ("nb", "113.", 3), ("nb", "«å»", 1), ("uk", "це.", 2),
    ("uk", "мова.", None), ("ar", "ما.", 2), ("ar", "لكم.", None), ("he", "לא.", 2), ("am", "ነው።", None),
    ("th", "ไป", None), ("ja", "た。", None),
])
def test_how_short_is_too_short_depends_on_the_script(language: str, last: str, letters: int | None) -> None:
    on = laid(page(4, block("paragraph", "…", last, language=language)))
    box = (0.0, 488.0, 100.0, 500.0)
    said = f"a paragraph ends with a line of {letters} letter{'' if letters == 1 else 's'}: “{last}”"
    assert found(page_short_line.CHECK, on) == ([] if letters is None else [(4, said, box)])


def test_the_rest_of_a_broken_word_is_a_scrap_however_long() -> None:
    on = laid(page(4, block("item", f"en brystbetennel{HYPHEN}", "sesrest.")))
    assert [said for _, said, _ in found(page_short_line.CHECK, on)] == [
        "a paragraph ends with the rest of a broken word: “sesrest.”",
    ]
    on = laid(page(4, block("item", f"en brystbetennel{HYPHEN}", "sesrest til.")))
    assert found(page_short_line.CHECK, on) == []


@pytest.mark.parametrize("fine", [
    block("paragraph", "Ja."), block("heading", "Hva er det du", "vil"),
    block("paragraph", "Det er", "så", continues=True), block("cell", "Mer", "på"),
])
def test_what_is_no_last_line_of_running_text_may_be_short(fine: Any) -> None:
    assert found(page_short_line.CHECK, laid(page(4, fine))) == []


def test_a_scrap_at_the_top_of_a_page_is_one_too() -> None:
    on = laid(page(4, block("paragraph", "så.", continued=True)))
    assert found(page_short_line.CHECK, on) == [
        (4, "a paragraph ends with a line of 2 letters: “så.”", (0, 500, 100, 512)),
    ]


# --- broken words -----------------------------------------------------------------------------------------------------

LONG = (
    "Ammeveiledningen på barselavdelingen og helsestasjonen handler ofte om brystbetennelser og "
    "morsmelkerstatninger, mens fødselsdepresjonen og sorgreaksjonene kommer i bakgrunnen."
)


def test_a_word_broken_where_the_leaf_is_turned_is_found() -> None:
    body = chapter(f'<p data-key="start.1">{LONG}</p>')
    turn = [(1, f"a word is broken where the leaf is turned: “fød{HYPHEN}”", (LEFT, 30.71, 152.36, 42.71))]
    assert found(page_hyphen.CHECK, drawn(body, "p { hyphens: auto }")) == turn
    assert found(page_hyphen.CHECK, drawn(body, "p { hyphens: auto }", bound=False)) == turn
    assert found(page_hyphen.CHECK, drawn(body)) == []


def test_within_a_spread_a_word_may_be_broken() -> None:
    word = block("paragraph", f"fød{HYPHEN}", continues=True)
    assert found(page_hyphen.CHECK, laid(page(4, word))) == []
    assert len(found(page_hyphen.CHECK, laid(page(5, word)))) == 1


def test_a_ladder_of_hyphens_is_found_from_four_on() -> None:
    ladder = [f"{n}-ord{HYPHEN}" for n in range(4)]
    on = laid(page(4, block("paragraph", "først", *ladder, "sist")), page(5, block("paragraph", *ladder[:3], "sist")))
    assert found(page_hyphen.CHECK, on) == [
        (4, "4 lines one below the other end in a broken word", (0, 452, 100, 500)),
    ]


# --- empty pages ------------------------------------------------------------------------------------------------------


def test_a_page_with_less_than_the_layout_wants_is_found() -> None:
    body = chapter(lines(6))
    assert found(page_empty.CHECK, drawn(body, least_lines=3)) == [
        (2, "the page has 2 lines, of 3 at least", (LEFT, 66.71, 39.05, 90.71)),
    ]
    assert found(page_empty.CHECK, drawn(body, least_lines=2)) == []


def test_what_is_meant_to_be_empty_is_not_found() -> None:
    sides = page(4, block("heading", "Kort", level=1)), page(5, frame="filler"), page(6, block("picture"))
    assert found(page_empty.CHECK, laid(*sides, least_lines=6)) == []


def test_a_page_without_a_word_is_found_whatever_the_layout_wants() -> None:
    assert found(page_empty.CHECK, laid(page(4))) == [(4, "the page is empty", (0, 0, 200, 600))]


# --- gaps -------------------------------------------------------------------------------------------------------------


def test_a_page_that_ends_early_before_what_may_not_be_cut_is_found() -> None:
    whole = ".story { break-inside: avoid }"
    assert found(page_gap.CHECK, drawn(chapter(lines(1) + story(4)), whole)) == [
        (1, "the lower 65 % of the page are empty, before `story-x`", (LEFT, 22.68, RIGHT, 66.71)),
    ]
    assert found(page_gap.CHECK, drawn(chapter(lines(4) + story(4)), whole)) == []
    assert found(page_gap.CHECK, drawn(chapter(lines(1)) + chapter(lines(1), "veien"))) == []


@pytest.mark.parametrize(("filled", "side", "opens", "gap"), [
    (76, "recto", False, 0), (74, "recto", False, 26), (51, "", False, 0), (49, "", False, 51), (51, "recto", True, 0),
    (49, "recto", True, 51),
])
def test_how_much_may_stay_empty(filled: float, side: str, opens: bool, gap: int) -> None:
    words, title = block("paragraph", "x"), block("heading", "Sorg", level=1)
    first = (title, words) if opens else (words,)
    on = laid(page(5, *first, filled=filled, room=100.0, side=side), page(6, words, side=side))
    said = f"the lower {gap} % of the page are empty, before what follows"
    assert [what for _, what, _ in found(page_gap.CHECK, on)] == ([said] if gap else [])


@pytest.mark.parametrize(("what", "said"), [
    (block("paragraph", "x", callout="start.7"), "a call-out"), (block("picture"), "a picture"),
    (block("cell", "x"), "a table"),
])
def test_what_did_not_fit_is_named(what: Any, said: str) -> None:
    on = laid(page(5, block("paragraph", "x"), filled=9.0, room=100.0), page(6, what))
    assert [line for _, line, _ in found(page_gap.CHECK, on)] == [
        f"the lower 91 % of the page are empty, before {said}",
    ]


# --- what runs over ---------------------------------------------------------------------------------------------------


def test_a_line_that_reaches_out_of_its_column_is_found() -> None:
    word = "x" * 35
    wrong = drawn(chapter(f'<p data-key="start.1">Se {word} der</p>'))
    [(number, said, box)] = found(page_overflow.CHECK, wrong)
    assert (number, said) == (1, f"a line reaches 14 pt out of its column: “{word}”")
    assert box is not None and box == wrong.body[0].blocks[1].lines[1].box
    assert round(box[2] - 155.91) == 14
    assert found(page_overflow.CHECK, drawn(chapter(lines(9)))) == []


@pytest.mark.parametrize(("box", "said"), [
    ((-0.9, 20, 200.9, 32), ""), ((-1.1, 20, 200, 32), "1 pt out of its column"),
    ((0, 8.5, 50, 20.5), "2 pt too far down"), ((0, 9.5, 50, 20.5), ""),
])
def test_a_letter_may_lean_out_of_its_width(box: Any, said: str) -> None:
    of = replace(block("paragraph", "x"), lines=(line("ord", box),))
    on = laid(page(4, of, area=(0, 10, 200, 600)))
    assert found(page_overflow.CHECK, on) == ([(4, f"a line reaches {said}: “ord”", box)] if said else [])


# --- all of them ------------------------------------------------------------------------------------------------------


def test_every_check_of_pages_is_run_and_tells_file_language_and_edition() -> None:
    wrong = laid(page(4, block("paragraph", "så.", continued=True)))
    overflow = Overflow("help", 9, "runs out of its page", "shorten it")
    seen = checks.on_pages(wrong, (overflow,), "nb/ro-nb-print.pdf", "print")
    assert [(one.check, one.page) for one in seen] == [
        ("panel-overflow", 9), ("page-widow", 4), ("page-short-line", 4),
    ]
    assert {(one.path, one.language, one.edition) for one in seen} == {(Path("nb/ro-nb-print.pdf"), "nb", "print")}


def test_no_check_falls_over_pages_with_nothing_on_them() -> None:
    empty = LaidOut((Page(1, (), frame="cover"),), (epubkit.book(),))
    assert [finding for check in PAGE_CHECKS for finding in check.run(empty)] == []


def test_the_shipped_pages_have_none_of_these_faults(shipped: Any, translated: Any) -> None:
    reports = [*shipped.report["languages"].items(), *translated.report["languages"].items()]
    assert sorted(language for language, _ in reports) == ["ar", "en", "nb", "nn", "pl", "so", "uk"]
    ids = {check.id for check in PAGE_CHECKS}
    assert [finding for _, entry in reports for finding in entry["findings"] if finding["check"] in ids] == []
