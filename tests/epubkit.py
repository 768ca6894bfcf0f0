"""Turns a small book, the shipped layouts and the shipped fonts into finished ebooks for the tests."""

from __future__ import annotations

import atexit
import datetime as dt
import functools
import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree
from PIL import Image

from hefte.checks.epub import EPUB_CHECKS, open_epub
from hefte.layout import theme as themes
from hefte.model import Book, Chapter, Finding, Language, PageStart, Place, PrintSpec, Publication, Theme
from hefte.renderers import epub

ROOT = Path(__file__).parent.parent
NAME = Path("/there/ro.epub")
"""Where the checks are told that an ebook lies."""
WHEN = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
IDENTIFIER = "urn:uuid:0d7c1c5e-7a53-5a0e-9f4e-5a1d0c0ffee0"
NS = {
    "h": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops", "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/", "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "svg": "http://www.w3.org/2000/svg",
}

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XHTML = ("cover.xhtml", "colophon.xhtml", "nav.xhtml", "chapter-start.xhtml", "chapter-veien.xhtml", "help.xhtml")

LABELS = {
    "contents": "Innhold", "page": "Side", "cover": "Omslag", "landmarks": "Snarveier", "pages": "Sider",
    "start_reading": "Begynn å lese", "story": "Historie", "retold": "Gjenfortalt", "quoted": "Egne ord",
    "remember": "Husk", "seek_help": "Søk hjelp", "read_more": "Les mer", "references": "Kilder",
    "back_to_text": "Tilbake til teksten", "skip_story": "Hopp over historien", "helplines": "Telefoner",
    "hours": "Åpent", "notes": "Notater", "notes_prompt": "Skriv her.", "scan": "Skann koden.", "edition": "Utgave",
    "date": "Dato", "review_by": "Gjennomgås innen", "publisher": "Utgiver", "source": "Kilde",
    "feedback": "Tilbakemelding", "license": "Lisens", "draft": "UTKAST", "draft_notice": "Ikke kontrollert.",
    "translated_by": "Oversatt av", "machine_translated": "Maskinoversatt", "reviewed_by": "Gjennomgått av",
    "follows": "Følger originalen fra", "print_edition": "trykt utgave",
    "accessibility_summary": "Alt kan leses med øynene, ørene og fingrene.",
}

FIRST = """\
<p data-key="start.1" data-line="7">Noen ord om ro. De er <em>få</em>, og de er målt.<sup class="cite"><a \
href="#ref-berg2019" id="cite-berg2019-1">1</a></sup> Slik går det.</p>
<aside class="story retold" id="story-kveld" lang="nn" aria-label="Ein kveld" data-story="kveld" data-tags="sorg">\
<p data-key="story-kveld.1" data-line="4">Ho sat lenge oppe. Så sov dei.</p>\
<p class="by" lang="nb">Gjenfortalt</p></aside>
<h2 id="start-h1" data-key="start.2" data-line="12">Når det er stille</h2>
<ul><li data-key="start.3" data-line="14">Sett deg ned.</li><li data-key="start.4" data-line="15">Pust.</li></ul>
<aside class="callout remember" data-line="17"><p class="callout-title">Husk</p><p data-key="start.5" data-line="18">\
Ring <a class="number" href="tel:+47116123" dir="ltr">116\u00a0123</a>. Se <a href="#veien-h1">veien</a>.</p></aside>
"""
SECOND = """\
<p data-key="veien.1" data-line="7">Veien er lang, men den er din.<sup class="cite"><a href="#ref-berg2019" \
id="cite-berg2019-2">1</a></sup></p>
<aside class="story quote" id="story-morgen" lang="nb" aria-label="En morgen" data-story="morgen"><blockquote>\
<p data-key="story-morgen.1" data-line="4">«Det ble lyst til slutt.»</p></blockquote>\
<p class="by" lang="nb">Egne ord</p></aside>
<h2 id="veien-h1" data-key="veien.2" data-line="12">Kilder</h2>
<ol class="references"><li id="ref-berg2019" data-key="ref-berg2019">Berg, A. (2019): <cite lang="en">Quiet</cite>. \
<a href="https://example.org/quiet">example.org/quiet</a></li></ol>
"""
HELP = """\
<p data-key="help.1" data-line="6">Noen svarer hele døgnet.</p>
<dl class="helplines">\
<div class="helpline" id="helpline-113" data-key="helpline-113">\
<dt><a class="number" href="tel:113" dir="ltr">113</a></dt>\
<dd class="name">Nødhjelp</dd><dd class="does">Når det er akutt.</dd><dd class="hours">Hele døgnet</dd></div>\
<div class="helpline" id="helpline-116123" data-key="helpline-116123">\
<dt><a class="number" href="tel:+47116123" dir="ltr">116\u00a0123</a></dt>\
<dd class="name">Mental Helse</dd><dd class="does">Når du vil snakke.</dd><dd class="hours">Hele døgnet</dd></div></dl>
"""
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
PAGES = tuple(
    PageStart(str(number), key, offset)
    for number, (key, offset) in enumerate([
        ("@cover", 0), ("@colophon", 0), ("@contents", 0), ("start.title", 0), ("start.1", 14), ("story-kveld.1", 0),
        ("start.4", 0), ("veien.title", 0), ("ref-berg2019", 0), ("@filler", 0), ("@help", 0), ("@back-cover", 0),
    ], 1)
)
"""Twelve pages: what a small print edition of the book below could be."""


def chapter(id_: str, title: str, body: str, summary: str = "") -> Chapter:
    return Chapter(id_, title, title, summary, body, Place(Path(f"/book/chapters/nb/{id_}.md")))


@functools.cache
def book() -> Book:
    """A book after its transforms: two chapters, a retold story and a quoted one, a work cited twice."""
    place = Place(Path("/book/chapters/publication.toml"))
    publication = Publication(
        root=Path("/book"), id="ro", version="2026.1", publisher="Rolig forlag", date=dt.date(2026, 11, 22),
        review_by=dt.date(2027, 11, 22), source="Egne ord", source_url="https://example.org/ro/",
        feedback="ro@example.org", license="CC BY 4.0", source_language="nb", languages=("nb",),
        chapters=("start", "veien"), matter=("colophon", "help", "back-cover"), editions=("print", "epub"),
        print=PrintSpec(), place=place,
    )
    language = Language(
        code="nb", name="norsk bokmål", direction="ltr", title="Ro", subtitle="Om å finne den",
        description="Et hefte om ro.", audience="Til deg", labels=LABELS, helplines={}, origin="original", place=place,
    )
    return Book(
        publication=publication, language=language, stories={},
        chapters=(
            replace(chapter("start", "Å begynne", FIRST, "Det første er å sette seg."), keywords=("ro", "hvile")),
            chapter("veien", "Veien videre", SECOND, "Så går du."),
        ),
        matter={
            "colophon": chapter("colophon", "Om heftet", '<p data-key="colophon.1">Skrevet for en prøve.</p>'),
            "help": chapter("help", "Noen å ringe", HELP),
            "back-cover": chapter("back-cover", "Ring", '<p data-key="back-cover.1">Noen svarer.</p>'),
        },
    )


def with_first(body: str, of: Book | None = None, root: Path | None = None) -> Book:
    """The book with another text in its first chapter, and its files in another folder."""
    base = of or book()
    first, *others = base.chapters
    publication = replace(base.publication, root=root) if root else base.publication
    return replace(base, publication=publication, chapters=(replace(first, body=body), *others))


def arabic() -> Book:
    """The same book said to be in Arabic: read from the right."""
    base = book()
    language = replace(base.language, code="ar", name="العربية", direction="rtl", title="هدوء", subtitle="كيف نجده")
    return replace(base, language=language)


@functools.cache
def theme() -> Theme:
    return themes.for_language(themes.load((ROOT / "layouts",), (ROOT / "assets",)), "nb")


@functools.cache
def _cache() -> Path:
    """Font subsets and covers, made once a run of the tests."""
    folder = Path(tempfile.mkdtemp(prefix="hefte-tests-"))
    atexit.register(shutil.rmtree, folder)
    return folder


def write(of: Book | None = None, **changes: Any) -> bytes:
    """The ebook of a book (the one above), with the arguments of `epub.write` changed as told."""
    arguments: dict[str, Any] = {
        "theme": theme(), "layouts": ROOT / "layouts", "page_starts": PAGES, "when": WHEN, "identifier": IDENTIFIER,
        "fonts_cache": _cache(),
    }
    return epub.write(of or book(), **(arguments | changes))


@functools.cache
def good() -> bytes:
    """The ebook of the book above, written once, with nothing kept from before."""
    return write(fonts_cache=None)


def files(content: bytes) -> dict[str, bytes]:
    """File name → content."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(content: bytes, name: str) -> Any:
    """One XML file of the ebook; `name` below its content folder."""
    return etree.fromstring(files(content)[f"EPUB/{name}"])


def found(content: bytes, expect: dict[str, Any] | None = None) -> list[Finding]:
    """What the checks find in an ebook."""
    epub = open_epub(io.BytesIO(content), NAME, expect)
    return [finding for check in EPUB_CHECKS for finding in check.run(epub)]


def said(content: bytes, expect: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    """The same as pairs of check and message."""
    return [(finding.check, finding.message) for finding in found(content, expect)]


def figures(folder: Path) -> Path:
    """A folder with the two pictures that PICTURES shows; returns it."""
    (folder / "figures").mkdir()
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>'
    (folder / "figures" / "dot.svg").write_text(drawing, encoding="utf-8")
    Image.new("RGB", (4, 4), (201, 112, 95)).save(folder / "figures" / "dot.png")
    return folder


def changed(content: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The ebook with some files changed; a change must change something."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename in changes:
                before, data = data, changes[info.filename](data)
                assert data != before, f"the change to {info.filename} did nothing"
            target.writestr(info, data)
    return out.getvalue()
