"""A table that came back to what changes in the language: everything is looked at first, and one error stops it all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hefte import protected
from hefte.errors import SourceError
from hefte.exchange.matching import Match, Matches, once
from hefte.exchange.table import OPEN, Table, digest, kept_back
from hefte.model import Finding, Place, Publication, Severity
from hefte.model.translation import State, Translation
from hefte.records.text import fault
from hefte.records.validate import together
from hefte.translation.words import GAPS

if TYPE_CHECKING:
    from hefte.translation.writing import Change


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file brings."""

    changes: Mapping[str, Change]
    """Id of the target's segment → what becomes of it. A segment that the file leaves as it is, is not in it."""
    matches: Mapping[str, Match] = field(default_factory=dict)
    """Of the changes: id of the target's segment → row and segment."""
    findings: tuple[Finding, ...] = ()
    """Warnings and notes; none of them stops anything."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """`changed`, `unchanged`, `empty` (rows without a target), `absent` (segments without a row), `older` (translated
    from a source text that has changed since), `open` (came back marked as not confirmed), `withheld`."""
    backs: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Id of the target's segment → digest of the target in the file, and its back-translation."""


def incoming(publication: Publication, translation: Translation, rows: Table, *, overwrite: bool = False) -> Incoming:
    """What the rows change. Raises SourceError, all of the file's at once: nothing is written while there is one.

    `overwrite`: where a target was edited both in the file and, since the export, in the language, take the file's.
    """
    if not _fits(rows.target, translation.language, publication):
        raise SourceError(
            f"this file is a translation into `{rows.target}`, not `{translation.language}`",
            remedy=f"type: hefte translate import {rows.target}", place=rows.rows[0].place,
        )
    matches = Matches(publication, translation)
    kept, errors = once(rows.rows)
    taken: dict[str, Match] = {}
    withheld = 0
    for row in kept:
        if matches.withheld(row):
            withheld += 1
            continue
        if not _text(row.target):
            # A row without a target brings nothing, whatever it belongs to; only a known id counts as being there.
            if row.id in matches.by_id:
                taken.setdefault(row.id, Match(row, matches.by_id[row.id], row.digest, altered=False))
            continue
        try:
            match = matches.match(row)
        except SourceError as error:
            errors.append(error)
            continue
        errors.extend(_faults(match, taken.get(match.id), overwrite=overwrite))
        taken[match.id] = match
    if errors:
        raise together(errors)
    changes = {match.target: (match, change) for match in taken.values() if (change := _change(match)) is not None}
    findings = [
        one for match in taken.values()
        for one in _warnings(publication, translation, match, changes.get(match.target, (match, None))[1])
    ]
    wanted = {
        id for id, pair in matches.by_id.items()
        if pair.source and pair.source.text and not kept_back(publication, pair.source.file)
    }
    said = {
        match.target: (digest(_text(match.row.target)), match.row.back_translation.strip())
        for match in taken.values() if match.row.back_translation.strip()
    }
    found = {id: change for id, (_, change) in changes.items()}
    return Incoming(found, {id: match for id, (match, _) in changes.items()}, tuple(findings), {
        "changed": len(changes), "unchanged": sum(bool(_text(one.row.target)) for one in taken.values()) - len(changes),
        "empty": sum(not _text(one.row.target) for one in taken.values()), "absent": len(wanted - set(taken)),
        "older": sum(not match.current for match, _ in changes.values()),
        "open": sum(change.fuzzy for change in found.values()), "withheld": withheld,
    }, said)


@contextmanager
def placed(brought: Incoming) -> Iterator[None]:
    """Gives errors of a text that cannot be filled in the place of its row, and the segment's whole id."""
    try:
        yield
    except SourceError as error:
        for each in (error, *error.also):
            for id, match in brought.matches.items():
                path, name = match.pair.target and match.pair.target.place.path, f"`{id.partition('.')[2]}`"
                if each.place and each.place.path == path and name in each.what:
                    each.what, each.place = each.what.replace(name, f"`{match.id}`"), match.row.place
                    each.args = (each.what,)
                    break
        raise


def _text(target: str) -> str:
    """A target as it would be written: NFC, without space around it. What stands for nothing yet is empty."""
    text = unicodedata.normalize("NFC", target.replace("\r\n", "\n").replace("\r", "\n")).strip(" \t\n")
    return "" if text in GAPS else text


def _change(match: Match) -> Change | None:
    """What becomes of the segment; None if the row leaves it as it is.

    `fuzzy` is a mark that stays until somebody takes it away. That a segment is stale or not recorded is what hefte
    saw; who writes another target beside it, has answered that.
    """
    from hefte.translation.writing import Change

    row, today = match.row, match.pair
    if not (text := _text(row.target)):
        return None
    if text != _today(match):
        if row.sent == digest(text):  # nobody has touched it in the file; somebody has in the language
            return None
        return Change(text, match.digest, row.state is State.FUZZY, match.text)
    if not match.current or today.state is State.MISSING:
        return None
    if row.state is State.READY and today.state in OPEN:
        return Change(text, match.digest, False, match.text)
    if row.state is State.FUZZY and today.state is State.READY:
        return Change(text, match.digest, True, match.text)
    return None


def _today(match: Match) -> str:
    return _text(match.pair.target.text) if match.pair.target else ""


def _faults(match: Match, other: Match | None, *, overwrite: bool) -> list[SourceError]:
    """What stops the import: two rows for one segment, a token that is lost, a character that may not be there."""
    row, text, found = match.row, _text(match.row.target), []
    if other is not None and _text(other.row.target) not in ("", text):
        line = other.row.place.line if other.row.place else 0
        found.append((f"other targets stand here and in line {line}", "delete the wrong one"))
    if _change(match) is not None and match.pair.target is None:
        found.append(("the language has no place for it yet", "`hefte translate update` makes one; then import again"))
    elif _change(match) is not None:
        if match.row.sent not in ("", digest(_today(match))) and _today(match) != text and not overwrite:
            found.append((
                f"edited in the file, and since the export in the language too, where it is now: {_today(match)}",
                "empty the row to leave that, or import with --overwrite to take the file's for all such",
            ))
        if bad := fault(text):
            found.append((bad.what, bad.remedy))
        found.extend((lost, "put it as it stands in the source") for lost in protected.lost(match.source, text))
    return [SourceError(f"`{match.id}`: {what}", remedy=remedy, place=row.place) for what, remedy in found]


def _warnings(
    publication: Publication, translation: Translation, match: Match, change: Change | None,
) -> list[Finding]:
    found = []
    if match.altered:
        found.append(_finding(
            "source-altered", match.row.place, f"`{match.id}`: somebody has changed the source text in the file",
            "see whether the target says what the source really says; mistakes in the source are the editor's to mend",
        ))
    if change is None:
        return found
    if not match.current:
        found.append(_finding(
            "source-changed", match.row.place, f"`{match.id}`: the source text has changed since the file was sent",
            "translate it again from the source of today", Severity.NOTE,
        ))
    if _untranslated(publication, translation.language, match, change.text):
        found.append(_finding(
            "same-as-source", match.row.place, f"`{match.id}`: the target is the source text, unchanged",
            "translate it, or mark it as meant (PO: the flag `same-as-source`; spreadsheet: the state `same`)",
        ))
    return found


def _untranslated(publication: Publication, language: str, match: Match, text: str) -> bool:
    """Whether the target is its source, and is a text that another language says otherwise."""
    if match.row.same or text != match.source or match.id.endswith(".name"):
        return False
    bare = text
    for token in protected.tokens(text):
        bare = bare.replace(token, " ")
    if not any(letter.isalpha() for letter in bare):
        return False
    settled = {
        word.lower() for term in publication.glossary.values()
        for word in set(term.get(language, ())) & set(term.get(publication.source_language, ()))
    }
    return re.sub(r"[\W\d_]+", " ", bare).strip().lower() not in settled


def _finding(
    check: str, place: Place | None, message: str, remedy: str, severity: Severity = Severity.WARNING,
) -> Finding:
    return Finding(check, severity, message, remedy, place.path if place else None, place.line if place else None)


def _fits(said: str, language: str, publication: Publication) -> bool:
    """Whether a file that says its language is of this one. PO writes `fa_AF` for `fa-AF`, and many tools cannot but
    add a country: `uk-UA` is `uk`, unless there is a language of that name too."""
    said, own = said.replace("_", "-").lower(), language.lower()
    if said in ("", own):
        return True
    others = {each.lower() for each in publication.languages}
    return said.partition("-")[0] == own.partition("-")[0] and said not in others

