"""A tiny publication in a right-to-left language with numbers of every kind in every place, laid out and written; and
the glyphs of a page from left to right, whatever text they stand for."""

from __future__ import annotations

import ctypes
import datetime as dt
import functools
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

import buildkit
import languagekit

LANGUAGES = ("ar", "fa", "ur", "ckb")
WHEN = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
WORDS = MappingProxyType({
    "ar": "حين يصعب الأمر فلست وحدك",
    "fa": "وقتی سخت است تنها نیستید",
    "ur": "جب مشکل ہو تو آپ اکیلی نہیں",
    "ckb": "کاتێک قورسە تۆ تەنیا نیت",
})
"""A few words of each language, for what the numbers stand in."""
NUMBERS = ("10-20", "50%", "22.11.2026", "2026-11-22", "978-82-15-02345-6", "08:00-16:00", "24/7", "-5", "2026.1")
"""As they are written in the text, and read from left to right."""
VAZIRMATN = (
    "html { font-family: 'Vazirmatn' } "
    "@font-face { font-family: 'Vazirmatn'; src: url(project:///Vazirmatn-Regular.ttf) }"
)
"""A style sheet that sets all text in the one face that has both alphabets."""
REFERENCES = """\
[brown2019]
author = "Amy Brown"
title = "Why Grief Matters"
year = 2019
publisher = "Pinter & Martin"
language = "en"
url = "https://www.example.org/10-20/"
"""


def chapter(words: str) -> str:
    """A chapter with numbers in its title, paragraphs, list, table, call-out, story and notes."""
    paragraphs = "\n\n".join(f"{words} {number} {words}." for number in NUMBERS)
    return f"""---
title: {words} 10-20
short_title: {words[:8]} 30-40
summary: {words} 50-60 {words}.
---

{words} {{{{ helpline.116123 }}}} {words}.

{words} {{{{ contact.phone }}}} {words}.

{words} {{{{ contact.web }}}} {words}.

{words} {{{{ contact.email }}}} {words}.

{paragraphs}

{words} [Why *Grief* Matters]{{lang=en}} {words} [@brown2019]. {words}[^one].

[^one]: {words} 70-80.

## {words} 11-12

- {words} 13-14.

1. {words}.
2. {words}.

::: story heard
:::

| {words} | {words} |
|---|---|
| 15-16 | {{{{ contact.phone }}}} |

::: remember
{words} 17-18.
:::

::: references
:::
"""


def publication(folder: Path, language: str, **texts: str) -> Path:
    """The publication in nb and one language; `texts` (file name without .md → content) go over that language's own."""
    root = languagekit.publication_in(folder, language)
    chapters, words = root / "chapters", WORDS[language.partition("-")[0]]
    record = chapters / "publication.toml"
    said_of_it = record.read_text(encoding="utf-8").replace('version = "1"', 'version = "2026.1"')
    record.write_text(said_of_it, encoding="utf-8")
    (chapters / "references.toml").write_text(REFERENCES, encoding="utf-8")
    (chapters / language / "talk.md").write_text(chapter(words), encoding="utf-8")
    (chapters / language / "stories" / "heard.md").write_text(
        f"---\ntitle: {words}\n---\n\n{words} {{{{ contact.phone }}}} {words} 19-20 {words}.\n", encoding="utf-8"
    )
    named = chapters / language / "language.toml"
    lines = named.read_text(encoding="utf-8").splitlines()
    said = {"title": f"{words[:8]} 21-22", "subtitle": f"{words} 23-24", "audience": f"{words[:8]} 24/7"}
    lines = [f'{key} = "{said.pop(key)}"' if (key := line.split(" = ")[0]) in said else line for line in lines]
    named.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name, text in texts.items():
        (chapters / language / f"{name}.md").write_text(text, encoding="utf-8")
    return root


@functools.cache
def book(language: str) -> Any:
    """The publication's book, after its transforms for print."""
    return buildkit.book(publication(Path(tempfile.mkdtemp(prefix="hefte-rtl-")), language), language)


@functools.cache
def rendering(language: str) -> Any:
    """The same, laid out."""
    from hefte import house, layout
    from hefte.renderers import pages

    of, root = book(language), book(language).publication.root
    laid_out = layout.lay_out(of, layout.for_language(_theme(of), language), layout.folders(root))
    return pages.render(laid_out, language, root, {"assets": house.assets(), "layouts": house.layouts()})


@functools.cache
def screen(language: str) -> bytes:
    """The same as PDF/UA."""
    from hefte.renderers.pdf import screen as edition

    return edition.write(rendering(language).document, **about(language))


@functools.cache
def printed(language: str) -> bytes:
    """The same for the press."""
    from hefte.renderers.pdf import print as edition

    of = book(language)
    content: bytes = edition.write(
        rendering(language).document, colours=_theme(of).colours, spec=of.publication.print, bleed_mm=3,
        **about(language),
    ).content
    return content


@functools.cache
def booklet(language: str) -> bytes:
    """The same, imposed."""
    from hefte.renderers.pdf import booklet as edition

    return edition.impose(printed(language), creep_mm=0.1, **about(language))


@functools.cache
def ebook(language: str) -> bytes:
    """The same as EPUB."""
    from hefte import house, layout
    from hefte.renderers import epub

    of = book(language)
    return epub.write(
        of, theme=layout.for_language(_theme(of), language), layouts=(house.layouts(),),
        page_starts=rendering(language).starts, when=WHEN, identifier="urn:uuid:2b1a8b8e-6f0c-5d1c-9f0e-3a2f7a0e9b11",
    )


def about(language: str) -> dict[str, Any]:
    of = book(language).language
    return {
        "language": language, "direction": of.direction, "when": WHEN, "identifier": f"talk-{language}",
        "title": of.title,
    }


def _theme(of: Any) -> Any:
    from hefte import house, layout

    return layout.load_theme(layout.folders(of.publication.root), (house.assets(),))


# --- what is on a page ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """What stands on one baseline."""

    text: str
    """The characters that its glyphs stand for, from the left edge of the paper to the right one."""
    left: float
    right: float
    """Points from the left edge of the medium: where the first glyph begins and the last one ends."""
    bottom: float


def glyphs(page: Any) -> Iterator[tuple[str, float, float, float]]:
    """Character, left and right edge, baseline of every glyph on a page that stands for one."""
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, index) == 0 and raw.FPDFText_GetCharOrigin(text, index, x, y):
            left, _, right, _ = text.get_charbox(index, loose=True)
            yield chr(raw.FPDFText_GetUnicode(text, index)), left, right, y.value


def lines(page: Any) -> list[Line]:
    """The lines of a page from top to bottom. Marks above and below the letters are lines of their own."""
    rows: dict[int, list[tuple[float, float, str]]] = {}
    for sign, left, right, base in glyphs(page):
        rows.setdefault(round(base), []).append((left, right, sign))
    return [
        Line("".join(sign for _, _, sign in sorted(row)), min(row)[0], max(right for _, right, _ in row), base)
        for base, row in sorted(rows.items(), reverse=True)
    ]


def seen(content: bytes) -> list[list[Line]]:
    """The lines of every page of a PDF."""
    with pdfium.PdfDocument(content) as pdf:
        return [lines(page) for page in pdf]


def flat(content: bytes) -> str:
    """All lines of a PDF as one text, each from left to right, no-break spaces as spaces."""
    return "\n".join(line.text for page in seen(content) for line in page).replace("\N{NO-BREAK SPACE}", " ")
