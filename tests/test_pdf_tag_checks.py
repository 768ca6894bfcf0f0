"""The checks of what a tagged PDF says aloud: each finds its fault in a file that has it, and nothing in a good one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

import epubkit
import pdfkit
import tagkit
from tagkit import Found, after, elements, found, good, swap, wrong

Mutation = Callable[[pikepdf.Pdf], None]
ORDER, HEADINGS, LANGUAGE, ARTIFACT, ALT, LINK = (
    f"pdf-{name}" for name in ("reading-order", "headings", "span-language", "artifact", "alt", "link-text")
)
HEADING = '<h2 id="start-h1" data-key="start.2" data-line="12">Når det er stille</h2>'
ITEM = '<li data-key="start.4" data-line="15">Pust.</li>'
ANSWER = '<p data-key="help.1" data-line="6">Noen svarer hele døgnet.</p>'
LEAD = "<p>Det første er å sette seg.</p>"
STORY = "Ho sat lenge oppe. Så sov dei."


def moved(text: str) -> str:
    return text.replace(HEADING, "").replace("</ul>", f"</ul>{HEADING}")


WORDS: list[tuple[str, tagkit.Change, list[Found]]] = [
    ("a segment left out", swap(ITEM, ""), [(ORDER, 3, "“Pust.” (start.4) is not read after “Sett deg ned.”")]),
    ("two segments left out", lambda text: swap(ITEM, "")(swap(LEAD, "")(text)), [
        (ORDER, 3, "“Det første er å sette seg.” (start) is not read after “Å begynne”, and 1 more"),
    ]),
    ("a chapter's title left out", swap("<h1>Veien videre</h1>", ""), [
        (ORDER, 3, "“Veien videre” (veien) is not read after “Ring 116 123. Se veien.”"),
    ]),
    ("a helpline left out", swap('<dd class="does">Når det er akutt.</dd>', ""), [
        (ORDER, 5, "“Når det er akutt.” (helpline-113) is not read after “Nødhjelp”"),
    ]),
    ("a heading moved", moved, [(ORDER, 3, "“Når det er stille” (start.2) is read out of order")]),
    ("a story told twice", swap('<p data-key="veien.1"', f'<p>{STORY}</p><p data-key="veien.1"'), [
        (ORDER, 4, f"“{STORY}” is read twice"),
    ]),
    ("a story in the wrong voice", swap(' lang="nn"', ""), [
        (LANGUAGE, 3, f"“{STORY}” (story-kveld.1) is read as nb, not nn"),
    ]),
    ("two wrong voices", lambda text: swap('<cite lang="en">', "<cite>")(swap(' lang="nn"', "")(text)), [
        (LANGUAGE, 3, f"“{STORY}” (story-kveld.1) is read as nb, not nn, and 1 more places"),
    ]),
    ("a language that is none", swap('<cite lang="en">', '<cite lang="xx">'), [
        (LANGUAGE, 4, "the language tag “xx” names no language (xx)"),
        (LANGUAGE, 4, "“Quiet” (ref-berg2019) is read as xx, not en"),
    ]),
    ("headings of another level", lambda text: text.replace("h2", "h3"), [
        (HEADINGS, 3, "“Når det er stille” is a heading of level 3 after level 1"),
        (HEADINGS, 3, "“Når det er stille” (start.2) is a heading of level 3, not one of level 2"),
        (HEADINGS, 4, "“Kilder” (veien.2) is a heading of level 3, not one of level 2"),
    ]),
    ("a heading that is none", swap(HEADING, "<p>Når det er stille</p>"), [
        (HEADINGS, 3, "“Når det er stille” (start.2) is no heading (P), not one of level 2"),
    ]),
    ("a paragraph that is a heading", swap(ANSWER, "<h2>Noen svarer hele døgnet.</h2>"), [
        (HEADINGS, 5, "“Noen svarer hele døgnet.” is tagged as a heading, and is none in the source"),
    ]),
    ("a heading of nobody's", swap(LEAD, f"{LEAD}<h2>Til deg som leser</h2>"), [
        (HEADINGS, 3, "“Til deg som leser” is tagged as a heading, and is none in the source"),
    ]),
    ("text that is only painted", swap('<ul><li data-key="start.3"', '<ul aria-hidden="true"><li data-key="start.3"'), [
        (ARTIFACT, 3, "“Sett deg ned.” (start.3) is not tagged, but only painted, and 1 more"),
    ]),
    ("a link that says nothing", lambda text: text.replace(">veien</a>", ">her</a>"), [
        (ORDER, 3, "“Ring 116 123. Se veien.” (start.5) is not read after “Husk”"),
        (LINK, 3, "the link “her” does not say where it leads"),
    ]),
]
"""A layout that sets other words than the book's, and what is found: all of it."""


@pytest.mark.parametrize(("change", "expected"), [case[1:] for case in WORDS], ids=[case[0] for case in WORDS])
def test_what_a_layout_gets_wrong_is_found(change: tagkit.Change, expected: list[Found]) -> None:
    assert wrong(change) == expected


def test_the_good_file_has_no_fault_whoever_made_it() -> None:
    assert found(good(), epubkit.book()) == []
    assert found(good()) == []
    assert found(pdfkit.screen_bytes()) == []


def test_a_layout_may_say_more_than_the_book() -> None:
    assert wrong(swap(LEAD, f"{LEAD}<p>Noe som rammen sier.</p>")) == []


def test_a_book_may_be_called_as_its_first_chapter_is() -> None:
    base = epubkit.book()
    namesake = replace(base, language=replace(base.language, title=base.chapters[0].title))
    assert wrong(tagkit.same, namesake) == []
    assert wrong(moved, namesake) == [(ORDER, 3, "“Når det er stille” (start.2) is read out of order")]


def test_the_back_cover_may_leave_out_what_the_help_says_in_full() -> None:
    book = epubkit.book()
    short = epubkit.chapter("back-cover", "Ring", "<p>Noen svarer.</p><p>Når det er akutt.</p><p>Bare her.</p>")
    book = replace(book, matter={**book.matter, "back-cover": short})
    assert wrong(lambda text: swap("<p>Når det er akutt.</p>", "")(text), book) == []
    assert wrong(swap("<p>Bare her.</p>", ""), book) == [
        (ORDER, 6, "“Bare her.” (back-cover) is not read after “Når det er akutt.”"),
    ]


def _tag(kind: str, change: Callable[[Any], None], which: int = 0) -> Mutation:
    return lambda file: change(elements(file, f"/{kind}")[which])


def _untagged(file: pikepdf.Pdf) -> None:
    """All marks of page 3 gone."""
    page = file.pages[2]
    kept = [one for one in pikepdf.parse_content_stream(page) if str(one.operator) not in ("BDC", "BMC", "EMC")]
    page.Contents = file.make_stream(pikepdf.unparse_content_stream(kept))


def _more(text: str, page: int = 3) -> Mutation:
    """More content on a page, in the font of its first text."""

    def change(file: pikepdf.Pdf) -> None:
        file.pages[page - 1].contents_add(file.make_stream(text.encode()))

    return change


def _orphan(file: pikepdf.Pdf) -> None:
    """A paragraph that no longer holds its text."""
    del elements(file, "/P")[1]["/K"]


def _cyclic(file: pikepdf.Pdf) -> None:
    (document,) = file.Root.StructTreeRoot.K
    document.K.append(document)


def _circular_roles(file: pikepdf.Pdf) -> None:
    file.Root.StructTreeRoot.RoleMap = Dictionary(Em=Name.Strong, Strong=Name.Em)


def _strange_kids(file: pikepdf.Pdf) -> None:
    (document,) = file.Root.StructTreeRoot.K
    document.K = Array([*document.K, String("words"), Dictionary(Type=Name.MCR), Dictionary()])


def _deep(file: pikepdf.Pdf) -> None:
    (document,) = file.Root.StructTreeRoot.K
    below = file.make_indirect(Dictionary(S=Name.Div))
    for _ in range(400):
        below = file.make_indirect(Dictionary(S=Name.Div, K=Array([below])))
    document.K.append(below)


def _turned(file: pikepdf.Pdf) -> None:
    (document,) = file.Root.StructTreeRoot.K
    document.K = Array(reversed(list(document.K)))


def _figure(**said: Any) -> Mutation:
    """The first paragraph as a figure."""

    def change(file: pikepdf.Pdf) -> None:
        paragraph = elements(file, "/P")[0]
        paragraph.S = Name.Figure
        for name, value in said.items():
            paragraph[f"/{name}"] = value

    return change


def _bookmark(change: Callable[[Any], None]) -> Mutation:
    def mutate(file: pikepdf.Pdf) -> None:
        with file.open_outline() as outline:
            change(outline.root)

    return mutate


def _rename(items: Any) -> None:
    items[2].title = "Noe annet"


def _elsewhere(items: Any) -> None:
    items[3].destination = items[0].destination


def _swapped(items: Any) -> None:
    items[2], items[3] = items[3], items[2]


STRANGE = "a Document holds what is neither an element nor content"
FOREIGN: list[tuple[str, Mutation, list[Found]]] = [
    ("a page without marks", _untagged, [
        (ARTIFACT, 3, "“Å begynne Det første er å sette seg. Noen ord om ro. De e…” is in no tag and no artifact"),
        *[(LINK, 3, "a link has no text")] * 3,
    ]),
    ("an image painted beside all marks", _more("q 9 0 0 9 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q"), [
        (ARTIFACT, 3, "an image is in no tag and no artifact"),
    ]),
    ("a drawing painted beside all marks", _more("50 50 9 9 re f 60 60 9 9 re f"), [
        (ARTIFACT, 3, "a drawing is in no tag and no artifact"),
    ]),
    ("a language tag of no shape", _tag("Art", lambda art: art.update({"/Lang": String("norsk nynorsk")})), [
        (LANGUAGE, 3, "the language tag “norsk nynorsk” is no BCP 47 tag"),
    ]),
    ("a file in no language", lambda file: file.Root.update({"/Lang": String("nb_NO")}), [
        (LANGUAGE, None, "the language tag “nb_NO” is no BCP 47 tag"),
    ]),
    ("a heading that skips", _tag("H2", lambda heading: heading.update({"/S": Name.H4})), [
        (HEADINGS, 3, "“Når det er stille” is a heading of level 4 after level 1"),
    ]),
    ("a file that begins with a heading of level 2", _tag("H1", lambda heading: heading.update({"/S": Name.H2})), [
        (HEADINGS, 1, "“Ro” is a heading of level 2 after no heading"),
    ]),
    ("a formula without words", lambda file: elements(file, "/P")[0].update({"/S": Name.Formula}), [
        (ALT, 1, "a formula has no alternative text"),
    ]),
    ("a file's name for a picture", _figure(Alt=String("bilde_01.JPG")), [
        (ALT, 1, "the alternative text “bilde_01.JPG” is a file's name"),
    ]),
    ("a word that says nothing", _figure(Alt=String("Image 3")), [
        (ALT, 1, "the alternative text “Image 3” does not say what is seen"),
    ]),
    ("an alternative as long as a chapter", _figure(Alt=String("En stol. " * 60)), [
        (ALT, 1, f"the alternative text “{('En stol. ' * 60)[:57].rstrip()}…” has 539 characters"),
    ]),
    ("a link without words", _tag("Link", lambda link: link.update({"/ActualText": String(" ")})), [
        (LINK, 3, "a link has no text"),
    ]),
    ("a link that says “click here”", _tag("Link", lambda link: link.update({"/ActualText": String("Klikk her!")})), [
        (LINK, 3, "the link “Klikk her!” does not say where it leads"),
    ]),
    ("a tree that holds itself", _cyclic, [
        (ORDER, None, "the tags are no tree: a Document stands in the tree twice, or in itself"),
    ]),
    ("types that stand for each other", _circular_roles, [
        (ORDER, None, "the tags are no tree: the type /Em leads to no standard one"),
    ]),
    ("a tree of strange things", _strange_kids, [
        (ORDER, None, f"the tags are no tree: {STRANGE}, and 2 faults more"),
    ]),
    ("a tree that is a well", _deep, [
        (ORDER, None, "the tags are no tree: the elements are more than 200 deep"),
    ]),
    ("pages read from the last", _turned, [
        (ORDER, 5, "page 5 is read after page 6"),
    ]),
]
"""Of anybody's file."""


@pytest.mark.parametrize(("change", "expected"), [case[1:] for case in FOREIGN], ids=[case[0] for case in FOREIGN])
def test_what_is_wrong_with_anybodys_file_is_found(change: Mutation, expected: list[Found]) -> None:
    assert after(change, foreign=True) == expected


OURS: list[tuple[str, Mutation, list[Found]]] = [
    ("a paragraph that lost its text", _orphan, [
        (ARTIFACT, 1, "“Til deg” is marked, but in no tag"),
    ]),
    ("a bookmark of another name", _bookmark(_rename), [
        (HEADINGS, None, "the bookmark “Noe annet” is the name of no heading"),
    ]),
    ("a bookmark that leads elsewhere", _bookmark(_elsewhere), [
        (HEADINGS, 4, "the bookmark “Veien videre” leads to page 1, and its heading is on 4"),
    ]),
    ("bookmarks out of order", _bookmark(_swapped), [
        (HEADINGS, None, "the bookmark “Å begynne” is out of order"),
        (HEADINGS, None, "the bookmark “Når det er stille” is out of order"),
    ]),
]


@pytest.mark.parametrize(("change", "expected"), [case[1:] for case in OURS], ids=[case[0] for case in OURS])
def test_what_is_wrong_with_our_file_is_found(change: Mutation, expected: list[Found]) -> None:
    assert after(change) == expected


def test_running_heads_and_page_numbers_are_no_text() -> None:
    """A layout that prints them as paragraphs at the head of each page, and where they belong."""
    foot = '<p style="position: absolute; top: 176mm; margin: 0">{}</p>'

    def numbers(text: str) -> str:
        parts = text.split("</section>")
        return "".join(f"{part}{foot.format(page)}</section>" for page, part in enumerate(parts[:-1], 1))

    said = [(ARTIFACT, 1, "the page number “1” is tagged as text, on 6 pages")]
    assert wrong(numbers) == said
    assert found(tagkit.made(epubkit.book(), numbers)) == said
    head = lambda text: text.replace("</section>", f"{foot.format('Et lite hefte')}</section>")  # noqa: E731
    assert wrong(head) == [(ARTIFACT, 1, "the running head “Et lite hefte” is tagged as text, on 6 pages")]
    chapter = replace(epubkit.book().chapters[0], short_title="Begynne")
    book = replace(epubkit.book(), chapters=(chapter, epubkit.book().chapters[1]))
    once = swap(LEAD, LEAD + foot.format("Begynne"))
    assert wrong(once, book) == [(ARTIFACT, 3, "the running head “Begynne” is tagged as text, on a page")]


def test_a_text_in_other_letters_than_its_language_has() -> None:
    words = "Мати сиділа довго і дивилася у вікно"
    assert found(tagkit.made(tagkit.with_first(f"<p>{words}</p>"))) == [
        (LANGUAGE, 3, f"“{words}” is read as nb, and is in the script Cyrl"),
    ]
    assert found(tagkit.made(tagkit.with_first(f'<p lang="uk">{words}</p>'))) == []


def test_an_alternative_text_is_the_sources() -> None:
    picture = '<figure><img src="project:///photo.png" alt="En grønn flate"/></figure>'
    book = tagkit.with_first(f"<p>Ro.</p>{picture}")
    assert wrong(tagkit.same, book) == []
    assert wrong(swap("En grønn flate", "En rød flate"), book) == [
        (ALT, None, "no picture has the source's alternative text “En grønn flate” (start)"),
    ]


def test_both_languages_of_the_bilingual_edition_are_read() -> None:
    book = epubkit.book()
    other = replace(book, language=replace(book.language, code="nn"))
    columns = tagkit.html(book) + tagkit.html(other).replace("<section>", '<section lang="nn">').replace(
        '<section class="cover">', '<section class="cover" lang="nn">'
    )
    columns = columns.replace(' id="', ' data-id="').replace(' href="#', ' data-to="')  # an anchor is defined once

    def said(content: bytes) -> list[Found]:
        file = replace(tagkit.opened(content, book, source=other), edition="bilingual")
        return [(each.check, each.page, each.message) for each in tagkit.CHECKS[ORDER].run(file)]

    assert said(pdfkit.write_screen(pdfkit.lay_out(columns))) == []
    assert said(pdfkit.write_screen(pdfkit.lay_out(swap(ITEM, "")(columns)))) == [
        (ORDER, 3, "“Pust.” (start.4) is not read after “Sett deg ned.”"),
    ]
