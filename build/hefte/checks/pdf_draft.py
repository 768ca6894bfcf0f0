"""A draft's PDF to the pages that do not say across themselves that it is one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import pikepdf

from hefte.checks import pdf_text
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import each_page, expected, guarded, info, xmp
from hefte.model import Finding, Severity

_SLANTS = (45, 135, 225, 315)
_KEYWORD = "draft, "
"""What stands before the language's own word in the keywords (renderers/pdf/metadata.py)."""


def _run(file: PdfFile) -> Iterator[Finding]:
    word = expected(file, "draft", _claimed(file))
    if not word:
        return
    if not str(info(file.pdf).get("/Title", "")).startswith(f"{word}: "):
        yield CHECK.found(f"the title does not begin with {word}", path=file.path)
    if xmp(file.pdf).get("pdf:Keywords") != _KEYWORD + word:
        yield CHECK.found(f"the keywords do not say {_KEYWORD}{word}", path=file.path)
    for number, page in each_page(file):
        for content, resources in _faces(page):
            if not _is_marked(content, resources, word):
                yield CHECK.found(f"{word} does not stand across the page", path=file.path, page=number)


def _claimed(file: PdfFile) -> str:
    """The word by which a file that was built some time ago says that it is a draft; empty where it is none of ours."""
    keywords = str(info(file.pdf).get("/Keywords", ""))
    ours = str(info(file.pdf).get("/Creator", "")) == "hefte" and keywords.startswith(_KEYWORD)
    return keywords.removeprefix(_KEYWORD) if ours else ""


def _faces(page: pikepdf.Page) -> Iterator[tuple[Any, Any]]:
    """The page, or each of the pages that are imposed on it: content and resources."""
    resources: Any = page.obj.get("/Resources", pikepdf.Dictionary())
    forms: Any = resources.get("/XObject", pikepdf.Dictionary())
    imposed = [forms[name] for name in forms if str(name).startswith("/Page")]
    if not imposed:
        yield page, resources
    for form in imposed:
        yield form, form.Resources


def _is_marked(content: Any, resources: Any, word: str) -> bool:
    """Whether what runs aslant has every letter of the word. Their order is the font's: Arabic is drawn from its end,
    and one glyph may stand for several letters."""
    slanting = "".join(piece.text for piece in pdf_text.pieces(content, resources) if _is_aslant(piece.angle))
    return _letters(word) <= _letters(slanting)


def _is_aslant(angle: float) -> bool:
    return any(abs(angle - slant) < 1 for slant in _SLANTS)


def _letters(text: str) -> set[str]:
    return {char for char in unicodedata.normalize("NFKD", text) if char.isalpha()}


CHECK = Check(
    id="pdf-draft",
    severity=Severity.ERROR,
    title="A draft with a page that does not say so",
    rationale="A machine's translation that nobody has read may be wrong where it matters most. A page that is copied "
    "by itself must still say what it is.",
    source="ISO 17100:2015, 5.3.3: a translation is revised by somebody other than the translator; measured on the "
    "page: its text, and the angle that it runs at",
    remedy="the mark is in layouts/shared/draft.html.j2: have every page of the layout draw it",
    run=guarded(_run),
    waivable=False,
)
