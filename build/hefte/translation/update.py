"""`hefte translate update`: a language's blocks in the source's order, gaps for new ones, obsolete ones taken out."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hefte.errors import SourceError
from hefte.model import Pair, Publication, Record, Segment, State
from hefte.records.text import normal
from hefte.records.validate import together
from hefte.sources.markdown.remarks import is_remark
from hefte.translation import blocks, front, memory, pairing, remarks, review, split, strings, words, workspace, writing
from hefte.translation.start import begun
from hefte.translation.workspace import Source, Text


@dataclass(slots=True)
class Updated:
    """What an update did, file by file."""

    added: list[str] = field(default_factory=list)
    """Ids of the source's texts that have a gap now."""
    removed: list[str] = field(default_factory=list)
    """Target texts that are in no file any more."""
    moved: list[str] = field(default_factory=list)
    """Files whose blocks were put in another order."""
    made: list[str] = field(default_factory=list)
    """Files that were not there."""


def update(publication: Publication, lang: str) -> tuple[writing.Report, Updated]:
    """Follow the source. A file that follows it already is not touched, and no target text is lost: what the source has
    no longer stays in the memory or, where its source text is not known, in a remark.
    """
    writing.not_source(publication, lang)
    source, known = Source(publication), writing.recall(publication, lang)
    before = review.load(publication.root, lang)
    done, reviews, faults = Updated(), before, []
    texts: dict[str, str] = {}
    for unit, files in source.layout.items():
        records: dict[str, review.Records] = {}
        for file in files:
            try:
                ours, theirs = source.text(unit, file), workspace.read(publication, lang, file, unit)
                if ours is None or (theirs is None and _left_out(publication, lang, unit, files)):
                    continue
                if theirs is None:
                    texts[file] = begun(publication, lang, ours, known)
                    records[file] = {pairing.name(each): Record(each.digest) for each in ours.segments}
                    done.made.append(file)
                    continue
                pairs, moved = _pairs(ours, theirs, before.records(file), known)
                if moved or any(each.source is None or each.target is None for each in pairs):
                    texts[file] = _followed(publication, lang, ours, pairs, known, done)
                    records[file] = _records(ours, theirs, pairs, before.records(file))
                    done.moved += [file] if moved else []
            except SourceError as error:
                faults.append(error)
        if records:
            said = reviews.unit(unit)
            reviews = reviews.replaced(**{unit: replace(said, records={**said.records, **records})})
    if faults:
        raise together(faults)
    return writing.Plan(publication, lang, source, texts, reviews, known).put(), done


def _left_out(publication: Publication, lang: str, unit: str, files: Sequence[str]) -> bool:
    """Whether a chapter lacks because it may: then it is not begun."""
    there = (publication.root / "chapters" / lang / files[0]).exists()
    return not there and unit in publication.chapters and publication.policy(lang).missing == "leave-out"


def _pairs(
    ours: Text, theirs: Text, records: review.Records | None, known: memory.Memory,
) -> tuple[tuple[Pair, ...], bool]:
    """By the records; without any, blocks are paired by order, and the ones too many are left over."""
    if records is None and len(ours.segments) != len(theirs.segments):
        kinds = [each for each in theirs.segments if each.kind != "string"]
        records = {pairing.name(each): Record("") for each in kinds}
    return pairing.paired(ours.segments, theirs.segments, records, known.source)


def _followed(
    publication: Publication, lang: str, ours: Text, pairs: Sequence[Pair], known: memory.Memory, done: Updated,
) -> str:
    """The file anew: built as the source is, with the targets that there are."""
    text = writing.raw(publication, lang, ours.file)
    if ours.file == strings.FILE:
        return _with_strings(text, [each.source for each in pairs if each.source and each.target is None], done)
    body = begun(publication, lang, ours, known)
    kept = {
        pairing.name(each.source): each.target.text
        for each in pairs if each.source and each.target and each.source.kind != "string" and each.target.text
    }
    past = known.entries.values()
    new = split.fill(body, {f"{_unit(ours)}.{own}": said for own, said in kept.items()})
    new = remarks.without(new, [each.text for each in ours.segments if pairing.name(each) in kept], comments=False)
    gone = [_left(each, known, done) for each in pairs if each.source is None and each.target and each.target.text]
    done.added += [each.source.id for each in pairs if each.source and each.target is None]
    begins = front.read(normal(new))
    head, tail = front.read(normal(text)) or begins, normal(new).split("\n")[len(begins) :]
    missing = [each.source for each in pairs if each.source and each.target is None and each.source.kind == "string"]
    eol = "\r\n" if "\r\n" in text else "\n"
    noted = _noted(normal(text), [*(each.text for each in ours.segments), *(each.source for each in past)])
    whole = [*_front(head, missing), *_with_notes(tail, noted, pairs), *filter(None, gone)]
    return eol.join(whole).rstrip() + eol


def _front(head: Sequence[str], missing: Sequence[Segment]) -> list[str]:
    """The target's own front matter, with gaps for what the source has besides."""
    singles = [each for each in missing if "." not in pairing.name(each)]
    gaps = [line for each in singles for line in (f"# {each.text}", f"{pairing.name(each)}: {front.quoted(words.GAP)}")]
    return [*head[:-1], *gaps, *head[-1:]]


def _noted(text: str, said: Sequence[str]) -> dict[str, list[str]]:
    """Name of a block → the remarks that a translator has written above it herself; under `` those at the end.

    `said`: the source texts of today and before, which are remarks too, but not hers.
    """
    kept = remarks.without(text, said, comments=False).split("\n")
    names = {block.line - 1: block.name for block in blocks.read("\n".join(kept)).blocks}
    notes: dict[str, list[str]] = {}
    waiting: list[str] = []
    for at, line in enumerate(kept):
        if is_remark(line):
            waiting.append(line)
        elif at in names and waiting:
            notes[names[at]], waiting = waiting, []
    return notes | ({"": waiting} if waiting else {})


def _with_notes(tail: Sequence[str], notes: dict[str, list[str]], pairs: Sequence[Pair]) -> list[str]:
    """A translator's own remarks, above the blocks that they stood above, wherever these are now."""
    if not notes:
        return list(tail)
    to = {pairing.name(each.target): pairing.name(each.source) for each in pairs if each.target and each.source}
    lines = {int(block.line) - 1: block.name for block in blocks.read("\n".join(tail)).blocks}
    of: dict[str, list[str]] = {}
    rest: list[str] = []
    for own, said in notes.items():
        if own in to:
            of[to[own]] = said
        else:
            rest += said
    out: list[str] = []
    for at, line in enumerate(tail):
        out += [*of.get(lines.get(at, "-"), ()), line]
    while rest and out and not out[-1].strip():
        out.pop()
    return [*out, *(["", *rest] if rest else [])]


def _left(pair: Pair, known: memory.Memory, done: Updated) -> str:
    """What is left of a target whose source is gone: nothing, if the memory has it; else a remark."""
    assert pair.target is not None  # it is what is left
    text = pair.target.text
    done.removed.append(text)
    if pair.previous:
        known.add(pair.previous, text, writing.story_of(pair.target.file))
        return ""
    if any(entry.target == text for entry in known.entries.values()):
        return ""
    return "%% " + " ".join(text.split())


def _records(ours: Text, theirs: Text, pairs: Sequence[Pair], before: review.Records | None) -> dict[str, Record]:
    """Under the new numbers: a text keeps the record that it had, a gap has that of its source text."""
    said = before or {}
    records = {own: record for own, record in said.items() if not (own.isdigit() or own.startswith("alt."))}
    for each in pairs:
        if each.source is None:
            continue
        own, string = pairing.name(each.source), each.source.kind == "string"
        if each.target is None or (each.state is State.MISSING and not string):
            records[own] = Record(each.source.digest)
        elif not string:
            records[own] = said.get(pairing.name(each.target), Record(""))
    return records


def _with_strings(text: str, missing: Sequence[Segment], done: Updated) -> str:
    """language.toml with a gap at the end of the table of each string that it lacks."""
    eol = "\r\n" if "\r\n" in text else "\n"
    for each in missing:
        table, _, key = pairing.name(each).rpartition(".")
        gap = f"# {each.text}{eol}{key} = {json.dumps(words.GAP, ensure_ascii=False)}{eol}"
        header = re.search(rf"^[ \t]*\[[ \t]*{re.escape(table)}[ \t]*\][^\r\n]*", text, re.MULTILINE) if table else None
        if table and header is None:
            text = text.rstrip() + f"{eol}{eol}[{table}]{eol}{gap}"
        else:
            after = header.end() if header else 0
            following = re.compile(r"^[ \t]*\[", re.MULTILINE).search(text, after)
            at = following.start() if following else len(text)
            start = text[:at].rstrip()
            text = start + eol + gap + (eol if following else "") + text[at:]
        done.added.append(each.id)
    return text


def _unit(ours: Text) -> str:
    return ours.segments[0].id.partition(".")[0] if ours.segments else ""
