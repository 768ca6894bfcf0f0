"""Laid-out pages, to paragraphs whose last line is a scrap: a word of a few letters, or the rest of a broken one."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.page_words import quoted
from hefte.model import Block, Finding, LaidOut, Severity
from hefte.scripts import script_of

_KINDS = {"paragraph", "item", "description", "caption"}
_LETTERS = {"Latn": 4, "Cyrl": 4, "Grek": 4, "Armn": 4, "Geor": 4, "Arab": 3, "Hebr": 3}
"""How many letters or digits a last line has at least. Arabic and Hebrew write no short vowels. Scripts in which a
letter is a syllable, or that leave no space between words, are not judged: a few letters are much in them."""


def _run(laid: LaidOut) -> Iterator[Finding]:
    for page in laid.pages:
        for block in page.blocks:
            what = _scrap(block)
            if what:
                line = block.lines[-1]
                yield CHECK.found(f"a paragraph ends with {what}: {quoted(line.text)}", page=page.number, box=line.box)


def _scrap(block: Block) -> str:
    """What is wrong with the last line of a block; empty if nothing is."""
    if block.kind not in _KINDS or block.continues or len(block.lines) + block.continued < 2:
        return ""
    words = block.lines[-1].text
    letters = sum(sign.isalnum() for sign in words)
    if letters < _LETTERS.get(script_of(block.language or "und"), 0):
        return f"a line of {letters} letter{'' if letters == 1 else 's'}"
    broken = len(block.lines) > 1 and block.lines[-2].hyphenated and not words.count(" ")
    return "the rest of a broken word" if broken else ""


CHECK = Check(
    id="page-short-line",
    severity=Severity.WARNING,
    title="A last line that is a scrap",
    rationale="Two or three letters under a paragraph look like dirt, and the rest of a broken word is hard to read.",
    source="Bringhurst, The Elements of Typographic Style, 2.4.2; build/hefte/layout/last_lines.py",
    remedy="tie the last words with a no-break space, or change a word of the paragraph",
    run=_run,
)
