"""A language to the book that may be built of it today: as its texts are, or as they last were right (policy `pin`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hefte import checks, sources
from hefte.checks.frame import Version
from hefte.errors import SourceError
from hefte.model import Book, Finding, Publication, State, Translation

if TYPE_CHECKING:
    from hefte.translation.snapshot import Snapshot

_BEHIND = (State.MISSING, State.STALE)


def read(publication: Publication, language: str) -> tuple[Book, tuple[Finding, ...]]:
    """The book as written, and what is wrong with the translation that it is; with the source language nothing is.

    The book knows whether it is a draft, which day's texts it follows if not today's, and who signed it.
    """
    if language == publication.source_language:
        return sources.read(publication, language), ()
    version, folder = _version(publication, language)
    book = sources.read(publication, language, folder)
    translation = version.translation
    reviewers = tuple(dict.fromkeys((*_signers(translation), *book.language.reviewers)))
    book = replace(
        book, draft=translation.draft, follows=version.pinned, language=replace(book.language, reviewers=reviewers),
    )
    return book, tuple(_said(publication, version))


def translation(publication: Publication, language: str) -> Translation:
    """The state of what is built of a language today, pinned or not: who signed which chapter of it."""
    return _version(publication, language)[0].translation


def unsigned(publication: Publication, but: str) -> tuple[str, ...]:
    """The translations beside `but` that no release takes as they are: not signed throughout, or behind."""
    return tuple(name for name in publication.languages if name != but and not is_signed(publication, name))


def is_signed(publication: Publication, language: str) -> bool:
    """Whether all of a translation is signed as it stands; the source needs nobody's signature. One that cannot be read
    is not: its own build says what is wrong."""
    from hefte.records.toml import read_toml

    if language == publication.source_language:
        return True
    try:
        read_toml(publication.root, publication.root / "chapters" / language / "language.toml")
        return all(unit.state is State.READY for unit in translation(publication, language).units)
    except SourceError:
        return False


def source(publication: Publication, book: Book) -> Book:
    """The book that `book` was translated from, as written: the one to be set beside it."""
    from hefte.translation import snapshot

    kept = snapshot.load(publication.root, book.language.code) if book.follows else None
    folder = kept.folder / snapshot.SOURCE if kept else None
    return sources.read(publication, publication.source_language, folder)


def _version(publication: Publication, language: str) -> tuple[Version, Path | None]:
    """The language held against its source, and the folder it is read from, if that is not its own."""
    from hefte.translation import snapshot, workspace

    today = workspace.open(publication, language)
    if publication.policy(language).stale == "pin" and _behind(today):
        kept = snapshot.load(publication.root, language)
        if kept:
            return Version(publication, _earlier(publication, language, kept), kept.date), kept.folder / snapshot.TARGET
    return Version(publication, today), None


def _earlier(publication: Publication, language: str, kept: Snapshot) -> Translation:
    """The state at that time: a snapshot is a small publication of two languages, whose folders lie elsewhere."""
    from hefte.translation import snapshot, workspace

    folder = f"{language}/{snapshot.FOLDER}"
    source, target = f"{folder}/{snapshot.SOURCE}", f"{folder}/{snapshot.TARGET}"
    then = tuple(id for id in publication.chapters if (kept.folder / snapshot.TARGET / f"{id}.md").is_file())
    shadow = replace(publication, source_language=source, languages=(source, target), chapters=then)
    return replace(workspace.open(shadow, target), language=language)


def _behind(translation: Translation) -> bool:
    """Whether something that is there has not followed its source. A chapter that is left out as a whole need not."""
    return any(pair.state in _BEHIND for unit in translation.units for pair in unit.pairs)


def _signers(translation: Translation) -> Iterable[str]:
    """Who signed, once every text is signed: until then nobody has reviewed the whole."""
    if all(unit.state is State.READY for unit in translation.units):
        for unit in translation.units:
            if unit.signature:
                yield unit.signature.by


def _said(publication: Publication, version: Version) -> Iterable[Finding]:
    """What the checks of translations find. Where an earlier state would be built, if there were one, it says so."""
    pin = publication.policy(version.translation.language).stale == "pin"
    for finding in checks.on_version(version):
        if pin and not version.pinned and finding.check == "translation-stale":
            finding = replace(finding, remedy=f"no earlier state is kept that could be built instead: {finding.remedy}")
        yield finding
