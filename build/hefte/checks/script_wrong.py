"""A book to the blocks that are not in its language's script, and to words that mix two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from hefte import fragment
from hefte.checks.frame import Check
from hefte.checks.words import Leaf, leaves, texts
from hefte.model import Book, Finding, Severity
from hefte.scripts import script, script_of, scripts_in

_ENOUGH = 20
"""Letters. A shorter block may be a name or an address."""
_LOOK_ALIKE = frozenset({"Latn", "Cyrl", "Grek"})
"""Scripts that have letters of the same shape."""
_WORD = re.compile(r"[^\W\d_]+")


def find(book: Book) -> Iterator[Finding]:
    """One finding a block that is mostly in another script, and one a word that mixes scripts of the same shapes."""
    for text in texts(book):
        language = getattr(text, "language", book.language.code)
        for leaf in leaves(text):
            words = own_words(leaf)
            yield from _other_script(leaf, words, language)
            yield from _mixed(leaf, words)


def own_words(leaf: Leaf) -> str:
    """A block's words without those that say that they are of another language, or are code."""
    return "".join(
        words for element, words in fragment.own_pieces(leaf.element) if element.tag != "code" and not _foreign(element)
    )


def _foreign(element: etree._Element) -> bool:
    """Whether the element, or one around it up to its block, says a language of its own."""
    at: etree._Element | None = element
    while at is not None and not at.get("data-key"):
        if at.get("lang"):
            return True
        at = at.getparent()
    return False


def _other_script(leaf: Leaf, words: str, language: str) -> Iterator[Finding]:
    own = scripts_in(script_of(language))
    counts = Counter(script(letter) for letter in words if letter.isalpha())
    total = counts.total()
    if total >= _ENOUGH and sum(counts[name] for name in own) * 2 < total:
        most = counts.most_common(1)[0][0]
        message = f"the text is mostly in the script {most}, and {language} is written in {script_of(language)}"
        yield CHECK.found(message, place=leaf.place)


def _mixed(leaf: Leaf, words: str) -> Iterator[Finding]:
    for word in _WORD.finditer(words):
        found = {script(letter) for letter in word.group()} & _LOOK_ALIKE
        if len(found) > 1:
            yield CHECK.found(
                f"the word “{word.group()}” has letters of {' and '.join(sorted(found))}", place=leaf.place,
                remedy="type it anew: letters that look alike are read aloud, searched and hyphenated as others",
                severity=Severity.WARNING,
            )


CHECK = Check(
    id="script-wrong",
    severity=Severity.ERROR,
    title="A text in another script",
    rationale="A mother who reads Arabic is handed a page in Norwegian, or a folder holds another language's texts.",
    source="Unicode CLDR 48, likely subtags; UAX 24",
    remedy="translate it, or mark words of another language: [helsestasjon]{lang=nb}",
    run=find,
)
