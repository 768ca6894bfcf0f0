"""Turns a small HTML booklet, the shipped fonts and profile into laid-out documents and finished PDFs for the tests."""

from __future__ import annotations

import datetime as dt
import functools
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import page as validator
import pikepdf
from PIL import Image

from hefte.checks import pdf as checks
from hefte.model import Colour, Finding, PrintSpec
from hefte.renderers.pdf import booklet, screen  # before WeasyPrint: keeps the system's fonts out
from hefte.renderers.pdf import print as press

ROOT = Path(__file__).parent.parent
FONTS = ROOT / "assets" / "fonts"
PROFILE = ROOT / "assets" / "icc" / "ISOcoated_v2_300_bas.icc"
WHEN = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
IDENTIFIER = "tiny-nb-2026.1"
TITLE = "Ørene på kryss"

COLOURS: Mapping[str, Colour] = {
    colour.name: colour
    for colour in (
        Colour("ink", (43, 36, 51), (0, 0, 0, 100)),
        Colour("muted", (93, 85, 99), (0, 0, 0, 78)),
        Colour("plum", (91, 58, 85), (32, 68, 0, 68)),
        Colour("sand", (246, 238, 227), (3, 6, 12, 0)),
        Colour("paper", (255, 255, 255), (0, 0, 0, 0)),
    )
}
SPEC = PrintSpec(profile=PROFILE)

CSS = """
@font-face { font-family: 'Source Sans 3'; src: url(project:///SourceSans3-Regular.ttf) }
@font-face { font-family: 'Source Sans 3'; src: url(project:///SourceSans3-Italic.ttf); font-style: italic }
@font-face { font-family: 'Source Sans 3'; src: url(project:///SourceSans3-SemiBold.ttf); font-weight: 600 }
@font-face { font-family: 'Literata'; src: url(project:///Literata-Regular.ttf) }
@page {
  size: 148mm 210mm; bleed: 3mm; margin: 17mm 17mm 20mm 19mm; background: white;
  @bottom-center { content: counter(page); font: 9pt 'Source Sans 3'; color: #5d5563 }
}
@page cover { background: #5b3a55; @bottom-center { content: none } }
html { font: 11.5pt/15.5pt 'Source Sans 3'; color: #2b2433; hyphens: auto }
h1 { font: 400 26pt/30pt Literata; color: #5b3a55; break-before: page; bookmark-level: 1 }
h2 { font: 600 13pt/15.5pt 'Source Sans 3'; bookmark-level: 2; hyphens: none }
a { color: inherit }
strong { font-weight: 600 }
.cover { page: cover; break-after: page } .cover h1, .cover p { color: white; break-before: auto; font-size: 20pt }
aside { background: #f6eee3; padding: 5mm; margin: 15.5pt 0 }
.story { font: 11pt/16pt Literata }
sup { font-size: 8pt; line-height: 0 }
figure img { width: 40mm }
.qr { width: 18mm }
nav li { list-style: none }
nav a::after { content: ' ' target-counter(attr(href), page) }
"""

_PARAGRAPH = (
    "Det er lov å være lei seg når ammingen ikke ble som du hadde tenkt, og det er lov å være lettet på samme tid. "
    "Sorgen over ammingen er en vanlig følelse, og den blir ofte mindre når noen hører på og ikke skynder seg videre. "
)

BODY = f"""
<section class="cover"><h1>{TITLE}</h1><p>En liten prøve</p></section>
<nav aria-label="Innhold"><h2>Innhold</h2><ol>
  <li><a href="#one">Det første</a></li><li><a href="#two">Det andre</a></li></ol></nav>
<section><h1 id="one">Det første</h1>
  <p>{_PARAGRAPH * 2}<sup class="cite"><a href="#ref-brown2019" id="cite-brown2019-1">1</a></sup>
  <em>Sånn er det</em>, og <strong>sånn blir det</strong>.</p>
  <h2>En liten del</h2>
  <ul><li>{_PARAGRAPH}</li><li>Kort.</li></ul>
  <aside class="story retold" id="story-one" lang="nn" aria-label="Ei forteljing" data-story="one">
    {"".join(f"<p>Ho sa det slik, for {n}. gong: {_PARAGRAPH}</p>" for n in range(1, 9))}
    <p class="by" lang="nb">gjenfortalt</p></aside>
  <p>{_PARAGRAPH * 3}</p>
  <figure><img src="project:///photo.png" alt="En grønn flate"><figcaption>En flate</figcaption></figure>
</section>
<section><h1 id="two">Det andre</h1>
  <aside class="callout seek-help"><p class="callout-title">Søk hjelp</p>
    <p>Ring <a class="number" href="tel:+47116123" dir="ltr">116 123</a>.</p></aside>
  <table><thead><tr><th>Hva</th><th>Når</th></tr></thead><tbody><tr><td>Vakt</td><td>Alltid</td></tr></tbody></table>
  <dl class="helplines">
    <div class="helpline" id="helpline-116123"><dt><a class="number" href="tel:+47116123" dir="ltr">116 123</a></dt>
      <dd class="name">Hjelpetelefonen</dd><dd class="does">Noen å snakke med</dd></div>
    <div class="helpline" id="helpline-113"><dt><a class="number" href="tel:113" dir="ltr">113</a></dt>
      <dd class="name">Nød</dd></div></dl>
  <p>Les mer på <a class="address" href="https://ammehjelpen.no" dir="ltr">ammehjelpen.no</a>.</p>
  <p><img class="qr decorative" src="project:///grey.png" alt=""> Ved siden av koden.</p>
  <ol class="references"><li id="ref-brown2019">Brown (2019):
    <cite lang="en">Why Breastfeeding Grief Matters</cite>. Pinter. <a href="#cite-brown2019-1">Tilbake</a></li></ol>
</section>
{"".join(f"<section><h1>Blad {n}</h1><p>{_PARAGRAPH}</p></section>" for n in range(1, 7))}
"""


def picture(mode: str, size: tuple[int, int] = (600, 400), form: str = "PNG") -> bytes:
    """A little picture with a gradient: pixels that differ, so that a conversion shows."""
    image = Image.linear_gradient("L").resize(size)
    if mode == "RGB":
        image = Image.merge("RGB", (image, Image.new("L", size, 160), Image.new("L", size, 60)))
    elif mode == "RGBA":
        image = Image.merge("RGBA", (image, Image.new("L", size, 160), Image.new("L", size, 60), image))
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()


PICTURES: Mapping[str, bytes] = {
    "photo.png": picture("RGB"),
    "photo.jpg": picture("RGB", form="JPEG"),
    "clear.png": picture("RGBA"),
    "grey.png": picture("L"),
    "coarse.png": picture("RGB", (40, 30)),
}


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            name = url.removeprefix("project:///")
            data = PICTURES[name] if name in PICTURES else (FONTS / name).read_bytes()
            return URLFetcherResponse(url, data, {"Content-Type": "image/png" if name in PICTURES else "font/ttf"})

    return Fetcher(allowed_protocols=("project", "data"), allow_redirects=False, fail_on_errors=True)


def lay_out(body: str = BODY, css: str = "", *, lang: str = "nb", direction: str = "ltr", title: str = TITLE) -> Any:
    """The WeasyPrint document of `body` in the kit's style, A5 with bleed, plus `css`."""
    from weasyprint import HTML

    html = (
        f'<!doctype html><html lang="{lang}" dir="{direction}"><head><title>{title}</title>'
        f"<style>{CSS}{css}</style></head><body>{body}</body></html>"
    )
    return HTML(string=html, base_url="project:///", url_fetcher=_fetcher()).render()


EXPECT: Mapping[str, Any] = {
    "trim_mm": (148.0, 210.0),
    "bleed_mm": 3.0,
    "condition": "FOGRA39",
    "ink_limit": 300,
    "families": ["Source Sans 3", "Literata"],
    "pages": 12,
    "standard": "pdf/x-4",
    "language": "nb",
}


@functools.cache
def document() -> Any:
    """The kit's twelve pages, laid out once."""
    return lay_out()


def preflight(content: bytes, **expect: Any) -> tuple[Finding, ...]:
    """The print checks on bytes, as the builder runs them before it labels a file."""
    return checks.preflight(content, Path("nb/tiny-nb-print.pdf"), {**EXPECT, **expect})


def write_print(laid_out: Any, **changes: Any) -> Any:
    """The PrintResult of a document, with the kit's palette and profile unless `changes` says otherwise."""
    given: dict[str, Any] = {
        "colours": COLOURS,
        "spec": SPEC,
        "bleed_mm": 3,
        "language": "nb",
        "direction": "ltr",
        "when": WHEN,
        "identifier": IDENTIFIER,
        "title": TITLE,
    }
    return press.write(laid_out, **(given | changes))


def write_screen(laid_out: Any, **changes: Any) -> bytes:
    """A document as PDF/UA."""
    given: dict[str, Any] = {
        "language": "nb",
        "direction": "ltr",
        "when": WHEN,
        "identifier": IDENTIFIER,
        "title": TITLE,
    }
    return screen.write(laid_out, **(given | changes))


def impose(print_pdf: bytes, **changes: Any) -> bytes:
    """A print file as a booklet."""
    given: dict[str, Any] = {
        "language": "nb",
        "direction": "ltr",
        "when": WHEN,
        "identifier": IDENTIFIER,
        "title": TITLE,
        "creep_mm": 0.1,
    }
    return booklet.impose(print_pdf, **(given | changes))


@functools.cache
def print_bytes() -> bytes:
    """The twelve pages for the press, labelled."""
    result = write_print(document(), preflight=preflight)
    assert result.findings == () and result.labelled
    content: bytes = result.content
    return content


@functools.cache
def screen_bytes() -> bytes:
    """The twelve pages for the screen."""
    return write_screen(document())


@functools.cache
def booklet_bytes() -> bytes:
    """The twelve pages imposed."""
    return impose(print_bytes())


def operators(pdf: pikepdf.Pdf, page: int) -> list[str]:
    """A page's content (from 1) as one string an operator: `0 0 0 1 k`."""
    return [
        " ".join([*(str(operand) for operand in instruction.operands), str(instruction.operator)])
        for instruction in pikepdf.parse_content_stream(pdf.pages[page - 1])
    ]


def opened(content: bytes) -> pikepdf.Pdf:
    """A finished file, to look into."""
    return pikepdf.open(io.BytesIO(content))


def one_page(html: str, css: str = "", **changes: Any) -> tuple[Any, pikepdf.Pdf]:
    """The PrintResult of a page with `html` on it, and its file."""
    result = write_print(lay_out(html, css), **changes)
    return result, opened(result.content)


def tree(pdf: pikepdf.Pdf) -> str:
    """The structure tree, one element a line: type, what it says of itself, and the pages of its content."""
    pages = {page.obj.objgen: str(number) for number, page in enumerate(pdf.pages, 1)}

    def lines(element: Any, depth: int) -> list[str]:
        kids = element.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        said = [f"{key}={element[f'/{key}']}" for key in ("Lang", "Alt", "T", "ID") if f"/{key}" in element]
        content = sum(not isinstance(kid, pikepdf.Dictionary) for kid in kids)
        links = sum(isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR" for kid in kids)
        here = [f"p{pages[element.Pg.objgen]}:{content}"] if content else []
        row = [str(element.S).removeprefix("/"), *said, *here, *(["link"] * links)]
        below = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        return ["  " * depth + " ".join(row), *(line for kid in below for line in lines(kid, depth + 1))]

    (top,) = pdf.Root.StructTreeRoot.K
    return "\n".join(lines(top, 0))


def tagged(html: str, css: str = "", **changes: Any) -> pikepdf.Pdf:
    """A page with `html` on it as PDF/UA."""
    return opened(write_screen(lay_out(html, css), **changes))


def failures(content: bytes) -> list[str]:
    """The rules of PDF/UA-1 that a file breaks, as page-validation sees them."""
    report = validator.validate_pdf_bytes(content, profile=validator.ValidationProfile.PDF_UA_1)
    return [f"{one.rule_id}: {one.message}" for one in report.failures]
