"""The languages of a publication to what a layout shows of each: its own name, its address, the letters for it."""

from __future__ import annotations

from collections.abc import Mapping

from hefte import directions, letters
from hefte.errors import SourceError
from hefte.model import FontFace, Publication, Theme, Tongue


def tongues(publication: Publication, themes: Mapping[str, Theme], names: Mapping[str, str]) -> tuple[Tongue, ...]:
    """Every language in the order of `themes` (language → the theme for it). `names`: language → its name in itself.

    Raises SourceError where publication.toml does not say where the languages' editions are to be found.
    """
    if not publication.address:
        raise SourceError(
            "`address` is missing, and a layout shows where each language is to be found", place=publication.place,
            remedy='add address = "https://…/{language}", or take that edition out of `editions`',
        )
    return tuple(
        Tongue(
            code, names[code], directions.of_language(code), publication.address_of(code), theme.families("text"),
            theme.weight("text", 600),
        )
        for code, theme in themes.items()
    )


def faces(theme: Theme, themes: Mapping[str, Theme]) -> dict[FontFace, str]:
    """The faces that `theme` does not have and the others' names need, each with the letters that it sets."""
    found: dict[FontFace, str] = {}
    for other in themes.values():
        for face in other.faces:
            if face.family == other.roles["text"] and face not in theme.faces:
                found.setdefault(face, letters.unicode_range(letters.sets(other, face.family)))
    return found
