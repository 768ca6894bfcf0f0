"""references.toml, stories.toml and glossary.toml to a `Publication`'s records; a file that is not there holds none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hefte.model import Approval, Consent, Place, Reference, StoryRecord
from hefte.records.schema import GlossaryFile, ReferencesFile, ReferenceTable, StoriesFile, StoryTable
from hefte.records.toml import TomlFile, read_toml


def read_references(root: Path) -> Mapping[str, Reference]:
    """Key → work cited. Raises SourceError if the file is not valid."""
    if (file := _file(root, "references.toml")) is None:
        return {}
    tables = file.validated(ReferencesFile).root
    return {key: _reference(key, table, file.place(key)) for key, table in tables.items()}


def read_stories(root: Path) -> Mapping[str, StoryRecord]:
    """Id → consent record. Raises SourceError if the file is not valid."""
    if (file := _file(root, "stories.toml")) is None:
        return {}
    tables = file.validated(StoriesFile).root
    return {key: _story(key, table, file.place(key)) for key, table in tables.items()}


def read_glossary(root: Path) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Term → language → renderings, the first one preferred. Raises SourceError if the file is not valid."""
    if (file := _file(root, "glossary.toml")) is None:
        return {}
    terms = file.validated(GlossaryFile).root
    return {term: {tag: tuple(said) for tag, said in languages.items()} for term, languages in terms.items()}


def _file(root: Path, name: str) -> TomlFile | None:
    path = root / "chapters" / name
    return read_toml(root, path) if path.is_symlink() or path.exists() else None


def _reference(key: str, table: ReferenceTable, place: Place) -> Reference:
    return Reference(
        key=key, author=table.author, title=table.title, place=place, year=table.year, publisher=table.publisher,
        url=table.url, language=table.language,
    )


def _story(key: str, table: StoryTable, place: Place) -> StoryRecord:
    said = table.consent
    consent = Consent(said.wording, said.date, said.evidence) if said else None
    return StoryRecord(
        id=key, channel=table.channel, received=table.received, language=table.language, voice=table.voice, place=place,
        consent=consent, scopes=tuple(table.scopes), review_by=table.review_by, withdrawn=table.withdrawn,
        approvals={tag: Approval(each.digest, each.by or "", each.on) for tag, each in table.approved.items()},
        identifiers=table.identifiers, tags=tuple(table.tags), edits=table.edits,
    )
