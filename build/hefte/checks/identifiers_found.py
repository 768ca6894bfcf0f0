"""A book to what its stories tell that could point to a person, and that no record says anybody has looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hefte.checks import own_words
from hefte.checks.frame import Check
from hefte.checks.prose import Passage, passages_of
from hefte.checks.spelling import misspelt
from hefte.checks.story_traits import Trait, traits
from hefte.model import Book, Finding, Severity, Story

_SAID = {
    "age": "an age", "date": "a date", "duration": "how long something lasted", "diagnosis": "an illness",
    "third_party": "somebody else", "workplace": "where somebody works", "brand": "a brand", "place": "a place",
    "name": "a name",
}
_MOST = 3
Met = tuple[Passage, Trait]


def find(book: Book) -> Iterator[Finding]:
    """One finding for each kind that a story's `identifiers` do not name, where the first of them stands."""
    told = {story.id: list(_traits(book, story)) for story in book.stories.values()}
    names = _names(book, told)
    for story, met in told.items():
        kinds: dict[str, list[Met]] = {}
        for passage, trait in met:
            if not trait.first or trait.words in names[passage.language]:
                kinds.setdefault(trait.kind, []).append((passage, trait))
        record = book.publication.stories.get(story)
        for kind in sorted(kinds.keys() - (record.identifiers.keys() if record else set())):
            yield _found(story, kind, kinds[kind])


def _traits(book: Book, story: Story) -> Iterator[Met]:
    record = book.publication.stories.get(story.id)
    if record is not None and not record.withdrawn:
        known = own_words.impersonal(book, story.language)
        for passage in passages_of(story, book.language.code):
            yield from ((passage, trait) for trait in traits(passage, known))


def _names(book: Book, told: Mapping[str, Sequence[Met]]) -> dict[str, set[str]]:
    """Language → the words at the beginning of sentences that its dictionary does not know in small letters. Where
    there is no dictionary none: every sentence begins with a capital."""
    asked: dict[str, set[str]] = {}
    for passage, trait in (met for each in told.values() for met in each):
        asked.setdefault(passage.language, set()).update({trait.words} if trait.first else ())
    found = {}
    for language, words in asked.items():
        own = own_words.dictionary(book.publication.root, language)
        unknown = {*misspelt(language, sorted({word.lower() for word in words}), own)}
        found[language] = {word for word in words if word.lower() in unknown}
    return found


def _found(story: str, kind: str, met: Sequence[Met]) -> Finding:
    met = sorted(met, key=lambda each: (each[0].place.line or 0, each[1].at))
    words = list(dict.fromkeys(" ".join(trait.words.split()) for _, trait in met))[:_MOST]
    passage, first = met[0]
    return CHECK.found(
        f"the story `{story}` tells {_SAID[kind]}: {', '.join(f'“{word}”' for word in words)}",
        place=passage.place_of(first.at), blocks_release=True,
        remedy=f"write it without, or judge that it may stand, and write `{kind} = true` under [{story}.identifiers]",
    )


CHECK = Check(
    id="identifiers-found",
    severity=Severity.WARNING,
    title="Something in a story that nobody has judged",
    rationale="A first name, a town and the age of a child are enough for a neighbour to know who is meant. Ages, "
    "times, illnesses, other people and places of work are looked for in nb, nn, en, pl, uk, ar and so; names of "
    "people where a script has capitals; places, dates and trade marks in every language.",
    source="GDPR (EU 2016/679), article 4 (1); issue 4",
    remedy="write the story without it, or name it under `identifiers` when an editor has judged that it may stand",
    run=find,
    waivable=False,
)
