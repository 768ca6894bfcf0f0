"""language.toml and what CLDR knows of a language, to a `Language`."""

from __future__ import annotations

from pathlib import Path

from hefte.errors import SourceError, UsageError
from hefte.model import HelplineText, Language, Place, Publication
from hefte.records.schema import LanguageFile
from hefte.records.toml import TomlFile, read_toml
from hefte.records.validate import near, together
from hefte.sources.names import names


def read_language(publication: Publication, code: str, folder: Path | None = None) -> Language:
    """The language's words, names and direction; from `folder`, if that is not the language's own (a snapshot).

    Raises UsageError if the publication has no such language; SourceError if language.toml is missing or not valid.
    """
    if code not in publication.languages:
        remedy = "say nb (Bokmål) or nn (Nynorsk)" if code == "no" else near(code, publication.languages)
        raise UsageError(f"the publication has no language `{code}`", remedy=remedy)
    file = read_toml(publication.root, (folder or publication.root / "chapters" / code) / "language.toml")
    said = file.validated(LanguageFile)
    _same_helplines(publication, file, said, earlier=folder is not None)
    called = names(code, publication.source_language, Place(file.path))
    return Language(
        code=code, name=called.own, called=called.called, direction=called.direction, title=said.title,
        subtitle=said.subtitle, description=said.description, audience=said.audience, labels=said.labels.model_dump(),
        helplines={key: HelplineText(**words.model_dump()) for key, words in said.helplines.items()},
        origin=said.origin, place=Place(file.path), translator=said.translator or "", reviewers=tuple(said.reviewers),
        editions=said.editions,
    )


def _same_helplines(publication: Publication, file: TomlFile, said: LanguageFile, *, earlier: bool) -> None:
    """Raises SourceError where the words are not those of today's numbers. An earlier state may say more than that."""
    known = [line.id for line in publication.helplines]
    faults = [
        SourceError(
            f"`helplines.{key}` is missing", place=file.place("helplines"),
            remedy="add it, with `name`, `does` and `hours`",
        )
        for key in known if key not in said.helplines
    ] + [
        SourceError(
            f"unknown helpline `{key}`", remedy=f"publication.toml has {', '.join(known)}",
            place=file.place("helplines", key),
        )
        for key in said.helplines if key not in known and not earlier
    ]
    if faults:
        raise together(faults)

