"""A tagged PDF to links that do not say where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hefte.checks import pdf_tags
from hefte.checks.frame import Check, PdfFile
from hefte.checks.link_words import says_nothing
from hefte.checks.pdf_reading import guarded
from hefte.checks.pdf_tags import Node
from hefte.model import Finding, Severity

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+\.\S+/\S+", re.IGNORECASE)
_LONGEST = 50
"""Signs of an address that somebody can listen to and remember."""


def _run(file: PdfFile) -> Iterator[Finding]:
    if not pdf_tags.tagged(file.pdf):
        return
    for node in pdf_tags.read(file.pdf).walk():
        if node.type == "Link" and (what := _fault(node)):
            page, place = node.where
            yield CHECK.found(what, path=file.path, page=page, box=place)


def _fault(link: Node) -> str:
    said = _said(link)
    named = [" ".join(name.split()) for name in link.links if name.strip()]
    if not said:
        return "a link has no text"
    if says_nothing(said, link.language):
        return f"the link “{said}” does not say where it leads"
    bare = "".join(said.split())
    if _ADDRESS.fullmatch(bare) and len(bare) > _LONGEST and not any(_is_words(name) for name in named):
        return f"the link “{said[:57].rstrip()}…” is read aloud as an address of {len(bare)} signs"
    return ""


def _said(link: Node) -> str:
    """Its text, or what its pictures say."""
    said = link.alt or link.text or " ".join(node.alt or node.text for node in link.walk() if node is not link)
    return " ".join(said.replace("\N{SOFT HYPHEN}", "").split())


def _is_words(name: str) -> bool:
    return _ADDRESS.fullmatch("".join(name.split())) is None


CHECK = Check(
    id="pdf-link-text",
    severity=Severity.WARNING,
    title="A link that does not say where it leads",
    rationale="A screen reader lists a page's links by their words. A list of “here, here, here” leads nowhere, and an "
    "address of a hundred signs is spelled out to its end.",
    source="WCAG 2.2, 2.4.4, failures F84 and F89; ISO 14289-1, 7.18.5",
    remedy="let the link's words name what it leads to; to a long address, give a name (Contents)",
    run=guarded(_run),
)
