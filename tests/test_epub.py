"""The ebook: what is in it, in which order, and that the official validator has nothing to say of it."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image

import epubkit
from epubkit import LABELS, NS, ROOT, files, good, theme, tree, with_first, write
from hefte.errors import MissingToolError, SourceError
from hefte.model import Place
from hefte.tools import epubcheck

XHTML = ("cover.xhtml", "colophon.xhtml", "nav.xhtml", "chapter-start.xhtml", "chapter-veien.xhtml", "help.xhtml")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FOOTNOTE = """\
<p data-key="start.1">Ro.<sup class="note"><a href="#fn-start-1" id="fnref-start-1">a</a></sup> Og ro.\
<sup class="note"><a href="#fn-start-1" id="fnref-start-1-2">a</a></sup></p>
<section class="notes"><ol type="a"><li id="fn-start-1"><p data-key="start.2">Stillhet.</p></li></ol></section>
"""
PICTURES = """\
<figure data-line="9"><img src="project:///figures/dot.svg" alt="En prikk"/>\
<figcaption data-key="start.1">Prikk</figcaption></figure>
<figure class="decorative" data-line="12"><img src="project:///figures/dot.png" alt=""/></figure>
<p data-key="start.2">Se <a href="#ref-berg2019" id="cite">der</a>.</p>
"""


def body_of(content: bytes, name: str) -> str:
    """The body of a document, as it is written."""
    found = re.search(r"<body>\s*(.*?)\s*</body>", files(content)[f"EPUB/{name}"].decode(), re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "figures"
    folder.mkdir()
    (folder / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>')
    Image.new("RGB", (4, 4), (201, 112, 95)).save(folder / "dot.png")
    return tmp_path


# --- the official validator -----------------------------------------------------------------------------------------


def test_epubcheck_finds_nothing(tmp_path: Path, pictures: Path) -> None:
    """No error, no warning, with the severities that we raise. One run: the virtual machine starts once."""
    books = {
        "good": good(), "without-pages": write(page_starts=()), "footnote": write(with_first(FOOTNOTE)),
        "pictures": write(with_first(PICTURES, root=pictures)), "arabic": write(epubkit.arabic()),
        "unclaimed": write(claims_conformance=False),
    }
    paths = []
    for name, content in books.items():
        paths.append(tmp_path / f"{name}.epub")
        paths[-1].write_bytes(content)
    assert epubcheck.check(paths) == {path: [] for path in paths}


# --- bytes ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another folder, another time zone, another language of the system."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(os.environ, "TZ", "Asia/Tokyo")
    monkeypatch.setitem(os.environ, "LANG", "ar_EG.UTF-8")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("elsewhere")
def test_the_same_book_is_the_same_bytes() -> None:
    assert write() == good()


def test_the_archive_is_dated_by_the_publication() -> None:
    with zipfile.ZipFile(io.BytesIO(good())) as archive:
        infos = archive.infolist()
    assert [info.filename for info in infos] == [
        "mimetype", "META-INF/container.xml", "EPUB/content.opf", "EPUB/cover.xhtml", "EPUB/colophon.xhtml",
        "EPUB/nav.xhtml", "EPUB/chapter-start.xhtml", "EPUB/chapter-veien.xhtml", "EPUB/help.xhtml", "EPUB/book.css",
        "EPUB/fonts/SourceSans3-Regular.woff2", "EPUB/fonts/SourceSans3-Italic.woff2",
        "EPUB/fonts/SourceSans3-SemiBold.woff2", "EPUB/fonts/Literata-Regular.woff2",
        "EPUB/fonts/Literata-Medium.woff2", "EPUB/images/motif.svg", "EPUB/images/cover.png", "EPUB/toc.ncx",
    ]
    assert {info.date_time for info in infos} == {(2026, 11, 22, 12, 0, 0)}
    assert (infos[0].compress_type, infos[0].extra, infos[0].header_offset) == (zipfile.ZIP_STORED, b"", 0)


def test_a_date_before_zip_is_written_as_its_first() -> None:
    content = write(when=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)
    assert "1970-01-01T00:00:00Z" in files(content)["EPUB/content.opf"].decode()


def test_a_time_of_another_zone_is_written_as_utc() -> None:
    oslo = dt.timezone(dt.timedelta(hours=1))
    content = write(when=dt.datetime(2026, 11, 22, 13, tzinfo=oslo))
    assert content == good()


# --- package ----------------------------------------------------------------------------------------------------------


def test_metadata() -> None:
    package = tree(good(), "content.opf")
    said = [
        (item.get("property") or item.get("name") or f"dc:{etree.QName(item).localname}", item.text or item.get("content"))
        for item in package.find("opf:metadata", NS)
    ]
    assert said == [
        ("dcterms:modified", "2026-11-22T12:00:00Z"),
        ("dc:identifier", epubkit.IDENTIFIER),
        ("dc:language", "nb"),
        ("dc:title", "Ro"),
        ("dc:title", "Om å finne den"),
        ("dc:creator", "Rolig forlag"),
        ("dc:publisher", "Rolig forlag"),
        ("dc:date", "2026-11-22"),
        ("dc:description", "Et hefte om ro."),
        ("dc:rights", "CC BY 4.0"),
        ("dc:subject", "ro"),
        ("dc:subject", "hvile"),
        ("dc:source", "Ro, trykt utgave 2026.1"),
        ("title-type", "main"),
        ("title-type", "subtitle"),
        ("pageBreakSource", "Ro, trykt utgave 2026.1"),
        ("schema:accessMode", "textual"),
        ("schema:accessModeSufficient", "textual"),
        ("schema:accessibilityFeature", "tableOfContents"),
        ("schema:accessibilityFeature", "readingOrder"),
        ("schema:accessibilityFeature", "structuralNavigation"),
        ("schema:accessibilityFeature", "displayTransformability"),
        ("schema:accessibilityFeature", "ARIA"),
        ("schema:accessibilityFeature", "pageNavigation"),
        ("schema:accessibilityFeature", "pageBreakMarkers"),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", "Alt kan leses med øynene, ørene og fingrene."),
        ("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"),
        ("a11y:certifiedBy", "Rolig forlag"),
        ("cover", "cover-image"),
    ]


def properties(content: bytes, name: str) -> list[str]:
    path = f"//opf:meta[@property='{name}']/text()"
    return [str(value) for value in tree(content, "content.opf").xpath(path, namespaces=NS)]


def test_pictures_that_say_something_are_declared(pictures: Path) -> None:
    content = write(with_first(PICTURES, root=pictures))
    assert properties(content, "schema:accessMode") == ["textual", "visual"]
    assert properties(content, "schema:accessModeSufficient") == ["textual,visual", "textual"]
    assert "alternativeText" in properties(content, "schema:accessibilityFeature")


def test_decoration_is_not_declared(pictures: Path) -> None:
    content = write(with_first(PICTURES.replace("En prikk", ""), root=pictures))
    assert properties(content, "schema:accessMode") == ["textual"]
    assert "alternativeText" not in properties(content, "schema:accessibilityFeature")


def test_conformance_is_claimed_only_where_it_is_checked() -> None:
    content = write(claims_conformance=False)
    assert properties(content, "dcterms:conformsTo") == properties(content, "a11y:certifiedBy") == []


def test_a_translator_is_named() -> None:
    book = epubkit.book()
    content = write(replace(book, language=replace(book.language, translator="Kari Nord")))
    package = tree(content, "content.opf")
    assert package.findtext(".//dc:contributor", None, NS) == "Kari Nord"
    assert package.xpath("//opf:meta[@refines='#translator']/text()", namespaces=NS) == ["trl"]


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("0d7c1c5e-7a53-5a0e-9f4e-5a1d0c0ffee0", "urn:uuid:0d7c1c5e-7a53-5a0e-9f4e-5a1d0c0ffee0"),
        ("urn:isbn:9788200000006", "urn:isbn:9788200000006"),
    ],
)
def test_the_identifier_is_a_uri_and_the_ncx_has_it_too(given: str, written: str) -> None:
    content = write(identifier=given)
    assert tree(content, "content.opf").findtext(".//dc:identifier", None, NS) == written
    (uid,) = tree(content, "toc.ncx").xpath("//ncx:meta[@name='dtb:uid']/@content", namespaces=NS)
    assert uid == written


def test_reading_order_is_the_printed_one_and_ends_with_the_help() -> None:
    package = tree(good(), "content.opf")
    spine = package.xpath("//opf:itemref/@idref", namespaces=NS)
    assert spine == ["cover", "colophon", "nav", "chapter-start", "chapter-veien", "help"]
    assert package.find("opf:spine", NS).attrib == {"toc": "ncx", "page-progression-direction": "ltr"}


def test_ids_and_file_names_begin_with_a_letter() -> None:
    book = epubkit.book()
    chapters = (replace(book.chapters[0], id="a1-start"), book.chapters[1])
    package = tree(write(replace(book, chapters=chapters)), "content.opf")
    items = package.xpath("//opf:item", namespaces=NS)
    assert all(item.get("id")[0].isalpha() and item.get("href").split("/")[-1][0].isalpha() for item in items)


# --- documents --------------------------------------------------------------------------------------------------------


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
<em>få</em>, og de er målt.<sup class="cite"><a href="chapter-veien.xhtml#ref-berg2019" id="cite-berg2019-1" role="doc-biblioref" \
epub:type="biblioref">1</a></sup> Slik går det.</p>
<span role="doc-pagebreak" epub:type="pagebreak" id="page-6" aria-label="6"></span><p class="skip">\
<a href="#after-story-kveld">Hopp over historien</a></p>\
<aside class="story retold" id="story-kveld" lang="nn" aria-label="Ein kveld" role="doc-example" xml:lang="nn">\
<p>Ho sat lenge oppe. Så sov dei.</p><p class="by" lang="nb" xml:lang="nb">Gjenfortalt</p></aside>
<div class="after" id="after-story-kveld"></div><h2 id="start-h1">Når det er stille</h2>
<ul><li>Sett deg ned.</li><li><span role="doc-pagebreak" epub:type="pagebreak" id="page-7" aria-label="7"></span>\
Pust.</li></ul>
<aside class="callout remember" role="doc-tip"><p class="callout-title">Husk</p><p>\
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


# --- style ------------------------------------------------------------------------------------------------------------


def test_the_style_leaves_colours_to_the_reader() -> None:
    style = files(good())["EPUB/book.css"].decode()
    declared = re.findall(r"([a-z-]+)\s*:\s*([^;{}]+)", re.sub(r"@(namespace|font-face)[^{;]*(\{[^}]*\}|;)", "", style))
    coloured = ("color", "background", "background-color")
    assert [value.strip() for name, value in declared if name in coloured] == ["inherit"]
    assert ("color-scheme", "light dark ") in declared
    assert {unit for _, value in declared for unit in re.findall(r"\d(px|pt|mm)\b", value)} == {"px"}
    pixels = {name for name, value in declared if re.search(r"\dpx", value)}
    assert pixels <= {"border", "border-top", "border-bottom", "border-width", "border-inline-start", "min-height"}


# --- fonts ------------------------------------------------------------------------------------------------------------


def faces(content: bytes) -> dict[str, set[int]]:
    """Font file → the code points that it maps."""
    return {
        name.removeprefix("EPUB/fonts/"): set(TTFont(io.BytesIO(data)).getBestCmap())
        for name, data in files(content).items() if name.endswith(".woff2")
    }


def test_every_face_has_every_letter_of_the_book() -> None:
    text = {char for name in XHTML for words in tree(good(), name).find("h:body", NS).itertext() for char in words}
    text.remove("\n")
    assert {"å", "Å", "ø", "«", "\u00a0", "↑"} <= text
    lacking = {name: {chr(point) for point in set(map(ord, text)) - points} for name, points in faces(good()).items()}
    assert lacking == {
        "SourceSans3-Regular.woff2": set(), "SourceSans3-Italic.woff2": set(), "SourceSans3-SemiBold.woff2": set(),
        "Literata-Regular.woff2": set(), "Literata-Medium.woff2": set(),
    }


def test_a_face_has_little_else() -> None:
    whole = set(TTFont(ROOT / "assets" / "fonts" / "Literata-Regular.ttf").getBestCmap())
    assert len(faces(good())["Literata-Regular.woff2"]) < len(whole) / 5


def test_a_font_keeps_its_copyright_and_licence() -> None:
    font = TTFont(io.BytesIO(files(good())["EPUB/fonts/Literata-Regular.woff2"]))
    assert "Copyright 2017 The Literata Project Authors" in font["name"].getDebugName(0)
    assert "SIL Open Font License" in font["name"].getDebugName(13)


def test_a_book_without_emphasis_carries_no_italic() -> None:
    book = with_first('<p data-key="start.1">Ro.</p>')
    second = replace(book.chapters[1], body='<p data-key="veien.1">Ro.</p>')
    content = write(replace(book, chapters=(book.chapters[0], second)), page_starts=())
    assert "SourceSans3-Italic.woff2" not in faces(content)
    assert "Italic" not in files(content)["EPUB/book.css"].decode()


def test_subsets_and_cover_are_made_once(tmp_path: Path) -> None:
    assert write(fonts_cache=tmp_path) == good()
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert sorted(path.suffix for path in kept) == [".png", *[".woff2"] * 5]
    assert write(fonts_cache=tmp_path) == good()
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == kept


def test_a_damaged_cache_is_done_without(tmp_path: Path) -> None:
    write(fonts_cache=tmp_path)
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:-9])
    assert write(fonts_cache=tmp_path) == good()


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert write(fonts_cache=tmp_path / "file" / "below") == good()


def test_a_font_that_is_gone_is_said(tmp_path: Path) -> None:
    face = replace(theme().faces[0], file=tmp_path / "Gone.ttf")
    with pytest.raises(MissingToolError, match=r"font Gone\.ttf cannot be read: No such file or directory"):
        write(theme=replace(theme(), faces=(*theme().faces[1:], face)))


# --- cover ------------------------------------------------------------------------------------------------------------


def cover(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(files(content)["EPUB/images/cover.png"])).convert("RGB")


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 2 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(
    ("place_mm", "colour"),
    [((94, 114), "rose"), ((49.5, 126), "dusk"), ((10, 10), "sand"), ((10, 170), "plum"), ((10, 208), "night")],
)
def test_the_shelf_shows_the_motif(place_mm: tuple[float, float], colour: str) -> None:
    picture = cover(good())
    assert picture.size == (1480, 2100)
    there = picture.getpixel((round(place_mm[0] * 10), round(place_mm[1] * 10)))
    assert isinstance(there, tuple)
    assert near(there, theme().colours[colour].srgb)


def inked(picture: Image.Image, left: int, top: int, right: int, bottom: int) -> int:
    """How many pixels of a part of the cover, in mm, are of the text's colour."""
    part = picture.crop((left * 10, top * 10, right * 10, bottom * 10))
    ink = theme().colours["ink"].srgb
    colours = part.getcolors(1 << 20)
    assert colours is not None
    return sum(count for count, colour in colours if isinstance(colour, tuple) and near(colour, ink))


def test_the_shelf_shows_the_title_where_the_language_begins() -> None:
    assert inked(cover(good()), 17, 23, 60, 45) > 5000
    assert inked(cover(good()), 90, 23, 131, 45) == 0
    latin = replace(epubkit.arabic().language, title="Ro")
    mirrored = cover(write(replace(epubkit.book(), language=latin)))
    assert inked(mirrored, 17, 23, 60, 45) == 0
    assert inked(mirrored, 90, 23, 131, 45) > 5000


def test_a_long_title_takes_more_lines() -> None:
    language = replace(epubkit.book().language, title="Det som ingen sa om ro, og det som alle burde vite")
    picture = cover(write(replace(epubkit.book(), language=language)))
    assert inked(picture, 17, 23, 131, 35) > 2000
    assert inked(picture, 17, 36, 131, 47) > 2000
    assert inked(picture, 131, 20, 148, 70) == 0, "nothing stands out of the column"


def shared(tmp_path: Path, name: str, text: str) -> tuple[Path, ...]:
    """The house's layouts with one template put before them."""
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return (tmp_path, ROOT / "layouts")


def test_a_motif_that_cannot_be_drawn_is_refused(tmp_path: Path) -> None:
    motif = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 154 216"><text fill="#000000">Ro</text></svg>'
    with pytest.raises(SourceError, match="the cover's motif has a <text>"):
        write(layouts=shared(tmp_path, "shared/cover-motif.svg.j2", motif))


# --- what can be wrong in a source or a layout ------------------------------------------------------------------------


def refused(source: str, root: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        write(with_first(source, root=root))
    return caught.value


def picture(name: str) -> str:
    return f'<figure data-line="9"><img src="project:///{name}" alt="x"/></figure>'


def test_pictures_become_files_of_the_ebook(pictures: Path) -> None:
    content = write(with_first(PICTURES, root=pictures))
    names = [name for name in files(content) if "images/picture-" in name]
    assert [name.rsplit(".")[-1] for name in names] == ["png", "svg"]
    shown = [image.get("src") for image in tree(content, "chapter-start.xhtml").iterfind(".//h:img", NS)]
    assert sorted(f"EPUB/{source}" for source in shown) == sorted(names)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("gone.png", None, "picture gone.png cannot be read: No such file or directory"),
        ("../outside.png", None, "picture ../outside.png lies outside the publication"),
        ("scan.tiff", b"II*\0", "picture scan.tiff may not stand in an ebook"),
        ("empty.png", b"", "picture empty.png is broken"),
        ("text.jpg", b"not a picture", "picture text.jpg is broken"),
        ("cut.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><g>", "picture cut.svg is broken or huge"),
    ],
)
def test_a_bad_picture_is_refused_at_its_line(tmp_path: Path, name: str, data: bytes | None, message: str) -> None:
    root = tmp_path / "book"
    root.mkdir()
    if data is not None:
        (root / name).write_bytes(data)
    error = refused(picture(name), root)
    assert error.what.startswith(message)
    assert error.place == Place(Path("/book/chapters/nb/start.md"), 9)


def test_a_huge_picture_is_refused(pictures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    assert refused(picture("figures/dot.png"), pictures).what.startswith("picture figures/dot.png is broken or huge")


def test_a_link_to_nowhere_is_refused_at_its_line() -> None:
    error = refused('<p data-key="start.1" data-line="8">Se <a href="#borte">der</a>.</p>', Path("/book"))
    assert (error.what, error.place) == (
        "the link to #borte leads nowhere in the ebook", Place(Path("/book/chapters/nb/start.md"), 8)
    )


def test_a_text_that_is_not_well_formed_is_refused() -> None:
    error = refused("<p>Ro.", Path("/book"))
    assert error.what.startswith("chapter-start is not well-formed XHTML")
    assert error.place == Place(Path("/book/chapters/nb/start.md"), 1)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("{% if %}", 1, "the template is broken: Expected an expression, got 'end of statement block'"),
        ("{{ labels.new }}", 1, "the template asks for something unknown: 'dict object' has no attribute 'new'"),
        ("{% extends 'epub/gone.j2' %}", 1, "template epub/gone.j2 is missing"),
    ],
)
def test_a_broken_template_is_named(tmp_path: Path, text: str, line: int, message: str) -> None:
    folders = shared(tmp_path, "epub/help.xhtml.j2", text)
    with pytest.raises(SourceError) as caught:
        write(layouts=folders)
    assert (caught.value.what, caught.value.place) == (message, Place(tmp_path / "epub/help.xhtml.j2", line))


def test_text_is_escaped_and_fragments_are_not() -> None:
    book = epubkit.book()
    content = write(replace(book, language=replace(book.language, title="Ro & <fred>")))
    assert "<title>Ro &amp; &lt;fred&gt;</title>" in files(content)["EPUB/cover.xhtml"].decode()
    assert tree(content, "content.opf").findtext(".//dc:title", None, NS) == "Ro & <fred>"


def test_a_label_that_is_missing_is_said() -> None:
    book = epubkit.book()
    labels = {name: label for name, label in LABELS.items() if name != "publisher"}
    with pytest.raises(SourceError, match="'dict object' has no attribute 'publisher'"):
        write(replace(book, language=replace(book.language, labels=labels)))
