"""A Book as written, to the Book that layouts get: each transform by itself, then all of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

import wordkit
from hefte import fragment, transforms
from hefte.model import Book, Problem
from hefte.transforms.insert_records import insert_records
from hefte.transforms.leave_out_stories import leave_out_stories
from hefte.transforms.number_citations import number_citations
from hefte.transforms.place_stories import place_stories
from hefte.transforms.title_callouts import title_callouts
from hefte.transforms.typography import bound, typography
from wordkit import text

FIRST, SECOND, STORIES = "chapters/nb/first.md", "chapters/nb/second.md", "chapters/stories.toml"
NBSP = "\N{NO-BREAK SPACE}"


def bodies(book: Book) -> list[str]:
    """The bodies of the chapters."""
    return [chapter.body for chapter in book.chapters]


# --- stories

RETOLD = (
    '<aside class="story retold" id="story-lost" lang="nb" aria-label="Nærheten" data-story="lost" '
    'data-tags="grief depression"><p data-key="story-lost.1" data-line="5">Hun fortalte at det var tungt.</p>'
    '<p class="by" lang="nb">(retold)</p></aside>'
)


def test_a_retold_story_stands_in_its_place(tmp_path: Path) -> None:
    book = place_stories(wordkit.read_text(tmp_path, "Før.\n\n::: story lost\n:::\n\nEtter."))
    before, after = ('<p data-key="first.1" data-line="6">Før.</p>', '<p data-key="first.2" data-line="11">Etter.</p>')
    assert bodies(book)[0] == f"{before}\n{RETOLD}\n{after}"


def test_a_quotation_is_one_and_has_its_own_language(tmp_path: Path) -> None:
    nynorsk = "---\ntitle: Nærleiken\nlang: nn\n---\n\nEg *visste* det.\n\nMeir.\n"
    changes: dict[str, wordkit.Change] = {
        STORIES: ('"retold"', '"quote"'), "chapters/nb/stories/lost.md": nynorsk, FIRST: text("::: story lost\n:::"),
    }
    assert bodies(place_stories(wordkit.read(tmp_path, changes)))[0] == (
        '<aside class="story quote" id="story-lost" lang="nn" aria-label="Nærleiken" data-story="lost" '
        'data-tags="grief depression"><blockquote>'
        '<p data-key="story-lost.1" data-line="6">Eg <em>visste</em> det.</p>\n'
        '<p data-key="story-lost.2" data-line="8">Meir.</p></blockquote><p class="by" lang="nb">(quoted)</p></aside>'
    )


def test_a_story_that_is_not_there_or_again_leaves_nothing(tmp_path: Path) -> None:
    asked = "::: story lost\n:::\n\n::: story gone\n:::\n\n::: story lost\n:::"
    changes: dict[str, wordkit.Change] = {FIRST: text(asked), SECOND: text("a\n\n::: story lost\n:::\n\nb")}
    first, second = bodies(place_stories(wordkit.read(tmp_path, changes)))
    assert first.strip() == RETOLD
    assert [leaf.text for leaf in fragment.leaves(fragment.parse(second))] == ["a", "b"]
    assert "story" not in second


LEFT_OUT = [
    ('"print", "epub"', '"print"', "epub", "`lost` is left out of epub: its consent does not cover epub"),
    ('"print", "epub"', '"epub"', "print", "`lost` is left out of print: its consent does not cover print"),
    ("scopes", "withdrawn = 2026-02-01\nscopes", "print", "`lost` is left out of print: withdrawn on 2026-02-01"),
]


@pytest.mark.parametrize(("old", "new", "medium", "said"), LEFT_OUT)
def test_a_story_that_may_not_appear_is_left_out_and_that_is_said(
    tmp_path: Path, old: str, new: str, medium: str, said: str,
) -> None:
    book = wordkit.read(tmp_path, {STORIES: (old, new)})
    out = leave_out_stories(book, medium)
    assert out.stories == {}
    assert out.problems == (Problem("story-left-out", book.publication.stories["lost"].place, said),)
    assert "<aside" not in bodies(transforms.apply(book, medium))[0]
    other = {"print": "epub", "epub": "print"}[medium]
    assert bool(leave_out_stories(book, other).stories) is ("withdrawn" not in new)


def test_a_story_without_a_record_is_left_out(tmp_path: Path) -> None:
    book = wordkit.read(tmp_path, {STORIES: None})
    at = book.stories["lost"].place
    assert leave_out_stories(book, "print").problems == (
        Problem("story-left-out", at, "`lost` is left out of print: it has no record"),
    )


# --- call-outs


@pytest.mark.parametrize(
    ("name", "label"), [("remember", "(remember)"), ("seek-help", "(seek_help)"), ("read-more", "(read_more)")],
)
def test_a_call_out_has_its_title_in_the_book_s_words(tmp_path: Path, name: str, label: str) -> None:
    book = title_callouts(wordkit.read_text(tmp_path, f"::: {name}\nx\n:::"))
    assert bodies(book)[0] == (
        f'<aside class="callout {name}" data-line="6">\n<p class="callout-title">{label}</p>'
        '<p data-key="first.1" data-line="7">x</p>\n</aside>'
    )


# --- citations


def test_citations_are_numbered_by_first_use_over_the_whole_book(tmp_path: Path) -> None:
    one, two = text("A [@web] b[@brown2019].\n\n[@web]"), text("C *[@brown2019]* d.\n\n::: references\n:::")
    told = "---\ntitle: T\n---\nx"
    book = number_citations(wordkit.read(tmp_path, {FIRST: one, SECOND: two, "chapters/nb/stories/lost.md": told}))
    assert [work.key for work in book.references] == ["web", "brown2019"]
    assert bodies(book)[0] == (
        '<p data-key="first.1" data-line="6">A<sup class="cite"><a href="#ref-web" id="cite-web-1">1</a></sup> '
        'b<sup class="cite"><a href="#ref-brown2019" id="cite-brown2019-1">2</a></sup>.</p>\n'
        '<p data-key="first.2" data-line="8"><sup class="cite"><a href="#ref-web" id="cite-web-2">1</a></sup></p>'
    )
    assert bodies(book)[1] == (
        '<p data-key="second.1" data-line="6">C <em><sup class="cite">'
        '<a href="#ref-brown2019" id="cite-brown2019-2">2</a></sup></em> d.</p>\n'
        '<ol class="references"><li id="ref-web" data-key="ref-web">Kari Nordmann: <cite>Kan det hjelpe?</cite> '
        '<a href="https://www.example.org/hjelp/">example.org/hjelp</a></li>'
        '<li id="ref-brown2019" data-key="ref-brown2019">Amy Brown (2019): <cite lang="en">Why Grief Matters</cite>. '
        "Pinter &amp; Martin.</li></ol>"
    )


def test_a_citation_in_a_story_is_numbered_where_the_story_stands(tmp_path: Path) -> None:
    story = "---\ntitle: T\n---\nHun leste [@web]."
    first = text("::: story lost\n:::\n\n[@brown2019]")
    book = wordkit.read(tmp_path, {"chapters/nb/stories/lost.md": story, FIRST: first})
    assert [work.key for work in transforms.apply(book, "print").references] == ["web", "brown2019"]


def test_an_unknown_citation_is_seen_and_an_empty_list_is_not(tmp_path: Path) -> None:
    book = number_citations(wordkit.read_text(tmp_path, "a [@nobody]\n\n::: references\n:::"))
    assert bodies(book)[0].strip() == '<p data-key="first.1" data-line="6">a <span>[@nobody]</span></p>'
    assert book.references == ()


# --- records


def test_records_become_links_that_are_never_turned_round_or_broken(tmp_path: Path) -> None:
    words = "{{ helpline.113 }} {{ helpline.116123 }}\n{{ contact.web }} {{ contact.email }} "
    words += "{{ contact.phone }} {{ helpline.1 }}"
    assert bodies(insert_records(wordkit.read_text(tmp_path, words)))[0] == (
        '<p data-key="first.1" data-line="6"><a class="number" href="tel:113" dir="ltr">113</a> '
        f'<a class="number" href="tel:+47116123" dir="ltr">116{NBSP}123</a>\n'
        '<a class="address" href="https://example.org/" dir="ltr">example.org</a> '
        '<a class="address" href="mailto:editor@example.org" dir="ltr">editor@example.org</a> '
        f'<a class="number" href="tel:+4722113344" dir="ltr">+47{NBSP}22{NBSP}11{NBSP}33{NBSP}44</a> '
        "<span>{{ helpline.1 }}</span></p>"
    )


def helpline(id: str, number: str, tel: str, words: tuple[str, str], key: str) -> str:
    """One entry of the list."""
    return (
        f'<div class="helpline" id="{key}" data-key="{key}">'
        f'<dt><a class="number" href="tel:{tel}" dir="ltr">{number}</a></dt>'
        f'<dd class="name">{words[0]}</dd><dd class="does">{words[1]}</dd><dd class="hours">Hele døgnet</dd></div>'
    )


def test_the_helplines_are_listed_and_a_second_list_has_its_own_ids(tmp_path: Path) -> None:
    book = insert_records(wordkit.read(tmp_path, {FIRST: text("::: helplines\n:::")}))
    for body, suffix in ((bodies(book)[0], ""), (book.matter["help"].body, "-2")):
        assert body == (
            '<dl class="helplines">'
            + helpline("113", "113", "113", ("Nødhjelp", "Når det er akutt."), f"helpline-113{suffix}")
            + helpline(
                "116123", f"116{NBSP}123", "+47116123", ("Noen å snakke med", "Når du vil snakke."),
                f"helpline-116123{suffix}",
            )
            + "</dl>"
        )


# --- typography: `_` stands for a no-break space

BOUND = [
    ("nb", "Det er – tror jeg – sant", "Det er_– tror jeg_– sant"),
    ("nb", "en\n– to", "en_– to"),
    ("nb", "fra 10–20 og A–Å", "fra 10–20 og A–Å"),
    ("nb", "vent …", "vent_…"),
    ("nb", "J. R. Olsen skrev", "J._R._Olsen skrev"),
    ("nb", "Det var alt. Så gikk hun.", "Det var alt. Så gikk hun."),
    ("nb", "kl. 10 på side 4, ca. 3 av nr. 2", "kl._10 på side_4, ca._3 av nr._2"),
    ("nb", "Kl. 10, pinnekl. 10", "Kl._10, pinnekl. 10"),
    ("nb", "20 % og 3 kg, 5 ml, 37,5 °C", "20_% og 3_kg, 5_ml, 37,5_°C"),
    ("nb", "2 uker, 1 time og 6 måneder", "2_uker, 1_time og 6_måneder"),
    ("nb", "3 kilo og 4 mødre", "3 kilo og 4 mødre"),
    ("nb", "22. november 2026", "22._november 2026"),
    ("nb", "1 000 000 og 2 400 barn", "1_000_000 og 2_400 barn"),
    ("nb", "i 2024 10 barn", "i 2024 10 barn"),
    ("nn", "2 veker og 3 år, kl. 9", "2_veker og 3_år, kl._9"),
    ("en", "1 hour, p. 4, 5 May, 2 400", "1_hour, p._4, 5_May, 2 400"),
    ("pl", "dom i ogród, a w nim", "dom i_ogród, a_w_nim"),
    ("fa-AF", "۳ ماه – بله", "۳_ماه_– بله"),
    ("ar", "أ – ب", "أ_– ب"),
    ("nb", "", ""),
]


@pytest.mark.parametrize(("language", "given", "expected"), BOUND)
def test_spaces_that_must_not_break_do_not(language: str, given: str, expected: str) -> None:
    assert bound(given, language).replace(NBSP, "_") == expected
    assert bound(bound(given, language), language) == bound(given, language)


def test_typography_goes_by_the_language_of_each_part_and_leaves_addresses_alone(tmp_path: Path) -> None:
    words = "2 uker [2 weeks – 2 uker]{lang=en} `a – b` [c – d](https://e.org) {{ contact.phone }}"
    book = insert_records(wordkit.read_text(tmp_path, words))
    body = bodies(typography(book))[0].replace(NBSP, "_")
    assert body == (
        '<p data-key="first.1" data-line="6">2_uker <span lang="en">2_weeks_– 2 uker</span> <code>a – b</code> '
        '<a href="https://e.org">c_– d</a> '
        '<a class="number" href="tel:+4722113344" dir="ltr">+47_22_11_33_44</a></p>'
    )


def test_titles_and_summaries_are_set_like_the_text(tmp_path: Path) -> None:
    front = "---\ntitle: Før – nå\nshort_title: Nå – før\nsummary: I 2 uker.\n---\nx"
    chapter = typography(wordkit.read(tmp_path, {FIRST: front})).chapters[0]
    shown = tuple(words.replace(NBSP, "_") for words in (chapter.title, chapter.short_title, chapter.summary))
    assert shown == ("Før_– nå", "Nå_– før", "I 2_uker.")


# --- all of them


def test_all_transforms_resolve_every_placeholder_and_change_nothing_given(tmp_path: Path) -> None:
    words = "[@web] {{ helpline.113 }}\n\n::: remember\n2 uker\n:::\n\n::: story lost\n:::\n\n"
    words += "::: references\n:::\n\n::: helplines\n:::"
    book = wordkit.read_text(tmp_path, words)
    before = replace(book)
    done = transforms.apply(book, "epub")
    assert book == before
    for part in (*done.chapters, *done.matter.values()):
        tags = {element.tag for element in fragment.parse(part.body).iter(etree.Element)}
        assert not [tag for tag in tags if str(tag).startswith("hefte-")]
    trees = [fragment.parse(part.body) for part in (*done.chapters, *done.matter.values())]
    for attribute in ("data-key", "id"):
        given = [element.get(attribute) for tree in trees for element in tree.iterfind(f".//*[@{attribute}]")]
        assert len(given) == len(set(given)) > 0
    assert transforms.apply(book, "epub") == done
    assert [transform.__name__ for transform in transforms.TRANSFORMS] == [
        "place_stories", "title_callouts", "number_citations", "insert_records", "quotation_marks",
        "typography", "direct_spans",
    ]
