"""A language's memory out to other tools, and theirs in; never with anything of a withdrawn story."""

from __future__ import annotations

from hefte import files
from hefte.model import Publication
from hefte.translation import memory, workspace, writing


def out(publication: Publication, lang: str) -> memory.Memory:
    """What lies in the memory and what is current now."""
    writing.not_source(publication, lang)
    source, state = workspace.Source(publication), workspace.open(publication, lang)
    return writing.remembered(source, state, writing.recall(publication, lang))


def into(publication: Publication, lang: str, given: memory.Memory) -> int:
    """Take pairs in that the memory has not: what was translated here counts for more. Returns how many."""
    writing.not_source(publication, lang)
    source, state = workspace.Source(publication), workspace.open(publication, lang)
    known = writing.recall(publication, lang)
    before = writing.remembered(source, state, known)
    known.entries.update({key: entry for key, entry in given.entries.items() if key not in before.entries})
    whole = writing.remembered(source, state, known)
    files.put(publication.root / "chapters" / lang, {memory.FILE: whole.dump().encode()})
    return len(whole.entries) - len(before.entries)
