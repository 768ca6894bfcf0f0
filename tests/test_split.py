"""A text to its segments and back: the numbers of the blocks, and that nothing else in the file is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefte import fragment, publication, sources
from hefte.errors import SourceError
from hefte.sources.markdown.convert import convert
from hefte.sources.markdown.document import Document
from hefte.translation import blocks
from hefte.translation.split import fill, skeleton, split
from test_markdown import FIXTURES, TEXTS, cases

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = sorted(path.parent.name for path in (ROOT / "chapters").glob("*/language.toml"))


def said(text: str) -> dict[str, str]:
    """Id without the unit → text."""
    return {each.id.partition(".")[2]: each.text for each in split(text, Path("ch.md"), "ch.md", "ch")}


INSIDE = {"notes in the order of their marks, and one written in the line": "4", "a link in a link": "2"}


def kinds(text: str) -> dict[str, str]:
    return {each.id.partition(".")[2]: each.kind for each in split(text, Path("ch.md"), "ch.md", "ch")}


def same(text: str) -> str:
    """The text, filled with what is there."""
    return fill(text, {each.id: each.text for each in split(text, Path("ch.md"), "ch.md", "ch")})


def keys(body: str) -> list[str]:
    """The numbers of the data-keys of what has words."""
    tree = fragment.parse(body)
    return [str(leaf.get("data-key")).partition(".")[2] for leaf in fragment.leaves(tree)
            if leaf.tag != "pre" and (fragment.text_of(leaf) or len(leaf))]


# --- the numbers are those of the book


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_of_the_shipped_texts_has_the_number_of_its_data_key(language: str) -> None:
    book = sources.read(publication.load(ROOT), language)
    texts = [(text.id, text.place.path, text.body) for text in (*book.chapters, *book.matter.values())]
    texts += [(f"story-{story.id}", story.place.path, story.body) for story in book.stories.values()]
    for unit, path, body in texts:
        found = [each.id for each in split(path.read_text(encoding="utf-8"), path, "x", unit) if each.kind != "string"]
        assert found == [leaf.get("data-key") for leaf in fragment.leaves(fragment.parse(body))]


@pytest.mark.parametrize(
    ("title", "given_"), [case[1:3] for case in cases()], ids=[f"{file.stem}: {title}" for file, title, *_ in cases()],
)
def test_every_block_of_the_dialect_has_the_number_of_its_data_key(title: str, given_: str) -> None:
    body = convert(given_, Document("ch", FIXTURES / "ch.md", FIXTURES, given_.split("\n")))
    found = [each.name for each in blocks.read(given_).blocks if each.kind != "alt"]
    inside = INSIDE.get(title)  # a note written in a line belongs to the line
    assert found == [key for key in keys(body) if key != inside]
    assert same(given_) == given_


# --- what a segment is


EVERYTHING = """\
---
title: Tittel
summary: "Kort: sagt."
keywords: [en, 'to']
---

## Overskrift ##

Et avsnitt
på to linjer.\\
Og en ny.

- punkt
  går videre
  1. inne

- løst punkt

> sitat

Ord
: Hva det er.

| a | b\\|c |
|---|---|
| 1 |   |
|   | 2 |

![Alt *tekst*](p.png "Under \\"den\\""){.wide}

![](d.svg){.decorative}

::: remember
Husk.[^n]
:::

Under
-----

[^n]: Noten.

    Mer.
"""


def test_a_segment_is_a_block_without_its_markers() -> None:
    assert said(EVERYTHING) == {
        "title": "Tittel", "summary": "Kort: sagt.", "keywords.1": "en", "keywords.2": "to",
        "1": "Overskrift", "2": "Et avsnitt på to linjer.\\\nOg en ny.", "3": "punkt går videre", "4": "inne",
        "5": "løst punkt", "6": "sitat", "7": "Ord", "8": "Hva det er.", "9": "a", "10": "b|c", "11": "1", "14": "2",
        "alt.1": "Alt *tekst*", "15": 'Under "den"', "16": "Husk.[^n]", "17": "Under", "18": "Noten.", "19": "Mer.",
    }
    assert kinds(EVERYTHING) == {
        "title": "string", "summary": "string", "keywords.1": "string", "keywords.2": "string",
        "1": "heading", "2": "paragraph", "3": "item", "4": "item", "5": "item", "6": "paragraph", "7": "term",
        "8": "definition", "9": "cell", "10": "cell", "11": "cell", "14": "cell", "alt.1": "alt", "15": "caption",
        "16": "paragraph", "17": "heading", "18": "note", "19": "note",
    }


def test_a_segment_knows_its_line() -> None:
    lines = {each.id: each.place.line for each in split(EVERYTHING, Path("ch.md"), "ch.md", "ch")}
    assert (lines["ch.title"], lines["ch.keywords.2"], lines["ch.1"], lines["ch.4"]) == (2, 4, 7, 15)
    assert (lines["ch.14"], lines["ch.15"], lines["ch.19"]) == (27, 29, 42)


def test_the_skeleton_tells_how_a_text_is_built() -> None:
    assert skeleton(EVERYTHING) == (
        "heading 2", "paragraph", "list", "item", "numbered list", "item", "item", "quotation", "paragraph", "term",
        "definition", "table of 2 columns", "row", "row", "row", "figure", "figure", "::: remember", "paragraph", ":::",
        "heading 2", "note", "paragraph",
    )


@pytest.mark.parametrize("gap", ["[…]", "[...]"])
def test_a_gap_is_an_empty_segment(gap: str) -> None:
    text = f'---\ntitle: "{gap}"\nsummary: {gap}\nkeywords: ["{gap}"]\n---\n\n%% Kilde.\n{gap}\n\n- {gap}\n'
    assert said(text) == {"title": "", "summary": "", "keywords.1": "", "1": "", "2": ""}
    assert same(text) == text
    filled = fill(text, {"ch.title": "A: b", "ch.keywords.1": "k", "ch.summary": "s", "ch.1": "Én.", "ch.2": "To."})
    assert filled == '---\ntitle: "A: b"\nsummary: s\nkeywords: ["k"]\n---\n\n%% Kilde.\nÉn.\n\n- To.\n'
    assert said(fill(filled, {"ch.1": ""}))["1"] == ""


def test_remarks_belong_to_no_segment() -> None:
    text = "%% a\n\nEn\n%% b\nto.\n\n%% c\n- tre\n%% d\n- fire\n"
    assert said(text) == {"1": "En to.", "2": "tre", "3": "fire"}
    assert fill(text, {"ch.1": "Én.", "ch.3": "4"}) == "%% a\n\nÉn.\n%% b\n\n%% c\n- tre\n%% d\n- 4\n"


# --- what is filled in comes back, and nothing else changes


def test_each_block_takes_another_text_where_it_stands() -> None:
    filled = fill(EVERYTHING, {each: f"{text} |æ" for each, text in said(EVERYTHING).items()})
    assert said(filled) == {each: f"{text} |æ" for each, text in said(EVERYTHING).items()}
    assert skeleton(filled) == skeleton(EVERYTHING)
    assert "\n## Overskrift |æ ##\n\nEt avsnitt på to linjer.\\\nOg en ny. |æ\n\n- punkt går videre |æ\n" in filled
    assert '\n![Alt *tekst* |æ](p.png "Under \\"den\\" |æ"){.wide}\n' in filled
    assert "\n| a \\|æ | b\\|c \\|æ |\n|---|---|\n| 1 \\|æ |   |\n|   | 2 \\|æ |\n" in filled
    assert "\n[^n]: Noten. |æ\n\n    Mer. |æ\n" in filled


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_the_blanks_at_line_ends_stay(end: str) -> None:
    text = "\ufeff" + EVERYTHING.replace("Husk.[^n]\n", "Husk.[^n]   \n").replace("\n", end).rstrip()
    assert same(text) == text
    changed = fill(text, {"ch.16": "Nytt.[^n]", "ch.title": "Ny"})
    assert changed == text.replace("Husk.[^n]", "Nytt.[^n]").replace("Tittel", "Ny")


def test_the_form_of_characters_stays_elsewhere() -> None:
    text = "A\u030a en.\n\nTo e\u0301n.\n"
    assert said(text) == {"1": "Å en.", "2": "To én."}
    assert fill(text, {"1": "Å en.", "2": "Tre."}) == "A\u030a en.\n\nTre.\n"


@pytest.mark.parametrize("words", ["- a", "1. a", "2026. a", "# a", "> a", "+ a", "::: remember", "%% a", "---", ": a"])
def test_what_would_begin_a_block_is_kept_from_it(words: str) -> None:
    filled = fill("En.\n\n- to\n\n> tre\n", {"1": words, "2": words, "3": words})
    assert [each.text.replace("\\", "") for each in split(filled, Path("x"), "x", "ch")] == [words] * 3
    assert skeleton(filled) == skeleton("En.\n\n- to\n\n> tre\n")


def test_a_text_with_broken_lines_keeps_its_block() -> None:
    filled = fill("> a\n\n- b\n", {"1": "en\\\nto", "2": "en\\\n- to\ntre"})
    assert filled == "> en\\\n> to\n\n- en\\\n  \\- to tre\n"


def test_a_text_that_cannot_stand_there_is_refused() -> None:
    with pytest.raises(SourceError, match="would be read as something else"):
        fill("En.\n", {"1": "[x]: y"})
    with pytest.raises(SourceError, match=r"there is no text `ch\.7`"):
        fill("En.\n", {"ch.7": "x"})


def test_a_block_scalar_becomes_a_quoted_one() -> None:
    text = "---\ntitle: >\n  a\n  b\n\nsummary: |\n  c\nkeywords:\n- d\n- 'e'\n---\n\nx\n"
    assert said(text) == {"title": "a b", "summary": "c", "keywords.1": "d", "keywords.2": "e", "1": "x"}
    filled = fill(text, {"title": "A", "summary": "C: c", "keywords.1": "x, y", "keywords.2": "it's"})
    assert filled == '---\ntitle: "A"\n\nsummary: "C: c"\nkeywords:\n- "x, y"\n- \'it\'\'s\'\n---\n\nx\n'
    assert said(filled)["keywords.2"] == "it's"


WORDS = st.lists(
    st.sampled_from(["æ", "sorg", "*og*", "{{ helpline.113 }}", "[@a]", "العربية", "1.", "(b)", "«c»"]), min_size=1,
)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("- a\n  ::: remember\n  x\n  :::\n  c\n", "- Æ a\n  ::: remember\n  Æ x\n  :::\n  Ø c\n"),
        ("a | b\n--|--\nc | d\n", "Æ a | Æ b\n--|--\nÆ c | Æ d\n"),
        ("- | a |\n  |---|\n  | b |\n", "- | Æ a |\n  |---|\n  | Æ b |\n"),
        ("> - a\n>   b\n>\n>   1. c\n", "> - Æ a b\n>\n>   1. Æ c\n"),
        ("![a](p.png (b)){.x}\n", '![Æ a](p.png "Æ b"){.x}\n'),
        ('![a\nb](p.png\n"c\nd")\n', '![Æ a b](p.png "Æ c d")\n'),
        ("Ord\n~ def\n\n  mer\n\nTo\n\n: x\n  y\n", "Æ Ord\n~ Æ def\n\n  Æ mer\n\nÆ To\n\n: Æ x y\n"),
        ("{.x lang=nn}\nEt *a*{.y}\n", "{.x lang=nn}\nÆ Et *a*{.y}\n"),
        ("a  \nb\\\nc\n", "Æ a\\\nb\\\nc\n"),
        ("[^1]: n\n\n  w[^1] og ^[inne *x*].\n", "[^1]: Æ n\n\n  Æ w[^1] og ^[inne *x*].\n"),
        ("    kode\n\n- x\n\n\ty\n", "    kode\n\n- Æ x\n\n\tÆ y\n"),
        ("> c\n> %% t\n> d\n", "> Æ c d\n> %% t\n"),
    ],
)
def test_a_block_takes_other_words_however_it_is_written(text: str, filled: str) -> None:
    wanted = {name: "Æ " + words.replace("\n\n", "\n\nØ ") for name, words in said(text).items()}
    assert fill(text, wanted) == filled
    assert said(filled) == wanted
    assert same(text) == text


def test_a_caption_that_stands_elsewhere_is_told() -> None:
    with pytest.raises(SourceError, match="written in a way that no text can be put into"):
        fill('![a][r]\n\n[r]: p.png "under"\n', {"1": "x"})


@given(TEXTS)
def test_any_text_takes_other_words_or_says_that_it_cannot(text: str) -> None:
    wanted = dict.fromkeys(said(text), "ord")
    try:
        filled = fill(text, wanted)
    except SourceError:
        return
    found = said(filled)
    assert {name: found.get(name) for name in wanted} == wanted


@given(TEXTS)
def test_filling_with_what_is_there_changes_no_byte(text: str) -> None:
    assert same(text) == text


@given(st.lists(WORDS.map(" ".join), min_size=20, max_size=20), st.sampled_from(["\n", "\r\n"]))
def test_what_is_filled_in_comes_back(texts: list[str], end: str) -> None:
    whole = EVERYTHING.replace("\n", end)
    wanted = dict(zip(said(whole), texts, strict=False))
    wanted["16"] += "[^n]"  # what refers to the note, which is not shown without it
    filled = fill(whole, wanted)
    found = {name: text.replace("\\", "") for name, text in said(filled).items()}
    assert {name: found[name] for name in wanted} == wanted
    assert skeleton(filled) == skeleton(whole)


def test_a_no_break_space_is_the_writers_own(tmp_path: Path) -> None:
    text = '---\ntitle: "a\u00a0b"\n---\n\nc\n'
    [title, _] = split(text, tmp_path / "x.md", "x.md", "x")
    assert title.text == "a\u00a0b"
    assert fill(text, {"x.title": "d\u202fe  f"}) == text.replace("a\u00a0b", "d\u202fe f")
