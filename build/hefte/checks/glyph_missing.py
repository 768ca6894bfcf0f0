"""A book and the theme's fonts, to the characters that no declared face can draw where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hefte.checks.frame import Check
from hefte.checks.words import leaves, texts
from hefte.letters import drawn
from hefte.model import Book, Finding, Place, Severity, Story, Theme

_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_DISPLAYED = frozenset({"contents", "notes"})
"""Labels that are titles of a page."""
_DOTTED_CIRCLE = 0x25CC


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some words, in the family of a role."""

    words: str
    role: str
    place: Place
    exact: bool = False
    """Whether the place is that of the first word; else the words stand somewhere below it."""

    def place_of(self, offset: int) -> Place:
        if self.exact:
            return Place(self.place.path, self.place.line + self.words.count("\n", 0, offset))
        return Place(self.place.path, _line(self.place, self.words[offset]))


def missing(book: Book, theme: Theme) -> Iterator[Finding]:
    """One finding for each character that a text's families lack, at the first place it stands in a file."""
    told: set[tuple[Path, str, str]] = set()
    fine: set[tuple[str, str]] = set()
    for piece in _pieces(book):
        for offset, cluster in _clusters(piece.words):
            if (piece.role, cluster) in fine:
                continue
            key = (piece.place.path, piece.role, cluster)
            if (said := _trouble(cluster, theme, piece.role)) is None:
                fine.add((piece.role, cluster))
            elif key not in told:
                told.add(key)
                yield CHECK.found(said, place=piece.place_of(offset))
        if not theme.plain:
            yield from _broken(piece, theme)


def _pieces(book: Book) -> Iterator[_Piece]:
    """Everything that is set, from whatever file it comes."""
    for text in texts(book):
        role = "story" if isinstance(text, Story) else "text"
        if not isinstance(text, Story):
            yield _Piece(text.title, "display", text.place)
            yield from (_Piece(words, "text", text.place) for words in (text.short_title, text.summary))
        yield from (_Piece(leaf.words, role, leaf.place, exact=True) for leaf in leaves(text))
    language, publication = book.language, book.publication
    yield _Piece(language.title, "display", language.place)
    for name, label in language.labels.items():
        yield _Piece(label, "display" if name in _DISPLAYED else "text", language.place)
    lines = (words for line in language.helplines.values() for words in (line.name, line.does, line.hours))
    named = language.editions.values()
    for words in (language.subtitle, language.audience, language.translator, *language.reviewers, *named, *lines):
        yield _Piece(words, "text", language.place)
    records = Place(publication.root / "chapters" / "publication.toml")
    for words in (publication.publisher, publication.version, publication.source, publication.license):
        yield _Piece(words, "text", records)
    for work in publication.references.values():
        yield _Piece(f"{work.author} {work.title} {work.publisher or ''}", "text", work.place)


def _clusters(words: str) -> Iterator[tuple[int, str]]:
    """Each letter with the marks that belong to it, once, and where it first stands. What has no shape is left out."""
    found: dict[str, int] = {}
    start, cluster = 0, ""
    for at, sign in enumerate(f"{words} "):
        kind = unicodedata.category(sign)
        if kind[0] != "M" and kind != "Cf":
            found.setdefault(cluster, start)
            start, cluster = at, ""
        if kind not in _INVISIBLE:
            cluster += sign
    return ((at, shapes) for shapes, at in found.items() if shapes)


def _trouble(cluster: str, theme: Theme, role: str) -> str | None:
    families, points = theme.families(role), set(map(ord, cluster))
    sets = drawn(theme, role)
    if any(points <= has for has in sets):
        return None
    lacking = next((sign for sign in cluster if not any(ord(sign) in has for has in sets)), None)
    if lacking is not None:
        return f"{families[0]} has no {_named(lacking)}"
    return f"no family has all of {', '.join(map(_named, cluster))}, which are one letter"


def _named(sign: str) -> str:
    name = unicodedata.name(sign, "a character without a name").lower()
    return f"{sign} (U+{ord(sign):04X}, {name})"


def _broken(piece: _Piece, theme: Theme) -> Iterator[Finding]:
    """What shaping makes no letter of, though the family has each sign: a vowel sign with nothing to stand on."""
    own = drawn(theme, piece.role)[0]
    file = min((face.weight, face.file) for face in theme.faces if face.family == theme.roles[piece.role])[1]
    for match in re.finditer(r"\S+", piece.words):
        word = match.group()
        whole = all(ord(sign) in own or unicodedata.category(sign) == "Cf" for sign in word)
        if whole and (at := _no_letter(file, word)) is not None:
            what = f"{theme.roles[piece.role]} makes no letter of {_named(word[at])} in {word}"
            yield CHECK.found(what, place=piece.place_of(match.start() + at), remedy="see whether it is typed right")


@cache
def _no_letter(file: Path, word: str) -> int | None:
    """Where in a word the font draws an empty box, or a circle for a letter that is not there; None: nowhere."""
    import uharfbuzz

    font = _font(file)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    circle = None if chr(_DOTTED_CIRCLE) in word else font.get_nominal_glyph(_DOTTED_CIRCLE)
    bad = {0, circle} if circle else {0}
    return next((glyph.cluster for glyph in buffer.glyph_infos if glyph.codepoint in bad), None)


@cache
def _font(file: Path) -> Any:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file))))


def _line(place: Place, sign: str) -> int:
    """The first line of a file, from the place on, that has a sign."""
    for number, line in enumerate(_lines(place.path)[place.line - 1 :], place.line):
        if sign in line:
            return number
    return place.line


def _lines(path: Path) -> list[str]:
    try:
        return unicodedata.normalize("NFC", path.read_text(encoding="utf-8")).split("\n")
    except (OSError, UnicodeDecodeError):
        return []


CHECK = Check(
    id="glyph-missing",
    severity=Severity.ERROR,
    title="A letter outside the declared fonts",
    rationale="Such a letter comes out as an empty box, or in a font that nobody chose, on every copy.",
    source="docs/architecture.md, no font from the system",
    remedy="declare a font that has it in layouts/shared/theme.toml, or write it otherwise",
    run=lambda pair: missing(*pair),
)
