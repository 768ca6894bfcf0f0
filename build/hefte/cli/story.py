"""`hefte story`: a story's id in; what is known of it, where it is, and what was changed, out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hefte import publication
from hefte.cli import complain
from hefte.cli.show import print_json
from hefte.errors import SourceError
from hefte.stories import approving, standing, withdrawing
from hefte.stories import where as places
from hefte.stories.where import Held

_SAID = {
    "text": "its text", "directive": "the line that places it", "memory": "translation memory",
    "back-translation": "back-translation", "snapshot": "the last state that was current",
    "words": "a word that nothing else has", "glossary": "named in",
    "build": "the last build", "pseudo": "the last build of a pseudo-language", "export": "for a translator",
    "proof": "for a reviewer", "release": "released",
    "unread": "cannot be read here, and may hold the story",
}


def list_stories(root: Path, *, as_json: bool) -> int:
    """Print every story. Returns the exit code: 3 where a language could not be read."""
    loaded = publication.load(root)
    stories, faults = standing.standing(loaded)
    if as_json:
        print_json({"stories": stories, "problems": [fault.line() for fault in faults]})
    elif not stories:
        print("no stories are recorded")
    else:
        for id, one in stories.items():
            for line in _entry(id, one):
                print(line)
    if not as_json:
        for fault in faults:
            complain(fault.line())
    return SourceError.exit_code if faults else 0


def _entry(id: str, one: Mapping[str, Any]) -> Iterable[str]:
    """A story in a few lines."""
    place = f"in {one['chapter']}" if one["chapter"] else "placed nowhere"
    yield f"{id}: {one['voice']}, {place}" + (f", withdrawn on {one['withdrawn']}" if one["withdrawn"] else "")
    yield f"  came by {one['channel']}, {one['received']}, in {one['language']}"
    consent = one["consent"]
    yield f"  consent: {consent['wording']} ({consent['date']})" if consent else "  consent: none"
    yield f"  covers: {', '.join(one['scopes']) or 'nothing'}"
    if not one["review_by"]:
        yield "  no day to ask again is set"
    else:
        yield f"  to be asked again by {one['review_by']}" + (", which is past" if one["due"] else "")
    for language, said in one["approved"].items():
        yield f"  {language}: {_approval(said)}"
    if one["identifiers"]:
        told = (f"{name} ({'judged' if seen else 'NOT JUDGED'})" for name, seen in one["identifiers"].items())
        yield f"  could point to a person: {', '.join(told)}"
    if one["edits"]:
        yield f"  edits: {'; '.join(f'{name}: {how}' for name, how in one['edits'].items())}"
    if one["tags"]:
        yield f"  may be hard to read: {', '.join(one['tags'])}"


def _approval(said: Mapping[str, Any]) -> str:
    by = f" by {said['by']}" if said["by"] else ""
    on = f" on {said['on']}" if said["on"] else ""
    return {
        standing.CURRENT: f"approved{by}{on}", standing.CHANGED: f"changed since it was approved{by}{on}",
        standing.NONE: "not approved",
    }[said["state"]]


def where(root: Path, id: str, *, out: Path | None, as_json: bool) -> int:
    """Print every place. Returns the exit code."""
    held = places.where(publication.load(root), id, out)
    if as_json:
        print_json({"story": id, "places": [places.record_of(one) for one in held]})
    else:
        _places(held)
        if not held:
            print(f"nothing holds the story `{id}`")
    return 0


def _places(held: Iterable[Held]) -> None:
    for one in held:
        at = f"{one.path}:{one.line}" if one.line else one.path
        what = _SAID[one.kind]
        if one.version:
            what += f", version {one.version} of {one.date}, SHA-256 {one.digest[:12]}…"
        print(f"{at}: {what}")


def approve(
    root: Path, id: str, languages: Sequence[str], *, by: str, quiet: bool, as_json: bool,
) -> int:
    """Record an approval, and say of which text. Returns the exit code."""
    done = approving.approve(publication.load(root), id, languages, by=by)
    if as_json:
        print_json({"approved": [asdict(one) for one in done]})
    elif not quiet:
        for one in done:
            again = "; another text was approved before" if one.again else ""
            print(f"{one.story}: {one.language}: approved by {one.by}: “{one.begins}”{again}")
    return 0


def withdraw(
    root: Path, id: str, *, on: dt.date | None, erase: bool, out: Path | None, quiet: bool, as_json: bool,
) -> int:
    """Take a story back, and say what was changed and what is still to be done. Returns the exit code."""
    done = withdrawing.withdraw(publication.load(root), id, on=on, erase=erase, out=out)
    if as_json:
        print_json({
            **asdict(done), "on": done.on.isoformat(),
            **{name: [places.record_of(one) for one in getattr(done, name)] for name in ("built", "left", "released")},
        })
    elif not quiet:
        for line in _told(done, erase):
            print(line)
    for line in done.broken:
        complain(line)
    return SourceError.exit_code if done.broken else 0


def _told(done: withdrawing.Withdrawn, erase: bool) -> Iterable[str]:
    yield f"{done.story}: withdrawn on {done.on}"
    yield from (f"changed: {path}" for path in done.changed)
    yield from (f"deleted: {path}" for path in done.removed)
    yield f"deleted: the cache ({done.cleared} file{'' if done.cleared == 1 else 's'})"
    built = [one for one in done.built if one.kind == "build"]
    yield from (f"still holds it: {one.path}; the next `hefte build` takes it away" for one in built)
    trials = [one for one in done.built if one.kind == "pseudo"]
    yield from (f"still holds it: {one.path}; delete it" for one in trials)
    texts = [one for one in done.left if one.kind in ("text", "directive", "glossary")]
    yield from (f"still there: {one.path}:{one.line} ({_SAID[one.kind]})" for one in texts)
    if texts and not erase:
        yield f"its texts are in the sources still, and are not printed; `hefte story withdraw {done.story} --erase`"
        yield "deletes them"
    others = [one for one in done.left if one.kind in ("export", "proof")]
    yield from (f"by hand: delete {one.path} ({_SAID[one.kind]}), and ask whoever got it to" for one in others)
    dark = [one for one in (*done.built, *done.left) if one.kind == "unread"]
    yield from (f"by hand: look whether {one.path} holds it: it {_SAID[one.kind]}" for one in dark)
    for one in done.released:
        yield f"by hand: call back {one.path}, version {one.version} of {one.date}, as far as you can"
    for language, unit in done.unsigned:
        yield f"by hand: {language}: {unit} is another text without it: hefte review sign {language} {unit} --by NAME"
    if done.history:
        yield "by hand: the history of this folder (git) keeps every earlier text; whoever has a copy of the repository"
        yield "has the story. To take it out there, the history has to be rewritten and every copy fetched anew."
    else:
        yield "by hand: copies and backups of this folder may hold earlier texts"
