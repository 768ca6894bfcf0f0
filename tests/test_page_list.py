"""The page list: where a printed page begins, the ebook has its marker, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import epubkit
from epubkit import NS, PAGES, files, tree, write
from hefte.model import PageStart
from hefte.renderers.epub.pages import insert, mark_pages, page_list
from hefte.renderers.epub.xhtml import Document, new


def placed(fragment: str, offset: int, key: str = "a.1") -> str:
    """A section with the marker `|` inserted into the block of that key."""
    root = etree.fromstring(f'<section xmlns="{NS["h"]}">{fragment}</section>')
    (block,) = root.xpath("//*[@data-key=$key]", key=key)
    marker = new("b")
    insert(block, offset, marker)
    text = etree.tostring(root, encoding="unicode")
    for name in ('<b xmlns:epub="http://www.idpf.org/2007/ops"/>', "<b/>"):
        text = text.replace(name, "|")
    return text.removeprefix(f'<section xmlns="{NS["h"]}">').removesuffix("</section>")


@pytest.mark.parametrize(
    ("fragment", "offset", "expected"),
    [
        ('<p data-key="a.1">En to</p>', 0, '|<p data-key="a.1">En to</p>'),
        ('<p data-key="a.1">En to tre</p>', 2, '<p data-key="a.1">En |to tre</p>'),
        ('<p data-key="a.1">En <em>to</em> tre</p>', 2, '<p data-key="a.1">En <em>|to</em> tre</p>'),
        ('<p data-key="a.1">En <em>to</em> tre</p>', 4, '<p data-key="a.1">En <em>to</em> |tre</p>'),
        # Print hyphenated the word: a voice must not read two halves.
        ('<p data-key="a.1">Det er barselavdelingen</p>', 8, '<p data-key="a.1">Det er |barselavdelingen</p>'),
        # Print broke at the hyphen that the word has anyway.
        ('<p data-key="a.1">En MR-undersøkelse</p>', 5, '<p data-key="a.1">En MR-|undersøkelse</p>'),
        # No word breaks in a script without upper and lower case are hyphens of ours.
        ('<p data-key="a.1">คุณแม่ทุกคน</p>', 6, '<p data-key="a.1">คุณแม่|ทุกคน</p>'),
        # A link's name stays its own; a note number stays bare text.
        ('<p data-key="a.1">Se <a>en to.no</a> her</p>', 5, '<p data-key="a.1">Se |<a>en to.no</a> her</p>'),
        ('<p data-key="a.1">Ro.<sup class="cite"><a>1</a></sup> Så</p>', 3,
         '<p data-key="a.1">Ro.|<sup class="cite"><a>1</a></sup> Så</p>'),
        # Beyond the end: the block's text is shorter here than in print.
        ('<p data-key="a.1">En</p>', 9, '<p data-key="a.1">En|</p>'),
    ],
)
def test_marker_stands_where_the_page_begins(fragment: str, offset: int, expected: str) -> None:
    assert placed(fragment, offset) == expected


@pytest.mark.parametrize(
    ("fragment", "key", "expected"),
    [
        # The first item begins the list, so the page begins before the list; in it no span may stand.
        ('<ul><li data-key="a.1">En</li><li data-key="a.2">To</li></ul>', "a.1",
         '|<ul><li data-key="a.1">En</li><li data-key="a.2">To</li></ul>'),
        ('<ul><li data-key="a.1">En</li><li data-key="a.2">To</li></ul>', "a.2",
         '<ul><li data-key="a.1">En</li><li data-key="a.2">|To</li></ul>'),
        # A call-out's title has no key: the page begins before the whole.
        ('<aside><p class="callout-title">Husk</p><p data-key="a.1">En</p></aside>', "a.1",
         '|<aside><p class="callout-title">Husk</p><p data-key="a.1">En</p></aside>'),
        ('<aside><blockquote><p data-key="a.1">En</p><p data-key="a.2">To</p></blockquote></aside>', "a.2",
         '<aside><blockquote><p data-key="a.1">En</p>|<p data-key="a.2">To</p></blockquote></aside>'),
        ('<dl><div data-key="a.1"><dt><a>1</a></dt></div><div data-key="a.2"><dt><a>2</a></dt></div></dl>', "a.2",
         '<dl><div data-key="a.1"><dt><a>1</a></dt></div><div data-key="a.2"><dt>|<a>2</a></dt></div></dl>'),
        ('<table><tr><td data-key="a.1">En</td><td data-key="a.2">To</td></tr></table>', "a.2",
         '<table><tr><td data-key="a.1">En</td><td data-key="a.2">|To</td></tr></table>'),
        ('<h1 data-key="a.title">Tittel</h1><p data-key="a.1">En</p>', "a.1",
         '<h1 data-key="a.title">Tittel</h1>|<p data-key="a.1">En</p>'),
    ],
)
def test_marker_before_a_block_stands_where_it_may(fragment: str, key: str, expected: str) -> None:
    assert placed(fragment, 0, key) == expected


@given(st.lists(st.text("aåÅ1.- \u00a0\u00adก", min_size=1, max_size=12), min_size=1, max_size=5), st.integers(0, 70))
def test_no_text_is_lost_and_no_word_is_cut(pieces: list[str], offset: int) -> None:
    block = etree.Element(f"{{{NS['h']}}}p", {"data-key": "a.1"})
    block.text = pieces[0]
    for piece in pieces[1:]:
        child = etree.SubElement(block, f"{{{NS['h']}}}em")
        child.text = child.tail = piece
    section = etree.Element(f"{{{NS['h']}}}section")
    section.append(block)
    whole, marker = "".join(block.itertext()), new("b")
    insert(block, offset, marker)
    assert "".join(block.itertext()) == whole
    before = "".join(marker.xpath("preceding::text()"))
    read = sum(not char.isspace() for char in before)
    visible = sum(not char.isspace() for char in whole)
    assert read <= min(offset, visible)
    if read < min(offset, visible):
        moved = "".join(whole.split())[read : min(offset, visible) + 1]
        assert all(char.islower() or char.isupper() or char == "\u00ad" for char in moved), "moved back within one word"


def entries() -> list[tuple[str, str]]:
    nav = tree(epubkit.good(), "nav.xhtml")
    links = nav.xpath("//h:nav[@epub:type='page-list']//h:a", namespaces=NS)
    return [(link.text, link.get("href")) for link in links]


def test_labels_are_the_printed_pages() -> None:
    assert [label for label, _ in entries()] == [start.label for start in PAGES]


def test_every_page_of_the_frame_has_its_marker() -> None:
    assert entries() == [
        ("1", "cover.xhtml#page-1"),
        ("2", "colophon.xhtml#page-2"),
        ("3", "nav.xhtml#page-3"),
        ("4", "chapter-start.xhtml#page-4"),
        ("5", "chapter-start.xhtml#page-5"),
        ("6", "chapter-start.xhtml#page-6"),
        ("7", "chapter-start.xhtml#page-7"),
        ("8", "chapter-veien.xhtml#page-8"),
        ("9", "chapter-veien.xhtml#page-9"),
        ("10", "chapter-veien.xhtml#page-10"),  # a filler: at the end of what comes before it
        ("11", "help.xhtml#page-11"),
        ("12", "help.xhtml#page-12"),  # the back cover: at the end of all
    ]


def test_the_ncx_has_the_same_list() -> None:
    ncx = tree(epubkit.good(), "toc.ncx")
    targets = [
        tuple(target.xpath("(ncx:navLabel/ncx:text/text() | ncx:content/@src | @value)", namespaces=NS))
        for target in ncx.iterfind(".//ncx:pageTarget", NS)
    ]
    assert targets == [(label, label, href) for label, href in entries()]


def marker(name: str, label: str) -> Any:
    (found,) = tree(epubkit.good(), name).xpath(f"//h:span[@aria-label='{label}']", namespaces=NS)
    return found


def test_a_marker_is_what_the_accessibility_techniques_ask() -> None:
    attributes = dict(marker("chapter-start.xhtml", "5").attrib)
    assert attributes == {
        "role": "doc-pagebreak", f"{{{NS['epub']}}}type": "pagebreak", "id": "page-5", "aria-label": "5"
    }


def test_a_page_that_begins_within_a_paragraph_begins_at_that_word() -> None:
    within = marker("chapter-start.xhtml", "5")
    assert (within.getprevious(), within.getparent().text, within.tail) == (None, "Noen ord om ro. De ", "er ")


def test_a_page_that_begins_with_a_story_comes_before_the_link_past_it() -> None:
    before = marker("chapter-start.xhtml", "6")
    assert before.getnext().get("class") == "skip"


def test_pages_before_a_text_that_this_edition_lacks_begin_where_the_next_one_does() -> None:
    starts = (*PAGES[:5], PageStart("6", "story-utelatt.1", 0), PageStart("7", "start.4", 0), *PAGES[7:])
    content = write(page_starts=starts)
    document = tree(content, "chapter-start.xhtml")
    six, seven = (document.xpath(f"//h:span[@id='page-{n}']", namespaces=NS)[0] for n in (6, 7))
    assert six.getnext() is seven


def test_pages_without_any_text_here_end_the_book() -> None:
    content = write(page_starts=(*PAGES, PageStart("13", "borte.1", 0)))
    (last,) = tree(content, "help.xhtml").xpath("//h:section/h:span[last()]", namespaces=NS)
    assert last.get("aria-label") == "13"


def test_a_roman_page_number_is_a_page_too() -> None:
    content = write(page_starts=(PageStart("iv", "start.title", 0),))
    (target,) = tree(content, "toc.ncx").iterfind(".//ncx:pageTarget", NS)
    assert (target.get("type"), target.get("value"), target.find("ncx:content", NS).get("src")) == (
        "special", None, "chapter-start.xhtml#page-iv"
    )


def test_two_pages_can_begin_in_one_block() -> None:
    root = etree.fromstring(
        f'<html xmlns="{NS["h"]}"><body><section><p data-key="a.1">En to tre fire</p></section></body></html>'
    )
    document = Document("a.xhtml", "a", "A", root, epubkit.book().language.place)
    mark_pages((document,), (PageStart("1", "a.1", 0), PageStart("2", "a.1", 2), PageStart("3", "a.1", 7)))
    tails = [child.tail for child in root.iterfind(".//h:p/*", NS)]
    assert tails == ["to tre ", "fire"]
    assert [page.href for page in page_list((document,))] == ["a.xhtml#page-1", "a.xhtml#page-2", "a.xhtml#page-3"]


def test_without_a_printed_edition_nothing_is_said_of_pages() -> None:
    content = write(page_starts=())
    package = files(content)["EPUB/content.opf"].decode()
    assert "page" not in package.replace("page-progression-direction", "")
    assert b"page-list" not in files(content)["EPUB/nav.xhtml"]
    assert b"pageList" not in files(content)["EPUB/toc.ncx"]


def test_a_key_that_occurs_twice_is_looked_for_after_the_page_before() -> None:
    """Helplines may stand in a chapter and in the help; the page of the help is that of the help."""
    body = '<p data-key="start.1">En</p><dl class="helplines"><div data-key="helpline-113"><dt>113</dt></div></dl>'
    starts = (PageStart("1", "@help", 0), PageStart("2", "helpline-113", 0))
    content = write(epubkit.with_first(body), page_starts=starts)
    nav = tree(content, "nav.xhtml")
    hrefs = nav.xpath("//h:nav[@epub:type='page-list']//h:a/@href", namespaces=NS)
    assert hrefs == ["help.xhtml#page-1", "help.xhtml#page-2"]


def test_the_printed_edition_is_named() -> None:
    package = tree(epubkit.good(), "content.opf")
    named = package.xpath("//opf:meta[@property='pageBreakSource']/text() | //dc:source/text()", namespaces=NS)
    assert named == ["Ro, trykt utgave 2026.1"] * 2


def test_the_label_of_the_edition_is_the_books_own() -> None:
    book = epubkit.book()
    labels = {**book.language.labels, "print_edition": "printed edition"}
    content = write(replace(book, language=replace(book.language, labels=labels)))
    assert "<dc:source>Ro, printed edition 2026.1</dc:source>" in files(content)["EPUB/content.opf"].decode()
