"""language.toml and what CLDR knows of a language, to a `Language`."""

from __future__ import annotations

from hefte.errors import SourceError, UsageError
from hefte.model import HelplineText, Language, Place, Publication
from hefte.records.schema import LanguageFile
from hefte.records.toml import TomlFile, read_toml
from hefte.records.validate import near, together


def read_language(publication: Publication, code: str) -> Language:
    """The language's words, own name and direction.

    Raises UsageError if the publication has no such language; SourceError if language.toml is missing or not valid.
    """
    if code not in publication.languages:
        remedy = "say nb (Bokmål) or nn (Nynorsk)" if code == "no" else near(code, publication.languages)
        raise UsageError(f"the publication has no language `{code}`", remedy=remedy)
    file = read_toml(publication.root, publication.root / "chapters" / code / "language.toml")
    said = file.validated(LanguageFile)
    _same_helplines(publication, file, said)
    name, direction = _cldr(code, Place(file.path))
    return Language(
        code=code, name=name, direction=direction, title=said.title, subtitle=said.subtitle,
        description=said.description, audience=said.audience, labels=said.labels.model_dump(),
        helplines={key: HelplineText(**words.model_dump()) for key, words in said.helplines.items()},
        origin=said.origin, place=Place(file.path), translator=said.translator or "", reviewers=tuple(said.reviewers),
    )


def _same_helplines(publication: Publication, file: TomlFile, said: LanguageFile) -> None:
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
        for key in said.helplines if key not in known
    ]
    if faults:
        raise together(faults)


def _cldr(code: str, place: Place) -> tuple[str, str]:
    """The language's own name and direction (`ltr`, `rtl`)."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError):
        raise SourceError(
            f"CLDR knows no language `{code}`", place=place, remedy="name the folder by the tag that CLDR has for it",
        ) from None
    # a few regional forms have a name of their own: fa-AF is دری, where the parts would give "Persian (Afghanistan)"
    name = locale.languages.get(str(locale)) or locale.get_display_name(locale)
    return name or code, locale.text_direction
