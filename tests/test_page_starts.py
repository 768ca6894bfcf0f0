"""Where each printed page begins, block and character, held against what pdfium reads at the top of the page."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import buildkit
from buildkit import SOFT_HYPHEN, squeezed
from hefte.model import BodyFacts, Layout, PageStart, Settings
from hefte.renderers import pages

CSS = """@page { size: 60mm 40mm; margin: 8mm 5mm; @top-left { content: "running head"; font: 6pt x } }
@font-face { font-family: x; src: url(project:///assets/fonts/SourceSans3-Regular.ttf) }
html { font: 10pt/12pt x; hyphens: auto; orphans: 1; widows: 1 } body, p, ul, h1 { margin: 0 }
h1 { font: 10pt/12pt x } li { margin: 0 } section { break-before: page } sup { font-size: 5pt; line-height: 0 }
q::before { content: "<" } q::after { content: ">" } q { quotes: none }"""
ROWS = "table { border-collapse: collapse } td, th { padding: 0; border: 0 }"
LONG = (
    "Ammeveiledningen på barselavdelingen og helsestasjonen handler ofte om brystbetennelser og "
    "morsmelkerstatninger, mens "
    "fødselsdepresjonen og sorgreaksjonene kommer i bakgrunnen av brystkreftundersøkelsene og sykehusinnleggelsene."
)


def laid_out(body: str, css: str = "") -> Any:
    nothing = Settings(front=(), tail=(), fillers=(), signature=1, panels={})
    frame = '<html lang="nb"><section class="frame" id="help">Hjelp</section></html>'
    layout = Layout(CSS + css, f'<html lang="nb">{body}</html>', lambda facts: frame, nothing)
    return pages.render(layout, "nb", Path("/nowhere"), {"assets": buildkit.ROOT / "assets"})


def tops(rendering: Any) -> list[str]:
    """The first line of each page's text, the running head left out."""
    pdf = pdfium.PdfDocument(io.BytesIO(rendering.document.write_pdf()))
    return [next(line.text for line in buildkit.lines(page) if line.text != "running head") for page in pdf]


def test_a_page_begins_in_the_middle_of_a_hyphenated_word() -> None:
    rendering = laid_out(f'<p data-key="a.1">{LONG}</p>')
    *body, last = rendering.starts
    lines = tops(rendering)
    assert [start.label for start in rendering.starts] == [str(number) for number in range(1, len(lines) + 1)]
    assert {start.key for start in body} == {"a.1"} and last == PageStart(str(len(lines)), "@help")
    text = squeezed(LONG)
    for start, line in zip(body, lines, strict=False):
        assert text[start.offset :].startswith(squeezed(line))
    assert body[0].offset == 0
    inside = [start.offset for start in body[1:] if text[start.offset - 1].isalpha() and not starts_word(start.offset)]
    assert inside, "no page begins inside a word: choose another text"


def starts_word(offset: int) -> bool:
    """Whether a word of the long text begins where so many of its characters, white space not counted, are read."""
    at = 0
    for word in LONG.split():
        if at == offset:
            return True
        at += len(word)
    return False


@pytest.mark.parametrize(("body", "expected"), [
    # A heading, a list, a note and generated content are read as what they are.
    ('<section><h1 data-key="a.title">Hva</h1><p data-key="a.1">En to</section><section><ul><li data-key="b.1">Tre',
     [("a.title", 0), ("b.1", 0)]),
    ('<section><p data-key="a.1">En<sup><a href="#x" id="x">1</a></sup> to</p></section><section><p data-key="a.2">x',
     [("a.1", 0), ("a.2", 0)]),
    ('<section><p data-key="a.1"><q>En</q> to</p></section>', [("a.1", 0)]),
    # White space counts for nothing, in the source as on the page.
    ('<section><p data-key="a.1">  En \n\n to<br>&#160; <b style="break-before: page; display: block"> tre </b>', [
        ("a.1", 0), ("a.1", 4)]),
    ('<section><p data-key="a.1">En <i style="display: block; break-before: page">MR-undersøkelse</i> to', [
        ("a.1", 0), ("a.1", 2)]),
    # A soft hyphen and a hard one are the text's own.
    ('<section><p data-key="a.1">sjukes&#173;tove<b style="break-before: page; display: block">leppe- og', [
        ("a.1", 0), ("a.1", 11)]),
    # A style may change the case; a picture that cannot be drawn shows its alternative text.
    ('<section><p data-key="a.1" style="text-transform: uppercase">En <b style="break-before: page; display: '
     'block">Åtte', [
        ("a.1", 0), ("a.1", 2)]),
    # Blocks within blocks: the inner one has a key of its own.
    ('<section><ul><li data-key="a.1">En<ul><li data-key="a.2" style="break-before: page">To</li></ul></li></ul>', [
        ("a.1", 0), ("a.2", 0)]),
    # What has no key is passed over: the page is known by what comes next.
    ('<section><p>uten</p><p data-key="a.1">En', [("a.1", 0)]),
])
def test_where_pages_begin(body: str, expected: list[tuple[str, int]]) -> None:
    *starts, last = laid_out(body).starts
    assert [(start.key, start.offset) for start in starts] == expected
    assert last.key == "@help"


def test_a_page_with_nothing_but_a_picture_begins_where_the_text_before_it_ends() -> None:
    picture = '<div style="break-before: page; height: 20mm; background: #000"></div>'
    rendering = laid_out(f'<p data-key="a.1">En to</p>{picture}<p data-key="a.2" style="break-before: page">Tre')
    assert [(start.key, start.offset) for start in rendering.starts] == [
        ("a.1", 0), ("a.1", 4), ("a.2", 0), ("@help", 0),
    ]


def test_the_head_of_a_table_that_goes_on_is_read_once() -> None:
    rows = "".join(f'<tr><td data-key="a.{n}">{n}</td></tr>' for n in range(2, 9))
    rendering = laid_out(f'<table><thead><tr><th data-key="a.1">Tall</th></tr></thead>{rows}</table>', ROWS)
    assert [(start.key, start.offset) for start in rendering.starts[:-1]] == [("a.1", 0), ("a.6", 0)]
    assert [line.split()[0] for line in tops(rendering)[:-1]] == ["Tall", "Tall"]


def test_a_picture_that_cannot_be_drawn_is_no_text(weasyprint_warnings: list[str]) -> None:
    picture = '<img alt="noe annet" src="data:image/png;base64,AAAA">'
    rendering = laid_out(f'<p data-key="a.1">{picture}En to</p><p data-key="a.2" style="break-before: page">Tre')
    assert [(start.key, start.offset) for start in rendering.starts[:-1]] == [("a.1", 0), ("a.2", 0)]
    weasyprint_warnings.clear()


WORD = st.sampled_from([*LONG.split(), "å", "to", "på", "MR-undersøkelse", "<b>ord</b>", "sju&#173;kes", "–", "«hun»"])
BLOCK = st.tuples(st.sampled_from(["p", "li", "h1"]), st.lists(WORD, min_size=1, max_size=40))


@settings(max_examples=15)
@given(st.lists(BLOCK, min_size=1, max_size=5), st.integers(30, 90))
def test_the_first_line_of_a_page_is_what_the_source_has_there(blocks: list[tuple[str, list[str]]], width: int) -> None:
    body = "".join(f'<{tag} data-key="a.{n}">{" ".join(words)}</{tag}>' for n, (tag, words) in enumerate(blocks))
    rendering = laid_out(body, f"@page {{ size: {width}mm 34mm }} li {{ display: block }}")
    said = {f"a.{n}": "".join(plain(" ".join(words)).split()) for n, (_, words) in enumerate(blocks)}
    for start, line in zip(rendering.starts[:-1], tops(rendering), strict=False):
        assert seen(said[start.key][start.offset :]).startswith(seen(line))
    assert rendering.facts == BodyFacts(len(rendering.starts) - 1, rendering.facts.starts)


def seen(text: str) -> str:
    """Without hyphens: pdfium reads one at a line's end as it likes."""
    return squeezed(text).replace("-", "").removesuffix("\x02")


def plain(markup: str) -> str:
    return markup.replace("<b>", "").replace("</b>", "").replace("&#173;", SOFT_HYPHEN)
