"""The words of each text and what the checks find in them, for `hefte status --findings`: reads every book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from rich.text import Text

from hefte import checks, fragment
from hefte.cli.show import count
from hefte.errors import HefteError
from hefte.model import Book, Chapter, Publication
from hefte.translation import versions


def add(loaded: Publication, languages: dict[str, dict[str, Any]]) -> None:
    """To the entry of each language: `words`, `stories`, `findings`; to those of its chapters `words`, `findings`."""
    for name, entry in languages.items():
        if entry["exit_code"]:
            continue
        try:
            book, findings = versions.read(loaded, name)
        except HefteError as error:
            lines = [each.line() for each in (error, *error.also)]
            entry |= {"exit_code": error.exit_code, "problem": lines, "standing": "cannot be read", "chapters": {}}
            continue
        findings += checks.on_book(book)
        kinds = Counter(finding.path for finding in findings)
        for text in _texts(book):
            facts = entry["chapters"].setdefault(text.id, {})
            facts |= {"words": _words(text.body), "findings": kinds[text.place.path]}
        entry |= {
            "stories": len(book.stories), "words": _all_words(book),
            "findings": [{"severity": finding.severity.value} for finding in findings],
        }


def lines(languages: Mapping[str, Mapping[str, Any]]) -> Iterator[Text]:
    """A line a text, then a line a language."""
    rows = [
        (name, id, str(facts["words"]), str(facts["findings"] or ""))
        for name, entry in languages.items() for id, facts in entry["chapters"].items() if "words" in facts
    ]
    rows.insert(0, ("language", "chapter", "words", "findings"))
    wide = [max(len(row[column]) for row in rows) for column in range(4)]
    for number, row in enumerate(rows):
        name, id, words, found = row
        line = f"{name:{wide[0]}}  {id:{wide[1]}}  {words:>{wide[2]}}  {found:>{wide[3]}}"
        yield Text(line.rstrip(), style="" if number else "bold")
    for name, entry in languages.items():
        if "words" in entry:
            stories = f"{entry['stories']} {'story' if entry['stories'] == 1 else 'stories'}"
            said = f"{entry['words']} words, {stories}, origin {entry['origin']}"
            yield Text(f"{name}: {said}, {count(entry['findings'])}")


def _words(body: str) -> int:
    return len(fragment.text_of(fragment.parse(body)).split())


def _all_words(book: Book) -> int:
    return sum(_words(text.body) for text in _texts(book)) + sum(_words(story.body) for story in book.stories.values())


def _texts(book: Book) -> tuple[Chapter, ...]:
    return (*book.chapters, *book.matter.values())
