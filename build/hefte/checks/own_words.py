"""A publication to the words that its editors know to be right: words.txt, the glossary, and the names in the records.

words.txt is what Hunspell calls a personal dictionary: a word a line; `ammesorg/sorg` is inflected as `sorg` is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from hefte.checks.tables import of_language
from hefte.model import Book, Publication
from hefte.records.text import read_text

FILE = "words.txt"
_WORD = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*")


def listed(root: Path, language: str) -> tuple[str, ...]:
    """The lines of chapters/<language>/words.txt that hold a word. Raises SourceError where it cannot be read."""
    path = root / "chapters" / language / FILE
    if not path.exists():
        return ()
    lines = (line.partition("#")[0].strip() for line in read_text(root, path).splitlines())
    return tuple(line for line in lines if line)


def dictionary(root: Path, language: str) -> tuple[str, ...]:
    """What Hunspell is to know besides its own dictionary of a language: words.txt, and what it always lacks
    (data/spelling.toml)."""
    return (*of_language("spelling", language).get("words", ()), *listed(root, language))


def known(book: Book, language: str) -> frozenset[str]:
    """Every word that is right in a language, whatever a dictionary says: of words.txt, of the glossary, and the names
    of helplines, publisher, contact and works cited."""
    own = (line.partition("/")[0] for line in listed(book.publication.root, language))
    return frozenset({*_words(own), *_names(_cited(book.publication)), *impersonal(book, language)})


def impersonal(book: Book, language: str) -> frozenset[str]:
    """Those of them that name no person: of the glossary, the helplines, the publisher and the contact."""
    publication = book.publication
    terms = (said for renderings in publication.glossary.values() for said in renderings.get(language, ()))
    helplines = (line.name for line in book.language.helplines.values())
    named = (*helplines, publication.publisher, *publication.contact.values())
    return frozenset({*_words(terms), *_names(named)})


def _words(texts: Iterable[str]) -> Iterator[str]:
    return (word for said in texts for word in _WORD.findall(said))


def _names(texts: Iterable[str]) -> Iterator[str]:
    return (word for word in _words(texts) if word[0].isupper())


def _cited(publication: Publication) -> Iterator[str]:
    for work in publication.references.values():
        yield from (work.author, work.publisher or "")
