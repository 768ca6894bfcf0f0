"""A book and the theme's fonts, to the characters that no declared face can draw where they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from hefte import fragment
from hefte.checks.frame import Check
from hefte.model import Book, Chapter, Finding, Place, Severity, Story, Theme

_INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}


@cache
def _covered(files: frozenset[Path]) -> frozenset[int]:
    """The code points that every one of a family's files can draw."""
    import uharfbuzz

    sets = [frozenset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file))).unicodes) for file in files]
    return frozenset.intersection(*sets) if sets else frozenset()


def missing(book: Book, theme: Theme) -> Iterator[Finding]:
    """One finding for each character that a text's family lacks, at the first place it stands in a file."""
    covered = {
        role: _covered(frozenset(face.file for face in theme.faces if face.family == family))
        for role, family in theme.roles.items()
    }
    for chapter in (*book.chapters, *book.matter.values()):
        yield from _in(_head(chapter), covered["display"], theme.roles["display"])
        yield from _in(_lines(chapter), covered["text"], theme.roles["text"])
    for story in book.stories.values():
        yield from _in(_lines(story), covered["story"], theme.roles["story"])
    language = book.language
    said = " ".join((language.title, language.subtitle, language.audience, *language.labels.values()))
    yield from _in([(said, language.place)], covered["text"], theme.roles["text"])


def _head(chapter: Chapter) -> list[tuple[str, Place]]:
    return [(chapter.title, chapter.place), (chapter.summary, chapter.place)]


def _lines(text: Chapter | Story) -> Iterator[tuple[str, Place]]:
    for leaf in fragment.leaves(fragment.parse(text.body)):
        yield fragment.own_text(leaf), Place(text.place.path, int(leaf.get("data-line", text.place.line)))


def _in(lines: Iterable[tuple[str, Place]], covered: frozenset[int], family: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for words, place in lines:
        for character in dict.fromkeys(words):
            lacks = ord(character) not in covered and not character.isspace()
            if lacks and character not in seen and unicodedata.category(character) not in _INVISIBLE:
                seen.add(character)
                name = unicodedata.name(character, "a character without a name")
                yield CHECK.found(f"{family} has no {character} (U+{ord(character):04X}, {name.lower()})", place=place)


CHECK = Check(
    id="glyph-missing",
    severity=Severity.ERROR,
    title="A letter outside the declared fonts",
    rationale="Such a letter comes out as an empty box, or in a font that nobody chose, on every copy.",
    source="docs/architecture.md, no font from the system",
    remedy="declare a font that has it in layouts/shared/theme.toml, or write it otherwise",
    run=lambda pair: missing(*pair),
)
