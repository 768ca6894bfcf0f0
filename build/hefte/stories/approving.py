"""The word of the person who told a story, bound to its text as it stands, into stories.toml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hefte import files, fragment, sources
from hefte.dates import today
from hefte.errors import UsageError
from hefte.model import Approval, Publication, Story
from hefte.records.approval import digest
from hefte.records.validate import near
from hefte.stories import records
from hefte.translation.signing import named

_FIRST = 8
"""So many words tell the editor which text she has approved."""


@dataclass(frozen=True, slots=True)
class Approved:
    """One text that is approved now."""

    story: str
    language: str
    digest: str
    by: str
    on: str
    begins: str
    """Its first words."""
    again: bool
    """Whether there was an approval of another text before."""


def approve(publication: Publication, id: str, languages: Sequence[str], *, by: str) -> tuple[Approved, ...]:
    """Record that the texts of a story are approved as they stand.

    Raises UsageError, before anything is written, where one may not be: no consent, withdrawn, not there.
    """
    record, by = records.known(publication, id), named(by)
    if record.withdrawn:
        raise UsageError(f"the story `{id}` was withdrawn on {record.withdrawn}", remedy="it is told nowhere any more")
    if record.consent is None:
        said = f"the story `{id}` has no record of consent"
        raise UsageError(said, remedy=f"add [{id}.consent] with wording, date and evidence first")
    told = {language: _story(publication, id, language) for language in dict.fromkeys(languages)}
    given = {language: Approval(digest(story), by, today()) for language, story in told.items()}
    files.put(publication.root, {records.FILE: records.approved(publication.root, id, given)})
    return tuple(
        Approved(
            id, language, one.digest, one.by, today().isoformat(), _first(told[language]),
            record.approved.get(language, one.digest) != one.digest,
        )
        for language, one in given.items()
    )


def _story(publication: Publication, id: str, language: str) -> Story:
    """The text of a story in a language. Raises UsageError where it may not be told there, or is not there."""
    if language not in publication.languages:
        said = f"the publication has no language `{language}`"
        raise UsageError(said, remedy=near(language, publication.languages))
    if not publication.may_tell(id, language):
        said = f"the consent for the story `{id}` does not cover translation, so it is not told in {language}"
        raise UsageError(said, remedy="ask for it, and add the scope `translation`")
    story = sources.read(publication, language).stories.get(id)
    if story is None:
        raise UsageError(f"there is no text of the story `{id}` in {language}", remedy=f"write stories/{id}.md")
    return story


def _first(story: Story) -> str:
    words = " ".join(fragment.own_text(leaf) for leaf in fragment.leaves(fragment.parse(story.body))).split()
    return " ".join(words[:_FIRST]) + ("…" if len(words) > _FIRST else "")
