"""What publication.toml says of editions one by one: their numbers, and the stories that a short one tells."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from hefte.records.validate import Rule
from hefte.records.words import Id, Isbn, Name, Table, Tag, Text, bare_isbn


def once(values: list[str]) -> list[str]:
    """The values; Rule where one of them stands there twice."""
    for number, value in enumerate(values):
        if value in values[:number]:
            raise Rule(f"names `{value}` a second time", "delete one of the two", at=(number,))
    return values


def _numbered_once(values: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Each edition in each language is a publication of its own (ISO 2108:2017, 5)."""
    seen: set[str] = set()
    for language, editions in values.items():
        for edition, number in editions.items():
            if bare_isbn(number) in seen:
                raise Rule(
                    f"is {number} a second time", "give each edition in each language a number of its own",
                    at=(language, edition),
                )
            seen.add(bare_isbn(number))
    return values


Numbers = Annotated[dict[Tag, dict[Id, Isbn]], AfterValidator(_numbered_once)]
"""Language → edition → ISBN."""


class OrderTable(Table):
    """`[orders.leaflet]`: what is ordered of an edition for the press, for its job sheet."""

    paper: Annotated[Text | None, Field(description="paper, in words")] = None
    copies: Annotated[int | None, Field(ge=1, le=10_000_000, description="how many are to be printed")] = None
    cover_paper: Annotated[Text | None, Field(description="paper of the cover, where that is another")] = None


class ExcerptsTable(Table):
    """`[excerpts.leaflet]`: what a short edition takes of the whole."""

    chapters: Annotated[
        list[Id], Field(default_factory=list, description="whose summaries; without it all"), AfterValidator(once),
    ]
    points_of: Annotated[Id | None, Field(description="the chapter whose list holds the points")] = None
    points: Annotated[
        list[Annotated[int, Field(ge=1)]],
        Field(default_factory=list, description="which items of that list, from 1; without it all"),
    ]
    stories: Annotated[
        list[Id], Field(default_factory=list, description="ids of the stories, the one that matters most first"),
        AfterValidator(once),
    ]
    tags: Annotated[
        list[Name], Field(default_factory=list, description="tags that may be on them"), AfterValidator(once),
    ]
