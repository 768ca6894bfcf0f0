"""A book to the sentences in it that are too long to be kept in mind."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check
from hefte.checks.prose import passages
from hefte.checks.sentences import has_blanks, sentences, words
from hefte.model import Book, Finding, Severity

LIMIT = 30
"""Words."""
_QUOTED = 6


def find(book: Book) -> Iterator[Finding]:
    """One finding a sentence. Languages without blanks between words are not asked; what another language says in it
    counts as one word."""
    for passage in passages(book):
        if not has_blanks(passage.language):
            continue
        for at, said in sentences(passage.counted, passage.language):
            if (count := len(words(said))) > LIMIT:
                first = " ".join(passage.words[at : at + len(said)].split()[:_QUOTED])
                message = f"a sentence of {count} words, more than {LIMIT}: “{first} …”"
                yield CHECK.found(message, place=passage.place_of(at))


CHECK = Check(
    id="sentence-long",
    severity=Severity.WARNING,
    title="A long sentence",
    rationale="At the end of a long sentence its beginning is forgotten: by who is tired or ill, who listens, and who "
    "reads in a second language.",
    source="GOV.UK, Sentence length (Inside GOV.UK, 4 August 2014): 25 words are difficult, 29 or more very difficult",
    remedy="split it, or make a list of it",
    run=find,
)
