"""The ebook's documents: what is written in them, and in which marks."""

from __future__ import annotations

import re

import pytest

import epubkit
from epubkit import (
    FOOTNOTE,
    NS,
    XHTML,
    XML_LANG,
    files,
    good,
    tree,
    with_first,
    write,
)


def body_of(content: bytes, name: str) -> str:
    """The body of a document, as it is written."""
    found = re.search(r"<body>\s*(.*?)\s*</body>", files(content)[f"EPUB/{name}"].decode(), re.DOTALL)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("name", XHTML)
def test_every_document_says_its_language_direction_and_title(name: str) -> None:
    root = tree(good(), name)
    assert (root.get("lang"), root.get(XML_LANG), root.get("dir")) == ("nb", "nb", "ltr")
    titles = {
        "cover.xhtml": "Ro", "colophon.xhtml": "Om heftet", "nav.xhtml": "Innhold", "chapter-start.xhtml": "Å begynne",
        "chapter-veien.xhtml": "Veien videre", "help.xhtml": "Noen å ringe",
    }
    assert root.findtext("h:head/h:title", None, NS) == titles[name]


@pytest.mark.parametrize("name", XHTML)
def test_what_served_the_builder_is_gone(name: str) -> None:
    assert b"data-" not in files(good())[f"EPUB/{name}"]


def test_a_chapter() -> None:
    """Roles, the link past a story, its own language, links into another file: all of it, as it is written."""
    assert body_of(good(), "chapter-start.xhtml") == """\
<section class="chapter" epub:type="chapter" role="doc-chapter" id="start" aria-labelledby="start-title">
<span role="doc-pagebreak" epub:type="pagebreak" id="page-4" aria-label="4"></span><h1 id="start-title">Å begynne</h1>
<p class="lead">Det første er å sette seg.</p>
<p>Noen ord om ro. De <span role="doc-pagebreak" epub:type="pagebreak" id="page-5" aria-label="5"></span>er \
<em>få</em>, og de er målt.<sup class="cite"><a href="chapter-veien.xhtml#ref-berg2019" id="cite-berg2019-1" \
role="doc-biblioref" epub:type="biblioref">1</a></sup> Slik går det.</p>
<span role="doc-pagebreak" epub:type="pagebreak" id="page-6" aria-label="6"></span><p class="skip">\
<a href="#after-story-kveld">Hopp over historien</a></p>\
<aside class="story retold" id="story-kveld" lang="nn" aria-label="Ein kveld" role="doc-example" xml:lang="nn">\
<p>Ho sat lenge oppe. Så sov dei.</p><p class="by" lang="nb" xml:lang="nb">Gjenfortalt</p></aside>
<div class="after" id="after-story-kveld"></div><h2 id="start-h1">Når det er stille</h2>
<ul><li>Sett deg ned.</li><li><span role="doc-pagebreak" epub:type="pagebreak" id="page-7" aria-label="7"></span>\
Pust.</li></ul>
<aside class="callout remember" role="note"><p class="callout-title">Husk</p><p>\
Ring <a class="number" href="tel:+47116123" dir="ltr">116\u00a0123</a>. Se \
<a href="chapter-veien.xhtml#veien-h1">veien</a>.</p></aside>

</section>"""


def test_a_quoted_story_is_a_quotation_and_needs_no_way_past() -> None:
    story = tree(good(), "chapter-veien.xhtml").find(".//h:aside", NS)
    assert story.findtext("h:blockquote/h:p", None, NS) == "«Det ble lyst til slutt.»"
    assert b"skip" not in files(good())["EPUB/chapter-veien.xhtml"]


def test_a_work_leads_back_to_each_place_that_cites_it() -> None:
    (entry,) = tree(good(), "chapter-veien.xhtml").iterfind(".//h:section[@role='doc-bibliography']//h:li", NS)
    back = [(a.get("href"), a.get("aria-label"), a.text) for a in entry.iterfind("h:a[@role='doc-backlink']", NS)]
    assert back == [
        ("chapter-start.xhtml#cite-berg2019-1", "Tilbake til teksten 1", "↑"),
        ("chapter-veien.xhtml#cite-berg2019-2", "Tilbake til teksten 2", "↑"),
    ]
    assert " ".join("".join(entry.itertext()).split()) == "↑ ↑ Berg, A. (2019): Quiet. example.org/quiet"
    assert entry.find("h:cite", NS).get(XML_LANG) == "en"


def test_a_footnote_opens_in_place_and_leads_back() -> None:
    content = write(with_first(FOOTNOTE), page_starts=())
    assert body_of(content, "chapter-start.xhtml").splitlines()[3:5] == [
        '<p>Ro.<sup class="note"><a href="#fn-start-1" id="fnref-start-1" role="doc-noteref" epub:type="noteref">a</a>'
        '</sup> Og ro.<sup class="note"><a href="#fn-start-1" id="fnref-start-1-2" role="doc-noteref" '
        'epub:type="noteref">a</a></sup></p>',
        '<section class="notes" role="doc-endnotes" epub:type="endnotes"><ol type="a"><li id="fn-start-1"><p>'
        '<a class="back" role="doc-backlink" epub:type="backlink" href="chapter-start.xhtml#fnref-start-1" '
        'aria-label="Tilbake til teksten 1">↑</a> '
        '<a class="back" role="doc-backlink" epub:type="backlink" href="chapter-start.xhtml#fnref-start-1-2" '
        'aria-label="Tilbake til teksten 2">↑</a> Stillhet.</p></li></ol></section>',
    ]


def test_the_cover_has_its_title_as_text_and_the_motif_as_picture() -> None:
    cover = tree(good(), "cover.xhtml")
    assert [element.text for element in cover.iterfind(".//h:section/*", NS) if element.text] == [
        "Ro", "Om å finne den", "Til deg"
    ]
    assert cover.find(".//h:img", NS).attrib == {"role": "doc-cover", "src": "images/motif.svg", "alt": "Omslag: Ro"}
    motif = tree(good(), "images/motif.svg")
    assert motif.get("viewBox") == "0 76 154 140"
    assert motif.findall(".//svg:rect", NS) == [], "the ground is the reader's own"
    assert len(motif.findall(".//svg:circle", NS)) == 2


def test_the_colophon_says_who_when_and_from_what() -> None:
    colophon = tree(good(), "colophon.xhtml")
    terms = [" ".join(" ".join(term.itertext()).split()) for term in colophon.iterfind(".//h:dl/*", NS)]
    assert dict(zip(terms[::2], terms[1::2], strict=True)) == {
        "Utgiver": "Rolig forlag", "Utgave": "2026.1, 22. november 2026", "Gjennomgås innen": "22. november 2027",
        "Kilde": "Egne ord example.org/ro", "Tilbakemelding": "ro@example.org", "Lisens": "CC BY 4.0",
    }
    links = [link.get("href") for link in colophon.iterfind(".//h:dd/h:a", NS)]
    assert links == ["https://example.org/ro/", "mailto:ro@example.org"]


def test_the_contents_and_the_landmarks() -> None:
    nav = tree(good(), "nav.xhtml")
    assert [(a.get("href"), a.text) for a in nav.xpath("//h:nav[@epub:type='toc']//h:a", namespaces=NS)] == [
        ("chapter-start.xhtml", "Å begynne"), ("chapter-veien.xhtml", "Veien videre"), ("help.xhtml", "Noen å ringe"),
    ]
    marks = nav.xpath("//h:nav[@epub:type='landmarks']//h:a", namespaces=NS)
    assert [(a.get(f"{{{NS['epub']}}}type"), a.get("href")) for a in marks] == [
        ("cover", "cover.xhtml"), ("toc", "nav.xhtml"), ("bodymatter", "chapter-start.xhtml"),
    ]
    points = tree(good(), "toc.ncx").xpath("//ncx:navPoint/ncx:content/@src", namespaces=NS)
    assert points == ["chapter-start.xhtml", "chapter-veien.xhtml", "help.xhtml"]


def test_right_to_left_reaches_every_document() -> None:
    content = write(epubkit.arabic())
    assert {name: tree(content, name).get("dir") for name in XHTML} == dict.fromkeys(XHTML, "rtl")
    package = tree(content, "content.opf")
    assert package.find("opf:spine", NS).get("page-progression-direction") == "rtl"
    assert package.get("dir") == "rtl"
    chapter = tree(content, "chapter-start.xhtml")
    assert chapter.find(".//h:a[@class='number']", NS).get("dir") == "ltr"
    # A Norwegian story in it is read from the left.
    assert chapter.find(".//h:aside[@lang]", NS).get("dir") == "ltr"
    assert "matrix(-1 0 0 1 154 0)" in files(content)["EPUB/images/motif.svg"].decode()
