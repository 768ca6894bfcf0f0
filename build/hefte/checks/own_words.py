"""A publication to the words that its editors know to be right: words.txt, the glossary, and the names in the records.

words.txt is what Hunspell calls a personal dictionary: a word a line; `ammesorg/sorg` is inflected as `sorg` is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from hefte.checks.tables import of_language
from hefte.errors import SourceError
from hefte.model import Book, Publication
from hefte.records.text import read_text

FILE = "words.txt"
_WORD = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*")


def listed(root: Path, language: str) -> tuple[str, ...]:
    """The lines of chapters/<language>/words.txt that hold a word. Raises SourceError where it cannot be read."""
    return tuple(_lines(root, language).values())


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


def only_of(publication: Publication, language: str, stories: Collection[str]) -> dict[int, str]:
    """Line of a language's words.txt → the story that has its word, where nothing else in the publication has it.

    Raises SourceError where words.txt cannot be read.
    """
    lines = {number: line for number, line in _lines(publication.root, language).items() if line[0] != "/"}
    if not lines or not stories:
        return {}
    told: dict[str, str] = {}
    others = []
    for path in _texts(publication):
        try:
            text = read_text(publication.root, path)
        except SourceError:
            continue  # what cannot be read holds nothing that could be compared
        if path.parent.name == "stories" and path.stem in stories:
            told[path.stem] = told.get(path.stem, "") + text
        else:
            others.append(text)
    found = {}
    for number, line in lines.items():
        pattern = _written(line)
        story = next((id for id, text in sorted(told.items()) if pattern.search(text)), None)
        if story is not None and not any(pattern.search(text) for text in others):
            found[number] = story
    return found


def _lines(root: Path, language: str) -> dict[int, str]:
    path = root / "chapters" / language / FILE
    said = read_text(root, path).split("\n") if path.exists() else ()
    lines = {number: line.partition("#")[0].strip() for number, line in enumerate(said, 1)}
    return {number: line for number, line in lines.items() if line}


def _texts(publication: Publication) -> Iterator[Path]:
    """All texts of all languages, since any of them may quote another; and the records that are printed."""
    chapters = publication.root / "chapters"
    records = (chapters / f"{name}.toml" for name in ("publication", "references", "glossary"))
    yield from (path for path in records if path.exists())
    for language in publication.languages:
        for pattern in ("*.md", "stories/*.md", "language.toml"):
            yield from sorted((chapters / language).glob(pattern))


def _written(line: str) -> re.Pattern[str]:
    """What finds the word of a line as Hunspell takes it: with a capital too, and inflected only with a slash."""
    word, slash, _ = line.partition("/")
    either = "|".join(re.escape(first) for first in sorted({word[:1], word[:1].upper()}))
    ending = r"\w*" if slash else ""
    return re.compile(rf"(?<!\w)(?:{either}){re.escape(word[1:])}{ending}(?!\w)")


def _words(texts: Iterable[str]) -> Iterator[str]:
    return (word for said in texts for word in _WORD.findall(said))


def _names(texts: Iterable[str]) -> Iterator[str]:
    return (word for word in _words(texts) if word[0].isupper())


def _cited(publication: Publication) -> Iterator[str]:
    for work in publication.references.values():
        yield from (work.author, work.publisher or "")
