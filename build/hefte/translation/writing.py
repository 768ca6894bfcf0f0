"""The one way in which a language folder is written: texts, review.toml, memory.tmx and snapshot at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from hefte import dates, files
from hefte.errors import SourceError, UsageError
from hefte.model import Place, Publication, Record, Segment, State, Translation
from hefte.paths import contained
from hefte.records.validate import near, together
from hefte.translation import memory, pairing, review, snapshot, split, strings, workspace
from hefte.translation.workspace import Source

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change:
    """A target text that comes from outside."""

    text: str
    """Empty: nothing is written yet."""
    source_digest: str = ""
    """Of the source text that it was translated from; empty: of the one that stands beside it today."""
    fuzzy: bool = False
    source_text: str = ""
    """The same in words, where it is known: the memory keeps it."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was written."""

    language: str
    written: tuple[str, ...]
    """Files below the language folder whose content is new, the snapshot's as one."""
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    """Ids of the segments whose text is new."""
    recorded: int
    """How many segments have a record that they had not before, or another one."""
    translation: Translation
    """The state after it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a language folder is to become."""

    publication: Publication
    language: str
    source: Source
    texts: Mapping[str, str]
    """File → text as it is to be written, line ends and all; those that change only."""
    reviews: review.Reviews
    known: memory.Memory = field(default_factory=lambda: memory.Memory("", ""))
    """What is to be remembered besides what is current now."""
    changed: tuple[str, ...] = ()

    def put(self) -> Report:
        """Write it all, or nothing. Raises SourceError where the texts do not fit their records, OutputError."""
        publication, lang = self.publication, self.language
        state = workspace.held(publication, lang, self.source, self.texts, self.reviews)
        root, folder = publication.root, publication.root / "chapters" / lang
        before = review.load(root, lang)
        content = {name: text.encode() for name, text in self.texts.items()}
        content[review.FILE] = review.dump(_sorted(self.reviews, self.source)).encode()
        whole = remembered(self.source, state, self.known)
        if whole.entries or (folder / memory.FILE).exists():
            content[memory.FILE] = whole.dump().encode()
        remove = snapshot.withdrawn(root, lang, workspace.translatable(publication))
        if current(publication, state):
            shot = snapshot.files(snapshot.load(root, lang), *_copies(self, state), dates.today())
            content |= shot
            remove = snapshot.others(root, lang, shot)
        content = {name: said for name, said in content.items() if said != _bytes(folder / name)}
        for name in (*content, *remove):  # a folder in it may be a link that leads elsewhere
            contained(root, (folder / name).parent, f"{lang}/{name}", Place(folder / name))
        files.put(folder, content, remove)
        written = {"snapshot" if name.startswith(f"{snapshot.FOLDER}/") else name: None for name in content}
        return Report(lang, tuple(written), tuple(remove), self.changed, _new(before, self.reviews), state)


def accept(publication: Publication, lang: str, changes: Mapping[str, Change], *, by: str = "") -> Report:
    """Take in target texts: fill the files, record what they were translated from, remember, and keep a snapshot where
    everything is current. `by`: who translated the units that change.

    Raises SourceError, before anything is written, for a segment that is not there and a text that cannot stand there.
    """
    not_source(publication, lang)
    source = Source(publication)
    state = workspace.open(publication, lang)
    known = recall(publication, lang)
    where = {each.target.id: (unit.id, each.source, each.target)
             for unit in state.units for each in unit.pairs if each.target}
    if strangers := [id for id in changes if id not in where]:
        raise together(
            SourceError(f"there is no text `{id}` in `{lang}`", remedy=_nearest(id, where, lang))
            for id in strangers
        )
    values: dict[str, dict[str, str]] = {}
    reviews, changed = review.load(publication.root, lang), []
    for id, change in changes.items():
        unit, ours, theirs = where[id]
        values.setdefault(theirs.file, {})[id] = change.text
        if change.text.strip() != theirs.text:
            changed.append(id)
        digest = change.source_digest or (ours.digest if ours else "")
        names = _names(publication, lang, theirs.file, unit)
        reviews = _recorded(reviews, unit, theirs, names, Record(digest, change.fuzzy), by)
        if change.source_text and change.text.strip():
            known.add(change.source_text, change.text.strip(), story_of(theirs.file))
    if not changed and reviews == review.load(publication.root, lang):
        return Report(lang, (), (), (), 0, state)
    texts = _each(values, lambda file: fill(raw(publication, lang, file), file, values[file], publication, lang))
    return Plan(publication, lang, source, texts, reviews, known, tuple(changed)).put()


def fill(text: str, file: str, values: Mapping[str, str], publication: Publication, lang: str) -> str:
    """`text` with other words, be it Markdown or language.toml; an error names the file."""
    try:
        return strings.fill(text, values) if file == strings.FILE else split.fill(text, values)
    except SourceError as error:
        place = Place(publication.root / "chapters" / lang / file)
        for each in (error, *error.also):
            each.place = each.place or place
        raise


def raw(publication: Publication, lang: str, file: str) -> str:
    """A file as it lies there, line ends and all; it has been read before, so it is there and is UTF-8."""
    return (publication.root / "chapters" / lang / file).read_bytes().decode()


def recall(publication: Publication, lang: str) -> memory.Memory:
    """The language's memory as it lies there."""
    path = publication.root / "chapters" / lang / memory.FILE
    path = contained(publication.root, path, path.name, Place(path))
    return memory.load(path, publication.source_language, lang)


def remembered(source: Source, state: Translation, known: memory.Memory) -> memory.Memory:
    """What was known and what is current now, without anything of a story that may not be translated (any more)."""
    publication = source.publication
    allowed = set(workspace.translatable(publication))
    whole = memory.Memory(publication.source_language, state.language, dict(known.entries))
    for unit in state.units:
        for pair in unit.pairs:
            if pair.source and pair.target and pair.state is State.READY:
                whole.add(pair.source.text, pair.target.text, story_of(pair.source.file))
    used = {each.text for unit in state.units for pair in unit.pairs for each in (pair.source, pair.target) if each}
    return whole.only(allowed).without(withdrawn_texts(publication, state.language, allowed) - used)


def withdrawn_texts(publication: Publication, lang: str, allowed: set[str]) -> set[str]:
    """Every text of a story that may not be translated, as far as its files are still there."""
    found = set()
    for tag in (publication.source_language, lang):
        for path in sorted((publication.root / "chapters" / tag / "stories").glob("*.md")):
            if path.stem not in allowed and not path.name.startswith("."):
                text = workspace.read(publication, tag, f"stories/{path.name}", "")
                found |= {each.text for each in (text.segments if text else ())}
    return found


def current(publication: Publication, state: Translation) -> bool:
    """Whether every text is translated from the source of today; chapters that may be left out do not count."""
    left_out = publication.policy(state.language).missing == "leave-out"
    whole = all(unit.pairs or (left_out and unit.id in publication.chapters) for unit in state.units)
    pairs = [pair for unit in state.units for pair in unit.pairs]
    return whole and bool(pairs) and all(pair.state is State.READY for pair in pairs)


def not_source(publication: Publication, lang: str) -> None:
    """UsageError for the language that the others are translated from, and for one that is not there."""
    if lang == publication.source_language:
        others = ", ".join(publication.languages[1:]) or "begin one with `hefte translate start`"
        raise UsageError(f"`{lang}` is the language that is translated from", remedy=f"name another: {others}")
    if lang not in publication.languages:
        remedy = f"{near(lang, publication.languages[1:])}, or begin it with `hefte translate start {lang}`"
        raise UsageError(f"the publication has no language `{lang}`", remedy=remedy)


def _each(values: Mapping[str, object], make: Callable[[str], T]) -> dict[str, T]:
    """What `make` gives for each file; all that is wrong is told at once."""
    made, faults = {}, []
    for file in values:
        try:
            made[file] = make(file)
        except SourceError as error:
            faults.append(error)
    if faults:
        raise together(faults)
    return made


def _nearest(id: str, known: Iterable[str], lang: str) -> str:
    said = near(id, known)
    return said if said.startswith("did") else f"`hefte translate update {lang}` makes places for what the source has"


def _recorded(
    reviews: review.Reviews, unit: str, target: Segment, names: Iterable[str], record: Record, by: str,
) -> review.Reviews:
    said = reviews.unit(unit)
    records = dict(reviews.records(target.file) or {own: Record("") for own in names})
    records[pairing.name(target)] = record
    new = replace(said, translator=by or said.translator, records={**said.records, target.file: records})
    return reviews.replaced(**{unit: new})


def _names(publication: Publication, lang: str, file: str, unit: str) -> list[str]:
    text = workspace.read(publication, lang, file, unit)
    return [pairing.name(each) for each in (text.segments if text else ())]


def _sorted(reviews: review.Reviews, source: Source) -> review.Reviews:
    """The units in the order of the book; what is not in it any more is dropped."""
    return review.Reviews({
        id: replace(reviews.units[id], records={
            file: reviews.units[id].records[file] for file in names if file in reviews.units[id].records
        })
        for id, names in source.layout.items() if id in reviews.units
    })


def _copies(plan: Plan, state: Translation) -> tuple[dict[str, bytes], dict[str, bytes]]:
    publication, lang = plan.publication, plan.language
    ours = {file: raw(publication, publication.source_language, file).encode() for file in state.files}
    theirs = {file: (plan.texts.get(file) or raw(publication, lang, file)).encode() for file in state.files}
    theirs[review.FILE] = review.dump(_sorted(plan.reviews, plan.source)).encode()
    return ours, theirs


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def story_of(file: str) -> str:
    """The id of the story that a file tells; empty if it is none."""
    return file.removeprefix("stories/").removesuffix(".md") if file.startswith("stories/") else ""


def _new(before: review.Reviews, after: review.Reviews) -> int:
    """How many records are new or other than before."""
    old = {(file, own): record for unit in before.units.values() for file, said in unit.records.items()
           for own, record in said.items()}
    return sum(
        old.get((file, own)) != record for unit in after.units.values() for file, said in unit.records.items()
        for own, record in said.items()
    )
