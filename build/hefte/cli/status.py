"""`hefte status`: a publication in, a table of what there is and what is due out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

from hefte import checks, fragment, publication, sources
from hefte.cli import complain
from hefte.cli.show import console, count, print_json
from hefte.errors import HefteError
from hefte.model import Book, Chapter, Publication


def run(root: Path, *, as_json: bool) -> int:
    """Print the state of every language, the stories' consent and the dates due. Returns the exit code."""
    loaded = publication.load(root)
    languages = {name: _language(loaded, name) for name in loaded.languages}
    state = {
        "publication": {
            "id": loaded.id, "version": loaded.version, "date": loaded.date.isoformat(), "folder": str(root),
        },
        "languages": languages,
        "stories": {name: _story(loaded, name) for name in loaded.stories},
        "due": _due(loaded),
    }
    if as_json:
        print_json(state)
    else:
        _print(loaded, state)
    return max((entry["exit_code"] for entry in languages.values()), default=0)


def _language(loaded: Publication, name: str) -> dict[str, Any]:
    try:
        book = sources.read(loaded, name)
    except HefteError as error:
        return {"exit_code": error.exit_code, "problem": [each.line() for each in (error, *error.also)], "chapters": {}}
    findings = checks.on_book(book)
    kinds = Counter(finding.path for finding in findings)
    texts = {text.id: {"words": _words(text.body), "findings": kinds[text.place.path]} for text in _texts(book)}
    return {
        "exit_code": 0,
        "origin": book.language.origin,
        "chapters": texts,
        "stories": len(book.stories),
        "words": _all_words(book),
        "findings": [{"severity": finding.severity.value} for finding in findings],
    }


def _words(body: str) -> int:
    return len(fragment.text_of(fragment.parse(body)).split())


def _all_words(book: Book) -> int:
    return sum(_words(text.body) for text in _texts(book)) + sum(_words(story.body) for story in book.stories.values())


def _texts(book: Book) -> tuple[Chapter, ...]:
    return (*book.chapters, *book.matter.values())


def _story(loaded: Publication, name: str) -> dict[str, Any]:
    record = loaded.stories[name]
    return {
        "voice": record.voice, "withdrawn": record.withdrawn is not None, "consent": record.consent is not None,
        "approved": sorted(record.approved), "review_by": record.review_by.isoformat() if record.review_by else None,
    }


def _due(loaded: Publication) -> list[dict[str, str]]:
    """Dates that somebody has to keep, the nearest first."""
    due = [{"date": loaded.review_by.isoformat(), "what": "the publication is to be reviewed"}]
    reviews = Counter(record.review_by for record in loaded.stories.values() if record.review_by)
    for day, number in reviews.items():
        are = "story is" if number == 1 else "stories are"
        due.append({"date": day.isoformat(), "what": f"{number} {are} to be reviewed"})
    for line in loaded.helplines:
        last = line.verified_on
        date = (last + dt.timedelta(days=365)).isoformat() if last else "now"
        due.append({"date": date, "what": f"{line.number} is to be dialled" + ("" if last else " for the first time")})
    return sorted(due, key=lambda item: "" if item["date"] == "now" else item["date"])


def _print(loaded: Publication, state: dict[str, Any]) -> None:
    from rich.table import Table

    screen = console()
    screen.print(f"{loaded.id} {loaded.version}, {loaded.date}, in {loaded.root}")
    table = Table(box=None, pad_edge=False)
    for column in ("language", "chapter", "words", "findings"):
        table.add_column(column, justify="right" if column in {"words", "findings"} else "left")
    for name, entry in state["languages"].items():
        for line in entry.get("problem", ()):
            complain(line)
        for chapter, facts in entry["chapters"].items():
            table.add_row(name, chapter, str(facts["words"]), str(facts["findings"] or ""))
    screen.print(table)
    for name, entry in state["languages"].items():
        if "words" in entry:
            stories = f"{entry['stories']} {'story' if entry['stories'] == 1 else 'stories'}"
            said = f"{entry['words']} words, {stories}, origin {entry['origin']}"
            screen.print(f"{name}: {said}, {count(entry['findings'])}")
    records = state["stories"].values()
    approved = sum(bool(story["approved"]) for story in records)
    withdrawn = sum(story["withdrawn"] for story in records)
    screen.print(f"stories: {len(records)} recorded, {approved} approved, {withdrawn} withdrawn")
    for item in state["due"]:
        screen.print(f"{item['date']}: {item['what']}")
