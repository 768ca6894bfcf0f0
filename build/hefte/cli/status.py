"""`hefte status`: a publication in; how far each language has followed its source, and what is due, out."""

from __future__ import annotations

import datetime as dt
import importlib
import os
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from hefte import digests, parallel, publication
from hefte.cli import complain
from hefte.cli.show import console, print_json
from hefte.errors import SourceError, UsageError
from hefte.model import Failure, Place, Publication, State, Translation, Unit
from hefte.records.validate import near
from hefte.sources.names import names

_AT_ONCE = 8
"""So many languages are read in one go before another process is worth its start."""


def run(root: Path, *, lang: tuple[str, ...] | None, findings: bool, as_json: bool) -> int:
    """Print the state of every language, the stories' consent and the dates due; of the languages `lang` each segment
    that is not ready instead. Returns the exit code."""
    loaded = publication.load(root)
    for name in lang or ():
        if name not in loaded.languages:
            raise UsageError(f"the publication has no language `{name}`", remedy=near(name, loaded.languages))
    languages = _languages(loaded, lang or loaded.languages, segments=lang is not None)
    if findings:
        from hefte.cli.status_findings import add

        add(loaded, languages)
    state = {
        "publication": {
            "id": loaded.id, "version": loaded.version, "date": loaded.date.isoformat(), "folder": str(root),
            "source_language": loaded.source_language,
        },
        "languages": languages,
        "stories": {name: _story(loaded, name) for name in loaded.stories},
        "due": _due(loaded),
    }
    if as_json:
        print_json(state)
    else:
        _print(loaded, state, segments=lang is not None)
    return max((entry["exit_code"] for entry in languages.values()), default=0)


def _languages(loaded: Publication, wanted: Sequence[str], *, segments: bool) -> dict[str, dict[str, Any]]:
    """What is said of each language; in several processes where there are many."""
    # what each of them needs is paid for once, before they are forked
    importlib.import_module("hefte.translation.workspace")
    importlib.import_module("babel.core")
    digests.of_hefte()
    jobs = min(os.cpu_count() or 1, -(-len(wanted) // _AT_ONCE))
    shares = [wanted[number::jobs] for number in range(jobs)]
    tasks = [partial(_share, loaded, share, segments) for share in shares]
    said: dict[str, dict[str, Any]] = {}
    for share, outcome in zip(shares, parallel.run(tasks, jobs, lambda number, what: None), strict=True):
        said |= dict.fromkeys(share, _failed(outcome)) if isinstance(outcome, Failure) else outcome
    return {name: said[name] for name in wanted}


def _share(loaded: Publication, wanted: Sequence[str], segments: bool, tell: parallel.Tell) -> dict[str, Any]:
    from hefte.translation import workspace

    return {
        name: _language(loaded, name, outcome, segments)
        for name, outcome in workspace.states(loaded, wanted, previous=segments).items()
    }


def _language(
    loaded: Publication, name: str, outcome: Translation | SourceError, segments: bool,
) -> dict[str, Any]:
    from hefte.translation import snapshot

    entry: dict[str, Any] = {"exit_code": 0}
    try:
        said = names(name, loaded.source_language, Place(loaded.root / "chapters" / name / "language.toml"))
        entry |= {"name": said.own, "called": said.called}
    except SourceError as error:
        outcome = error
    if isinstance(outcome, SourceError):
        return entry | _failed(Failure(tuple(each.line() for each in (outcome, *outcome.also)), outcome.exit_code))
    if name == loaded.source_language:
        return {**entry, "origin": outcome.origin, "standing": "source", "chapters": {}}
    policy, kept = loaded.policy(name), snapshot.load(loaded.root, name)
    entry |= {
        "origin": outcome.origin, "draft": outcome.draft, "policy": {"stale": policy.stale, "missing": policy.missing},
        "snapshot": kept.date.isoformat() if kept else None,
        "standing": _standing(outcome), "chapters": {unit.id: _unit(unit) for unit in outcome.units},
    }
    if segments:
        from hefte.cli.segments import waiting

        entry["segments"] = waiting(outcome, loaded.root / "chapters" / name)
    return entry


def _failed(failure: Failure) -> dict[str, Any]:
    return {
        "exit_code": failure.exit_code, "problem": list(failure.lines), "standing": "cannot be read", "chapters": {},
    }


def _standing(translation: Translation) -> str:
    """The language in a word or two: whether it is a draft, and the worst that is to be done."""
    states = {unit.state for unit in translation.units}
    worst = next((state for state in State if state in states), State.READY)
    if not translation.draft:
        return str(worst)
    return "draft" if worst is State.UNSIGNED else f"draft, {worst}"


def _unit(unit: Unit) -> dict[str, Any]:
    states = Counter(pair.state for pair in unit.pairs)
    facts: dict[str, Any] = {"state": str(unit.state), **{str(s): states[s] for s in State if s is not State.UNSIGNED}}
    facts |= {"moved": unit.moved, "translator": unit.translator}
    if unit.signature:
        facts |= {"signed_by": unit.signature.by, "signed_on": unit.signature.on.isoformat()}
    return facts


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


def _print(loaded: Publication, state: dict[str, Any], *, segments: bool) -> None:
    from hefte.cli.status_table import lines

    screen, languages = console(), state["languages"]
    screen.print(f"{loaded.id} {loaded.version}, {loaded.date}, in {loaded.root}")
    for entry in languages.values():
        for line in entry.get("problem", ()):
            complain(line)
    units = (*loaded.chapters, *loaded.matter, "language")
    width = screen.width if screen.is_terminal else None
    for row in lines(languages, units, width):
        screen.print(row)
    if segments:
        _print_segments(state)
        return
    if any("words" in entry for entry in languages.values()):
        from hefte.cli.status_findings import lines as more

        for row in more(languages):
            screen.print(row)
    records = state["stories"].values()
    approved = sum(bool(story["approved"]) for story in records)
    withdrawn = sum(story["withdrawn"] for story in records)
    screen.print(f"stories: {len(records)} recorded, {approved} approved, {withdrawn} withdrawn")
    for item in state["due"]:
        screen.print(f"{item['date']}: {item['what']}")


def _print_segments(state: dict[str, Any]) -> None:
    from hefte.cli.segments import lines

    screen = console()
    for name, entry in state["languages"].items():
        if "segments" not in entry:
            continue
        number = len(entry["segments"])
        all_of_them = sum(facts[s] for facts in entry["chapters"].values() for s in State if s in facts)
        screen.print(f"{name}: {number} of {all_of_them} segments {'is' if number == 1 else 'are'} not ready")
        for line in lines(entry["segments"]):
            screen.print(line)
        if waiting := [id for id, facts in entry["chapters"].items() if facts["state"] == State.UNSIGNED]:
            screen.print(f"{name}: not signed: {', '.join(waiting)}")
