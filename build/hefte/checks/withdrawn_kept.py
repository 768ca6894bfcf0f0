"""A language folder to what is left in it of stories that may not be told there: memory, snapshot, words.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from hefte.checks import own_words
from hefte.checks.frame import Check
from hefte.model import Book, Finding, Place, Severity

_IN_MEMORY = re.compile(r'<prop type="x-hefte-story">([^<]*)</prop>')
_IN_BACKS = re.compile(r'^"story-([^".]+)\.', re.MULTILINE)
_LOOKED_INTO = (("memory.tmx", _IN_MEMORY), ("back-translation.toml", _IN_BACKS))


def find(book: Book) -> Iterator[Finding]:
    """One finding a file and story; of words.txt one a line, without the word: a finding goes into the report."""
    publication, language = book.publication, book.language.code
    taken = {id for id, record in publication.stories.items() if record.withdrawn}
    for line, id in own_words.only_of(publication, language, taken).items():
        said = f"`{own_words.FILE}` still holds a word that only the story `{id}` has, which was withdrawn"
        yield CHECK.found(said, place=Place(publication.root / "chapters" / language / own_words.FILE, line))
    if language == publication.source_language:
        return
    folder = publication.root / "chapters" / language
    gone = taken | {id for id, record in publication.stories.items() if "translation" not in record.scopes}
    for name, pattern in _LOOKED_INTO:
        for id, line in _stories(folder / name, pattern):
            if id in gone:
                yield _found(folder / name, line, id)
    for path in sorted(folder.glob("snapshot/*/stories/*.md")):
        if path.stem in gone:
            yield _found(path, 1, path.stem)


def _stories(path: Path, pattern: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    """Each story that a file holds something of, with the first line of it."""
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    seen: set[str] = set()
    for found in pattern.finditer(text):
        if found[1] not in seen:
            seen.add(found[1])
            yield found[1], text.count("\n", 0, found.start()) + 1


def _found(path: Path, line: int, id: str) -> Finding:
    said = f"`{path.name}` still holds words of the story `{id}`, which may not be translated (any more)"
    return CHECK.found(said, place=Place(path, line))


CHECK = Check(
    id="withdrawn-kept",
    severity=Severity.ERROR,
    title="Words of a withdrawn story that are kept",
    rationale="A consent that is withdrawn holds for what translators' programs would otherwise fill in again, too; "
    "and a name that stands in words.txt for that story alone tells who it was.",
    source="docs/stories.md, when somebody takes her story back; issue 3, a withdrawn story never gets into the memory",
    remedy="type `hefte story withdraw ID`: it takes them out; out of a memory `hefte translate record LANG` does, too",
    run=find,
    waivable=False,
)
