"""A language folder beside the source's: every text split and paired, every chapter's state, and who signed what."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from hefte.errors import SourceError, UsageError
from hefte.model import Pair, Place, Publication, Segment, State, Translation, Unit
from hefte.paths import contained
from hefte.records import text as records
from hefte.records.validate import near, together
from hefte.translation import memory, outline, review, strings
from hefte.translation.outline import Outline, Shelf
from hefte.translation.pairing import Past, name, paired

_ORDER = (State.MISSING, State.STALE, State.FUZZY, State.UNRECORDED)
"""Worst first."""


@dataclass(frozen=True, slots=True)
class Text:
    """One file of a language as it is now."""

    file: str
    text: str
    segments: tuple[Segment, ...]
    """Each is split off when its text is asked for; its digest is known."""
    outline: Outline


def open(publication: Publication, lang: str) -> Translation:
    """The whole state of one language. Of the source language everything is READY.

    Raises UsageError if there is no such language; SourceError, with all others in `also`, for texts that cannot be
    read or have a block more or fewer than they should.
    """
    if lang not in publication.languages:
        raise UsageError(f"the publication has no language `{lang}`", remedy=near(lang, publication.languages))
    return _Language(publication, lang, Source(publication)).translation()


def held(
    publication: Publication, lang: str, source: Source, texts: Mapping[str, str], reviews: review.Reviews,
) -> Translation:
    """What the state would be with these texts (file → text) instead of those that lie there, and these records."""
    return _Language(publication, lang, source, texts, reviews).translation()


def states(
    publication: Publication, languages: Iterable[str] | None = None, *, previous: bool = True,
) -> dict[str, Translation | SourceError]:
    """The state of each language (default: all), or what is wrong with its texts. The source is read once.

    Without `previous` no memory is read: the states are the same, and what a stale text was made from is not told.
    """
    found: dict[str, Translation | SourceError] = {}
    source = Source(publication)
    for lang in languages or publication.languages:
        try:
            found[lang] = _Language(publication, lang, source, previous=previous).translation()
        except SourceError as error:
            found[lang] = error
    return found


def layout(
    publication: Publication, read_source: Callable[[str, str], Text | None] | None = None,
) -> Mapping[str, tuple[str, ...]]:
    """Unit → its files, in order: the chapters and the texts around them, each with the stories that the source places
    in it and that may be translated, then language.toml."""
    read_source = read_source or Source(publication).text
    stories = set(translatable(publication))
    units: dict[str, tuple[str, ...]] = {}
    for id in (*publication.chapters, *publication.matter):
        text = read_source(id, f"{id}.md")
        told = [line.removeprefix("::: story ") for line in (text.outline.skeleton if text else ())]
        units[id] = (f"{id}.md", *(f"stories/{story}.md" for story in told if story in stories))
        stories -= set(told)
    return {**units, strings.UNIT: (strings.FILE,)}


def translatable(publication: Publication) -> tuple[str, ...]:
    """The stories that any translation may have: recorded, not withdrawn, and with a consent that covers it."""
    records = publication.stories.values()
    return tuple(each.id for each in records if not each.withdrawn and "translation" in each.scopes)


def unit_id(file: str, unit: str) -> str:
    """What the ids of a file's segments begin with."""
    return f"story-{Path(file).stem}" if file.startswith("stories/") else unit


def read(
    publication: Publication, lang: str, file: str, unit: str, instead: str | None = None, shelf: Shelf | None = None,
) -> Text | None:
    """One file of a language, split; None if it is not there. `instead`: what it is to hold. `shelf`: where to look for
    its outline, so that it is split only when somebody asks for a text."""
    path = publication.root / "chapters" / lang / file
    if instead is None and not path.exists() and not path.is_symlink():
        return None
    id = unit_id(file, unit)
    if shelf is None or instead is not None:
        said = records.read_text(publication.root, path) if instead is None else records.normal(instead)
        if instead is not None and (bad := records.fault(said)):
            raise SourceError(bad.what, place=Place(path, said.count("\n", 0, bad.start) + 1), remedy=bad.remedy)
        found, made = _outlined(said, path, file, id)
        return Text(file, said, found, made)
    data = _bytes(publication.root, path)
    kept = shelf.of(data, file, lambda: _outlined(records.read_text(publication.root, path), path, file, id)[1])
    said = records.normal(data.decode())
    return Text(file, said, outline.segments(kept, path, file, id, lambda: _split(said, path, file, id)), kept)


def _bytes(root: Path, path: Path) -> bytes:
    """The file's bytes. What leaves the publication or cannot be read is refused as everywhere."""
    inside = os.path.realpath(path).startswith(os.path.realpath(root) + os.sep)
    try:
        data = path.read_bytes() if inside else b""
        data.decode()
    except (OSError, UnicodeDecodeError):
        inside = False
    if not inside or len(data) > records.LIMIT:
        records.read_text(root, path)  # says what is wrong
    return data


def _split(text: str, path: Path, file: str, id: str) -> tuple[Segment, ...]:
    from hefte.translation.split import split

    return strings.split(text, path) if file == strings.FILE else split(text, path, file, id)


def _outlined(text: str, path: Path, file: str, id: str) -> tuple[tuple[Segment, ...], Outline]:
    """A text's segments, and what is kept of them."""
    from hefte.translation.split import skeleton

    found = _split(text, path, file, id)
    entries = tuple(outline.Entry(each.id[len(id) + 1 :], each.kind, each.place.line, each.digest) for each in found)
    if file == strings.FILE:
        return found, Outline(entries, origin=strings.origin(text))
    return found, Outline(entries, skeleton(text))


def signed_digest(
    segments: Sequence[Segment], records: Mapping[str, review.Records], frames: Sequence[str] = (),
) -> str:
    """What a signature is bound to: each target text, the source that it was translated from, and the texts' frames.

    SHA-256, in hex. `records` by file; `frames`: what the texts are built of (`frame`), in the order of the files.
    """
    whole = sha256()
    for each in segments:
        record = records.get(each.file, {}).get(name(each))
        whole.update(f"{each.id} {each.digest} {record.source if record else ''}\n".encode())
    for frame in frames:
        whole.update(f"{frame}\n".encode())
    return whole.hexdigest()


class Source:
    """The source language's texts, each read once for all languages."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.shelf = Shelf(publication.root, publication.source_language)
        self._texts: dict[str, Text | None] = {}

    @cached_property
    def layout(self) -> Mapping[str, tuple[str, ...]]:
        """Unit → its files."""
        return layout(self.publication, self.text)

    def text(self, unit: str, file: str) -> Text | None:
        """One file; None if it is not there."""
        if file not in self._texts:
            lang = self.publication.source_language
            self._texts[file] = read(self.publication, lang, file, unit, shelf=self.shelf)
        return self._texts[file]


class _Language:
    """One language while it is read."""

    def __init__(
        self, publication: Publication, lang: str, source: Source, texts: Mapping[str, str] | None = None,
        reviews: review.Reviews | None = None, *, previous: bool = True,
    ) -> None:
        self.publication, self.lang, self.source, self.texts = publication, lang, source, texts or {}
        self.previous = previous
        self.reviews = review.load(publication.root, lang) if reviews is None else reviews
        self.shelf = source.shelf if lang == publication.source_language else Shelf(publication.root, lang)
        self.files: dict[str, str] = {}
        self._origin = ""
        self.faults: list[SourceError] = []
        self._past: memory.Memory | None = None

    def past(self, digest: str) -> str | None:
        """The old source text: the memory is read when the first is asked for."""
        if not self.previous:
            return None
        if self._past is None:
            path = self.publication.root / "chapters" / self.lang / memory.FILE
            path = contained(self.publication.root, path, path.name, Place(path))
            self._past = memory.load(path, self.publication.source_language, self.lang)
        return self._past.source(digest)

    def translation(self) -> Translation:
        units = tuple(self.unit(id, files) for id, files in self.source.layout.items())
        self.shelf.close()
        self.source.shelf.close()
        if self.faults:
            raise together(self.faults)
        return Translation(self.lang, self.origin(), units, self.files)

    def origin(self) -> str:
        """As language.toml says; the reader of sources says what is wrong with one that does not."""
        return self._origin if self._origin in ("original", "human", "machine") else "human"

    def unit(self, id: str, files: Sequence[str]) -> Unit:
        pairs: list[Pair] = []
        segments: list[Segment] = []
        texts: list[Text] = []
        moved = False
        for file in files:
            source, target = self._both(id, file)
            if target is not None:
                self.files[file] = target.text
                self._origin = target.outline.origin or self._origin
                texts.append(target)
                segments += target.segments
            found, turned = self._paired(source, target, self.past)
            pairs, moved = [*pairs, *found], moved or turned
        said = self.reviews.unit(id)
        records = {file: self.reviews.records(file) or {} for file in files}
        signature = said.signature
        if signature and signature.digest != signed_digest(segments, records, [frame(each) for each in texts]):
            signature = None
        missing = files[0] not in self.files
        state = State.MISSING if missing else self._state(pairs, signed=signature is not None)
        return Unit(id, tuple(files), () if missing else tuple(pairs), state, said.translator, signature, moved)

    def _both(self, unit: str, file: str) -> tuple[Text | None, Text | None]:
        """A file of the source and of this language; a fault in either is kept."""
        try:
            source = self.source.text(unit, file)
            return source, read(self.publication, self.lang, file, unit, self.texts.get(file), self.shelf)
        except SourceError as error:
            self.faults.append(error)
            return None, None

    def _paired(self, source: Text | None, target: Text | None, past: Past) -> tuple[tuple[Pair, ...], bool]:
        if source is None:
            return (), False
        if self.lang == self.publication.source_language:
            return tuple(Pair(each, each, State.READY) for each in source.segments), False
        if target is None:
            return tuple(Pair(each, None, State.MISSING) for each in source.segments), False
        try:
            return paired(source.segments, target.segments, self.reviews.records(target.file), past)
        except SourceError as error:
            self.faults.append(error)
            return (), False

    def _state(self, pairs: Sequence[Pair], *, signed: bool) -> State:
        if self.lang == self.publication.source_language:
            return State.READY
        found = {pair.state for pair in pairs}
        worst = next((state for state in _ORDER if state in found), None)
        return worst or (State.READY if signed else State.UNSIGNED)


def frame(text: Text) -> str:
    """What a text is built of, for `signed_digest`."""
    return " / ".join(text.outline.skeleton)
