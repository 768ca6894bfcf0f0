"""Files that are wrong in one way each, as tools and hands make them: some check or validator sees every one."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name

import pdfkit
import tiny_epub
from hefte.checks import pdf as checks
from hefte.checks.epub import EPUB_CHECKS, open_epub
from hefte.tools import epubcheck
from tagkit import elements

Mutation = Callable[[pikepdf.Pdf], None]
VALIDATOR = "pdf-ua1"


def without(*names: str, of: str = "") -> Mutation:
    """Take entries away: from the catalogue, from each page (`Page`), each annotation (`Annot`), or each element."""

    def mutate(file: pikepdf.Pdf) -> None:
        for item in _items(file, of):
            for name in names:
                if name in item:
                    del item[name]

    return mutate


def typed(old: str, new: str, most: int = 10_000) -> Mutation:
    """Give elements another type."""

    def mutate(file: pikepdf.Pdf) -> None:
        for element in elements(file, old)[:most]:
            element.S = Name(new)

    return mutate


def _items(file: pikepdf.Pdf, of: str) -> list[Any]:
    pages = [page.obj for page in file.pages]
    notes = [note for page in pages for note in page.get("/Annots", [])]
    known: dict[str, list[Any]] = {"": [file.Root], "Page": pages, "Annot": notes}
    return known[of] if of in known else elements(file, *of.split())


def forgotten(name: str) -> Mutation:
    """A property of the XMP packet taken away."""

    def mutate(file: pikepdf.Pdf) -> None:
        with file.open_metadata(set_pikepdf_as_editor=False) as packet:
            del packet[name]

    return mutate


def unmarked(file: pikepdf.Pdf) -> None:
    page = file.pages[0]
    kept = [one for one in pikepdf.parse_content_stream(page) if str(one.operator) not in ("BDC", "BMC", "EMC")]
    page.Contents = file.make_stream(pikepdf.unparse_content_stream(kept))


def circular(file: pikepdf.Pdf) -> None:
    file.Root.StructTreeRoot.RoleMap = Dictionary(Foo=Name.Bar, Bar=Name.Foo)
    elements(file, "/P")[0].S = Name.Foo


def suspect(file: pikepdf.Pdf) -> None:
    file.Root.MarkInfo.Suspects = True


def fonts(*names: str) -> Mutation:
    def mutate(file: pikepdf.Pdf) -> None:
        for item in file.objects:
            if isinstance(item, Dictionary):
                for name in names:
                    if name in item:
                        del item[name]

    return mutate


PDFS: list[tuple[str, Mutation, set[str]]] = [
    ("no language", without("/Lang"), {"pdf-tagged"}),
    ("not said to be marked", without("/MarkInfo"), {"pdf-tagged"}),
    ("the file's name for a title", without("/ViewerPreferences"), {"pdf-tagged"}),
    ("a figure without words", without("/Alt", of="/Figure"), {"pdf-tagged"}),
    ("links without names", without("/Contents", of="Annot"), {"pdf-tagged"}),
    ("the tab key astray", without("/Tabs", of="Page"), {"pdf-tagged"}),
    ("a heading that skips", typed("/H2", "/H4", 1), {"pdf-headings"}),
    ("no title in the packet", forgotten("dc:title"), {"pdf-tagged"}),
    ("no claim in the packet", forgotten("pdfuaid:part"), {"pdf-tagged"}),
    ("fonts not embedded", fonts("/FontFile2", "/FontFile3"), {"pdf-font"}),
    ("fonts without text", fonts("/ToUnicode"), {"pdf-link-text"}),
    ("a page without marks", unmarked, {"pdf-artifact", "pdf-headings"}),
    ("types in a circle", circular, {"pdf-reading-order"}),
    ("pages that lead to no tags", without("/StructParents", of="Page"), {"pdf-reading-order"}),
    ("links that lead to no tags", without("/StructParent", of="Annot"), {"pdf-tagged"}),
    ("cells without headers", without("/A", of="/TD /TH"), {VALIDATOR}),
    ("items outside of lists", typed("/L", "/Div"), {VALIDATOR}),
    ("a table without rows", typed("/TR", "/Div"), {VALIDATOR}),
    ("a type that nobody knows", typed("/P", "/Tull", 1), {VALIDATOR}),
    ("tags that are guessed", suspect, {VALIDATOR}),
    ("links that are no links", typed("/Link", "/Span"), {VALIDATOR}),
]
"""Mutants of a tagged PDF, and who sees them: ours where we do, else the validator."""


@pytest.mark.parametrize(("change", "expected"), [case[1:] for case in PDFS], ids=[case[0] for case in PDFS])
def test_every_mutant_of_a_tagged_pdf_is_seen(change: Mutation, expected: set[str]) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdfkit.screen_bytes())) as file:
        change(file)
        file.save(out)
    subject = checks.open_pdf(out, Path("screen.pdf"))
    found = {finding.check for finding in checks.run(replace(subject, edition=checks.edition_of(subject)))}
    if not found and pdfkit.failures(out.getvalue()):
        found = {VALIDATOR}
    assert found == expected


ONE, TWO, NAV = "EPUB/one.xhtml", "EPUB/two.xhtml", "EPUB/nav.xhtml"
OPF, CSS = "EPUB/package.opf", "EPUB/book.css"
PLAIN = "<p>Det er lov å sørge over ammingen.</p>"
EPUBS: list[tuple[str, str, str, str, set[str]]] = [
    ("a link to no place", ONE, PLAIN, f'{PLAIN}<p><a href="two.xhtml#nope">der</a></p>', {"epub-link"}),
    ("a link to no file", ONE, PLAIN, f'{PLAIN}<p><a href="borte.xhtml">der</a></p>', {"epub-link"}),
    ("a page of no place", NAV, "one.xhtml#p3", "one.xhtml#p33", {"epub-link", "epub-page-list"}),
    ("no language", ONE, ' lang="nb" xml:lang="nb"', "", {"epub-document"}),
    ("two languages", ONE, ' lang="nb" xml:lang="nb"', ' lang="nb" xml:lang="ar"', {"epub-document"}),
    ("no title", ONE, "<title>Sorg</title>", "", {"epub-document"}),
    ("an empty title", ONE, "<title>Sorg</title>", "<title></title>", {"epub-document"}),
    ("not well-formed", TWO, "</p>", "", {"epub-document", "epub-page-list"}),
    ("a picture from the network", ONE, PLAIN, f'{PLAIN}<p><img alt="x" src="https://example.org/x.png"/></p>',
     {"epub-accessibility", "epub-remote"}),
    ("pages out of order", NAV, '<li><a href="one.xhtml#p3">3</a></li><li><a href="two.xhtml#p4">4</a></li>',
     '<li><a href="two.xhtml#p4">4</a></li><li><a href="one.xhtml#p3">3</a></li>', {"epub-page-list"}),
    ("a heading that skips", ONE, PLAIN, f"{PLAIN}<h5>Skyld</h5>", {"epub-heading"}),
    ("an unknown property", OPF, "schema:accessibilityHazard", "foo:accessibilityHazard", {"epub-accessibility"}),
    ("an id twice", ONE, PLAIN, '<p id="h1">Ro.</p>', {"epubcheck"}),
    ("a block in a paragraph", ONE, PLAIN, "<p><div>x</div></p>", {"epubcheck"}),
    ("an unknown element", ONE, PLAIN, "<p><blink>x</blink></p>", {"epubcheck"}),
    ("an unknown role", ONE, "doc-chapter", "doc-kapittel", {"epubcheck"}),
    ("an unknown type", ONE, 'epub:type="chapter"', 'epub:type="kapittel"', {"epubcheck"}),
    ("a script", ONE, "</head>", "<script>1</script></head>", {"epubcheck"}),
    ("contents out of order", NAV, '<li><a href="one.xhtml">Sorg</a></li><li><a href="two.xhtml">Hjelp</a></li>',
     '<li><a href="two.xhtml">Hjelp</a></li><li><a href="one.xhtml">Sorg</a></li>', {"epubcheck"}),
    ("an empty entry", NAV, ">Hjelp</a>", "></a>", {"epubcheck"}),
    ("a label of nobody's", ONE, 'aria-labelledby="h1"', 'aria-labelledby="finnes-ikke"', {"epubcheck"}),
    ("a language that is none", OPF, "<dc:language>nb", "<dc:language>norsk bokmaal", {"epubcheck"}),
    ("no language in the package", OPF, "<dc:language>nb</dc:language>", "", {"epubcheck"}),
    ("no date", OPF, '<meta property="dcterms:modified">2026-11-01T12:00:00Z</meta>', "", {"epubcheck"}),
    ("a date of another zone", OPF, "12:00:00Z", "12:00:00+01:00", {"epubcheck"}),
    ("two of one id", OPF, 'id="two"', 'id="one"', {"epub-page-list"}),
    ("pages that turn nowhere", OPF, "<spine>", '<spine page-progression-direction="right">', {"epubcheck"}),
    ("a style sheet with an end too many", CSS, "}", "}}", {"epubcheck"}),
    ("a style sheet that asks for what is missing", CSS, "}", "background: url(nei.png) }", {"epubcheck"}),
]
"""Mutants of an ebook: file, what stands there, what instead, who sees it."""


def test_every_mutant_of_an_ebook_is_seen(tmp_path: Path) -> None:
    """One start of EPUBCheck for all that we do not see ourselves."""
    files = {
        name: tiny_epub.write(tmp_path / f"{at}.epub", {file: (old, new)})
        for at, (name, file, old, new, _) in enumerate(EPUBS)
    }
    seen = {name: {finding.check for check in EPUB_CHECKS for finding in check.run(open_epub(path, path))}
            for name, path in files.items()}
    told = epubcheck.check([path for name, path in files.items() if not seen[name]])
    for name, path in files.items():
        seen[name] |= {"epubcheck"} if told.get(path) else set()
    assert seen == {name: expected for name, _, _, _, expected in EPUBS}
