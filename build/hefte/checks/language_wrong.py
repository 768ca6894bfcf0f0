"""A translation to the blocks in it that are in another language: left as they were, or pasted into the wrong folder.

py3langid, a naive Bayes model of letter sequences, ranks some 150 languages. It takes a second to load, so what it said
of a block is kept in the cache: a code and a number, no text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from hefte import cache
from hefte.checks.frame import Check
from hefte.checks.script_wrong import own_words
from hefte.checks.words import Leaf, leaves, texts
from hefte.model import Book, Finding, Severity

_ENOUGH = 40
"""Letters. Of shorter texts the model is not sure."""
_MARGIN = 20.0
"""By how much (natural logarithm of the likelihood) another language has to fit better."""
_NAMES = {"nb": "no"}
"""Where the model has another code for a language."""


def find(book: Book) -> Iterator[Finding]:
    """One finding a block; the source language is not looked at: it is what the others are held against."""
    source = book.publication.source_language
    by_language: dict[str, list[Leaf]] = {}
    for text in texts(book):
        language = getattr(text, "language", book.language.code)
        if language != source:
            long = [leaf for leaf in leaves(text) if sum(map(str.isalpha, own_words(leaf))) >= _ENOUGH]
            by_language.setdefault(language, []).extend(long)
    for language, found in by_language.items():
        others = {name.split("-")[0] for name in book.publication.languages} - {language.split("-")[0]}
        said = best([own_words(leaf) for leaf in found], language, sorted(others | {"en"}))
        for leaf, other in zip(found, said, strict=True):
            if other:
                yield CHECK.found(f"the text seems to be {other}, not {language}", place=leaf.place)


def best(blocks: Sequence[str], language: str, others: Sequence[str]) -> list[str]:
    """For each block the language that it rather seems to be; empty where it may well be `language`.

    Where the model does not know `language`, a block is only held against `others`.
    """
    made = cache.remember(
        cache.folder() if blocks else None, "languages", [json.dumps([blocks, language, others]).encode()],
        lambda: json.dumps(_ranked(blocks, language, others)).encode(),
    )
    return [str(name) for name in json.loads(made)]


def _ranked(blocks: Sequence[str], language: str, others: Sequence[str]) -> list[str]:
    if not blocks:
        return []
    from py3langid import langid

    known = {_NAMES.get(name, name): name for name in others}
    own = _NAMES.get(language, language.split("-")[0])
    return [_verdict(dict(langid.rank(" ".join(block.split()))), own, known) for block in blocks]


def _verdict(scores: dict[str, Any], own: str, others: dict[str, str]) -> str:
    top = max(scores, key=lambda name: scores[name])
    if own in scores:
        return others.get(top, top) if top != own and scores[top] - scores[own] > _MARGIN else ""
    return others.get(top, "")  # of a language unknown to the model it says some neighbour, which proves nothing


CHECK = Check(
    id="language-wrong",
    severity=Severity.WARNING,
    title="A text in another language",
    rationale="A paragraph that was left in the source language, or pasted from another folder, cannot be read.",
    source="py3langid 0.4 (Lui and Baldwin, Cross-domain feature selection for language identification, 2011)",
    remedy="translate it; words that belong to another language say so: [words]{lang=nb}, or `lang:` in a story",
    run=find,
)
