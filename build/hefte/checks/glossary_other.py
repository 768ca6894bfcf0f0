"""A translation to the terms that it renders otherwise than the glossary says."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks.frame import Check, Version
from hefte.glossary import holds, terms_in
from hefte.model import Finding, Severity


def find(version: Version) -> Iterator[Finding]:
    """One finding a segment and term."""
    publication, language = version.publication, version.translation.language
    for unit in version.translation.units:
        for pair in unit.pairs:
            if not (pair.source and pair.target and pair.target.text):
                continue
            for term in sorted(terms_in(pair.source.text, publication.source_language, publication.glossary)):
                renderings = publication.glossary[term]
                wanted = renderings.get(language, ())
                # the source's own word may be kept: to search for, or in the name of a work
                kept = renderings.get(publication.source_language, ())
                if wanted and not holds(pair.target.text, (*wanted, *kept)):
                    said = " or ".join(f"“{each}”" for each in wanted)
                    yield CHECK.found(
                        f"the source of `{pair.target.id}` says `{term}`, which {language} renders by {said}",
                        place=pair.target.place,
                    )


CHECK = Check(
    id="glossary-other",
    severity=Severity.WARNING,
    title="A term rendered otherwise than the glossary says",
    rationale="Two words for one thing read as two things; the clinic and the brochure should use the same.",
    source="glossary.toml; issue 3, working with translations",
    remedy="use that word, or add this one to the language's line in glossary.toml: a list of several is fine",
    run=find,
)
